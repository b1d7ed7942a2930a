import { describe, expect, test } from "vitest";
import { compileTimetable, QuestionError, type Timetable } from "../../src/index.js";
import { smallBook } from "../fuzz/books.js";
import { type Json, paramsOf, rulesOf } from "./broken-book.js";

/** Windows that cover everything, and systems that never open. */

const PAYMENT = { channel: "a.pay", amount: "1.00", initiatedAt: "2026-03-02T10:00:00+08:00" };

const window = (form: Json, type = "maintenance"): Json => ({
  name: "w.one",
  event: {
    type,
    params: { systems: ["bank"], effect: "closed", zone: "Asia/Shanghai", ...form },
  },
});

/** A route with one step on a system without hours. Incidents do not affect examples. */
function withWindows(windows: readonly Json[]): Timetable {
  const book = smallBook();
  const channel = book.rules["channels/a.json"] as Json;
  channel.rules = rulesOf(book, "channels/a.json").slice(0, 1);
  channel.examples = (channel.examples as Json[]).slice(0, 1);
  paramsOf(book, "channels/a.json").steps = [
    { kind: "process", system: "bank", milestone: "credited", takes: "PT0S" },
  ];
  (book.rules["maintenance/w.json"] as Json).rules = windows;
  return compileTimetable(book);
}

const at = (timetable: Timetable, initiatedAt: string): string =>
  timetable.when({ ...PAYMENT, initiatedAt }).expected;

describe("a window that begins many days before its date", () => {
  const monthly = (from: string) =>
    withWindows([window({ recurs: { every: "month", day: 20, from, until: "00:00" } })]);

  test("is closed from its beginning, in any order of queries", () => {
    const timetable = monthly("-10d 00:00");
    expect(at(timetable, "2026-04-05T12:00:00+08:00")).toBe("2026-04-05T12:00:00+08:00");
    expect(at(timetable, "2026-04-09T23:59:00+08:00")).toBe("2026-04-09T23:59:00+08:00");
    expect(at(timetable, "2026-04-10T00:00:00+08:00")).toBe("2026-04-20T00:00:00+08:00");
    expect(at(timetable, "2026-04-15T12:00:00+08:00")).toBe("2026-04-20T00:00:00+08:00");
  });

  test("has the same profile as single queries", () => {
    const pieces = monthly("-20d 00:00").profile(PAYMENT, {
      from: "2026-02-20T00:00:00+08:00",
      to: "2026-04-20T00:00:00+08:00",
    });
    expect(
      pieces.map(({ from, expected }) => [from, "at" in expected ? expected.at : expected.after]),
    ).toEqual([
      ["2026-02-20T00:00:00+08:00", "PT0S"],
      ["2026-02-28T00:00:00+08:00", "2026-03-20T00:00:00+08:00"],
      ["2026-03-20T00:00:00+08:00", "PT0S"],
      ["2026-03-31T00:00:00+08:00", "2026-04-20T00:00:00+08:00"],
    ]);
  });

  test("may be yearly and last 99 days", () => {
    const timetable = withWindows([
      window({ recurs: { every: "year", month: 7, day: 1, from: "-99d 00:00", until: "00:00" } }),
    ]);
    expect(at(timetable, "2026-03-23T23:00:00+08:00")).toBe("2026-03-23T23:00:00+08:00");
    expect(at(timetable, "2026-03-24T00:00:00+08:00")).toBe("2026-07-01T00:00:00+08:00");
  });
});

function errorOf(timetable: Timetable): string {
  try {
    timetable.when(PAYMENT);
    return "";
  } catch (error) {
    if (error instanceof QuestionError) return `${error.code} ${error.message}`;
    throw error;
  }
}

describe("windows that cover everything", () => {
  test("consecutive daily windows", () => {
    const daily = window({ recurs: { every: "day", from: "00:00", until: "+1d 00:00" } }, "incident");
    expect(errorOf(withWindows([daily]))).toMatchInlineSnapshot(
      `"outside-coverage systems.bank: \`bank\` does not open within sight; look for windows of rules/maintenance and rules/incidents that follow one another without a gap"`,
    );
  });

  test("one interval of three hundred years", () => {
    const long = window(
      { interval: { from: "1900-01-02T00:00:00Z", until: "2199-12-30T00:00:00Z" } },
      "incident",
    );
    expect(at(withWindows([long]), PAYMENT.initiatedAt)).toBe("2199-12-30T08:00:00+08:00");
  });

  test("an end beyond all supported days", () => {
    const longer = window(
      {
        interval: { from: "1900-01-02T00:00:00Z", until: "2199-12-30T00:00:00Z", recovery: "P10D" },
      },
      "incident",
    );
    expect(errorOf(withWindows([longer]))).toMatchInlineSnapshot(
      `"outside-coverage rules.a.pay.t1: by \`a.pay.t1\` the money would arrive after 2199-12-31, the last day that can be told; look for durations and windows that are far too long"`,
    );
  });
});
