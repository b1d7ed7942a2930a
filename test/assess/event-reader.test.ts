import { describe, expect, test } from "vitest";
import { assess } from "../../src/assess/assess.js";
import { readEvents } from "../../src/assess/event-reader.js";
import { QuestionError } from "../../src/index.js";
import { compileReader } from "../../src/payment/parsed-payment.js";
import { compileSnapshots } from "../../src/pieces/snapshots.js";
import type { Instant } from "../../src/time/instant.js";
import { at, holdRule, PAYMENT, SMALL_RULEBOOK } from "./small-rulebook.js";

/** Events are read into a list that depends on their set alone; errors name the event. */

const payment = compileReader(SMALL_RULEBOOK)(PAYMENT);
const snapshots = compileSnapshots(SMALL_RULEBOOK);

function errorOf(events: unknown, arrivedAt?: unknown): string {
  try {
    assess(snapshots, payment, { now: at("04:00"), events, ...(arrivedAt !== undefined && { arrivedAt }) });
    return "accepted";
  } catch (error) {
    if (error instanceof QuestionError) return `${error.code} ${error.where}: ${error.message}`;
    throw error;
  }
}

const AT = at("02:00");
const title = { zh: "名", en: "name" };

describe("an invalid event is an error with its place and reason", () => {
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
  ])("%j", (events, message) => {
    expect(errorOf(events)).toMatch(message);
  });

  test.each([
    [at("04:00:00.001"), /^bad-time arrivedAt: .*lies after `now`/],
    ["2026-03-09T23:59:59.999+08:00", /^bad-time arrivedAt: .*before the payment/],
    ["soon", /^bad-time arrivedAt: /],
    [null, /^bad-time arrivedAt: /],
  ])("arrivedAt %j", (arrivedAt, message) => {
    expect(errorOf(undefined, arrivedAt)).toMatch(message);
    expect(errorOf([], arrivedAt)).toMatch(message);
  });
});

test("a now before the payment, or an invalid one, is an error", () => {
  const assessAtNow =
    (now: unknown): (() => unknown) =>
    () =>
      assess(snapshots, payment, { now });
  const where = (code: string) => expect.objectContaining({ code, where: "now" });
  expect(assessAtNow("2026-03-09T23:59:59.999+08:00")).toThrow(where("bad-time"));
  expect(assessAtNow("soon")).toThrow(where("bad-time"));
  expect(assessAtNow(undefined)).toThrow(where("bad-time"));
  expect(assessAtNow(at("00:00"))).not.toThrow();
});

test("instants at the bounds are accepted, and undefined keys are ignored", () => {
  expect(errorOf([{ at: at("00:00"), code: "GO" }])).toBe("accepted");
  expect(errorOf([{ at: at("04:00"), milestone: "sent", code: undefined }])).toBe("accepted");
  expect(errorOf([{ at: AT, hold: "look", until: AT }])).toBe("accepted");
  expect(errorOf([{ at: AT, hold: "look", until: undefined }])).toBe("accepted");
  expect(errorOf([{ at: AT, release: "look", until: undefined }])).toBe("accepted");
  expect(errorOf(undefined, at("04:00"))).toBe("accepted");
  expect(errorOf(undefined, at("00:00"))).toBe("accepted");
});

test("a thousand events are accepted, and one more is an error", () => {
  const events = Array.from({ length: 1001 }, () => ({ at: AT, code: "GO" }));
  expect(errorOf(events.slice(1))).toBe("accepted");
  expect(errorOf(events)).toMatch(/^bad-payment events: .*1001 events are more than 1000/);
});

const frame = {
  rulebook: SMALL_RULEBOOK,
  initiatedAt: Date.parse(at("00:00")) as Instant,
  now: Date.parse(at("04:00")) as Instant,
};

/** The effects of the events, in their final order. */
const read = (events: readonly object[], arrivedAt?: string): string[] =>
  readEvents(events, arrivedAt === undefined ? undefined : (Date.parse(arrivedAt) as Instant), frame).map(
    ({ effect, milestone, hold, code }) => [effect, milestone, hold, code].filter(Boolean).join(" "),
  );

describe("the order of events does not depend on the input order", () => {
  const expectBothWays = (events: readonly object[], wanted: readonly string[]): void => {
    expect(read(events)).toEqual(wanted);
    expect(read(events.toReversed())).toEqual(wanted);
  };

  test("by time", () => {
    expectBothWays(
      [
        { at: at("03:00"), milestone: "accepted" },
        { at: at("02:00"), milestone: "sent" },
        { at: at("02:30"), code: "SHUT" },
      ],
      ["milestone sent", "end SHUT", "milestone accepted"],
    );
  });

  test("at one instant, the furthest last", () => {
    expectBothWays(
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

  test("by content if nothing else differs", () => {
    expectBothWays(
      [
        { at: AT, code: "ZZ" },
        { at: AT, code: "AA" },
        { at: AT, code: "MM" },
      ],
      ["continue AA", "continue MM", "continue ZZ"],
    );
  });
});

test("a repeated event counts once, and arrivedAt equals the milestone credited", () => {
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

test("codes with different holds stay different events, however their names join", () => {
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

describe("the meaning comes from the rulebook", () => {
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

  test("of a hold, from its rule", () => {
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
