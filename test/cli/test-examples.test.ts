import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { commandLine } from "../support/command-line.js";

const SHIPPED = fileURLToPath(new URL("../../rules", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "daozhang-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The shipped rules with one text of a file exchanged. */
function edited(name: string, file: string, from: string, to: string): string {
  const rules = join(folder, name);
  cpSync(SHIPPED, rules, { recursive: true });
  const text = readFileSync(join(rules, file), "utf8");
  expect(text).toContain(from);
  writeFileSync(join(rules, file), text.replace(from, to));
  return rules;
}

describe("test", () => {
  test("passes the shipped examples, and says how many there are", async () => {
    const { out, exitCode } = await commandLine(["test", "--lang", "en"]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^\d+ examples, all pass\n$/);
  });

  test("tells each example that fails, with its place, what it wants and what it gets", async () => {
    const rules = edited("cutoff", "channels/cn.acquiring.json", '"cutoff": "23:00"', '"cutoff": "22:30"');
    const { out, exitCode } = await commandLine(["test", "--rules", rules, "--lang", "en"]);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/channels\/cn\.acquiring\.json:\d+:\d+ {2}examples\[\d+\]\.expect/);
    expect(out).toMatch(/\d+ examples, \d+ fail\n$/);
    const { out: json } = await commandLine(["test", "--rules", rules, "--json"]);
    const { failing } = JSON.parse(json) as { failing: { channel: string; problems: object[] }[] };
    expect(new Set(failing.map(({ channel }) => channel))).toEqual(new Set(["cn.acquiring"]));
  });

  test("refuses rules that do not load", async () => {
    const rules = edited("broken", "channels/cn.acquiring.json", '"lag": "T+1"', '"lag": "T1"');
    const { err, exitCode } = await commandLine(["test", "--rules", rules]);
    expect(exitCode).toBe(2);
    expect(err).toContain("`T1`");
  });
});
