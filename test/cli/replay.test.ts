import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { commandLine } from "../support/command-line.js";

const RULES = fileURLToPath(new URL("../../rules", import.meta.url));
const AT = "2026-02-13T23:00:00+08:00";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "daozhang-replay-"));
  file = join(folder, "decisions.jsonl");
});

afterEach(() => rmSync(folder, { recursive: true }));

const asked = (channel: string, ...more: string[]): Promise<{ exitCode: number | null; err: string }> =>
  commandLine([...["when", "--channel", channel, "--amount", "1000", "--at", AT, "--record", file, ...more]]);

/** The shipped rules, but card acquiring settled on T+1 is credited at 11:00 where 10:00 was expected. */
function laterRules(): string {
  const rules = join(folder, "rules");
  cpSync(RULES, rules, { recursive: true });
  const path = join(rules, "channels/cn.acquiring.json");
  const json = JSON.parse(readFileSync(path, "utf8"));
  for (const rule of json.rules.filter(({ name }: { name: string }) => name.startsWith("cn.acquiring.t1"))) {
    for (const step of rule.event.params.steps ?? []) {
      if (step.at?.expected === "10:00") step.at.expected = "11:00";
    }
  }
  for (const { expect } of json.examples) {
    for (const key of Object.keys(expect)) {
      if (!["rule", "error", "outcome"].includes(key)) delete expect[key];
    }
  }
  writeFileSync(path, JSON.stringify(json));
  return rules;
}

describe("decisions that were recorded", () => {
  test("are answered alike by the same rulebook, with exit code 0", async () => {
    await asked("cn.acquiring", "--fact", "settlement=t1");
    await asked("cn.hvps", "--as-of", "2026-01-01T00:00:00+08:00");
    expect((await asked("cn.acquirin")).exitCode).toBe(2);
    const hvps = ["--channel", "cn.hvps", "--amount", "1000", "--at", AT, "--record", file];
    await commandLine(["assess", ...hvps, "--now", "2026-02-24T20:00:00+08:00"]);
    await commandLine(["latest", ...hvps, "--by", "2026-02-24T12:00:00+08:00"]);
    const kinds = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(kinds.map((line) => JSON.parse(line).kind)).toEqual([
      ...["when", "when", "when", "assess", "latestSend"],
    ]);
    const { exitCode, out, err } = await commandLine(["replay", file]);
    expect([exitCode, err]).toEqual([0, ""]);
    expect(out).toMatch(/^5 records: 5 the same, 0 different {2}\([0-9a-f]{12}\+tz\w+\)\n$/);
    const stdin = readFileSync(file);
    expect(await commandLine(["replay", "-"], { stdin })).toEqual({ exitCode, out, err });
  });

  test("are told where another rulebook answers otherwise, old and new, with exit code 1", async () => {
    await asked("cn.hvps");
    await asked("cn.acquiring", "--fact", "settlement=t1");
    const args = ["replay", file, "--rules", laterRules()];
    const { exitCode, out } = await commandLine(args);
    expect(exitCode).toBe(1);
    expect(out).toContain(`line 2  when  cn.acquiring  ${AT}`);
    expect(out).toMatch(/ {2}expected +2026-02-24T10:00:00\+08:00 → 2026-02-24T11:00:00\+08:00\n/);
    expect(out).toMatch(/ {2}version +[0-9a-f]{12}\+tz\w+ → [0-9a-f]{12}\+tz\w+\n/);
    expect(out).toMatch(/^2 records: 1 the same, 1 different {2}\(/m);
    expect((await commandLine([...args, "--lang", "zh"])).out).toContain("2条记录：1条相同，1条不同");

    expect(Math.max(...out.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);

    const json = JSON.parse((await commandLine([...args, "--json"])).out);
    expect(json).toMatchObject({ records: 2, same: 1, differ: 1, unanswered: 0 });
    expect(json.told).toHaveLength(1);
    expect(json.told[0]).toMatchObject({ line: 2, kind: "when", version: { new: json.version } });
    expect(json.told[0].differences).toContainEqual({
      path: "expected",
      old: "2026-02-24T10:00:00+08:00",
      new: "2026-02-24T11:00:00+08:00",
    });
  });

  test("that can no longer be answered give exit code 2, and the others are still told", async () => {
    await asked("cn.hvps");
    const [line = ""] = readFileSync(file, "utf8").split("\n");
    const lines = [line.replaceAll("cn.hvps", "cn.hvp"), "{", '{ "kind": "when" }', "", line];
    writeFileSync(file, lines.join("\n"));
    const { exitCode, out } = await commandLine(["replay", file]);
    expect(exitCode).toBe(2);
    expect(out).toContain("line 1  when  cn.hvp");
    expect(out).toMatch(/^line 2, column 2: /m);
    expect(out).toMatch(/^line 3, record: an object is not a decision record\n/m);
    expect(out).toMatch(/^4 records: 1 the same, 0 different, 3 not answered/m);
    const json = JSON.parse((await commandLine(["replay", file, "--json"])).out);
    expect(json.told[1]).toMatchObject({ line: 2, error: { where: "line 2, column 2" } });
  });

  test("are not there where the file is not, or cannot be written", async () => {
    const missing = await commandLine(["replay", file]);
    expect([missing.exitCode, missing.err]).toEqual([2, expect.stringContaining("cannot be read: ENOENT")]);
    file = join(folder, "nowhere", "decisions.jsonl");
    const { exitCode, err } = await asked("cn.hvps");
    expect([exitCode, err]).toEqual([2, expect.stringContaining("this cannot be written: ENOENT")]);
  });
});
