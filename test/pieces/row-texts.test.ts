import { describe, expect, test } from "vitest";
import { arrive } from "../../src/answer/arrival.js";
import { arrivalJson, arrivalJsonInto } from "../../src/answer/json.js";
import { QuestionError } from "../../src/errors.js";
import { rowFor } from "../../src/pieces/piece-lookup.js";
import { type Query, queryOf } from "../../src/pieces/query.js";
import { templateAt } from "../../src/pieces/row-answer.js";
import { arrivalFrom, type RowTexts, rowTextsOf, textAt } from "../../src/pieces/row-texts.js";
import { compileSnapshot } from "../../src/pieces/snapshot.js";
import { formatInstant, type Instant } from "../../src/time/instant.js";
import { type Zone, zoneNamed } from "../../src/time/zone.js";
import { closed, feb, quick, run, short, subject } from "../answer/fixture.js";
import { is, route, rulebookOf } from "../decide/fixture.js";

/** What an answer says, as an object and as JSON, by hand and by `JSON.stringify`. */

const UTC = zoneNamed("UTC") as Zone;
const utc = (ms: number): string => new Date(ms).toISOString().replace(/(\.000)?Z$/, "+00:00");

describe("what is said alike of a stretch", () => {
  const said = (marks: number, event: object = {}, basis = "published"): RowTexts =>
    rowTextsOf(
      { rule: { event: { type: "route", params: event } }, basis } as never,
      {
        ...{ from: 1000, marks, rules: ["way", "window"] },
        ...{
          earliest: { slope: 1, to: 1000 },
          expected: { slope: 1, to: 6000 },
          latest: { slope: 0, to: 9000 },
        },
      } as never,
      UTC,
      new Map(),
    );

  test("is its outcome, its arrivals and its rules, which nobody may change", () => {
    expect(said(0)).toEqual({
      ...{ outcome: "credited", certainty: "official", basis: "published", rules: ["way", "window"] },
      ...{ earliest: 0, expected: 5000, latest: "1970-01-01T00:00:09+00:00" },
    });
    expect(Object.isFrozen(said(0).rules)).toBe(true);
    expect(said(0, { outcome: "returned" }).outcome).toBe("returned");
  });

  test.each([
    [0, "official", "published"],
    [1, "projected", "published"],
    [2, "open-incident", "published"],
    [3, "open-incident", "published"],
    [4, "official", "assumed"],
    [5, "projected", "assumed"],
    [8, "official", "published"],
    [15, "open-incident", "assumed"],
  ])("with the marks %d is %s and %s", (marks, certainty, basis) => {
    expect(said(marks)).toMatchObject({ certainty, basis });
    expect(said(marks, {}, "assumed").basis).toBe("assumed");
  });

  test("is no more than an outcome of credited where a route refuses", () => {
    const { outcome } = rowTextsOf(
      { rule: { event: { type: "refuse", params: { outcome: "returned" } } }, basis: "published" } as never,
      {
        ...{ from: 0, marks: 0, rules: [] },
        ...{ earliest: { slope: 1, to: 0 }, expected: { slope: 1, to: 0 }, latest: { slope: 1, to: 0 } },
      } as never,
      UTC,
      new Map(),
    );
    expect(outcome).toBe("credited");
  });

  test("is an answer with a sending time and a timeline", () => {
    const timeline = [{ from: "a", to: "b", cause: "batch" as const, rule: "way" }];
    expect(arrivalFrom(said(1), said(1), said(1).rules, 500 as Instant, "sent", timeline, UTC, "v")).toEqual({
      ...{ outcome: "credited", earliest: "sent", expected: "1970-01-01T00:00:05.500+00:00" },
      ...{ latest: "1970-01-01T00:00:09+00:00", certainty: "projected", basis: "published" },
      ...{ rules: ["way", "window"], timeline, version: "v" },
    });
    expect(textAt(-500, 500 as Instant, "sent", UTC)).toBe(utc(0));
  });
});

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function bytesOf(of: Query, at: Instant, withTimeline: boolean, sent?: string): string {
  const into = new Uint8Array(4000);
  const sending = { at, initiatedAtText: sent, sourceBytes: undefined, sourceOffset: 0 };
  const end = arrivalJsonInto(of, sending, withTimeline, into, 2);
  expect(arrivalJsonInto(of, sending, withTimeline, new Uint8Array(end - 1), 2)).toBe(-1);
  return decoder.decode(into.subarray(2, end));
}

describe("the JSON of an answer is that of the object", () => {
  const evening = quick(1, { priority: 2, conditions: is("initiated.time", "atOrAfter", "20:00") });
  const night = closed({ conditions: is("initiated.time", "before", "06:00") });
  const spoilt = route("<instant>", run);
  const subjects: [string, Query][] = [
    ["plain", subject(run)],
    ["after a length", subject(quick(90, {}))],
    ["sooner", subject(run, evening)],
    ["refused", subject(run, night)],
    ["never taken", subject(closed({}))],
    [
      "of a day that has no answer in parts",
      subject({ ...run, conditions: is("initiated.time", "before", "21:00") }),
    ],
    ["with a name that holds the mark of an instant", subject({ ...spoilt, name: "<instant>" })],
  ];

  test.each(subjects)("%s", (_, of) => {
    for (const when of ["12T05:00", "12T12:00", "13T12:00", "13T16:00", "14T20:30"]) {
      for (const at of [feb(when), feb(when) + 1] as Instant[]) {
        const ask = (): object => arrive(of, at);
        if (unanswered(ask)) continue;
        const { timeline: _timeline, ...rest } = arrive(of, at);
        for (let times = 0; times < 2; times++) {
          expect(arrivalJson(of, at)).toBe(JSON.stringify(arrive(of, at)));
          expect(bytesOf(of, at, true)).toBe(JSON.stringify(arrive(of, at)));
          expect(bytesOf(of, at, false)).toBe(JSON.stringify(rest));
        }
      }
    }
  });

  test("and of a day that has no answer in parts it is that of any other", () => {
    const day = subject({ ...run, conditions: is("initiated.time", "before", "21:00") });
    const when = feb("12T12:00");
    expect(arrive(day, when)).toEqual(arrive(subject(run), when));
  });

  test("with the sending as it was written", () => {
    const of = subject(quick(0, {}));
    const at = feb("12T12:00");
    const sent = "2026-02-12T12:00:00.000+08:00";
    expect(arrive(of, at, sent).expected).toBe(sent);
    expect(arrivalJson(of, at, sent)).toBe(JSON.stringify(arrive(of, at, sent)));
    expect(bytesOf(of, at, true, sent)).toBe(JSON.stringify(arrive(of, at, sent)));
    const refusing = subject(quick(5, {}), night);
    expect(arrive(refusing, feb("12T05:00"), "sent").timeline[0]).toMatchObject({ from: "sent" });
  });

  test("with letters of several bytes, in as much room as they take", () => {
    const of = subject({ ...run, name: "清算" });
    const at = feb("12T12:00");
    const whole = encoder.encode(JSON.stringify(arrive(of, at)));
    const into = new Uint8Array(whole.length);
    expect(
      arrivalJsonInto(
        of,
        { at, initiatedAtText: undefined, sourceBytes: undefined, sourceOffset: 0 },
        true,
        into,
        0,
      ),
    ).toBe(whole.length);
    expect(into).toEqual(whole);
  });

  test("from forms that are made once", () => {
    const of = subject(run);
    const at = feb("12T12:00");
    const outline = templateAt(of, rowFor(of, at));
    const made = (): unknown[] => [outline?.json, outline?.bytes, outline?.shortBytes];
    expect(made()).toEqual([undefined, undefined, undefined]);
    arrivalJson(of, at);
    expect(made().map((one) => one !== undefined)).toEqual([true, false, false]);
    bytesOf(of, at, false);
    expect(made().map((one) => one !== undefined)).toEqual([true, false, true]);
    expect(decoder.decode(outline?.shortBytes?.bytes)).not.toContain("timeline");
    bytesOf(of, at, true);
    expect(decoder.decode(outline?.bytes?.bytes)).toContain("timeline");
    const [form, bytes, shortBytes] = made();
    arrivalJson(of, feb("12T13:00"));
    bytesOf(of, feb("12T13:00"), false);
    bytesOf(of, feb("12T13:00"), true);
    expect(made()[0]).toBe(form);
    expect(made()[1]).toBe(bytes);
    expect(made()[2]).toBe(shortBytes);
  });
});

function unanswered(ask: () => unknown): boolean {
  try {
    ask();
    return false;
  } catch (error) {
    if (error instanceof QuestionError) return true;
    throw error;
  }
}

const iso = (instant: Instant | undefined): string =>
  short(formatInstant(zoneNamed("Asia/Shanghai") as Zone, instant as Instant));

describe("an outline is", () => {
  test("one for all of a stretch", () => {
    const of = subject(run);
    const outline = templateAt(of, rowFor(of, feb("12T12:00")));
    expect(templateAt(of, rowFor(of, feb("12T09:00")))).toBe(outline);
    expect(outline?.settled).toBe(true);
  });

  test("drawn anew for payments that take the same piece until another time, or are decided anew", () => {
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
    const view = compileSnapshot(rulebookOf({ rules }));
    const at = feb("12T17:00");
    const drawn = [1, 3, 4, 5, 6, 3].map((count) => {
      const of = queryOf(view, "cn.test", { amount: 1, count });
      const outline = templateAt(of, rowFor(of, at));
      const { sooner, timeline } = arrive(of, at);
      expect(short(timeline.at(-1)?.to ?? "")).toBe("14T10:00");
      return [
        iso(outline?.until),
        ...[outline?.settled, sooner === undefined ? "" : short(sooner.sendAt)],
      ].join(" ");
    });
    expect(drawn).toEqual([
      "13T00:00 true ",
      "12T20:00 false 12T20:00",
      "12T18:00 false 12T18:00",
      "13T00:00 false 14T00:00",
      "13T00:00 true ",
      "12T20:00 false 12T20:00",
    ]);
  });

  test("none for what is refused", () => {
    const of = subject(run, closed({ conditions: is("initiated.time", "before", "06:00") }));
    expect(templateAt(of, rowFor(of, feb("12T05:00")))).toBeUndefined();
    expect(templateAt(of, -1)).toBeUndefined();
  });

  test("another on the other side of midnight", () => {
    const of = subject(run);
    const at = (text: string): Instant => feb(text);
    const [before, after] = ["13T23:59", "14T00:00"].map((text) => templateAt(of, rowFor(of, at(text))));
    expect([before, after].map((one) => iso(one?.until))).toEqual(["14T00:00", "14T16:00"]);
    expect(short(arrive(of, at("13T23:59")).timeline[0]?.from ?? "")).toBe("13T23:59");
  });
});

describe("an answer that refuses", () => {
  test("names each rule once", () => {
    const night = closed({ name: "run", conditions: is("initiated.time", "before", "06:00") });
    expect(arrive(subject(run, night), feb("12T05:00")).rules).toEqual(["run"]);
  });
});
