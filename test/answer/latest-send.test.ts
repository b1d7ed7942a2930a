import { describe, expect, test } from "vitest";
import { latestSendOf } from "../../src/answer/latest-send.js";
import type { LatestSend } from "../../src/model/answers.js";
import type { Bound } from "../../src/model/bound.js";
import type { Step } from "../../src/model/rulebook.js";
import { type Query, queryOf } from "../../src/pieces/query.js";
import { compileSnapshot } from "../../src/pieces/snapshot.js";
import type { Instant } from "../../src/time/instant.js";
import { closed, feb, queryWith, quick, RUN, run, short, stepRule } from "../answer/fixture.js";
import { at, is, route, rulebookOf } from "../decide/fixture.js";
import { errorOf } from "./fixture.js";
import { queryWithPieces } from "./query-with-pieces.js";

/** Latest send times, worked out by hand, and the limits of the search. */

const DAY = 86_400_000;
const three = (value: number): [number, number, number] => [value, value, value];

const latestText = (of: Query, by: string, notBefore = "09T00:00", bound: Bound = "expected"): string => {
  const found = latestSendOf(of, feb(notBefore), feb(by), bound);
  return found === undefined ? "never" : sendText(found);
};

const sendText = ({ sendBy, inclusive, from, arrives }: LatestSend): string =>
  `${short(from)} to ${short(sendBy)}${inclusive ? " itself" : ""}, arrives ${short(arrives.expected)}`;

describe("the latest send time", () => {
  test("is before the cutoff of the last batch in time, from the cutoff before it", () => {
    expect(latestText(queryWith(run), "19T10:00")).toBe("13T16:00 to 18T16:00, arrives 19T10:00");
    expect(latestText(queryWith(run), "19T09:59")).toBe("12T16:00 to 13T16:00, arrives 14T10:00");
    expect(latestText(queryWith(run), "14T10:00")).toBe("12T16:00 to 13T16:00, arrives 14T10:00");
    expect(latestText(queryWith(run), "14T09:59")).toBe("11T16:00 to 12T16:00, arrives 13T10:00");
  });

  test("is inclusive if the delay is fixed", () => {
    expect(latestText(queryWith(quick(90, {})), "14T12:00")).toBe(
      "14T10:30 to 14T10:30 itself, arrives 14T12:00",
    );
  });

  test("is the end of a rule if that comes first", () => {
    const morning = quick(30, { priority: 2, conditions: is("initiated.time", "before", "08:00") });
    expect(latestText(queryWith(run, morning), "12T09:00")).toBe(
      "12T07:59:59.999+08:00 to 12T08:00, arrives 12T08:29:59.999+08:00",
    );
    expect(latestText(queryWith(run, morning), "12T08:10")).toBe(
      "12T07:40 to 12T07:40 itself, arrives 12T08:10",
    );
  });

  test("skips refused times, and none before `notBefore`", () => {
    const saturday = closed({ conditions: is("initiated.weekday", "equal", "sat") });
    expect(latestText(queryWith(quick(1, {}), saturday), "14T12:00")).toBe(
      "13T23:59:59.999+08:00 to 14T00:00, arrives 14T00:00:59.999+08:00",
    );
    expect(latestText(queryWith(run), "13T09:59", "12T00:00")).toBe("never");
    expect(latestText(queryWith(run), "13T10:00", "12T15:00")).toBe("11T16:00 to 12T16:00, arrives 13T10:00");
    expect(latestText(queryWith(run), "13T10:00", "12T16:00")).toBe("never");
  });

  test("may be weeks back, and may be asked for any bound", () => {
    const spread = stepRule("spread", {
      ...RUN,
      lag: { earliest: "D+1", expected: "D+20", latest: "D+40" },
      cutoff: "24:00",
    });
    const expected = latestSendOf(
      queryWith(spread),
      at("2026-01-05T00:00:00+08:00"),
      feb("25T10:00"),
      "expected",
    );
    expect(expected?.sendBy).toBe("2026-02-06T00:00:00+08:00");
    const slowest = latestSendOf(
      queryWith(spread),
      at("2026-01-05T00:00:00+08:00"),
      feb("25T10:00"),
      "latest",
    );
    expect([slowest?.from, slowest?.sendBy]).toEqual([
      "2026-01-16T00:00:00+08:00",
      "2026-01-17T00:00:00+08:00",
    ]);
  });
});

const latestInterval = (of: Query, by: string, notBefore: string, bound: Bound = "expected"): string => {
  const found = latestSendOf(of, feb(notBefore), feb(by), bound);
  if (found === undefined) return "never";
  return `${short(found.from)} to ${short(found.sendBy)}${found.inclusive ? " itself" : ""}`;
};

describe("the search for the latest send time", () => {
  const morning = quick(30, { priority: 2, conditions: is("initiated.time", "before", "08:00") });
  const evening = quick(90, { priority: 2, conditions: is("initiated.time", "atOrAfter", "20:00") });

  test("may be `notBefore`, or the first or last instant of a rule", () => {
    expect(latestInterval(queryWith(quick(90, {})), "12T12:00", "12T10:30")).toBe(
      "12T10:30 to 12T10:30 itself",
    );
    expect(latestInterval(queryWith(quick(90, {})), "12T12:00", "12T10:31")).toBe("never");
    expect(latestInterval(queryWith(quick(0, {})), "12T12:00", "12T12:00")).toBe(
      "12T12:00 to 12T12:00 itself",
    );
    expect(latestInterval(queryWith(quick(0, {})), "12T12:00", "12T12:01")).toBe("never");
    expect(latestInterval(queryWith(run, evening), "12T21:30", "12T18:00")).toBe(
      "12T20:00 to 12T20:00 itself",
    );
    const found = latestSendOf(
      queryWith(run, morning),
      feb("12T00:00"),
      (feb("12T08:30") - 1) as Instant,
      "expected",
    );
    expect([found?.sendBy, found?.inclusive]).toEqual(["2026-02-12T07:59:59.999+08:00", true]);
    expect(latestInterval(queryWith(quick(0, {}), closed({})), "12T12:00", "12T11:00")).toBe("never");
  });

  test("is searched stride by stride", () => {
    const long = stepRule("long", { kind: "process", takes: "P30D", milestone: "credited" });
    expect(latestInterval(queryWith(long), "28T12:00", "01T00:00")).toBe("never");
    const found = latestSendOf(queryWith(long), at("2026-01-01T00:00:00+08:00"), feb("28T12:00"), "expected");
    expect(found?.sendBy).toBe("2026-01-29T12:00:00+08:00");
    const longer = stepRule("longer", { kind: "process", takes: "P100D", milestone: "credited" });
    const far = latestSendOf(queryWith(longer), at("2025-01-01T00:00:00+08:00"), feb("28T12:00"), "expected");
    expect(far?.sendBy).toBe("2025-11-20T12:00:00+08:00");
  });

  test("is searched in the ten years before the deadline, and no further", () => {
    const never = queryWith(stepRule("never", { kind: "process", takes: "P5000D", milestone: "credited" }));
    const by = feb("12T00:00");
    const back = (days: number): string =>
      errorOf(() =>
        expect(latestSendOf(never, (by - days * DAY) as Instant, by, "expected")).toBeUndefined(),
      );
    expect(back(3660)).toBe("answered");
    expect(back(3700)).toBe(
      "bad-time by: no payment sent in the 3660 days before it makes it, and no earlier one is looked at",
    );
    const ever = queryWith(stepRule("ever", { kind: "process", takes: "P3650D", milestone: "credited" }));
    const found = latestSendOf(ever, (by - 3700 * DAY) as Instant, by, "expected");
    expect(found?.sendBy).toBe("2016-02-15T00:00:00+08:00");
  });

  /** A step on a system that is closed for long, then a batch of the next day. */
  const closedSystemQuery = (from: string, until: string): Query => {
    const params = { systems: ["hvps"], effect: "closed", zone: "Asia/Shanghai", interval: { from, until } };
    const windows = [{ name: "stop", event: { type: "maintenance", params } }] as never;
    const steps = [
      { kind: "process", system: "hvps", takes: "PT0S" },
      { ...RUN, lag: "D+1" },
    ] as Step[];
    const rules = [route("way", { event: { type: "route", params: { steps } } })];
    const systems = { hvps: { title: { zh: "名", en: "name" } } };
    return queryOf(compileSnapshot({ ...rulebookOf({ rules, windows }), systems }), "cn.test", { amount: 1 });
  };
  const latestFrom = (of: Query, notBefore: string, by: string): string | undefined =>
    latestSendOf(of, at(notBefore), at(by), "expected")?.from;

  test("has a `from` up to 32 days before the days searched", () => {
    const of = (from: string): string | undefined =>
      latestFrom(
        closedSystemQuery(from, "2026-03-01T00:00:00+08:00"),
        "2026-02-28T00:00:00+08:00",
        "2026-03-02T10:00:00+08:00",
      );
    expect(of("2026-02-10T00:00:00+08:00")).toBe("2026-02-10T00:00:00+08:00");
    expect(of("2026-01-27T00:00:00+08:00")).toBe("2026-01-27T00:00:00+08:00");
    expect(of("2026-01-26T23:00:00+08:00")).toBe("2026-01-27T00:00:00+08:00");
  });

  test("has a `from` within the range of dates and of the calendar", () => {
    const first = closedSystemQuery("1900-01-01T00:00:00+00:00", "1900-01-20T00:00:00+00:00");
    const found = latestFrom(first, "1900-01-10T00:00:00+00:00", "1900-01-21T10:00:00+08:00");
    expect(Date.parse(found ?? "")).toBe(Date.parse("1900-01-02T00:00:00Z"));
    expect(latestFrom(queryWith(run), "2026-01-02T12:00:00+08:00", "2026-01-05T10:00:00+08:00")).toBe(
      "2026-01-02T12:00:00+08:00",
    );
  });

  test("passes on other errors", () => {
    const one = queryWithPieces(0, [{ until: DAY, at: three(DAY) }]);
    expect(() => latestSendOf(one, 5 as Instant, (DAY - 1) as Instant, "expected")).not.toThrow();
    const made = queryWithPieces(0, [{ until: DAY, at: three(50) }]);
    expect(() => latestSendOf(made, 5 as Instant, 60 as Instant, "expected")).toThrow(
      "another day was asked for",
    );
  });
});
