import { beforeAll, describe, expect, test } from "vitest";
import { QuestionError, type Timetable } from "../../src/index.js";
import { timetableWith } from "./golden-cases.js";

/** Error texts for invalid input of `assess`. */

const PAYMENT = {
  channel: "cn.acquiring",
  settlement: "t1",
  amount: "1000.00",
  initiatedAt: "2026-03-10T10:00:00+08:00",
};
const NOW = "2026-03-11T12:00:00+08:00";
const AT = "2026-03-11T11:00:00+08:00";

let timetable: Timetable;
beforeAll(async () => {
  timetable = await timetableWith();
});

function errorOf(options: Record<string, unknown>): string {
  try {
    timetable.assess(PAYMENT, { now: NOW, ...options } as Parameters<Timetable["assess"]>[1]);
  } catch (error) {
    if (error instanceof QuestionError) return `${error.code} ${error.message}`;
    throw error;
  }
  throw new Error("no error");
}

describe("invalid input is an error with its place", () => {
  test.each([
    ["a missing now", { now: undefined }],
    ["a now before the payment", { now: "2026-03-10T09:59:59.999+08:00" }],
    ["a now without an offset", { now: "2026-03-11T12:00:00" }],
    ["events that are not a list", { events: { at: AT, milestone: "sent" } }],
    ["an event that is not an object", { events: ["settled"] }],
    ["an event without content", { events: [{ at: AT }] }],
    ["an event with two kinds", { events: [{ at: AT, milestone: "sent", code: "AC01" }] }],
    ["an unknown key", { events: [{ at: AT, milestone: "sent", until: AT }] }],
    ["an unknown milestone", { events: [{ at: AT, milestone: "setled" }] }],
    ["an undeclared hold", { events: [{ at: AT, hold: "risk-reveiw" }] }],
    ["a code that is not a text", { events: [{ at: AT, code: 14 }] }],
    ["an event without an instant", { events: [{ milestone: "sent" }] }],
    [
      "a second event in the future",
      {
        events: [
          { at: AT, milestone: "sent" },
          { at: "2026-03-11T12:00:00.001+08:00", code: "AC01" },
        ],
      },
    ],
    ["an event before the payment", { events: [{ at: "2026-03-10T09:00:00+08:00", milestone: "accepted" }] }],
    [
      "a hold that ends before it begins",
      { events: [{ at: AT, hold: "risk-review", until: "2026-03-11T10:00:00+08:00" }] },
    ],
    ["an arrival in the future", { arrivedAt: "2026-03-12T00:00:00+08:00" }],
  ])("%s", (name, options) => {
    expect(errorOf(options)).toMatchSnapshot(name);
  });

  test("events at now and at the instant of the payment are accepted", () => {
    const events = [
      { at: PAYMENT.initiatedAt, milestone: "accepted" as const },
      { at: NOW, milestone: "settled" as const },
    ];
    expect(timetable.assess(PAYMENT, { now: NOW, events }).status).toBe("settled");
  });

  test("instants may be epoch milliseconds or dates", () => {
    const now = Date.parse(NOW);
    const events = [{ at: new Date(AT), milestone: "settled" as const }];
    expect(timetable.assess(PAYMENT, { now, events })).toEqual(
      timetable.assess(PAYMENT, { now: NOW, events: [{ at: AT, milestone: "settled" }] }),
    );
  });
});

test("an unknown code is listed and explained like a known one", () => {
  const events = [
    { at: AT, code: "ZZ99" },
    { at: AT, code: "G004" },
  ];
  const assessment = timetable.assess(PAYMENT, { now: NOW, events });
  expect(assessment.codes).toEqual(["G004", "ZZ99"]);
  expect(assessment.cause).toBe("unknown");
  expect(timetable.explain(assessment, { locale: "en" })).toContain("ZZ99");
});

test("advice quotes the values of the references that the payment has", () => {
  const references = { order: "4200001", bank: "x", uetr: "u-1" };
  const { advice } = timetable.assess({ ...PAYMENT, references }, { now: "2026-03-12T00:00:00+08:00" });
  expect(advice.quote).toEqual(["u-1", "4200001"]);
  expect(timetable.assess(PAYMENT, { now: "2026-03-12T00:00:00+08:00" }).advice.quote).toBeUndefined();
});
