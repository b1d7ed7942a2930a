import { describe, expect, test } from "vitest";
import { explainArrival, notableSegments, refusalReason, segmentValues } from "../../src/explain/arrival.js";
import { textsOf } from "../../src/explain/text.js";
import type { Arrival, Cause, Segment } from "../../src/model/answers.js";
import type { Rulebook } from "../../src/model/rulebook.js";

/** What is said of an arrival, in sentences that show what they were given. */

const instants = "{earliest} {expected} {latest}";
const messages = {
  instant: "{date}T{time}",
  date: "{month}-{day}",
  "date.year": "{year}-{month}-{day}",
  "span.day": "{from}",
  "span.days": "{from}..{to}",
  "duration.minutes": "{count}min",
  "duration.hours": "{count}h",
  "duration.days": "{count}d",
  "arrival.credited": `credited ${instants}`,
  "arrival.credited.exact": `exactly ${instants}`,
  "arrival.returned": `returned ${instants}`,
  "arrival.refused": "{reason}, from {retryAt} for {expected}",
  "arrival.refused.never": "{reason}, never",
  "arrival.because": "because ",
  "arrival.direct": "at once",
  "arrival.sooner": "sooner {sendAt} {expected}",
  "arrival.patience": "patience {latest}",
  "arrival.projected": "projected",
  "arrival.open-incident": "open",
  "arrival.assumed": "assumed",
  "cause.batch": "batch {system} {to}",
  "cause.weekend": "weekend {span}",
  "cause.holiday": "{name} {span}",
  "cause.hold": "hold {name} {duration}",
  "cause.processing": "takes {duration} {from}",
  "list.separator": "; ",
  "list.end": ".",
  "holiday.unnamed": "public",
  "holiday.休": "Rest",
};
const title = (en: string) => ({ zh: `${en}中`, en });
const rulebook = {
  texts: { en: messages },
  systems: { one: { title: title("System One") }, undefined: { title: title("no system") } },
  holds: [
    { name: "first", title: title("First hold") },
    { name: "risk", title: title("Risk hold") },
  ],
  channels: {
    other: { rules: [{ name: "elsewhere", event: { type: "route" }, title: title("Elsewhere") }] },
    own: {
      rules: [
        { name: "way", event: { type: "route" }, title: title("The way") },
        { name: "bare", event: { type: "route" } },
        {
          name: "limit",
          title: title("Over the limit"),
          event: { type: "refuse", params: { reason: title("too much") } },
        },
      ],
    },
  },
} as unknown as Rulebook;
const texts = textsOf(rulebook, "en");

/** `MM-DDTHH:MM:SS` of 2026 in Shanghai. */
const iso = (text: string): string => `2026-${text}+08:00`;
const segment = (from: string, to: string, cause: Cause, more: Partial<Segment> = {}): Segment => ({
  ...{ from: iso(from), to: iso(to), cause, rule: "way" },
  ...more,
});
const arrival = (more: Partial<Arrival>): Arrival => ({
  outcome: "credited",
  earliest: iso("02-03T08:00:00"),
  expected: iso("02-03T09:00:00"),
  latest: iso("02-03T10:00:00"),
  certainty: "official",
  basis: "published",
  rules: ["way"],
  timeline: [],
  version: "test",
  ...more,
});
const explained = (more: Partial<Arrival>): string[] =>
  explainArrival(rulebook, texts, arrival(more)).split("\n");

const BOUNDS = "2-3T08:00 2-3T09:00 2-3T10:00";
const PATIENCE = "patience 2-3T10:00";

describe("an arrival", () => {
  test("begins with the three instants, and says one where they are one", () => {
    expect(explained({})).toEqual([`credited ${BOUNDS}`, "at once", PATIENCE]);
    expect(explained({ outcome: "returned" })).toEqual([`returned ${BOUNDS}`, "at once", PATIENCE]);
    const latest = iso("02-03T08:00:00");
    expect(explained({ latest, expected: latest })[0]).toBe("exactly 2-3T08:00 2-3T08:00 2-3T08:00");
  });

  test("says the years that are not that of the sending, or of the arrival where nothing is waited for", () => {
    const expected = "2027-01-01T09:00:00+08:00";
    const timeline = [segment("12-31T09:00:00", "12-31T10:00:00", "processing", { to: expected })];
    expect(explained({ expected, timeline })[0]).toBe("credited 2-3T08:00 2027-1-1T09:00 2-3T10:00");
    expect(explained({ expected })[0]).toBe("credited 2026-2-3T08:00 1-1T09:00 2026-2-3T10:00");
  });

  test("has its reasons in one line", () => {
    const timeline = [
      segment("02-01T10:00:00", "02-02T00:00:00", "weekend"),
      segment("02-02T00:00:00", "02-03T00:00:00", "holiday", { name: "休" }),
      segment("02-03T00:00:00", "02-03T09:00:00", "batch", { system: "one" }),
    ];
    expect(explained({ timeline })).toEqual([
      ...[`credited ${BOUNDS}`, "because weekend 2-1; Rest 2-2; batch System One 2-3T09:00.", PATIENCE],
    ]);
  });

  test("ends with what is to be kept in mind", () => {
    const sooner = { sendAt: iso("02-02T08:00:00"), expected: iso("02-02T08:30:00") };
    expect(explained({ sooner, certainty: "projected", basis: "assumed" }).slice(2)).toEqual([
      ...["sooner 2-2T08:00 2-2T08:30", PATIENCE, "projected", "assumed"],
    ]);
    expect(explained({ certainty: "open-incident" }).slice(2)).toEqual([PATIENCE, "open"]);
  });

  test("that is refused says when it would be taken, and no reasons and no patience", () => {
    const timeline = [segment("02-01T10:00:00", "02-02T00:00:00", "closed")];
    const retryAt = iso("02-02T00:00:00");
    const refused: Partial<Arrival> = { outcome: "refused", rules: ["limit", "way"], timeline };
    expect(explained({ ...refused, retryAt, basis: "assumed" })).toEqual([
      ...["too much, from 2-2T00:00 for 2-3T09:00", "assumed"],
    ]);
    expect(explained(refused)).toEqual(["too much, never"]);
  });
});

describe("the reason of a refusal", () => {
  test.each([
    ["limit", "too much"],
    ["way", "The way"],
    ["elsewhere", "Elsewhere"],
    ["bare", "bare"],
    ["unknown", "unknown"],
  ])("by %s is %s", (rule, said) => {
    expect(refusalReason(rulebook, texts, arrival({ rules: [rule, "way"] }))).toBe(said);
  });

  test("is none where no rule is named", () => {
    expect(refusalReason(rulebook, texts, arrival({ rules: [] }))).toBe("");
  });
});

describe("what is worth saying", () => {
  const told = (...timeline: Segment[]): string[] =>
    notableSegments(timeline).map(
      ({ from, to, cause }) => `${cause} ${from.slice(11, 19)} ${to.slice(11, 19)}`,
    );
  const day = (from: string, to: string, cause: Cause, more: Partial<Segment> = {}): Segment =>
    segment(`02-03T${from}`, `02-03T${to}`, cause, more);

  test("is no processing of less than a minute, but any other wait", () => {
    expect(told(day("08:00:00", "08:00:59", "processing"))).toEqual([]);
    expect(told(day("08:00:00", "08:01:00", "processing"))).toEqual(["processing 08:00:00 08:01:00"]);
    expect(told(day("08:00:00", "08:00:01", "closed"))).toEqual(["closed 08:00:00 08:00:01"]);
  });

  test("joins neighbours of one cause, name and system", () => {
    const [one, other] = [{ system: "one" }, { system: "two" }];
    expect(
      told(
        day("08:00:00", "08:00:30", "processing", one),
        day("08:00:30", "08:01:00", "processing", one),
        day("08:01:00", "08:03:00", "processing", other),
        day("08:03:00", "08:04:00", "closed", other),
        day("08:04:00", "08:06:00", "processing", other),
      ),
    ).toEqual([
      "processing 08:00:00 08:01:00",
      "processing 08:01:00 08:03:00",
      "closed 08:03:00 08:04:00",
      "processing 08:04:00 08:06:00",
    ]);
    expect(
      told(
        day("08:00:00", "09:00:00", "holiday", { name: "a" }),
        day("09:00:00", "10:00:00", "holiday", { name: "a" }),
        day("10:00:00", "11:00:00", "holiday", { name: "b" }),
      ),
    ).toEqual(["holiday 08:00:00 10:00:00", "holiday 10:00:00 11:00:00"]);
    const [joined] = notableSegments([
      day("08:00:00", "09:00:00", "holiday", { name: "a", rule: "first" }),
      day("09:00:00", "10:00:00", "holiday", { name: "a", rule: "second" }),
    ]);
    expect(joined).toEqual(day("08:00:00", "10:00:00", "holiday", { name: "a", rule: "first" }));
  });

  test("is of batches only the last", () => {
    expect(
      told(
        day("08:00:00", "09:00:00", "batch"),
        day("09:00:00", "10:00:00", "weekend"),
        day("10:00:00", "11:00:00", "batch"),
        day("11:00:00", "12:00:00", "closed"),
      ),
    ).toEqual(["weekend 09:00:00 10:00:00", "batch 10:00:00 11:00:00", "closed 11:00:00 12:00:00"]);
  });
});

describe("what the sentence of a cause is given", () => {
  const values = (cause: Cause, more: Partial<Segment> = {}) =>
    segmentValues(
      rulebook,
      texts,
      segment("02-03T08:00:00", "02-04T09:00:00", cause, more),
      iso("01-01T00:00:00"),
    );

  test("is its system, its name, its ends and its length", () => {
    expect(values("closed", { system: "one", name: "night" })).toEqual({
      ...{ system: "System One", name: "night" },
      ...{ from: "2-3T08:00", to: "2-4T09:00", span: "2-3..2-4", duration: "2d" },
    });
    expect(values("closed")).toMatchObject({ system: "none", name: "" });
    expect(values("closed", { system: "undeclared" })).toMatchObject({ system: "none" });
  });

  test.each([
    ["hold", "risk", "Risk hold"],
    ["hold", "gone", "gone"],
    ["hold", undefined, ""],
    ["closed", "risk", "risk"],
    ["closed", "休", "休"],
    ["holiday", "休", "Rest"],
    ["holiday", "春节", "春节"],
    ["holiday", "risk", "risk"],
    ["holiday", undefined, "public"],
  ] as const)("as a %s of the name %s: %s", (cause, name, said) => {
    expect(values(cause, name === undefined ? {} : { name }).name).toBe(said);
  });
});
