import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commandLine } from "../support/command-line.js";

/** The pack, and the pack with one day more of National Day 2026, as folders and as revisions of git. */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), "daozhang-diff-"));
const [before, after, history] = ["before", "after", "history"].map((name) => join(temporary, name)) as [
  string,
  string,
  string,
];
afterAll(() => rmSync(temporary, { recursive: true }));

const git = (...args: string[]): string =>
  execFileSync("git", ["-c", "user.name=n", "-c", "user.email=e", ...args], {
    cwd: history,
    encoding: "utf8",
  });

function lengthen(folder: string): void {
  const path = join(folder, "calendars", "cn.statutory.json");
  const calendar = JSON.parse(readFileSync(path, "utf8"));
  const days = calendar.years["2026"];
  for (const holiday of days.holidays) if (holiday.name === "国庆节") holiday.to = "2026-10-08";
  days.workdays = [...days.workdays, "2026-10-11"].sort();
  writeFileSync(path, JSON.stringify(calendar));
}

beforeAll(() => {
  for (const folder of [before, after, history]) {
    mkdirSync(folder);
    for (const part of ["rules", "calendars"])
      cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  }
  lengthen(after);
  git("init", "-q");
  git("add", ".");
  git("commit", "-qm", "before");
  lengthen(history);
  git("commit", "-qam", "after");
});

const SEPTEMBER = ["--from", "2026-09-25", "--days", "20"];

describe("diff", () => {
  test("of a folder with itself finds that nothing moves, and exits with 0", async () => {
    const { exitCode, out } = await commandLine(["diff", before, before, ...SEPTEMBER]);
    expect([exitCode, out]).toEqual([0, "nothing moves: 17 channels, 20 days from 2026-09-25\n"]);
  });

  test("tells who moves, when, by how much, and why, and exits with 1", async () => {
    const { exitCode, out } = await commandLine(["diff", before, after, ...SEPTEMBER]);
    expect(exitCode).toBe(1);
    expect(out).toContain('{"amount":"0.01","settlement":"t1"}');
    expect(out.replace(/\s+/g, " ")).toContain(
      "paid 2026-09-29 Tue 23:00 to 10-07 Wed 23:00: can arrive 1d later, arrives 1d later, counts as late 1d later",
    );
    expect(out).toMatch(/before: The money should arrive on Thu 8 Oct 10:00/);
    expect(out).toMatch(/after: The money should arrive on Fri 9 Oct 10:00/);
    expect(out).not.toContain("cn.ibps");
  });

  test("says the same in Chinese", async () => {
    const { out } = await commandLine(["diff", before, after, ...SEPTEMBER, "--lang", "zh"]);
    expect(out).toContain("预计到账 晚1天");
  });

  test("--json gives every interval, exactly", async () => {
    const { out } = await commandLine(["diff", before, after, ...SEPTEMBER, "--json"]);
    const { channels } = JSON.parse(out);
    const securities = channels.find(({ channel }: { channel: string }) => channel === "cn.securities");
    expect(securities.moves[0].shifts[0]).toMatchObject({
      before: { fate: "taken" },
      by: { expected: { first: expect.any(Number), last: expect.any(Number) } },
    });
    expect(channels.find(({ channel }: { channel: string }) => channel === "cn.ibps").status).toBe("same");
  });

  test("--payments tells how many real payments move, and the farthest", async () => {
    const file = join(temporary, "payments.jsonl");
    const paid = (initiatedAt: string) =>
      JSON.stringify({ channel: "cn.acquiring", settlement: "t1", amount: "5", initiatedAt });
    writeFileSync(file, `${paid("2026-09-28T12:00:00+08:00")}\n${paid("2026-10-01T12:00:00+08:00")}\n`);
    const { out } = await commandLine(["diff", before, after, ...SEPTEMBER, "--payments", file, "--json"]);
    const { payments } = JSON.parse(out);
    expect(payments).toMatchObject({ payments: 2, moved: 1 });
    expect(payments.worst[0]).toMatchObject({ line: 2, by: { expected: 86_400_000, latest: 86_400_000 } });
    const { out: told } = await commandLine(["diff", before, after, ...SEPTEMBER, "--payments", file]);
    expect(told).toContain(
      "1 of 2 payments move\n  the farthest:\n  2: can arrive 1d later, arrives 1d later, counts as late 1d later\n",
    );
  });

  test("takes revisions of git, where they are no folders", async () => {
    const here = process.cwd();
    process.chdir(history);
    try {
      const { exitCode, out } = await commandLine(["diff", "HEAD~1", "HEAD", ...SEPTEMBER]);
      expect(exitCode).toBe(1);
      expect(out).toContain("cn.acquiring: ");
      const { exitCode: still } = await commandLine(["diff", "HEAD", after, ...SEPTEMBER]);
      expect(still).toBe(0);
    } finally {
      process.chdir(here);
    }
  });

  test.each([
    [["diff", "no-such-thing", before], /`no-such-thing` is neither a folder nor a revision/],
    [["diff", "--from", "soon", before, before], /--from: `soon` is not a day/],
    [["diff", "--days", "0", before, before], /--days: `0` is not a number of days/],
    [["diff", before, before, "--payments", "none.jsonl"], /none\.jsonl: this file cannot be read/],
  ])("%j exits with 2 and says what is wrong", async (args, said) => {
    const { exitCode, err } = await commandLine(args);
    expect(exitCode).toBe(2);
    expect(err).toMatch(said);
  });
});

describe("check", () => {
  test("finds the shipped pack clean, in the year that its calendars know and in the next", async () => {
    for (const today of ["2026-03-01", "2027-06-01"]) {
      const { exitCode, out } = await commandLine(["check", "--today", today, "--json"]);
      const { findings, proofs } = JSON.parse(out);
      expect(findings.filter(({ severity }: { severity: string }) => severity !== "info")).toEqual([]);
      const proved = proofs.filter(({ code }: { code: string }) => code === "tie");
      expect(new Set(proved.map(({ channel }: { channel: string }) => channel)).size).toBe(17);
      expect(exitCode).toBe(0);
    }
  });

  test("tells findings with place, witness and help, and exits with 1", async () => {
    const folder = join(temporary, "idle");
    cpSync(before, folder, { recursive: true });
    writeFileSync(
      join(folder, "rules", "facts.json"),
      readFileSync(join(folder, "rules", "facts.json"), "utf8").replace(
        '"facts": {',
        '"facts": { "idle": { "title": { "zh": "闲", "en": "idle" }, "type": "string" },',
      ),
    );
    const { exitCode, out } = await commandLine([
      ...[
        "check",
        "--rules",
        join(folder, "rules"),
        "--calendars",
        join(folder, "calendars"),
        "--today",
        "2026-03-01",
      ],
    ]);
    expect(exitCode).toBe(1);
    expect(out).toMatch(
      /warning unused {2}.*facts\.json:\d+:\d+ {2}facts\.idle {2}\(idle\)\n {2}nothing uses the fact `idle`/,
    );
  });

  test("refuses a day that does not exist", async () => {
    const { exitCode, err } = await commandLine(["check", "--today", "2026-02-30"]);
    expect([exitCode, err.split(":")[0]]).toEqual([2, "today"]);
  });
});
