import fc from "fast-check";
import { compileTimetable, type Payment, type PaymentEvent, type Timetable } from "../../src/index.js";
import { packBook, smallBook } from "./books.js";
import { answerOf, type Fuzzer, fuzzer } from "./fuzzer.js";
import { checkAnswers, checkAssessment, sentAtOf } from "./laws.js";
import { type Change, changes, copied, mutate } from "./mutation.js";
import { nonJsonValue, number, scalar, text } from "./scalars.js";

/** Payments and events: valid, nearly valid and arbitrary ones. */

let compiled: { readonly small: Timetable; readonly pack: Timetable } | undefined;

export function timetables(): { readonly small: Timetable; readonly pack: Timetable } {
  compiled ??= { small: compileTimetable(smallBook()), pack: compileTimetable(packBook()) };
  return compiled;
}

const HOUR = 3_600_000;
const at = (iso: string): number => Date.parse(iso);

/** On the hour, one millisecond off, or anywhere, even outside the calendars. */
const instant: fc.Arbitrary<number> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.integer({ min: at("2026-01-01") / HOUR, max: at("2027-06-01") / HOUR }),
        fc.constantFrom(-1, 0, 1),
      )
      .map(([hour, off]) => hour * HOUR + off),
  },
  { weight: 3, arbitrary: fc.integer({ min: at("2004-01-01"), max: at("2031-01-01") }) },
  { weight: 1, arbitrary: fc.integer({ min: at("1900-01-02"), max: at("2199-12-30") }) },
);

const amount: fc.Arbitrary<unknown> = fc.constantFrom(
  "1000.00",
  "0.01",
  50000,
  50000.01,
  "2000000",
  70000,
  0,
);

const facts: fc.Arbitrary<Record<string, unknown>> = fc.constantFrom<Record<string, unknown>>(
  { channel: "cn.acquiring", settlement: "t1" },
  { channel: "cn.acquiring", settlement: "d0", acquirer: "lakala" },
  { channel: "cn.acquiring", settlement: "t0" },
  { channel: "cn.atm", sameName: true },
  { channel: "cn.atm", sameName: false, payer: { bank: "icbc" } },
  { channel: "cn.hvps", payer: { bank: "icbc" }, payee: { bank: "boc" } },
  { channel: "cn.beps", payee: { bank: "cmb", account: "4111111111111112" } },
  { channel: "a.pay" },
  { channel: "a.pay", kind: "x" },
  { channel: "a.pay", kind: "x", payee: { bank: "bank" } },
);

const payment: fc.Arbitrary<Payment> = fc
  .record({ facts, amount, initiatedAt: instant })
  .map(({ facts: some, ...rest }) => ({ ...some, ...rest }) as unknown as Payment);

const timetableFor = ({ channel }: Payment): Timetable =>
  channel === "a.pay" ? timetables().small : timetables().pack;

export const validPayments: Fuzzer = fuzzer({
  name: "payments",
  description: "valid payments, on hours and a millisecond off them, from 1900 to 2199",
  cases: fc.tuple(payment, fc.nat(40 * 24 * HOUR)),
  check: ([one, later]) => checkAnswers(timetableFor(one), one, sentAtOf(one) + later),
});

/** A record with any keys, including prototype names. */
const anyRecord = fc.dictionary(
  fc.oneof(
    text,
    fc.constantFrom(
      "channel",
      "amount",
      "initiatedAt",
      "payer",
      "payee",
      "references",
      "payee.bank",
      "settlement",
    ),
  ),
  fc.oneof(scalar, nonJsonValue, number),
  { maxKeys: 8, noNullPrototype: false },
);

export const invalidPayments: Fuzzer = fuzzer({
  name: "invalid-payments",
  description: "payments with wrong, missing and foreign values, and values that are no payments",
  cases: fc.oneof(
    fc.record({ one: payment, list: changes(3), references: fc.option(anyRecord) }),
    fc.record({ whole: fc.oneof(anyRecord, scalar, nonJsonValue) }),
  ),
  check: (found) => {
    const mutated: unknown =
      "whole" in found ? found.whole : mutatePayment(found.one, found.list, found.references);
    for (const timetable of Object.values(timetables())) ask(timetable, mutated as Payment);
  },
});

function mutatePayment(one: Payment, list: readonly Change[], references: unknown): unknown {
  const copy = copied({ ...one, ...(references !== null && { references }) }) as Record<string, unknown>;
  mutate(copy, list);
  return copy;
}

function ask(timetable: Timetable, one: Payment): void {
  const arrival = answerOf(() => timetable.when(one));
  if (arrival !== undefined) checkAnswers(timetable, one);
  answerOf(() => timetable.compare(one));
  answerOf(() => timetable.columns(one, Float64Array.of(at("2026-03-03"), Number.NaN)));
  answerOf(() => [...timetable.whenAll([one])]);
}

const eventContent: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  fc.constantFrom("accepted", "sent", "settled", "credited", "returned").map((milestone) => ({ milestone })),
  fc
    .constantFrom("AC01", "AM05", "G004", "AB05", "ACSP", "G003", "RJCT", "ZZ99", "constructor", "__proto__")
    .map((code) => ({ code })),
  fc.constantFrom("risk-review", "police-stop", "manual-review", "h.day").map((hold) => ({ hold })),
  fc.constantFrom("risk-review", "police-stop", "h.day").map((release) => ({ release })),
  fc.tuple(fc.constantFrom("risk-review", "h.day"), fc.nat(2000)).map(([hold, hours]) => ({ hold, hours })),
);

const paymentWithEvents = fc.tuple(
  payment,
  fc.array(fc.tuple(fc.nat(300), eventContent), { maxLength: 8 }),
  fc.nat(30 * 24 * HOUR),
);

function eventsOf(
  one: Payment,
  list: readonly (readonly [number, Record<string, unknown>])[],
): PaymentEvent[] {
  const sentAt = sentAtOf(one);
  return list.map(([hours, { hours: until, ...what }]) => ({
    at: sentAt + hours * HOUR,
    ...what,
    ...(typeof until === "number" && { until: sentAt + (hours + until) * HOUR }),
  })) as unknown as PaymentEvent[];
}

const lastOf = (one: Payment, events: readonly PaymentEvent[]): number =>
  Math.max(sentAtOf(one), ...events.map((event) => Number(event.at)));

export const validEvents: Fuzzer = fuzzer({
  name: "events",
  description: "payments with milestones, codes, holds and releases in any order",
  cases: paymentWithEvents,
  check: ([one, list, later]) => {
    const events = eventsOf(one, list);
    checkAssessment(timetableFor(one), one, events, lastOf(one, events) + later);
  },
});

export const invalidEvents: Fuzzer = fuzzer({
  name: "invalid-events",
  description: "events with wrong, missing and foreign values, and no events at all",
  cases: fc.record({
    from: paymentWithEvents,
    list: changes(3),
    instead: fc.option(fc.oneof(nonJsonValue, scalar), { freq: 5 }),
    at: fc.option(fc.oneof(scalar, nonJsonValue)),
  }),
  check: ({ from: [one, contents, later], list, instead, at: arrivedAt }) => {
    const known = { events: eventsOf(one, contents) as unknown };
    mutate(known, list);
    const events = (instead ?? known.events) as readonly PaymentEvent[];
    const now = sentAtOf(one) + later;
    const timetable = timetableFor(one);
    answerOf(() => timetable.assess(one, { now, events }));
    answerOf(() => timetable.assess(one, { now, events, arrivedAt: arrivedAt as number }));
    answerOf(() => timetable.assess(one, { now: arrivedAt as number }));
  },
});

export const invalidQueries: Fuzzer = fuzzer({
  name: "questions",
  description: "any value instead of an instant in a query",
  cases: fc.tuple(payment, fc.oneof(scalar, nonJsonValue, instant), fc.oneof(scalar, nonJsonValue, instant)),
  check: ([one, from, to]) => {
    const timetable = timetableFor(one);
    const [start, end] = [from as number, to as number];
    const isLong = typeof from === "number" && typeof to === "number" && to - from > 1000 * 24 * HOUR;
    answerOf(() => timetable.when(one, { asOf: start }));
    answerOf(() => timetable.latestSend(one, { by: start, bound: to as "latest" }));
    if (!isLong) answerOf(() => timetable.profile(one, { from: start, to: end }));
    if (typeof from !== "number") answerOf(() => timetable.endings({ today: from as string }));
  },
});
