import { describe, expect, test } from "vitest";
import { arrive } from "../../src/answer/arrival.js";
import { arrivalJson, arrivalJsonInto } from "../../src/answer/json.js";
import { QuestionError } from "../../src/errors.js";
import { rowFor } from "../../src/pieces/piece-lookup.js";
import type { Query } from "../../src/pieces/query.js";
import { templateAt } from "../../src/pieces/row-answer.js";
import type { Instant } from "../../src/time/instant.js";
import { closed, feb, queryWith, quick, run } from "../answer/fixture.js";
import { is, route } from "../decide/fixture.js";

/** The JSON of single answers, as text and as bytes. */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function bytesOf(of: Query, at: Instant, withTimeline: boolean, sent?: string): string {
  const into = new Uint8Array(4000);
  const sendTime = { at, initiatedAtText: sent, sourceBytes: undefined, sourceOffset: 0 };
  const end = arrivalJsonInto(of, sendTime, withTimeline, into, 2);
  expect(arrivalJsonInto(of, sendTime, withTimeline, new Uint8Array(end - 1), 2)).toBe(-1);
  return decoder.decode(into.subarray(2, end));
}

describe("the JSON of an answer equals JSON.stringify", () => {
  const evening = quick(1, { priority: 2, conditions: is("initiated.time", "atOrAfter", "20:00") });
  const night = closed({ conditions: is("initiated.time", "before", "06:00") });
  const marked = route("<instant>", run);
  const queries: [string, Query][] = [
    ["plain", queryWith(run)],
    ["with a fixed delay", queryWith(quick(90, {}))],
    ["sooner", queryWith(run, evening)],
    ["refused", queryWith(run, night)],
    ["never accepted", queryWith(closed({}))],
    [
      "of a day with instants without an answer",
      queryWith({ ...run, conditions: is("initiated.time", "before", "21:00") }),
    ],
    ["with a name that contains the mark of an instant", queryWith({ ...marked, name: "<instant>" })],
  ];

  test.each(queries)("%s", (_, of) => {
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

  test("an answer does not depend on whether its day is cached", () => {
    const day = queryWith({ ...run, conditions: is("initiated.time", "before", "21:00") });
    const when = feb("12T12:00");
    expect(arrive(day, when)).toEqual(arrive(queryWith(run), when));
  });

  test("with the send time as written in the payment", () => {
    const of = queryWith(quick(0, {}));
    const at = feb("12T12:00");
    const sent = "2026-02-12T12:00:00.000+08:00";
    expect(arrive(of, at, sent).expected).toBe(sent);
    expect(arrivalJson(of, at, sent)).toBe(JSON.stringify(arrive(of, at, sent)));
    expect(bytesOf(of, at, true, sent)).toBe(JSON.stringify(arrive(of, at, sent)));
    const refusing = queryWith(quick(5, {}), night);
    expect(arrive(refusing, feb("12T05:00"), "sent").timeline[0]).toMatchObject({ from: "sent" });
  });

  test("with characters of several bytes", () => {
    const of = queryWith({ ...run, name: "清算" });
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

  test("from templates that are built once", () => {
    const of = queryWith(run);
    const at = feb("12T12:00");
    const template = templateAt(of, rowFor(of, at));
    const templates = (): unknown[] => [template?.json, template?.bytes, template?.shortBytes];
    expect(templates()).toEqual([undefined, undefined, undefined]);
    arrivalJson(of, at);
    expect(templates().map((one) => one !== undefined)).toEqual([true, false, false]);
    bytesOf(of, at, false);
    expect(templates().map((one) => one !== undefined)).toEqual([true, false, true]);
    expect(decoder.decode(template?.shortBytes?.bytes)).not.toContain("timeline");
    bytesOf(of, at, true);
    expect(decoder.decode(template?.bytes?.bytes)).toContain("timeline");
    const [form, bytes, shortBytes] = templates();
    arrivalJson(of, feb("12T13:00"));
    bytesOf(of, feb("12T13:00"), false);
    bytesOf(of, feb("12T13:00"), true);
    expect(templates()[0]).toBe(form);
    expect(templates()[1]).toBe(bytes);
    expect(templates()[2]).toBe(shortBytes);
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
