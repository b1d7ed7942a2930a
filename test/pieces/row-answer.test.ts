import { describe, expect, test } from "vitest";
import { arrive } from "../../src/answer/arrival.js";
import type { ChannelRule, Step } from "../../src/model/rulebook.js";
import { rowFor } from "../../src/pieces/piece-lookup.js";
import { type Query, queryOf } from "../../src/pieces/query.js";
import { rowAnswerAt, templateAt } from "../../src/pieces/row-answer.js";
import { compileSnapshot } from "../../src/pieces/snapshot.js";
import type { Instant } from "../../src/time/instant.js";
import { closed, feb, quick, RUN, run, short, subject, through } from "../answer/fixture.js";
import { closing, is, route, rulebookOf } from "../decide/fixture.js";

/** What the answers of a row say, of which much is told once for many rows. */

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
/** A batch at 10:00 of each business day, and what comes before it is credited at once. */
const early = through("early", at("10:00"), {
  priority: 2,
  conditions: is("initiated.time", "before", "10:00"),
});
const instant = through("instant", { kind: "process", takes: "PT0S", milestone: "credited" });

describe("the kind of a row", () => {
  test("tells how many segments answers have, where they are few and plain", () => {
    const of = subject(early, instant);
    expect(kind(of, "12T09:00")).toMatchObject({ segments: 1, cause: "batch", system: undefined });
    expect(timeline(of, "12T09:00")).toEqual(["12T09:00 12T10:00 batch early"]);
    expect(timeline(of, "12T09:30")).toEqual(["12T09:30 12T10:00 batch early"]);
    expect(kind(of, "12T10:00")).toMatchObject({ segments: 0, cause: undefined });
    expect(timeline(of, "12T10:00")).toEqual([]);
    const afterCutoff = subject(run);
    expect(kind(afterCutoff, "12T17:00")).toMatchObject({ segments: 2, cause: "cutoff" });
    expect(timeline(afterCutoff, "12T17:00")).toEqual([
      "12T17:00 13T00:00 cutoff run",
      "13T00:00 14T10:00 batch run",
    ]);
    expect(timeline(afterCutoff, "12T18:00")[0]).toBe("12T18:00 13T00:00 cutoff run");
  });

  test("tells the name and the calendar of the first segment", () => {
    const of = subject(through("next", at("00:00")));
    const more = { cause: "holiday", name: "休", calendar: "week" };
    expect(kind(of, "18T12:00")).toMatchObject({ segments: 1, system: undefined, ...more });
    expect(arrive(of, feb("18T12:00")).timeline).toStrictEqual([
      { from: "2026-02-18T12:00:00+08:00", to: "2026-02-19T00:00:00+08:00", ...more, rule: "next" },
    ]);
  });

  test("is one for all rows that are of it, and is found again", () => {
    const of = subject(run);
    const known = kind(of, "12T12:00");
    expect(known).toEqual({
      ...{ outcome: "credited", certainty: "official", basis: "assumed", settled: true },
      ...{ segments: 1, cause: "batch", system: undefined, name: undefined, calendar: undefined },
    });
    expect(kind(of, "12T09:00")).toBe(known);
    expect(kind(of, "11T12:00")).toBe(known);
    expect(kind(of, "12T17:00")).not.toBe(known);
  });

  test("is none where payments are refused, and where the row is not known", () => {
    const of = subject(quick(5, {}), closed({ conditions: is("initiated.time", "before", "06:00") }));
    expect(kind(of, "12T05:00")).toBeUndefined();
    expect(rowAnswerAt(of, -1)).toBeUndefined();
    expect(templateAt(of, -1)).toBeUndefined();
    expect(kind(of, "12T06:00")).toMatchObject({ segments: undefined, cause: undefined });
    expect(timeline(of, "12T06:00")).toEqual(["12T06:00 12T06:05 processing quick"]);
  });
});

test("of two segments each has the rule that made it, and its own end", () => {
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
  // By hand: closed until 15:00, which is before the cutoff of 16:00; the batch is that of the next business day.
  expect(timeline(of, "12T13:00")).toEqual([
    "12T13:00 12T15:00 maintenance stop",
    "12T15:00 13T10:00 batch way",
  ]);
});

test("rows that are decided by the same rules share one list of them, frozen", () => {
  const of = subject(early, instant);
  const [one, next, other] = ["12T09:00", "13T09:00", "12T10:00"].map((when) => arrive(of, feb(when)).rules);
  expect([one, other]).toEqual([["early"], ["instant"]]);
  expect(next).toBe(one);
  expect(Object.isFrozen(one)).toBe(true);
});

test("rows of payments that arrive alike share what they say of it, and each has rules of its own", () => {
  const two = (count: number): ChannelRule => ({
    ...run,
    name: `run-${count}`,
    priority: 2,
    conditions: is("count", "equal", count),
  });
  const view = compileSnapshot(rulebookOf({ rules: [run, two(1), two(2)] }));
  const when = feb("12T12:00");
  const [one, other] = [1, 2].map((count) => {
    const of = queryOf(view, "cn.test", { amount: 1, count });
    const row = rowFor(of, when);
    const { expected, rules, timeline } = arrive(of, when);
    return { told: rowAnswerAt(of, row), expected, rules, rule: timeline[0]?.rule };
  });
  expect(one?.told).toBe(other?.told);
  expect(one?.told).toMatchObject({ kind: { outcome: "credited" }, expected: one?.expected });
  expect(one).toMatchObject({ rules: ["run-1"], rule: "run-1" });
  expect(other).toMatchObject({ rules: ["run-2"], rule: "run-2" });
  const later = queryOf(view, "cn.test", { amount: 1, count: 1 });
  const dayBefore = (when - 24 * 3_600_000) as Instant;
  const row = rowFor(later, dayBefore);
  expect(rowAnswerAt(later, row)).not.toBe(one?.told);
  expect(rowAnswerAt(later, row)?.kind).toBe(one?.told?.kind);
  expect(arrive(later, dayBefore).expected).not.toBe(one?.expected);
});
