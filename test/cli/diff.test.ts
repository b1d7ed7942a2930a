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

/** A channel with one rule, and one example of a payment that takes an hour: sent at 10:00, it arrives at 11:00. */
const channelTaking = (takes: string, more: readonly object[] = []): object => ({
  $schema: "channel.schema.json",
  channel: "pay",
  title: { zh: "付款", en: "payment" },
  zone: "Asia/Shanghai",
  rules: [ruleTaking("pay.once", 10, takes), ...more],
  examples: [
    {
      payment: { amount: "1.00", initiatedAt: "2026-03-03T10:00:00+08:00" },
      expect: { rule: "pay.once", expected: "2026-03-03T11:00:00+08:00", latestDate: "2026-03-03" },
    },
  ],
});

const ruleTaking = (name: string, priority: number, takes: string): object => ({
  name,
  priority,
  event: { type: "route", params: { steps: [{ kind: "process", milestone: "credited", takes }] } },
  basis: "assumed",
});

/** Writes the pack with such a channel to a folder of its own. */
function packWith(name: string, channel: object): string {
  const folder = join(temporary, name);
  cpSync(before, folder, { recursive: true });
  writeFileSync(join(folder, "rules", "channels", "pay.json"), JSON.stringify(channel));
  return folder;
}

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

describe("diff of a draft", () => {
  const MARCH = ["--from", "2026-03-02", "--days", "2"];
  let hourly: string;
  let nextDay: string;
  beforeAll(() => {
    hourly = packWith("hourly", channelTaking("PT1H"));
    // Sent at 10:00, a payment now arrives at 10:00 on the next day, so two of three expectations fail.
    nextDay = packWith("next-day", channelTaking("PT24H"));
  });

  test("compares it although its examples fail, and lists them", async () => {
    const { exitCode, out } = await commandLine(["diff", hourly, nextDay, ...MARCH]);
    const text = out.replace(/\s+/g, " ");
    expect(exitCode).toBe(1);
    expect(text).toMatch(/^in the new rulebook, 1 example fails: /);
    expect(text).toMatch(
      /pay\.json:1:\d+ examples\[0\]\.expect\.expected the example wants `expected` to be `2026-03-03T11:00:00\+08:00`, but the rules give `2026-03-04T10:00:00\+08:00`/,
    );
    expect(text).toContain("wants `latestDate` to be `2026-03-03`, but the rules give `2026-03-04`");
    expect(text).not.toContain("old rulebook");
    expect(text).toContain("can arrive 23h later, arrives 23h later, counts as late 23h later");
    const { out: chinese } = await commandLine(["diff", hourly, nextDay, ...MARCH, "--lang", "zh"]);
    expect(chinese).toMatch(/^新规则与其1个示例不符：\n/);
  });

  test("--json lists the failing examples apart from the moves", async () => {
    const { exitCode, out } = await commandLine(["diff", nextDay, hourly, ...MARCH, "--json"]);
    const { failingExamples, channels } = JSON.parse(out);
    expect(exitCode).toBe(1);
    expect(failingExamples).toEqual({
      before: [
        {
          channel: "pay",
          payment: { amount: "1.00", initiatedAt: "2026-03-03T10:00:00+08:00" },
          problems: [
            expect.objectContaining({
              path: "examples[0].expect.expected",
              what: expect.stringContaining("but the rules give `2026-03-04T10:00:00+08:00`"),
            }),
            expect.objectContaining({ path: "examples[0].expect.latestDate" }),
          ],
        },
      ],
      after: [],
    });
    const [moved, ...others] = channels.filter(({ status }: { status: string }) => status !== "same");
    const sooner = { first: -82_800_000, last: -82_800_000 };
    expect(others).toEqual([]);
    expect(moved.moves[0].shifts).toMatchObject([
      {
        from: "2026-03-02T00:00:00+08:00",
        until: "2026-03-04T00:00:00+08:00",
        by: { earliest: sooner, expected: sooner, latest: sooner },
      },
    ]);
  });

  test("lists examples that fail although nothing moves, and exits with 1", async () => {
    const { exitCode, out } = await commandLine(["diff", nextDay, nextDay, ...MARCH]);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/in the old rulebook, 1 example fails:[\s\S]*in the new rulebook, 1 example fails:/);
    expect(out).toContain("nothing moves: 18 channels, 2 days from 2026-03-02");
  });

  test("accepts a rule without an example if its example fails", async () => {
    const replaced = packWith("replaced", channelTaking("PT1H", [ruleTaking("pay.other", 20, "PT1H")]));
    const { exitCode, out } = await commandLine(["diff", hourly, replaced, ...MARCH, "--json"]);
    const { failingExamples } = JSON.parse(out);
    expect(exitCode).toBe(1);
    expect(failingExamples.after).toMatchObject([
      {
        problems: [{ what: "the example wants `rule` to be `pay.once`, but the rules give `pay.other`" }],
      },
    ]);
  });

  test("names the files of a git revision", async () => {
    const here = process.cwd();
    git("checkout", "-qb", "draft");
    cpSync(join(nextDay, "rules", "channels", "pay.json"), join(history, "rules", "channels", "pay.json"));
    git("add", ".");
    git("commit", "-qm", "draft");
    git("checkout", "-q", "-");
    process.chdir(history);
    try {
      const { out } = await commandLine(["diff", "HEAD", "draft", ...MARCH]);
      expect(out).toMatch(/^in the new rulebook, 1 example fails:\n {2}draft:rules\/channels\/pay\.json:1:/);
    } finally {
      process.chdir(here);
    }
  });

  test.each<[string, () => object, RegExp]>([
    ["an unknown key", () => ({ ...channelTaking("PT24H"), colour: "red" }), /pay\.json:1:\d+ {2}colour {2}/],
    [
      "a rule without an example",
      () => channelTaking("PT1H", [ruleTaking("pay.idle", 5, "PT1H")]),
      /no example is decided by `pay\.idle`/,
    ],
  ])("refuses it because of %s", async (name, channel, problem) => {
    const folder = packWith(name.replaceAll(" ", "-"), channel());
    const { exitCode, err } = await commandLine(["diff", hourly, folder, ...MARCH]);
    expect(exitCode).toBe(2);
    expect(err).toMatch(problem);
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
