import { describe, expect, test } from "vitest";
import { latestSendOf } from "../../src/answer/latest-send.js";
import { profileOf, type Span, spans } from "../../src/answer/profile.js";
import { QuestionError } from "../../src/errors.js";
import type { Bound } from "../../src/model/bound.js";
import type { Step } from "../../src/model/rulebook.js";
import type { Query } from "../../src/pieces/query.js";
import { queryOf } from "../../src/pieces/query.js";
import { compileSnapshot } from "../../src/pieces/snapshot.js";
import type { Instant } from "../../src/time/instant.js";
import { at, is, route, rulebookOf } from "../decide/fixture.js";
import { closed, feb, quick, RUN, run, short, subject, through } from "./fixture.js";
import { type GivenPiece, queryWithPieces } from "./given-pieces.js";

/** Profiles and latest sends: how they are joined, how far they reach, and where they end. */

const DAY = 86_400_000;
const three = (value: number): [number, number, number] => [value, value, value];

const asked = (ask: () => unknown): string => {
  try {
    ask();
    return "answered";
  } catch (error) {
    if (error instanceof QuestionError) return `${error.code} ${error.where}: ${error.what}`;
    throw error;
  }
};

describe("neighbouring stretches are one span", () => {
  const joined = (...known: GivenPiece[]): number =>
    [...spans(queryWithPieces(0, known), 0 as Instant, 100 as Instant)].length;

  test("where they have one rule, one arrival at every bound, and are refused alike", () => {
    const first: GivenPiece = { until: 50, at: [7, 8, 9] };
    expect(joined(first, { until: DAY, at: [7, 8, 9] })).toBe(1);
    const others: Omit<GivenPiece, "until">[] = [
      { at: [6, 8, 9] },
      { at: [7, 7, 9] },
      { at: [7, 8, 10] },
      { at: [7, 8, 9], rule: "other" },
    ];
    for (const other of others) expect(joined(first, { until: DAY, ...other })).toBe(2);
    expect(joined(first, { until: DAY, at: [7, 8, 9], refused: true })).toBe(2);
    expect(joined({ until: 50, after: [7, 8, 9] }, { until: DAY, after: [7, 8, 9] })).toBe(1);
    expect(joined({ until: 50, after: [7, 8, 9] }, { until: DAY, at: [7, 8, 9] })).toBe(2);
    expect(
      joined({ until: 50, at: [7, 8, 9] }, { until: 60, at: [7, 8, 9] }, { until: DAY, at: [7, 8, 9] }),
    ).toBe(1);
  });

  test("and are cut to the time that was asked about", () => {
    const one = queryWithPieces(0, [
      { until: 20, at: three(30) },
      { until: 40, after: three(5) },
      { until: DAY, at: three(90), refused: true, rule: "no" },
    ]);
    const of = (from: number, to: number): Span[] => [...spans(one, from as Instant, to as Instant)];
    const lines = (slope: number, value: number) => ({
      ...{ earliest: { slope, value }, expected: { slope, value }, latest: { slope, value } },
    });
    expect(of(10, 50)).toEqual([
      { from: 10, until: 20, rule: "rule", refused: false, lines: lines(0, 30) },
      { from: 20, until: 40, rule: "rule", refused: false, lines: lines(1, 5) },
      { from: 40, until: 50, rule: "no", refused: true, lines: lines(0, 90) },
    ]);
    expect(of(25, 30)).toEqual([{ from: 25, until: 30, rule: "rule", refused: false, lines: lines(1, 5) }]);
    expect(of(20, 40).map(({ from, until }) => [from, until])).toEqual([[20, 40]]);
    expect(of(30, 30)).toEqual([]);
  });
});

describe("a profile", () => {
  test("tells each bound as an instant or a length, and what is refused", () => {
    const one = queryWithPieces(0, [
      { until: 1000, at: [2000, 3000, 4000] },
      { until: DAY, after: [0, 60_000, 3_600_000], refused: false },
    ]);
    expect(profileOf(one, 0 as Instant, 2000 as Instant)).toEqual([
      {
        ...{ from: "1970-01-01T00:00:00+00:00", to: "1970-01-01T00:00:01+00:00", rule: "rule" },
        earliest: { at: "1970-01-01T00:00:02+00:00" },
        expected: { at: "1970-01-01T00:00:03+00:00" },
        latest: { at: "1970-01-01T00:00:04+00:00" },
      },
      {
        ...{ from: "1970-01-01T00:00:01+00:00", to: "1970-01-01T00:00:02+00:00", rule: "rule" },
        ...{ earliest: { after: "PT0S" }, expected: { after: "PT1M" }, latest: { after: "PT1H" } },
      },
    ]);
    const [refused] = profileOf(
      queryWithPieces(0, [{ until: DAY, at: three(5), refused: true }]),
      ...([0, 1] as [Instant, Instant]),
    );
    expect(refused?.outcome).toBe("refused");
  });

  test("is of 3660 days at most", () => {
    const one = subject(quick(5, {}));
    const from = feb("12T00:00");
    const days = (count: number): string =>
      asked(() => profileOf(one, from, (from + count * DAY) as Instant));
    expect(days(3660)).toBe("answered");
    expect(days(3660 + 1 / DAY)).toBe("bad-time to: 3661 days lie between `from` and `to`, more than 3660");
  });

  test("is of 100,000 pieces at most", () => {
    const pieceMs = DAY / 40;
    const one = queryWithPieces(
      0,
      Array.from({ length: 100_040 }, (_, index) => ({ until: (index + 1) * pieceMs, at: three(index) })),
    );
    const pieces = (count: number): string =>
      asked(() => profileOf(one, 0 as Instant, (count * pieceMs) as Instant));
    expect(pieces(100_000)).toBe("answered");
    expect(pieces(100_001)).toBe("bad-time to: the profile has more than 100000 pieces");
  });
});

const latest = (of: Query, by: string, notBefore: string, bound: Bound = "expected"): string => {
  const found = latestSendOf(of, feb(notBefore), feb(by), bound);
  if (found === undefined) return "never";
  return `${short(found.from)} to ${short(found.sendBy)}${found.inclusive ? " itself" : ""}`;
};

describe("the latest send", () => {
  const morning = quick(30, { priority: 2, conditions: is("initiated.time", "before", "08:00") });
  const evening = quick(90, { priority: 2, conditions: is("initiated.time", "atOrAfter", "20:00") });

  test("may be the first instant that is asked about, of a rule, or the last of one", () => {
    expect(latest(subject(quick(90, {})), "12T12:00", "12T10:30")).toBe("12T10:30 to 12T10:30 itself");
    expect(latest(subject(quick(90, {})), "12T12:00", "12T10:31")).toBe("never");
    expect(latest(subject(quick(0, {})), "12T12:00", "12T12:00")).toBe("12T12:00 to 12T12:00 itself");
    expect(latest(subject(quick(0, {})), "12T12:00", "12T12:01")).toBe("never");
    expect(latest(subject(run, evening), "12T21:30", "12T18:00")).toBe("12T20:00 to 12T20:00 itself");
    const found = latestSendOf(
      subject(run, morning),
      feb("12T00:00"),
      (feb("12T08:30") - 1) as Instant,
      "expected",
    );
    expect([found?.sendBy, found?.inclusive]).toEqual(["2026-02-12T07:59:59.999+08:00", true]);
    expect(latest(subject(quick(0, {}), closed({})), "12T12:00", "12T11:00")).toBe("never");
  });

  test("is looked for in one stride after another", () => {
    const long = through("long", { kind: "process", takes: "P30D", milestone: "credited" });
    expect(latest(subject(long), "28T12:00", "01T00:00")).toBe("never");
    const found = latestSendOf(subject(long), at("2026-01-01T00:00:00+08:00"), feb("28T12:00"), "expected");
    expect(found?.sendBy).toBe("2026-01-29T12:00:00+08:00");
    const longer = through("longer", { kind: "process", takes: "P100D", milestone: "credited" });
    const far = latestSendOf(subject(longer), at("2025-01-01T00:00:00+08:00"), feb("28T12:00"), "expected");
    expect(far?.sendBy).toBe("2025-11-20T12:00:00+08:00");
  });

  test("is looked for in the ten years before, and no further", () => {
    const never = subject(through("never", { kind: "process", takes: "P5000D", milestone: "credited" }));
    const by = feb("12T00:00");
    const back = (days: number): string =>
      asked(() => expect(latestSendOf(never, (by - days * DAY) as Instant, by, "expected")).toBeUndefined());
    expect(back(3660)).toBe("answered");
    expect(back(3700)).toBe(
      "bad-time by: no payment sent in the 3660 days before it makes it, and no earlier one is looked at",
    );
    const ever = subject(through("ever", { kind: "process", takes: "P3650D", milestone: "credited" }));
    const found = latestSendOf(ever, (by - 3700 * DAY) as Instant, by, "expected");
    expect(found?.sendBy).toBe("2016-02-15T00:00:00+08:00");
  });

  /** A system that is closed for long, and then a run of the next day. */
  const stopped = (from: string, until: string): Query => {
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
  const since = (of: Query, notBefore: string, by: string): string | undefined =>
    latestSendOf(of, at(notBefore), at(by), "expected")?.from;

  test("begins with the first send that arrives as well, up to 32 days before those that were looked at", () => {
    const of = (from: string): string | undefined =>
      since(
        stopped(from, "2026-03-01T00:00:00+08:00"),
        "2026-02-28T00:00:00+08:00",
        "2026-03-02T10:00:00+08:00",
      );
    expect(of("2026-02-10T00:00:00+08:00")).toBe("2026-02-10T00:00:00+08:00");
    expect(of("2026-01-27T00:00:00+08:00")).toBe("2026-01-27T00:00:00+08:00");
    expect(of("2026-01-26T23:00:00+08:00")).toBe("2026-01-27T00:00:00+08:00");
  });

  test("begins no earlier than the first day that may be asked about, or that a calendar knows", () => {
    const first = stopped("1900-01-01T00:00:00+00:00", "1900-01-20T00:00:00+00:00");
    const found = since(first, "1900-01-10T00:00:00+00:00", "1900-01-21T10:00:00+08:00");
    expect(Date.parse(found ?? "")).toBe(Date.parse("1900-01-02T00:00:00Z"));
    expect(since(subject(run), "2026-01-02T12:00:00+08:00", "2026-01-05T10:00:00+08:00")).toBe(
      "2026-01-02T12:00:00+08:00",
    );
  });

  test("passes on what is no question's fault", () => {
    const one = queryWithPieces(0, [{ until: DAY, at: three(DAY) }]);
    expect(() => latestSendOf(one, 5 as Instant, (DAY - 1) as Instant, "expected")).not.toThrow();
    const made = queryWithPieces(0, [{ until: DAY, at: three(50) }]);
    expect(() => latestSendOf(made, 5 as Instant, 60 as Instant, "expected")).toThrow(
      "another day was asked for",
    );
  });
});
