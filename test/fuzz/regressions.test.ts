import { expect, test } from "vitest";
import { compileTimetable, type Payment, QuestionError, type Timetable } from "../../src/index.js";
import { smallBook } from "./books.js";

/** Reduced failures that fuzzing found in queries. Those in rulebooks are in test/hostile. */

const timetable: Timetable = compileTimetable(smallBook());
const PAYMENT = { channel: "a.pay", amount: "1.00", initiatedAt: "2026-03-02T10:00:00+08:00" };

function errorOf(ask: () => unknown): string {
  try {
    ask();
  } catch (error) {
    if (error instanceof QuestionError) return `${error.code} ${error.message}`;
    throw error;
  }
  throw new Error("it was answered");
}

test("an empty key has a place", () => {
  expect(errorOf(() => timetable.when({ ...PAYMENT, "": 1 }))).toContain(
    'bad-payment "": there is no fact ``',
  );
});

test("a bound that is not a text is an ordinary error", () => {
  const asked = (bound: unknown) => () =>
    timetable.latestSend(PAYMENT, { by: PAYMENT.initiatedAt, bound: bound as "latest" });
  expect(errorOf(asked(Object.create(null)))).toContain("bad-payment bound: an object is not a bound");
  expect(errorOf(asked(Symbol("latest")))).toContain("bad-payment bound: a symbol is not a bound");
  expect(errorOf(asked("soonest"))).toContain("bad-payment bound: `soonest` is not a bound");
});

test("a day that is not a text is an ordinary error", () => {
  const asked = (today: unknown) => () => timetable.endings({ today: today as string });
  expect(errorOf(asked(Object.create(null)))).toContain("bad-time today: an object is not a day");
  expect(errorOf(asked(20260302n))).toContain("bad-time today: a bigint is not a day");
  expect(errorOf(asked(["2026-03-02"]))).toContain("bad-time today: a list is not a day");
});

test("a verdict quotes only the payment's own references", () => {
  const book = smallBook();
  const { rules } = book.rules["verdicts.json"] as {
    rules: { event: { params: { advice: { quote?: string[] } } } }[];
  };
  for (const { event } of rules) event.params.advice.quote = ["constructor", "__proto__", "toString", "uetr"];
  const payment = { ...PAYMENT, references: { uetr: "u-1" } };
  const { advice } = compileTimetable(book).assess(payment, { now: "2026-03-30T10:00:00+08:00" });
  expect(advice.quote).toEqual(["u-1"]);
});

test("prototype names are keys like any other", () => {
  for (const name of ["constructor", "__proto__", "toString"]) {
    const payment = JSON.parse(`{"${name}": 1}`) as Record<string, unknown>;
    expect(errorOf(() => timetable.when({ ...PAYMENT, payer: payment } as unknown as Payment))).toContain(
      `payer.${name}`,
    );
  }
});
