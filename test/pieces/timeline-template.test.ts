import { describe, expect, test } from "vitest";
import type { Segment } from "../../src/model/answers.js";
import {
  fillTemplate,
  fillTemplateInto,
  type JsonTemplate,
  NO_ROOM,
  type Sent,
} from "../../src/pieces/json-template.js";
import { byteTemplateOf, jsonTemplateOf } from "../../src/pieces/json-template-compiler.js";
import type { RouteAnswer } from "../../src/pieces/piece.js";
import type { ArrivalText } from "../../src/pieces/row-texts.js";
import { segmentOf } from "../../src/pieces/timeline.js";
import {
  fewSegments,
  fillTimeline,
  type TimelineTemplate,
  timelineTemplateOf,
} from "../../src/pieces/timeline-template.js";
import type { Wait } from "../../src/route/wait.js";
import type { Instant } from "../../src/time/instant.js";
import { type Zone, zoneNamed } from "../../src/time/zone.js";

/** Timelines told once for many payments: what stays and what moves, in routes that wait as a test says. */

const HOUR = 3_600_000;
const UTC = zoneNamed("UTC") as Zone;

/** One wait of a payment that is sent at an instant. */
type Waiting = (at: number) => Omit<Partial<Wait>, "from" | "to"> & { from: number; to: number };

const waitsAt = (waiting: readonly Waiting[], at: number): Wait[] =>
  waiting
    .map((wait) => ({ cause: "batch", ...wait(at) }) as unknown as Wait)
    .filter(({ from, to }) => from < to);

function taken(
  from: number,
  waiting: readonly Waiting[],
  said: Partial<Record<string, ArrivalText>> = {},
): RouteAnswer {
  const advance = (at: Instant, report?: (wait: Wait) => void) => {
    for (const wait of waitsAt(waiting, at)) report?.(wait);
    return { to: at, slope: 1, until: Number.POSITIVE_INFINITY, marks: 0 };
  };
  return {
    at: from,
    route: { rule: { name: "way" }, paths: { expected: { legs: [{ advance }] } } },
    piece: { from, waits: waitsAt(waiting, from) },
    texts: {
      ...{ outcome: "credited", certainty: "official", basis: "published", rules: ["way"] },
      ...{ earliest: "e", expected: "x", latest: "l", ...said },
    },
  } as unknown as RouteAnswer;
}

const outlined = (until: number, waiting: readonly Waiting[]): TimelineTemplate =>
  timelineTemplateOf(taken(0, waiting), true, until as Instant, UTC);

/** `01T05:00:00` of January 1970. */
const iso = (at: number): string =>
  new Date(at)
    .toISOString()
    .replace(/^1970-01-/, "")
    .replace(/(\.000)?Z$/, "");
const short = ({ from, to, cause, ...more }: Segment): string =>
  [from, to].map((text) => text.replace(/^1970-01-/, "").replace("+00:00", "")).join(" ") +
  ` ${cause}${more.system === undefined ? "" : ` ${more.system}`}`;
const timeline = (outline: TimelineTemplate, at: number): string[] =>
  fillTimeline(outline, at as Instant, `sent ${iso(at)}`, UTC).map(short);

const until =
  (to: number, more: Partial<Wait> = {}): Waiting =>
  (at) => ({ from: at, to, ...more });

test("a segment has no key that it has no value for", () => {
  const [from, to] = [0 as Instant, HOUR as Instant];
  const bare = { from: "1970-01-01T00:00:00+00:00", to: "1970-01-01T01:00:00+00:00", cause: "batch" };
  expect(segmentOf({ from, to, cause: "batch" }, "way", UTC)).toStrictEqual({ ...bare, rule: "way" });
  const full = { system: "one", cause: "batch", name: "n", calendar: "c", rule: "other" } as const;
  const keys = ["system", "name", "calendar"] as const;
  for (let chosen = 0; chosen < 8; chosen++) {
    const without = keys.filter((_, index) => (chosen & (1 << index)) !== 0);
    const wait = { ...full, ...Object.fromEntries(without.map((key) => [key, undefined])) };
    const told = Object.fromEntries(Object.entries(wait).filter(([, value]) => value !== undefined));
    expect(segmentOf({ from, to, ...wait }, "way", UTC)).toStrictEqual({ ...bare, ...told });
  }
});

describe("an outline", () => {
  test("in which nothing moves but the sending has one segment, and one list for all of them", () => {
    const outline = outlined(9 * HOUR, [until(12 * HOUR, { system: "one" })]);
    expect(outline).toMatchObject({ until: 9 * HOUR, settled: true });
    expect(outline.moving).toEqual([{ index: 0, from: 0, to: undefined }]);
    expect(fewSegments(outline)).toBe(outline.segments);
    expect(timeline(outline, 5)).toEqual(["sent 01T00:00:00.005 01T12:00:00 batch one"]);
    const [segment] = fillTimeline(outline, 5 as Instant, "sent", UTC);
    expect(segment).toEqual({
      ...{ from: "sent", to: "1970-01-01T12:00:00+00:00", system: "one", cause: "batch", rule: "way" },
    });
    expect(outlined(5 * HOUR, [until(8 * HOUR)]).moving).toBe(outline.moving);
  });

  test.each([{ name: "休" }, { calendar: "week" }, { system: "one" }, {}])(
    "says of its only segment all that it has: %j",
    (more) => {
      const outline = outlined(9 * HOUR, [until(12 * HOUR, more)]);
      expect(fewSegments(outline)).toBe(outline.segments);
      expect(fillTimeline(outline, HOUR as Instant, "sent", UTC)).toStrictEqual([
        { from: "sent", to: "1970-01-01T12:00:00+00:00", cause: "batch", rule: "way", ...more },
      ]);
    },
  );

  test("of several segments shares those that stay, frozen", () => {
    const outline = outlined(9 * HOUR, [
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
    expect(fewSegments(outline)).toBeUndefined();
    expect(outline.moving).toEqual([{ index: 0, from: 0, to: undefined }]);
    const [first, second, third] = fillTimeline(outline, HOUR as Instant, "sent", UTC);
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
    expect(second).toBe(outline.segments?.[1]);
    expect(third).toBe(outline.segments?.[2]);
    expect(Object.isFrozen(second)).toBe(true);
  });

  test("tells for each end whether it moves, and how long after the sending it lies", () => {
    const outline = outlined(9 * HOUR, [
      (at) => ({ from: at, to: at + HOUR, system: "one", name: "named" }),
      (at) => ({ from: at + HOUR, to: 11 * HOUR, system: "one", calendar: "week" }),
      () => ({ from: 11 * HOUR, to: 12 * HOUR, system: "one" }),
      (at) => ({ from: 12 * HOUR, to: at + 20 * HOUR, system: "one" }),
    ]);
    expect(outline.moving).toEqual([
      { index: 0, from: 0, to: HOUR },
      { index: 1, from: HOUR, to: undefined },
      { index: 3, from: undefined, to: 20 * HOUR },
    ]);
    const [first, second] = fillTimeline(outline, (2 * HOUR) as Instant, "sent", UTC);
    expect([first?.name, second?.calendar, first?.calendar, second?.name]).toEqual([
      ...["named", "week", undefined, undefined],
    ]);
    expect(timeline(outline, 2 * HOUR + 1)).toEqual([
      "sent 01T02:00:00.001 01T03:00:00.001 batch one",
      "01T03:00:00.001 01T11:00:00 batch one",
      "01T11:00:00 01T12:00:00 batch one",
      "01T12:00:00 01T22:00:00.001 batch one",
    ]);
  });

  test("of two segments is of few where nothing moves but where the first begins", () => {
    const second: Waiting = () => ({ from: 10 * HOUR, to: 11 * HOUR, cause: "holiday" });
    const outline = outlined(9 * HOUR, [until(10 * HOUR), second]);
    expect(fewSegments(outline)?.map(({ cause }) => cause)).toEqual(["batch", "holiday"]);
    const both = outlined(9 * HOUR, [until(10 * HOUR), (at) => ({ from: 10 * HOUR, to: at + 11 * HOUR })]);
    expect([fewSegments(both), both.segments?.length]).toEqual([undefined, 2]);
  });

  test("whose first segment moves as most do may move elsewhere too", () => {
    const outline = outlined(9 * HOUR, [until(20 * HOUR), (at) => ({ from: 20 * HOUR, to: at + 30 * HOUR })]);
    expect(outline.moving).toEqual([
      { index: 0, from: 0, to: undefined },
      { index: 1, from: undefined, to: 30 * HOUR },
    ]);
    const [first, second] = [1, 2].map((at) => fillTimeline(outline, at as Instant, `sent ${at}`, UTC));
    expect(first?.[0]?.from).toBe("sent 1");
    expect(second?.[0]?.from).toBe("sent 2");
    expect(outline.segments?.[0]?.from).toBe("1970-01-01T00:00:00+00:00");
  });

  test("where one segment moves as a whole has a list of its own", () => {
    const outline = outlined(9 * HOUR, [(at) => ({ from: at, to: at + HOUR })]);
    expect([fewSegments(outline), outline.moving]).toEqual([undefined, [{ index: 0, from: 0, to: HOUR }]]);
    expect(timeline(outline, 7)).toEqual(["sent 01T00:00:00.007 01T01:00:00.007 batch"]);
    const later = outlined(9 * HOUR, [(at) => ({ from: at + 5, to: 10 * HOUR })]);
    expect([fewSegments(later), later.moving]).toEqual([undefined, [{ index: 0, from: 5, to: undefined }]]);
    const second = outlined(9 * HOUR, [() => ({ from: -9, to: -7 }), (at) => ({ from: at, to: 10 * HOUR })]);
    expect([fewSegments(second), second.moving]).toEqual([undefined, [{ index: 1, from: 0, to: undefined }]]);
  });

  test("where nothing is waited for, or nothing moves, has nothing that moves", () => {
    expect(outlined(9 * HOUR, [])).toMatchObject({ segments: [], moving: [] });
    expect(fewSegments(outlined(9 * HOUR, []))).toEqual([]);
    const still = outlined(9 * HOUR, [() => ({ from: 20 * HOUR, to: 30 * HOUR })]);
    expect([fewSegments(still), still.moving, still.segments?.length]).toEqual([undefined, [], 1]);
    expect(timeline(still, 5)).toEqual(["01T20:00:00 02T06:00:00 batch"]);
  });

  test("of one instant moves in every part that it has", () => {
    const outline = outlined(1, [until(HOUR), () => ({ from: HOUR, to: 2 * HOUR })]);
    expect(outline.moving).toEqual([
      { index: 0, from: 0, to: HOUR },
      { index: 1, from: HOUR, to: 2 * HOUR },
    ]);
    expect(timeline(outline, 0)).toEqual([
      "sent 01T00:00:00 01T01:00:00 batch",
      "01T01:00:00 01T02:00:00 batch",
    ]);
  });
});

describe("timelines that have not one form are worked out one by one", () => {
  const NOON = 12 * HOUR;
  test.each<[string, Waiting[]]>([
    [
      "one segment more",
      [(at) => ({ from: at, to: NOON }), (at) => ({ from: NOON, to: NOON + Math.max(0, at - HOUR) })],
    ],
    ["another cause", [(at) => ({ from: at, to: NOON, cause: at < HOUR ? "batch" : "cutoff" })]],
    ["another system", [(at) => ({ from: at, to: NOON, system: at < HOUR ? "one" : "two" })]],
    ["another name", [(at) => ({ from: at, to: NOON, name: at < HOUR ? "one" : "two" })]],
    ["another calendar", [(at) => ({ from: at, to: NOON, calendar: at < HOUR ? "one" : "two" })]],
    ["another rule", [(at) => ({ from: at, to: NOON, rule: at < HOUR ? "one" : "two" })]],
    ["an end that moves and then stays", [(at) => ({ from: at, to: NOON + Math.min(at, HOUR) })]],
    ["a beginning that stays and then moves", [(at) => ({ from: Math.max(at, HOUR), to: NOON })]],
    [
      "all alike but the last",
      [(at) => ({ from: at, to: 11 * HOUR }), (at) => ({ from: 11 * HOUR, to: NOON + Math.min(at, HOUR) })],
    ],
  ])("%s", (_, waiting) => {
    const outline = outlined(9 * HOUR, waiting);
    expect([outline.segments, outline.moving, fewSegments(outline)]).toEqual([undefined, [], undefined]);
    for (const at of [0, 1, HOUR, 2 * HOUR, 9 * HOUR - 1]) {
      const wanted = waitsAt(waiting, at).map(({ from, to, cause, system }) =>
        [iso(from), iso(to), cause, ...(system === undefined ? [] : [system])].join(" "),
      );
      expect(timeline(outline, at)).toEqual(wanted);
    }
    expect(jsonTemplateOf(outline, "test", true)).toBeUndefined();
    expect(jsonTemplateOf(outline, "test", false)?.texts).toHaveLength(1);
  });
});

describe("the form of an outline", () => {
  const version = "版本";
  const moving = (said: Partial<Record<string, ArrivalText>> = {}): TimelineTemplate => {
    const waiting: Waiting[] = [
      (at) => ({ from: at, to: at + HOUR, name: "名" }),
      (at) => ({ from: at + HOUR, to: 20 * HOUR }),
      (at) => ({ from: 20 * HOUR, to: at + 30 * HOUR }),
    ];
    return timelineTemplateOf(taken(0, waiting, said), true, (9 * HOUR) as Instant, UTC);
  };
  const jsonOf = (outline: TimelineTemplate, at: number, withTimeline: boolean): string => {
    const text = (bound: ArrivalText): string =>
      typeof bound === "string" ? bound : new Date(at + bound).toISOString().replace(/(\.000)?Z$/, "+00:00");
    const { outcome, earliest, expected, latest, certainty, basis, rules } = outline.texts;
    const sent = text(0);
    const own = withTimeline ? { timeline: fillTimeline(outline, at as Instant, sent, UTC) } : {};
    const three = { earliest: text(earliest), expected: text(expected), latest: text(latest) };
    return JSON.stringify({ outcome, ...three, certainty, basis, rules, ...own, version });
  };
  const SAID: Partial<Record<string, ArrivalText>>[] = [
    {},
    { earliest: 0, expected: HOUR, latest: 2 * HOUR },
    { latest: 5 },
    { expected: HOUR + 1 },
  ];

  test.each([true, false])(
    "is written for each sending as JSON writes the answer; timeline: %s",
    (withTimeline) => {
      for (const said of SAID) {
        const outline = moving(said);
        const form = jsonTemplateOf(outline, version, withTimeline);
        if (form === undefined) throw new Error("no form");
        for (const at of [0, 5, HOUR, 2 * HOUR + 999]) {
          const wanted = jsonOf(outline, at, withTimeline);
          const sent = new Date(at).toISOString().replace(/(\.000)?Z$/, "+00:00");
          expect(fillTemplate(form, at as Instant, sent, UTC)).toBe(wanted);
          const bytes = new TextEncoder().encode(wanted);
          const byteForm = byteTemplateOf(form);
          const source = new TextEncoder().encode(`"${sent}"`);
          const ways: Sent[] = [
            { at: at as Instant, initiatedAtText: sent, sourceBytes: undefined, sourceOffset: 0 },
            { at: at as Instant, initiatedAtText: undefined, sourceBytes: undefined, sourceOffset: 0 },
            ...(at % 1000 === 0
              ? [{ at: at as Instant, initiatedAtText: undefined, sourceBytes: source, sourceOffset: 1 }]
              : []),
          ];
          for (const [start, way] of [0, 3].flatMap((from) => ways.map((one) => [from, one] as const))) {
            const into = new Uint8Array(start + bytes.length + 4).fill(7);
            expect(fillTemplateInto(byteForm, way, UTC, into, start)).toBe(start + bytes.length);
            expect(into.subarray(start, start + bytes.length)).toEqual(bytes);
            expect([...into.subarray(0, start)]).toEqual(new Array(start).fill(7));
            const exact = new Uint8Array(start + bytes.length);
            expect(fillTemplateInto(byteForm, way, UTC, exact, start)).toBe(start + bytes.length);
            expect(exact.subarray(start)).toEqual(bytes);
            const short = new Uint8Array(start + bytes.length - 1);
            expect(fillTemplateInto(byteForm, way, UTC, short, start)).toBe(NO_ROOM);
          }
        }
      }
    },
  );

  test("leaves the outline as it is", () => {
    const outline = moving();
    const before = structuredClone(outline.segments);
    jsonTemplateOf(outline, version, true);
    expect(outline.segments).toEqual(before);
  });

  test("has a gap for each instant that moves, and the texts between", () => {
    const form = jsonTemplateOf(moving({ earliest: 0, expected: HOUR }), version, true);
    expect(form?.afterMs).toEqual([0, HOUR, 0, HOUR, HOUR, 30 * HOUR]);
    expect(form?.texts[0]).toBe('{"outcome":"credited","earliest":"');
    const { gaps } = byteTemplateOf(form as JsonTemplate);
    expect(gaps).toHaveLength(6);
    expect(gaps[0]).toBe(34);
    expect(gaps[1]).toBe(34 + 25 + '","expected":"'.length);
    expect(jsonTemplateOf(moving(), version, false)).toMatchObject({ afterMs: [] });
  });

  test("is none where a text holds the mark that stands for an instant", () => {
    const mark = "<instant>";
    expect(jsonTemplateOf(moving({ latest: `${mark}` }), version, false)).toBeUndefined();
    expect(jsonTemplateOf(moving(), `v${mark}`, true)).toBeUndefined();
    expect(jsonTemplateOf(moving(), "<instant", true)).toBeDefined();
  });
});
