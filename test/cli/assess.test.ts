import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { GOLDEN_FILES, optionsOf } from "../assess/golden-cases.js";
import { commandLine, shippedTimetable } from "../support/command-line.js";

/** The golden cases of `assess` through the command line; those with incidents of their own are the library's. */

const folder = mkdtempSync(join(tmpdir(), "assess-"));
const file = (name: string, json: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(json));
  return path;
};

const ASKS = GOLDEN_FILES.flatMap(([, cases]) =>
  cases
    .filter(({ incidents }) => incidents === undefined)
    .flatMap(({ note, payment, asks }) => asks.map((ask) => [`${note}: ${ask.note}`, payment, ask] as const)),
);

describe("assess --json prints the object, and the exit code tells the verdict", () => {
  test.each(ASKS)("%s", async (_, payment, ask) => {
    const { now, events, arrivedAt } = ask;
    const { out, exitCode } = await commandLine(
      [
        ...["assess", "--payment", "-", "--now", now, "--json"],
        ...(events === undefined ? [] : ["--events", file("events.json", events)]),
        ...(arrivedAt === undefined ? [] : ["--arrived-at", arrivedAt]),
      ],
      { stdin: JSON.stringify(payment) },
    );
    const said = (await shippedTimetable()).assess(payment, optionsOf(ask));
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(said)));
    expect(exitCode).toBe(said.verdict === "normal" ? 0 : 1);
  });
});

describe("assess without an answer exits with 2", () => {
  const question = ["--channel", "cn.ibps", "--amount", "1000", "--at", "2026-03-10T10:00:00+08:00"];

  test.each([
    ["no now", [], /now/],
    ["a now before the payment", ["--now", "2026-03-10T09:00:00+08:00"], /lies before the payment/],
    [
      "a file that is not there",
      ["--now", "2026-03-10T11:00:00+08:00", "--events", join(folder, "none.json")],
      /cannot be read/,
    ],
    [
      "events that are no list",
      ["--now", "2026-03-10T11:00:00+08:00", "--events", file("object.json", {})],
      /not a list of events/,
    ],
  ])("%s", async (_, more, sentence) => {
    const { exitCode, err } = await commandLine(["assess", ...question, ...more]);
    expect([exitCode, err]).toEqual([2, expect.stringMatching(sentence)]);
  });
});
