import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { checkAssessing } from "../../src/answer/assess/check.js";
import { checkConditions } from "../../src/decide/check.js";
import { formatProblem } from "../../src/errors.js";
import type { Rulebook, VerdictRule } from "../../src/model/rulebook.js";
import { timetableWith } from "./golden.js";

/** What is said of verdicts and codes that do not fit, each beside the shipped rulebook, which has no such fault. */

let rulebook: Rulebook;
beforeAll(async () => {
  ({ rulebook } = await timetableWith());
});

const byPath = (_: object, path = "") => ({ path });

function told(changed: Rulebook): string {
  return [...checkAssessing(changed, byPath), ...checkConditions(changed, byPath)]
    .map(formatProblem)
    .join("\n");
}

const edited = (name: string, edit: (rule: VerdictRule) => VerdictRule): Rulebook => ({
  ...rulebook,
  verdicts: rulebook.verdicts.map((rule) => (rule.name === name ? edit(structuredClone(rule)) : rule)),
});

const withConditions = (fact: string, operator: string, value: unknown): Rulebook =>
  edited("holiday", (rule) => ({ ...rule, conditions: { all: [{ fact, operator, value }] } }));

describe("a fault in verdicts.json", () => {
  test("the shipped rulebook has none", () => {
    expect(told(rulebook)).toBe("");
  });

  test("a text that is not there", () => {
    const changed = edited("holiday", (rule) => {
      rule.event.params.reason = "reason.holidays";
      return rule;
    });
    expect(told(changed)).toMatchSnapshot();
  });

  test("a phase without a rule for the rest", () => {
    const verdicts = rulebook.verdicts.filter(({ name }) => name !== "overdue");
    expect(told({ ...rulebook, verdicts })).toMatchSnapshot();
  });

  test("a fact of the assessment that does not exist", () => {
    expect(told(withConditions("assessment.reason", "equal", "x"))).toMatchSnapshot();
  });

  test("a value that the fact never has", () => {
    expect(told(withConditions("assessment.phase", "equal", "late"))).toMatchSnapshot();
  });

  test("facts of the assessment are not for channels", () => {
    const [hold, ...holds] = rulebook.holds;
    const conditions = { all: [{ fact: "assessment.phase", operator: "equal", value: "overdue" }] };
    expect(
      told({ ...rulebook, holds: [{ ...(hold as (typeof holds)[0]), conditions }, ...holds] }),
    ).toMatchSnapshot();
  });
});

describe("a fault in reasons.json", () => {
  const title = { zh: "名", en: "name" };
  test.each([
    ["a milestone without its name", { title, effect: "milestone" as const }],
    ["a hold without its name", { title, effect: "hold" as const }],
    ["a hold that is not declared", { title, effect: "hold" as const, hold: "risk-reveiw" }],
    ["a milestone that goes with nothing", { title, effect: "return" as const, milestone: "sent" as const }],
  ])("%s", (name, reason) => {
    expect(told({ ...rulebook, reasons: { ZZ99: reason } })).toMatchSnapshot(name);
  });
});

test("two verdicts of one priority that both match are an error that names both", async () => {
  const { assess } = await import("../../src/answer/assess/assess.js");
  const { compileViews } = await import("../../src/answer/views.js");
  const { compileReader } = await import("../../src/decide/payment.js");
  const twin = {
    ...(rulebook.verdicts.find(({ name }) => name === "before-expected") as VerdictRule),
    name: "twin",
  };
  const changed = { ...rulebook, verdicts: [...rulebook.verdicts, twin] };
  const payment = { channel: "cn.ibps", amount: "1.00", initiatedAt: "2026-03-10T10:00:00+08:00" };
  const question = compileReader(changed)(payment);
  expect(() => assess(compileViews(changed), question, { now: question.at })).toThrow(
    /before-expected.*twin|twin.*before-expected/,
  );
});

test("every text of a reason, an advice and a party is in both languages, and the origin story reads well in both", async () => {
  for (const locale of ["zh", "en"]) {
    const json = JSON.parse(
      readFileSync(new URL(`../../rules/texts/${locale}.json`, import.meta.url), "utf8"),
    );
    const keys = Object.keys(json.messages);
    for (const { event } of rulebook.verdicts) {
      expect(keys).toContain(event.params.reason);
      expect(keys).toContain(event.params.advice.action);
      expect(keys).toContain(`who.${event.params.advice.who}`);
    }
  }
});
