import { describe, expect, test } from "vitest";
import { profileOf, type Span, spans } from "../../src/answer/profile.js";
import type { Query } from "../../src/pieces/query.js";
import type { Instant } from "../../src/time/instant.js";
import { closed, feb, queryWith, quick, run, short } from "../answer/fixture.js";
import { is } from "../decide/fixture.js";
import { errorOf } from "./fixture.js";
import { type PieceSpec, queryWithPieces } from "./query-with-pieces.js";

/** Profiles and their spans, worked out by hand. */

const DAY = 86_400_000;
const three = (value: number): [number, number, number] => [value, value, value];

const profileTexts = (of: Query, from: string, to: string): string[] =>
  profileOf(of, feb(from), feb(to)).map(({ from: start, to: end, rule, expected, outcome = "" }) => {
    const arrival = "at" in expected ? short(expected.at) : expected.after;
    return `${short(start)} ${short(end)} ${rule} ${arrival} ${outcome}`.trim();
  });

describe("spans", () => {
  const spanCount = (...known: PieceSpec[]): number =>
    [...spans(queryWithPieces(0, known), 0 as Instant, 100 as Instant)].length;

  test("merge adjacent pieces with the same rule, arrivals and refusal", () => {
    const first: PieceSpec = { until: 50, at: [7, 8, 9] };
    expect(spanCount(first, { until: DAY, at: [7, 8, 9] })).toBe(1);
    const others: Omit<PieceSpec, "until">[] = [
      { at: [6, 8, 9] },
      { at: [7, 7, 9] },
      { at: [7, 8, 10] },
      { at: [7, 8, 9], rule: "other" },
    ];
    for (const other of others) expect(spanCount(first, { until: DAY, ...other })).toBe(2);
    expect(spanCount(first, { until: DAY, at: [7, 8, 9], refused: true })).toBe(2);
    expect(spanCount({ until: 50, after: [7, 8, 9] }, { until: DAY, after: [7, 8, 9] })).toBe(1);
    expect(spanCount({ until: 50, after: [7, 8, 9] }, { until: DAY, at: [7, 8, 9] })).toBe(2);
    expect(
      spanCount({ until: 50, at: [7, 8, 9] }, { until: 60, at: [7, 8, 9] }, { until: DAY, at: [7, 8, 9] }),
    ).toBe(1);
  });

  test("are clipped to the range", () => {
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
  test("has one piece per batch, across closed days, clipped to the range", () => {
    expect(profileTexts(queryWith(run), "12T00:00", "20T00:00")).toEqual([
      "12T00:00 12T16:00 run 13T10:00",
      "12T16:00 13T16:00 run 14T10:00",
      "13T16:00 18T16:00 run 19T10:00",
      "18T16:00 19T16:00 run 20T10:00",
      "19T16:00 20T00:00 run 23T10:00",
    ]);
    expect(profileTexts(queryWith(run), "12T09:00", "12T15:59")).toEqual(["12T09:00 12T15:59 run 13T10:00"]);
    expect(profileTexts(queryWith(run), "12T09:00", "12T09:00")).toEqual([]);
  });

  test("has a new piece where the rule changes, and shows when refused payments would arrive", () => {
    const evening = quick(90, { priority: 2, conditions: is("initiated.time", "atOrAfter", "20:00") });
    const saturday = closed({ conditions: is("initiated.weekday", "equal", "sat") });
    expect(profileTexts(queryWith(run, evening, saturday), "13T12:00", "15T12:00")).toEqual([
      "13T12:00 13T16:00 run 14T10:00",
      "13T16:00 13T20:00 run 19T10:00",
      "13T20:00 14T00:00 quick PT1H30M",
      "14T00:00 15T00:00 closed 19T10:00 refused",
      "15T00:00 15T12:00 run 19T10:00",
    ]);
  });

  test("has one piece across midnight while the delay stays the same", () => {
    expect(profileTexts(queryWith(quick(90, {})), "13T12:00", "15T12:00")).toEqual([
      "13T12:00 15T12:00 quick PT1H30M",
    ]);
  });
});

describe("the limits of a profile", () => {
  test("gives each bound as an instant or a duration, and marks refused pieces", () => {
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

  test("has 3660 days at most", () => {
    const one = queryWith(quick(5, {}));
    const from = feb("12T00:00");
    const days = (count: number): string =>
      errorOf(() => profileOf(one, from, (from + count * DAY) as Instant));
    expect(days(3660)).toBe("answered");
    expect(days(3660 + 1 / DAY)).toBe("bad-time to: 3661 days lie between `from` and `to`, more than 3660");
  });

  test("has 100,000 pieces at most", () => {
    const pieceMs = DAY / 40;
    const one = queryWithPieces(
      0,
      Array.from({ length: 100_040 }, (_, index) => ({ until: (index + 1) * pieceMs, at: three(index) })),
    );
    const pieces = (count: number): string =>
      errorOf(() => profileOf(one, 0 as Instant, (count * pieceMs) as Instant));
    expect(pieces(100_000)).toBe("answered");
    expect(pieces(100_001)).toBe("bad-time to: the profile has more than 100000 pieces");
  });
});
