import { describe, expect, test } from "vitest";
import { jsonTemplateOf } from "../../src/pieces/json-template-compiler.js";
import { fewSegments, fillTimeline } from "../../src/pieces/timeline-template.js";
import type { Instant } from "../../src/time/instant.js";
import { HOUR, iso, templateWith, timeline, UTC, until, type WaitSpec, waitsAt } from "./template-fixture.js";

/** Which boundaries of a timeline move, and which are fixed. */

describe("a timeline template", () => {
  test("of one segment whose start moves has few segments, and shares its `moving` list", () => {
    const template = templateWith(9 * HOUR, [until(12 * HOUR, { system: "one" })]);
    expect(template).toMatchObject({ until: 9 * HOUR, settled: true });
    expect(template.moving).toEqual([{ index: 0, from: 0, to: undefined }]);
    expect(fewSegments(template)).toBe(template.segments);
    expect(timeline(template, 5)).toEqual(["sent 01T00:00:00.005 01T12:00:00 batch one"]);
    const [segment] = fillTimeline(template, 5 as Instant, "sent", UTC);
    expect(segment).toEqual({
      ...{ from: "sent", to: "1970-01-01T12:00:00+00:00", system: "one", cause: "batch", rule: "way" },
    });
    expect(templateWith(5 * HOUR, [until(8 * HOUR)]).moving).toBe(template.moving);
  });

  test.each([{ name: "休" }, { calendar: "week" }, { system: "one" }, {}])(
    "has all fields of its only segment: %j",
    (more) => {
      const template = templateWith(9 * HOUR, [until(12 * HOUR, more)]);
      expect(fewSegments(template)).toBe(template.segments);
      expect(fillTimeline(template, HOUR as Instant, "sent", UTC)).toStrictEqual([
        { from: "sent", to: "1970-01-01T12:00:00+00:00", cause: "batch", rule: "way", ...more },
      ]);
    },
  );

  test("of several segments shares the fixed ones, frozen", () => {
    const template = templateWith(9 * HOUR, [
      until(10 * HOUR),
      () => ({
        from: 10 * HOUR,
        to: 11 * HOUR,
        cause: "holiday",
        name: "休",
        calendar: "week",
        rule: "other",
      }),
      () => ({ from: 11 * HOUR, to: 12 * HOUR }),
    ]);
    expect(fewSegments(template)).toBeUndefined();
    expect(template.moving).toEqual([{ index: 0, from: 0, to: undefined }]);
    const [first, second, third] = fillTimeline(template, HOUR as Instant, "sent", UTC);
    expect(first).toStrictEqual({
      from: "sent",
      to: "1970-01-01T10:00:00+00:00",
      cause: "batch",
      rule: "way",
    });
    expect(second).toEqual({
      ...{ from: "1970-01-01T10:00:00+00:00", to: "1970-01-01T11:00:00+00:00", cause: "holiday" },
      ...{ name: "休", calendar: "week", rule: "other" },
    });
    expect(second).toBe(template.segments?.[1]);
    expect(third).toBe(template.segments?.[2]);
    expect(Object.isFrozen(second)).toBe(true);
  });

  test("has the delay of each boundary that moves", () => {
    const template = templateWith(9 * HOUR, [
      (at) => ({ from: at, to: at + HOUR, system: "one", name: "named" }),
      (at) => ({ from: at + HOUR, to: 11 * HOUR, system: "one", calendar: "week" }),
      () => ({ from: 11 * HOUR, to: 12 * HOUR, system: "one" }),
      (at) => ({ from: 12 * HOUR, to: at + 20 * HOUR, system: "one" }),
    ]);
    expect(template.moving).toEqual([
      { index: 0, from: 0, to: HOUR },
      { index: 1, from: HOUR, to: undefined },
      { index: 3, from: undefined, to: 20 * HOUR },
    ]);
    const [first, second] = fillTimeline(template, (2 * HOUR) as Instant, "sent", UTC);
    expect([first?.name, second?.calendar, first?.calendar, second?.name]).toEqual([
      ...["named", "week", undefined, undefined],
    ]);
    expect(timeline(template, 2 * HOUR + 1)).toEqual([
      "sent 01T02:00:00.001 01T03:00:00.001 batch one",
      "01T03:00:00.001 01T11:00:00 batch one",
      "01T11:00:00 01T12:00:00 batch one",
      "01T12:00:00 01T22:00:00.001 batch one",
    ]);
  });

  test("of two segments has few segments if only the start of the first moves", () => {
    const second: WaitSpec = () => ({ from: 10 * HOUR, to: 11 * HOUR, cause: "holiday" });
    const template = templateWith(9 * HOUR, [until(10 * HOUR), second]);
    expect(fewSegments(template)?.map(({ cause }) => cause)).toEqual(["batch", "holiday"]);
    const both = templateWith(9 * HOUR, [
      until(10 * HOUR),
      (at) => ({ from: 10 * HOUR, to: at + 11 * HOUR }),
    ]);
    expect([fewSegments(both), both.segments?.length]).toEqual([undefined, 2]);
  });

  test("may have other moving boundaries after the first start", () => {
    const template = templateWith(9 * HOUR, [
      until(20 * HOUR),
      (at) => ({ from: 20 * HOUR, to: at + 30 * HOUR }),
    ]);
    expect(template.moving).toEqual([
      { index: 0, from: 0, to: undefined },
      { index: 1, from: undefined, to: 30 * HOUR },
    ]);
    const [first, second] = [1, 2].map((at) => fillTimeline(template, at as Instant, `sent ${at}`, UTC));
    expect(first?.[0]?.from).toBe("sent 1");
    expect(second?.[0]?.from).toBe("sent 2");
    expect(template.segments?.[0]?.from).toBe("1970-01-01T00:00:00+00:00");
  });

  test("of which a whole segment moves has its own `moving` list", () => {
    const template = templateWith(9 * HOUR, [(at) => ({ from: at, to: at + HOUR })]);
    expect([fewSegments(template), template.moving]).toEqual([undefined, [{ index: 0, from: 0, to: HOUR }]]);
    expect(timeline(template, 7)).toEqual(["sent 01T00:00:00.007 01T01:00:00.007 batch"]);
    const later = templateWith(9 * HOUR, [(at) => ({ from: at + 5, to: 10 * HOUR })]);
    expect([fewSegments(later), later.moving]).toEqual([undefined, [{ index: 0, from: 5, to: undefined }]]);
    const second = templateWith(9 * HOUR, [
      () => ({ from: -9, to: -7 }),
      (at) => ({ from: at, to: 10 * HOUR }),
    ]);
    expect([fewSegments(second), second.moving]).toEqual([undefined, [{ index: 1, from: 0, to: undefined }]]);
  });

  test("without waits, or with fixed waits, has an empty `moving` list", () => {
    expect(templateWith(9 * HOUR, [])).toMatchObject({ segments: [], moving: [] });
    expect(fewSegments(templateWith(9 * HOUR, []))).toEqual([]);
    const still = templateWith(9 * HOUR, [() => ({ from: 20 * HOUR, to: 30 * HOUR })]);
    expect([fewSegments(still), still.moving, still.segments?.length]).toEqual([undefined, [], 1]);
    expect(timeline(still, 5)).toEqual(["01T20:00:00 02T06:00:00 batch"]);
  });

  test("of one instant moves in every boundary", () => {
    const template = templateWith(1, [until(HOUR), () => ({ from: HOUR, to: 2 * HOUR })]);
    expect(template.moving).toEqual([
      { index: 0, from: 0, to: HOUR },
      { index: 1, from: HOUR, to: 2 * HOUR },
    ]);
    expect(timeline(template, 0)).toEqual([
      "sent 01T00:00:00 01T01:00:00 batch",
      "01T01:00:00 01T02:00:00 batch",
    ]);
  });
});

describe("timelines that differ in more than moving boundaries have no template", () => {
  const NOON = 12 * HOUR;
  test.each<[string, WaitSpec[]]>([
    [
      "one more segment",
      [(at) => ({ from: at, to: NOON }), (at) => ({ from: NOON, to: NOON + Math.max(0, at - HOUR) })],
    ],
    ["another cause", [(at) => ({ from: at, to: NOON, cause: at < HOUR ? "batch" : "cutoff" })]],
    ["another system", [(at) => ({ from: at, to: NOON, system: at < HOUR ? "one" : "two" })]],
    ["another name", [(at) => ({ from: at, to: NOON, name: at < HOUR ? "one" : "two" })]],
    ["another calendar", [(at) => ({ from: at, to: NOON, calendar: at < HOUR ? "one" : "two" })]],
    ["another rule", [(at) => ({ from: at, to: NOON, rule: at < HOUR ? "one" : "two" })]],
    ["an end that moves and then is fixed", [(at) => ({ from: at, to: NOON + Math.min(at, HOUR) })]],
    ["a start that is fixed and then moves", [(at) => ({ from: Math.max(at, HOUR), to: NOON })]],
    [
      "only the last segment differs",
      [(at) => ({ from: at, to: 11 * HOUR }), (at) => ({ from: 11 * HOUR, to: NOON + Math.min(at, HOUR) })],
    ],
  ])("%s", (_, specs) => {
    const template = templateWith(9 * HOUR, specs);
    expect([template.segments, template.moving, fewSegments(template)]).toEqual([undefined, [], undefined]);
    for (const at of [0, 1, HOUR, 2 * HOUR, 9 * HOUR - 1]) {
      const wanted = waitsAt(specs, at).map(({ from, to, cause, system }) =>
        [iso(from), iso(to), cause, ...(system === undefined ? [] : [system])].join(" "),
      );
      expect(timeline(template, at)).toEqual(wanted);
    }
    expect(jsonTemplateOf(template, "test", true)).toBeUndefined();
    expect(jsonTemplateOf(template, "test", false)?.texts).toHaveLength(1);
  });
});
