import { execSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { progressLine } from "../../src/cli/render/progress.js";
import { WORDS } from "../../src/cli/words/locales.js";
import { type Payment, QuestionError } from "../../src/index.js";
import { buildOnce, commandLine, SHELL_COMMAND, shippedTimetable } from "../support/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "daozhang-batch-"));
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(buildOnce);

const START = Date.parse("2026-02-01T00:00:00Z");
/** Payments a bit over an hour apart, on both sides of a Spring Festival, told apart by their instants. */
const payments = (count: number): Payment[] =>
  Array.from({ length: count }, (_, n) => ({
    ...(n % 2 === 0 ? { channel: "cn.hvps" } : { channel: "cn.acquiring", settlement: "t1" }),
    amount: `${n + 1}.00`,
    initiatedAt: new Date(START + (n % 1000) * 3_700_000).toISOString(),
  }));

const textOf = (lines: readonly unknown[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join("");
const linesOf = (out: string): string[] => out.split("\n").slice(0, -1);

async function errorOf(line: string): Promise<{ code: string; where: string; what: string; help: string }> {
  const { out, exitCode } = await commandLine(["batch"], { stdin: line });
  expect(exitCode).toBe(1);
  expect(linesOf(out)).toHaveLength(1);
  return JSON.parse(out).error;
}

describe("answers", () => {
  test("are those of the library, one a line, in the order of the payments", async () => {
    const timetable = await shippedTimetable();
    const asked = payments(3000);
    const { out, err, exitCode } = await commandLine(["batch"], { stdin: textOf(asked) });
    expect([exitCode, err]).toEqual([0, ""]);
    const answers = linesOf(textOf([...timetable.whenAll(asked)])).map((line) => JSON.parse(line));
    expect(linesOf(out).map((line) => JSON.parse(line))).toEqual(answers);
  });

  test("are the same but for their timeline with --no-timeline", async () => {
    const atm = { channel: "cn.atm", amount: "1" };
    const kinds = Object.values((await shippedTimetable()).rulebook.channels).flatMap(
      ({ channel, examples }) => examples.map(({ payment }) => ({ ...payment, channel })),
    );
    const stdin = textOf([...kinds, { ...atm, initiatedAt: "2026-02-13T23:00:00+08:00" }]);
    const whole = linesOf((await commandLine(["batch"], { stdin })).out).map((line) => JSON.parse(line));
    const short = (await commandLine(["batch", "--no-timeline"], { stdin })).out;
    expect(whole.some(({ retryAt }) => retryAt !== undefined)).toBe(true);
    expect(whole.some(({ sooner }) => sooner !== undefined)).toBe(true);
    expect(short).toBe(textOf(whole.map(({ timeline, ...rest }) => rest)));
  });

  test("rest on what was known at --as-of, before and after 国办发明电〔2020〕1号 made the festival longer", async () => {
    const payment = { channel: "cn.acquiring", settlement: "t1", amount: "1" };
    const stdin = textOf([{ ...payment, initiatedAt: "2020-01-24T12:00:00+08:00" }]);
    const date = async (asOf: string): Promise<string> =>
      JSON.parse((await commandLine(["batch", "--as-of", asOf], { stdin })).out).expected.slice(0, 10);
    expect(await date("2020-01-24T12:00:00+08:00")).toBe("2020-01-31");
    expect(await date("2020-02-01T12:00:00+08:00")).toBe("2020-02-03");
  });

  test("go from file to file as they go from stream to stream, over what the file said before", async () => {
    const [from, to] = [join(folder, "in.jsonl"), join(folder, "out.jsonl")];
    const stdin = textOf(payments(100));
    writeFileSync(from, stdin);
    writeFileSync(to, "before\n".repeat(100_000));
    const { out, exitCode } = await commandLine(["batch", from, "-o", to]);
    expect([out, exitCode]).toEqual(["", 0]);
    expect(readFileSync(to, "utf8")).toBe((await commandLine(["batch", "-"], { stdin })).out);
  });

  test("are none where nothing is asked", async () => {
    expect(await commandLine(["batch"])).toEqual({ exitCode: 0, out: "", err: "" });
  });
});

describe("lines that are written otherwise", () => {
  test("mean the same: blank lines, carriage returns, a byte order mark, no line feed at the end", async () => {
    const asked = payments(4);
    const texts = asked.map((payment) => JSON.stringify(payment));
    const stdin = `\uFEFF${texts[0]}\r\n\r\n  \t\n ${texts[1]}\n${texts[2]} \n\n${texts[3]}`;
    const { out, exitCode } = await commandLine(["batch"], { stdin });
    expect([exitCode, out]).toEqual([0, (await commandLine(["batch"], { stdin: textOf(asked) })).out]);
  });
});

describe("a bad line", () => {
  test("becomes an error in its place, and the others are answered", async () => {
    const [first, second] = payments(2).map((payment) => JSON.stringify(payment));
    const { out, err, exitCode } = await commandLine(["batch"], {
      stdin: `${first}\n\n{"amount":\n${second}`,
    });
    expect([exitCode, err]).toEqual([1, ""]);
    const [one, bad, two] = linesOf(out).map((line) => JSON.parse(line));
    expect([one.outcome, two.outcome]).toEqual(["credited", "credited"]);
    expect(bad).toEqual({
      error: {
        code: "bad-payment",
        where: "line 3",
        what: expect.stringMatching(/^`\{"amount":` is not JSON: at column 11, a value is expected here/),
        help: expect.stringContaining("one payment a line"),
      },
    });
  });

  test("names the value that is wrong, with the library's own words", async () => {
    const payment = { channel: "cn.hvps", amount: "1", initiatedAt: "2026-02-13T23:00:00" };
    const timetable = await shippedTimetable();
    const [said] = timetable.whenAll([payment]);
    const { code, what, help } = said as QuestionError;
    expect(said).toBeInstanceOf(QuestionError);
    expect(await errorOf(JSON.stringify(payment))).toEqual({
      code,
      where: "line 1, initiatedAt",
      what,
      help,
    });
  });

  test.each([
    ["[1]", "line 1, payment", /a list is not a payment/],
    ["null", "line 1, payment", /not a payment/],
    ["1,2", "line 1", /not JSON/],
    ["{'channel':1}", "line 1", /not JSON/],
    [`${"[".repeat(100_000)}${"]".repeat(100_000)}`, "line 1, payment", /a list is not a payment/],
    [`{"amount":"${"1".repeat(1 << 20)}"}`, "line 1", /longer than 1 MiB/],
    ['{"__proto__":{"channel":"cn.hvps"},"amount":"1"}', "line 1, channel", /missing/],
  ])("that is %.20s is told at %s", async (line, where, what) => {
    const error = await errorOf(line);
    expect(error.where).toBe(where);
    expect(error.what).toMatch(what);
  });
});

describe("a run that cannot begin or go on", () => {
  const here = (name: string): string => join(folder, name);
  writeFileSync(here("one.jsonl"), textOf(payments(1)));

  test.each([
    [[here("none.jsonl")], /none\.jsonl: cannot be read: ENOENT/],
    [[folder], /cannot be read: EISDIR/],
    [
      [here("one.jsonl"), "-o", join(folder, "none", "out.jsonl")],
      /out\.jsonl: this cannot be written: ENOENT/,
    ],
    [[here("one.jsonl"), "-o", "/dev/full"], /full: this cannot be written: ENOSPC/],
    [[here("one.jsonl"), "--as-of", "yesterday"], /asOf: `yesterday` is not an instant/],
  ])("%j ends with 2 and says why", async (args, said) => {
    const { exitCode, out, err } = await commandLine(["batch", ...args]);
    expect([exitCode, out]).toEqual([2, ""]);
    expect(err).toMatch(said);
  });

  test("does not write the answers over the payments, by whatever name", async () => {
    const { exitCode, err } = await commandLine(["batch", here("one.jsonl"), "-o", `${folder}/./one.jsonl`]);
    expect(exitCode).toBe(2);
    expect(err).toContain("over the payments");
    expect(readFileSync(here("one.jsonl"), "utf8")).toBe(textOf(payments(1)));
  });
});

describe("many lines", () => {
  const text = textOf(payments(1000));

  test("are read no faster than their answers are taken", async () => {
    let [given, taken, leadMost] = [0, 0, 0];
    const source = Readable.from(
      (function* () {
        for (; given < 100_000; given += 1000) yield Buffer.from(text);
      })(),
      { highWaterMark: 1 },
    );
    const out = new Writable({
      decodeStrings: false,
      write(chunk: Uint8Array, _, done) {
        taken += Buffer.from(chunk).toString().split("\n").length - 1;
        leadMost = Math.max(leadMost, given - taken);
        setImmediate(done);
      },
    });
    const terminal = { in: () => source, out };
    expect((await commandLine(["batch", "--no-timeline"], { streams: terminal })).exitCode).toBe(0);
    expect(taken).toBe(100_000);
    expect(leadMost).toBeLessThanOrEqual(5000);
  });

  test("take no more memory than few: 200,000 lines are answered with a heap that could not hold them", () => {
    const file = join(folder, "many.jsonl");
    writeFileSync(file, text.repeat(200));
    const small = SHELL_COMMAND.replace(" ", " --max-old-space-size=48 ");
    const counted = execSync(`set -o pipefail; ${small} batch --no-timeline ${file} | wc -lc`, {
      shell: "/bin/bash",
      encoding: "utf8",
    });
    const [lines, bytes] = counted.trim().split(/\s+/).map(Number);
    expect(lines).toBe(200_000);
    expect(bytes).toBeGreaterThan(40_000_000);
  });

  test("are left alone quietly when the reader has seen enough", () => {
    const file = join(folder, "many.jsonl");
    writeFileSync(file, text.repeat(20));
    for (const batch of [`${SHELL_COMMAND} batch ${file}`, `cat ${file} | ${SHELL_COMMAND} batch`]) {
      const piped = `${batch} 2>${folder}/said | head -1; echo "\${PIPESTATUS[-2]}"; cat ${folder}/said`;
      const seen = linesOf(execSync(piped, { shell: "/bin/bash", encoding: "utf8" }));
      expect(JSON.parse(seen[0] as string).outcome).toBe("credited");
      expect(seen.slice(1)).toEqual(["0"]);
    }
  });
});

describe("progress", () => {
  const bar = async (isTerminal: { out: boolean; err: boolean }, ...args: string[]): Promise<string> => {
    const file = join(folder, "progress.jsonl");
    writeFileSync(file, `${textOf(payments(10))}{\n`);
    return (await commandLine(["batch", file, ...args], { streams: { isTerminal } })).err;
  };

  test("is drawn where people see it and answers do not scroll by", async () => {
    expect(await bar({ out: false, err: true })).toMatch(
      /\r.*█{24} {2}100% {2}10 answered, 1 errors .*\/s\n$/,
    );
    expect(await bar({ out: true, err: true })).toBe("");
    expect(await bar({ out: true, err: true }, "--progress")).toContain("100%");
    expect(await bar({ out: false, err: true }, "--no-progress")).toBe("");
    expect(await bar({ out: false, err: false }, "--progress")).toBe("");
    expect(await bar({ out: true, err: true }, "-o", join(folder, "out.jsonl"))).toContain("100%");
  });

  test("tells share, count, errors and rate", () => {
    const tally = { answered: 76_000, errors: 2, bytes: 38 };
    expect(progressLine(tally, 100, 2000, WORDS.en)).toBe(
      "█████████░░░░░░░░░░░░░░░   38%  76,000 answered, 2 errors  38,001/s",
    );
    expect(progressLine({ ...tally, errors: 0 }, undefined, 1000, WORDS.zh)).toBe("已答复76,000笔  76,000/s");
  });
});
