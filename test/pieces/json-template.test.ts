import { describe, expect, test } from "vitest";
import {
  fillTemplate,
  fillTemplateInto,
  type JsonTemplate,
  NO_ROOM,
  type Sent,
} from "../../src/pieces/json-template.js";
import { byteTemplateOf, jsonTemplateOf } from "../../src/pieces/json-template-compiler.js";
import type { ArrivalText } from "../../src/pieces/row-texts.js";
import {
  fillTimeline,
  type TimelineTemplate,
  timelineTemplateOf,
} from "../../src/pieces/timeline-template.js";
import type { Instant } from "../../src/time/instant.js";
import { HOUR, routeAnswerWith, UTC, type WaitSpec } from "./template-fixture.js";

/** JSON templates, filled as text and as bytes. */

describe("a JSON template", () => {
  const version = "版本";
  const moving = (texts: Partial<Record<string, ArrivalText>> = {}): TimelineTemplate => {
    const specs: WaitSpec[] = [
      (at) => ({ from: at, to: at + HOUR, name: "名" }),
      (at) => ({ from: at + HOUR, to: 20 * HOUR }),
      (at) => ({ from: 20 * HOUR, to: at + 30 * HOUR }),
    ];
    return timelineTemplateOf(routeAnswerWith(0, specs, texts), true, (9 * HOUR) as Instant, UTC);
  };
  const jsonOf = (template: TimelineTemplate, at: number, withTimeline: boolean): string => {
    const text = (bound: ArrivalText): string =>
      typeof bound === "string" ? bound : new Date(at + bound).toISOString().replace(/(\.000)?Z$/, "+00:00");
    const { outcome, earliest, expected, latest, certainty, basis, rules } = template.texts;
    const sent = text(0);
    const own = withTimeline ? { timeline: fillTimeline(template, at as Instant, sent, UTC) } : {};
    const three = { earliest: text(earliest), expected: text(expected), latest: text(latest) };
    return JSON.stringify({ outcome, ...three, certainty, basis, rules, ...own, version });
  };
  const TEXTS: Partial<Record<string, ArrivalText>>[] = [
    {},
    { earliest: 0, expected: HOUR, latest: 2 * HOUR },
    { latest: 5 },
    { expected: HOUR + 1 },
  ];

  test.each([true, false])("is filled as JSON.stringify writes the answer; timeline: %s", (withTimeline) => {
    for (const texts of TEXTS) {
      const template = moving(texts);
      const jsonTemplate = jsonTemplateOf(template, version, withTimeline);
      if (jsonTemplate === undefined) throw new Error("no template");
      for (const at of [0, 5, HOUR, 2 * HOUR + 999]) {
        const wanted = jsonOf(template, at, withTimeline);
        const sent = new Date(at).toISOString().replace(/(\.000)?Z$/, "+00:00");
        expect(fillTemplate(jsonTemplate, at as Instant, sent, UTC)).toBe(wanted);
        const bytes = new TextEncoder().encode(wanted);
        const byteTemplate = byteTemplateOf(jsonTemplate);
        const source = new TextEncoder().encode(`"${sent}"`);
        const sendTimes: Sent[] = [
          { at: at as Instant, initiatedAtText: sent, sourceBytes: undefined, sourceOffset: 0 },
          { at: at as Instant, initiatedAtText: undefined, sourceBytes: undefined, sourceOffset: 0 },
          ...(at % 1000 === 0
            ? [{ at: at as Instant, initiatedAtText: undefined, sourceBytes: source, sourceOffset: 1 }]
            : []),
        ];
        for (const [start, sendTime] of [0, 3].flatMap((from) =>
          sendTimes.map((one) => [from, one] as const),
        )) {
          const into = new Uint8Array(start + bytes.length + 4).fill(7);
          expect(fillTemplateInto(byteTemplate, sendTime, UTC, into, start)).toBe(start + bytes.length);
          expect(into.subarray(start, start + bytes.length)).toEqual(bytes);
          expect([...into.subarray(0, start)]).toEqual(new Array(start).fill(7));
          const exact = new Uint8Array(start + bytes.length);
          expect(fillTemplateInto(byteTemplate, sendTime, UTC, exact, start)).toBe(start + bytes.length);
          expect(exact.subarray(start)).toEqual(bytes);
          const short = new Uint8Array(start + bytes.length - 1);
          expect(fillTemplateInto(byteTemplate, sendTime, UTC, short, start)).toBe(NO_ROOM);
        }
      }
    }
  });

  test("does not change the timeline template", () => {
    const template = moving();
    const before = structuredClone(template.segments);
    jsonTemplateOf(template, version, true);
    expect(template.segments).toEqual(before);
  });

  test("has a gap for each moving instant, and the texts between", () => {
    const jsonTemplate = jsonTemplateOf(moving({ earliest: 0, expected: HOUR }), version, true);
    expect(jsonTemplate?.afterMs).toEqual([0, HOUR, 0, HOUR, HOUR, 30 * HOUR]);
    expect(jsonTemplate?.texts[0]).toBe('{"outcome":"credited","earliest":"');
    const { gaps } = byteTemplateOf(jsonTemplate as JsonTemplate);
    expect(gaps).toHaveLength(6);
    expect(gaps[0]).toBe(34);
    expect(gaps[1]).toBe(34 + 25 + '","expected":"'.length);
    expect(jsonTemplateOf(moving(), version, false)).toMatchObject({ afterMs: [] });
  });

  test("is undefined if a text contains the mark of an instant", () => {
    const mark = "<instant>";
    expect(jsonTemplateOf(moving({ latest: `${mark}` }), version, false)).toBeUndefined();
    expect(jsonTemplateOf(moving(), `v${mark}`, true)).toBeUndefined();
    expect(jsonTemplateOf(moving(), "<instant", true)).toBeDefined();
  });
});
