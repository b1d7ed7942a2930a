import { describe, expect, test } from "vitest";
import { arrive } from "../../src/answer/arrival.js";
import type { ChannelRule, Step } from "../../src/model/rulebook.js";
import { rowFor } from "../../src/pieces/piece-lookup.js";
import { type Query, queryOf } from "../../src/pieces/query.js";
import { rowAnswerAt, templateAt } from "../../src/pieces/row-answer.js";
import { compileSnapshot } from "../../src/pieces/snapshot.js";
import { formatInstant, type Instant } from "../../src/time/instant.js";
import { type Zone, zoneNamed } from "../../src/time/zone.js";
import { closed, feb, queryWith, quick, RUN, run, short, stepRule } from "../answer/fixture.js";
import { closing, is, route, rulebookOf } from "../decide/fixture.js";

/** Row answers, and the parts that rows share. */

const rowAt = (of: Query, when: string): number => rowFor(of, feb(when));
const kind = (of: Query, when: string) => rowAnswerAt(of, rowAt(of, when))?.kind;
const timeline = (of: Query, when: string): string[] =>
  arrive(of, feb(when)).timeline.map(
    ({ from, to, cause, rule }) => `${short(from)} ${short(to)} ${cause} ${rule}`,
  );

const at = (hour: string) => ({
  kind: "settle",
  calendar: "week",
  lag: "T+0",
  at: hour,
  milestone: "credited",
});
/** A batch at 10:00 of each business day, for payments sent before it. */
const early = stepRule("early", at("10:00"), {
  priority: 2,
  conditions: is("initiated.time", "before", "10:00"),
});
const instant = stepRule("instant", { kind: "process", takes: "PT0S", milestone: "credited" });

describe("the kind of a row", () => {
  test("has the number of segments, if it is at most two", () => {
    const of = queryWith(early, instant);
    expect(kind(of, "12T09:00")).toMatchObject({ segments: 1, cause: "batch", system: undefined });
    expect(timeline(of, "12T09:00")).toEqual(["12T09:00 12T10:00 batch early"]);
    expect(timeline(of, "12T09:30")).toEqual(["12T09:30 12T10:00 batch early"]);
    expect(kind(of, "12T10:00")).toMatchObject({ segments: 0, cause: undefined });
    expect(timeline(of, "12T10:00")).toEqual([]);
    const afterCutoff = queryWith(run);
    expect(kind(afterCutoff, "12T17:00")).toMatchObject({ segments: 2, cause: "cutoff" });
    expect(timeline(afterCutoff, "12T17:00")).toEqual([
      "12T17:00 13T00:00 cutoff run",
      "13T00:00 14T10:00 batch run",
    ]);
    expect(timeline(afterCutoff, "12T18:00")[0]).toBe("12T18:00 13T00:00 cutoff run");
  });

  test("tells the name and the calendar of the first segment", () => {
    const of = queryWith(stepRule("next", at("00:00")));
    const more = { cause: "holiday", name: "休", calendar: "week" };
    expect(kind(of, "18T12:00")).toMatchObject({ segments: 1, system: undefined, ...more });
    expect(arrive(of, feb("18T12:00")).timeline).toStrictEqual([
      { from: "2026-02-18T12:00:00+08:00", to: "2026-02-19T00:00:00+08:00", ...more, rule: "next" },
    ]);
  });

  test("is shared by all equal rows", () => {
    const of = queryWith(run);
    const known = kind(of, "12T12:00");
    expect(known).toEqual({
      ...{ outcome: "credited", certainty: "official", basis: "assumed", settled: true },
      ...{ segments: 1, cause: "batch", system: undefined, name: undefined, calendar: undefined },
    });
    expect(kind(of, "12T09:00")).toBe(known);
    expect(kind(of, "11T12:00")).toBe(known);
    expect(kind(of, "12T17:00")).not.toBe(known);
  });

  test("is undefined if payments are refused, or the row is not cached", () => {
    const of = queryWith(quick(5, {}), closed({ conditions: is("initiated.time", "before", "06:00") }));
    expect(kind(of, "12T05:00")).toBeUndefined();
    expect(rowAnswerAt(of, -1)).toBeUndefined();
    expect(templateAt(of, -1)).toBeUndefined();
    expect(kind(of, "12T06:00")).toMatchObject({ segments: undefined, cause: undefined });
    expect(timeline(of, "12T06:00")).toEqual(["12T06:00 12T06:05 processing quick"]);
  });
});

test("two segments have their own rules and ends", () => {
  const cleared = { kind: "process", system: "hvps", takes: "PT0S", milestone: "cleared" };
  const params = { steps: [cleared, RUN] as Step[] };
  const stop = closing("stop");
  const interval = { from: "2026-02-12T12:00:00+08:00", until: "2026-02-12T15:00:00+08:00" };
  const windows = [{ ...stop, event: { ...stop.event, params: { ...stop.event.params, interval } } }];
  const book = rulebookOf({
    rules: [route("way", { event: { type: "route", params } })],
    windows: windows as never,
  });
  const of = queryOf(compileSnapshot(book), "cn.test", { amount: 1 });
  expect(kind(of, "12T13:00")).toMatchObject({ segments: 2, cause: "maintenance" });
  // By hand: the system opens at 15:00, before the cutoff of 16:00, so the payment joins the batch of the next business day.
  expect(timeline(of, "12T13:00")).toEqual([
    "12T13:00 12T15:00 maintenance stop",
    "12T15:00 13T10:00 batch way",
  ]);
});

test("rows with the same rules share one frozen list", () => {
  const of = queryWith(early, instant);
  const [one, next, other] = ["12T09:00", "13T09:00", "12T10:00"].map((when) => arrive(of, feb(when)).rules);
  expect([one, other]).toEqual([["early"], ["instant"]]);
  expect(next).toBe(one);
  expect(Object.isFrozen(one)).toBe(true);
});

test("rows with equal arrivals share a row answer, and have their own rules", () => {
  const two = (count: number): ChannelRule => ({
    ...run,
    name: `run-${count}`,
    priority: 2,
    conditions: is("count", "equal", count),
  });
  const snapshot = compileSnapshot(rulebookOf({ rules: [run, two(1), two(2)] }));
  const when = feb("12T12:00");
  const [one, other] = [1, 2].map((count) => {
    const of = queryOf(snapshot, "cn.test", { amount: 1, count });
    const row = rowFor(of, when);
    const { expected, rules, timeline } = arrive(of, when);
    return { rowAnswer: rowAnswerAt(of, row), expected, rules, rule: timeline[0]?.rule };
  });
  expect(one?.rowAnswer).toBe(other?.rowAnswer);
  expect(one?.rowAnswer).toMatchObject({ kind: { outcome: "credited" }, expected: one?.expected });
  expect(one).toMatchObject({ rules: ["run-1"], rule: "run-1" });
  expect(other).toMatchObject({ rules: ["run-2"], rule: "run-2" });
  const later = queryOf(snapshot, "cn.test", { amount: 1, count: 1 });
  const dayBefore = (when - 24 * 3_600_000) as Instant;
  const row = rowFor(later, dayBefore);
  expect(rowAnswerAt(later, row)).not.toBe(one?.rowAnswer);
  expect(rowAnswerAt(later, row)?.kind).toBe(one?.rowAnswer?.kind);
  expect(arrive(later, dayBefore).expected).not.toBe(one?.expected);
});

const iso = (instant: Instant | undefined): string =>
  short(formatInstant(zoneNamed("Asia/Shanghai") as Zone, instant as Instant));

describe("the timeline template of a row", () => {
  test("is shared by all send times of a row", () => {
    const of = queryWith(run);
    const template = templateAt(of, rowFor(of, feb("12T12:00")));
    expect(templateAt(of, rowFor(of, feb("12T09:00")))).toBe(template);
    expect(template?.settled).toBe(true);
  });

  test("is rebuilt for rows of one route answer that end at other times or are not settled", () => {
    const evening = (count: number, from: string) => ({
      ...quick(1, { name: `evening-${count}`, priority: 2 }),
      conditions: {
        all: [
          { fact: "count", operator: "equal", value: count },
          { fact: "initiated.time", operator: "within", value: [from, "24:00"] },
        ],
      },
    });
    const soon = { ...quick(1, { name: "soon", priority: 2, conditions: is("count", "equal", 5) }) };
    const rules = [
      run,
      evening(3, "20:00"),
      evening(4, "18:00"),
      { ...soon, effective: { from: "2026-02-14" } },
    ];
    const snapshot = compileSnapshot(rulebookOf({ rules }));
    const at = feb("12T17:00");
    const texts = [1, 3, 4, 5, 6, 3].map((count) => {
      const of = queryOf(snapshot, "cn.test", { amount: 1, count });
      const template = templateAt(of, rowFor(of, at));
      const { sooner, timeline } = arrive(of, at);
      expect(short(timeline.at(-1)?.to ?? "")).toBe("14T10:00");
      return [
        iso(template?.until),
        ...[template?.settled, sooner === undefined ? "" : short(sooner.sendAt)],
      ].join(" ");
    });
    expect(texts).toEqual([
      "13T00:00 true ",
      "12T20:00 false 12T20:00",
      "12T18:00 false 12T18:00",
      "13T00:00 false 14T00:00",
      "13T00:00 true ",
      "12T20:00 false 12T20:00",
    ]);
  });

  test("is undefined for refused payments", () => {
    const of = queryWith(run, closed({ conditions: is("initiated.time", "before", "06:00") }));
    expect(templateAt(of, rowFor(of, feb("12T05:00")))).toBeUndefined();
    expect(templateAt(of, -1)).toBeUndefined();
  });

  test("ends at midnight", () => {
    const of = queryWith(run);
    const at = (text: string): Instant => feb(text);
    const [before, after] = ["13T23:59", "14T00:00"].map((text) => templateAt(of, rowFor(of, at(text))));
    expect([before, after].map((one) => iso(one?.until))).toEqual(["14T00:00", "14T16:00"]);
    expect(short(arrive(of, at("13T23:59")).timeline[0]?.from ?? "")).toBe("13T23:59");
  });
});
