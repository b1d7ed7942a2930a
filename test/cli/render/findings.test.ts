import pc from "picocolors";
import { expect, test } from "vitest";
import type { Report, Weighed } from "../../../src/analyse/check.js";
import { findingLines } from "../../../src/cli/render/findings.js";
import { PAGE_WIDTH, widthOf } from "../../../src/cli/render/layout.js";
import { WORDS } from "../../../src/cli/words/locales.js";

/** How a finding is printed. */

const linesOf = (one: Partial<Weighed>): string[] => {
  const whole: Weighed = {
    ...{ code: "gap", severity: "warning", outcome: "witness", file: "rules/channels/cn.test.json", line: 1 },
    ...{ name: "cn.test", what: "no rule takes this", help: "add a rule", ...one },
  };
  const report: Report = { findings: [whole], confirmed: [], proofs: [] };
  return findingLines(report, false, { locale: "en", words: WORDS.en, colors: pc.createColors(false) });
};

test("what it says and what to do are wrapped, and the payment is one line to copy", () => {
  const what = `no rule of \`cn.test\` takes payments with ${"speed notIn regular and ".repeat(6)}amount equal 0`;
  const witness = { channel: "cn.test", note: "-".repeat(100) };
  const [head, ...lines] = linesOf({ what, witness });
  expect(head).toBe("warning gap  rules/channels/cn.test.json:1  (cn.test)");
  const payment = lines.indexOf(`  ${JSON.stringify(witness)}`);
  const said = lines.slice(0, payment);
  expect(said.length).toBeGreaterThan(3);
  for (const line of said) {
    expect(widthOf(line)).toBeLessThanOrEqual(PAGE_WIDTH);
    expect(line).toMatch(/^ {2}\S/);
  }
  expect(said.map((line) => line.trim()).join(" ")).toBe(`${what} add a rule`);
});

test("what is undecided is said so once", () => {
  const head = (one: Partial<Weighed>): string | undefined => linesOf({ outcome: "undecided", ...one })[0];
  expect(head({ code: "never-decides" })).toMatch(/^warning never-decides \(undecided\) {2}rules/);
  expect(head({ code: "undecided" })).toMatch(/^warning undecided {2}rules/);
});
