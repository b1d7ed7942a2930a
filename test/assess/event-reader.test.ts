import { describe, expect, test } from "vitest";
import { assess } from "../../src/assess/assess.js";
import { readEvents } from "../../src/assess/event-reader.js";
import { QuestionError } from "../../src/index.js";
import { compileReader } from "../../src/payment/parsed-payment.js";
import { compileViews } from "../../src/pieces/snapshots.js";
import type { Instant } from "../../src/time/instant.js";
import { at, holdRule, PAYMENT, SMALL_RULEBOOK } from "./small-rulebook.js";

/** How events are read: each error with its place, and a list that depends on their set alone. */

const payment = compileReader(SMALL_RULEBOOK)(PAYMENT);
const views = compileViews(SMALL_RULEBOOK);

function errorOf(events: unknown, arrivedAt?: unknown): string {
  try {
    assess(views, payment, { now: at("04:00"), events, ...(arrivedAt !== undefined && { arrivedAt }) });
    return "taken";
  } catch (error) {
    if (error instanceof QuestionError) return `${error.code} ${error.where}: ${error.message}`;
    throw error;
  }
}

const AT = at("02:00");
const title = { zh: "名", en: "name" };

describe("an event that cannot be read says where and why", () => {
  test.each([
    [null, /^bad-payment events: .*is not a list of events/],
    ["sent", /^bad-payment events: .*is not a list of events/],
    [[null], /^bad-payment events\[0\]: .*is not an event/],
    [[[]], /^bad-payment events\[0\]: .*is not an event/],
    [["sent"], /^bad-payment events\[0\]: .*is not an event/],
    [[7], /^bad-payment events\[0\]: .*is not an event/],
    [[{}], /^bad-payment events\[0\]: .*does not say what happened/],
    [[{ at: AT, code: undefined }], /^bad-payment events\[0\]: .*does not say what happened/],
    [
      [{ at: AT, code: "GO", hold: "look" }],
      /^bad-payment events\[0\]: .*`code` and `hold` stand in one event/,
    ],
    [[{ at: AT, release: "look", hold: "look" }], /`hold` and `release`/],
    [
      [
        { at: AT, code: "GO" },
        { at: AT, hold: "look", til: AT },
      ],
      /^bad-payment events\[1\]\.til: .*`until`/,
    ],
    [
      [{ at: AT, release: "look", until: AT }],
      /^bad-payment events\[0\]\.until: .*`until` is not a key.*choose one of `at`, `release`$/s,
    ],
    [[{ at: AT, code: "GO", until: AT }], /^bad-payment events\[0\]\.until: /],
    [[{ at: AT, milestone: "" }], /^bad-payment events\[0\]\.milestone: .*an empty text/],
    [[{ at: AT, code: "" }], /^bad-payment events\[0\]\.code: .*an empty text is not a `code`/],
    [[{ at: AT, hold: 3 }], /^bad-payment events\[0\]\.hold: .*is not a `hold`/],
    [[{ at: AT, release: true }], /^bad-payment events\[0\]\.release: /],
    [
      [{ at: AT, milestone: "setled" }],
      /^bad-payment events\[0\]\.milestone: .*no milestone `setled`.*did you mean `settled`/s,
    ],
    [[{ at: AT, milestone: "retuned" }], /did you mean `returned`/],
    [[{ at: AT, hold: "lock" }], /^bad-payment events\[0\]\.hold: .*no hold `lock`.*did you mean `look`/s],
    [
      [{ at: AT, release: "stopp" }],
      /^bad-payment events\[0\]\.release: .*no hold `stopp`.*did you mean `stop`/s,
    ],
    [[{ code: "GO" }], /^bad-time events\[0\]\.at: /],
    [[{ at: "soon", code: "GO" }], /^bad-time events\[0\]\.at: /],
    [[{ at: at("04:00:00.001"), code: "GO" }], /^bad-time events\[0\]\.at: .*lies after `now`/],
    [
      [{ at: "2026-03-09T23:59:59.999+08:00", code: "GO" }],
      /^bad-time events\[0\]\.at: .*before the payment/,
    ],
    [[{ at: AT, hold: "look", until: "soon" }], /^bad-time events\[0\]\.until: /],
    [[{ at: AT, hold: "look", until: null }], /^bad-time events\[0\]\.until: /],
    [
      [{ at: AT, hold: "look", until: at("01:59:59.999") }],
      /^bad-time events\[0\]\.until: .*before the event's own/,
    ],
  ])("%j", (events, said) => {
    expect(errorOf(events)).toMatch(said);
  });

  test.each([
    [at("04:00:00.001"), /^bad-time arrivedAt: .*lies after `now`/],
    ["2026-03-09T23:59:59.999+08:00", /^bad-time arrivedAt: .*before the payment/],
    ["soon", /^bad-time arrivedAt: /],
    [null, /^bad-time arrivedAt: /],
  ])("an arrival at %j", (arrivedAt, said) => {
    expect(errorOf(undefined, arrivedAt)).toMatch(said);
    expect(errorOf([], arrivedAt)).toMatch(said);
  });
});

test("a now that lies before the payment, or is none, is an error of its own", () => {
  const asked =
    (now: unknown): (() => unknown) =>
    () =>
      assess(views, payment, { now });
  const where = (code: string) => expect.objectContaining({ code, where: "now" });
  expect(asked("2026-03-09T23:59:59.999+08:00")).toThrow(where("bad-time"));
  expect(asked("soon")).toThrow(where("bad-time"));
  expect(asked(undefined)).toThrow(where("bad-time"));
  expect(asked(at("00:00"))).not.toThrow();
});

test("what stands at a bound is taken, and what is undefined counts as not given", () => {
  expect(errorOf([{ at: at("00:00"), code: "GO" }])).toBe("taken");
  expect(errorOf([{ at: at("04:00"), milestone: "sent", code: undefined }])).toBe("taken");
  expect(errorOf([{ at: AT, hold: "look", until: AT }])).toBe("taken");
  expect(errorOf([{ at: AT, hold: "look", until: undefined }])).toBe("taken");
  expect(errorOf([{ at: AT, release: "look", until: undefined }])).toBe("taken");
  expect(errorOf(undefined, at("04:00"))).toBe("taken");
  expect(errorOf(undefined, at("00:00"))).toBe("taken");
});

test("a thousand events are taken, and one more is too many", () => {
  const events = Array.from({ length: 1001 }, () => ({ at: AT, code: "GO" }));
  expect(errorOf(events.slice(1))).toBe("taken");
  expect(errorOf(events)).toMatch(/^bad-payment events: .*1001 events are more than 1000/);
});

const frame = {
  rulebook: SMALL_RULEBOOK,
  initiatedAt: Date.parse(at("00:00")) as Instant,
  now: Date.parse(at("04:00")) as Instant,
};

/** What each of them does, in the order in which it is taken. */
const read = (events: readonly object[], arrivedAt?: string): string[] =>
  readEvents(events, arrivedAt === undefined ? undefined : (Date.parse(arrivedAt) as Instant), frame).map(
    ({ effect, milestone, hold, code }) => [effect, milestone, hold, code].filter(Boolean).join(" "),
  );

describe("events are taken in one order, whatever order they come in", () => {
  const both = (events: readonly object[], wanted: readonly string[]): void => {
    expect(read(events)).toEqual(wanted);
    expect(read(events.toReversed())).toEqual(wanted);
  };

  test("by their time", () => {
    both(
      [
        { at: at("03:00"), milestone: "accepted" },
        { at: at("02:00"), milestone: "sent" },
        { at: at("02:30"), code: "SHUT" },
      ],
      ["milestone sent", "end SHUT", "milestone accepted"],
    );
  });

  test("those of one instant so that the furthest comes last", () => {
    both(
      [
        { at: AT, milestone: "returned" },
        { at: AT, code: "BACK" },
        { at: AT, release: "look" },
        { at: AT, hold: "look" },
        { at: AT, milestone: "settled" },
        { at: AT, milestone: "accepted" },
        { at: AT, milestone: "credited" },
        { at: AT, milestone: "sent" },
        { at: AT, code: "GO" },
      ],
      [
        "continue GO",
        "milestone accepted",
        "milestone sent",
        "milestone settled",
        "milestone credited",
        "hold look",
        "release look",
        "return BACK",
        "end",
      ],
    );
  });

  test("by their text where nothing else tells them apart", () => {
    both(
      [
        { at: AT, code: "ZZ" },
        { at: AT, code: "AA" },
        { at: AT, code: "MM" },
      ],
      ["continue AA", "continue MM", "continue ZZ"],
    );
  });
});

test("what is said twice counts once, and an arrival is the milestone that it is", () => {
  const twice = [
    { at: AT, milestone: "sent" },
    { at: Date.parse(AT), milestone: "sent" },
    { at: AT, hold: "look", until: at("03:00") },
    { at: AT, hold: "look", until: new Date(at("03:00")) },
    { at: AT, hold: "look" },
    { at: at("02:01"), milestone: "sent" },
  ];
  expect(read(twice)).toEqual(["milestone sent", "hold look", "hold look", "milestone sent"]);
  expect(read([{ at: AT, milestone: "credited" }], AT)).toEqual(["milestone credited"]);
  expect(read([], AT)).toEqual(["milestone credited"]);
  expect(readEvents(undefined, undefined, frame)).toEqual([]);
});

test("codes that place other holds are told apart, however their names join", () => {
  const [a, ab] = ["a", "ab"].map((name) => holdRule(name, "PT1H", "regulatory", "sent", "police"));
  const reasons = {
    bc: { title, effect: "hold", hold: "a" },
    c: { title, effect: "hold", hold: "ab" },
  } as const;
  const rulebook = { ...SMALL_RULEBOOK, holds: [a, ab], reasons } as typeof SMALL_RULEBOOK;
  const events = [
    { at: AT, code: "bc" },
    { at: AT, code: "c" },
  ];
  expect(readEvents(events, undefined, { ...frame, rulebook })).toHaveLength(2);
});

describe("what a code means is read from the rulebook", () => {
  const meaning = (code: string): object => {
    const [{ at: _, ...found } = {}] = readEvents([{ at: AT, code }], undefined, frame);
    return found;
  };
  const LOOK = { effect: "hold", hold: "look" };
  test.each([
    ["GO", { effect: "continue" }],
    ["SLOW", { effect: "continue", cause: "platform", who: "platform" }],
    ["SENT", { effect: "milestone", milestone: "sent" }],
    ["SETTLED", { effect: "milestone", milestone: "settled", cause: "bank-processing", who: "payee-bank" }],
    ["THERE", { effect: "milestone", milestone: "credited" }],
    ["LOOK", { ...LOOK, cause: "risk-hold", who: "platform" }],
    ["DESK", { ...LOOK, cause: "manual-review", who: "payee-bank" }],
    ["WRONG", { effect: "return", cause: "wrong-details", who: "payer" }],
    ["SHUT", { effect: "end" }],
    ["toString", { effect: "continue", cause: "unknown" }],
  ])("%s", (code, wanted) => {
    expect(meaning(code)).toEqual({ code, ...wanted });
  });

  test("and what a hold is, from its own rule", () => {
    const [one] = readEvents([{ at: AT, hold: "stop" }], undefined, frame);
    expect(one).toEqual({
      at: Date.parse(AT),
      effect: "hold",
      hold: "stop",
      cause: "regulatory",
      who: "police",
    });
  });
});
