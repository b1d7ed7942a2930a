import { isDeepStrictEqual } from "node:util";
import type { Arrival, Assessment, Payment, PaymentEvent, Timetable } from "../../src/index.js";
import { answerOf } from "./fuzzer.js";

/** The laws that every answer satisfies. */

const DAY_MS = 86_400_000;

export function assertLaw(holds: boolean, ...details: readonly unknown[]): void {
  if (!holds) throw new Error(`a law is broken: ${details.map(shown).join(" ")}`);
}

const shown = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?[+-]\d\d:\d\d$/;

/** Parses an instant of an answer. */
export function instantOf(text: string | undefined): number {
  assertLaw(typeof text === "string" && ISO.test(text), "no instant:", String(text));
  return Date.parse(text as string);
}

/** Checks that a JSON round trip changes nothing. */
export function checkPlain(answer: unknown): void {
  assertLaw(isDeepStrictEqual(JSON.parse(JSON.stringify(answer)), plain(answer)), "not JSON:", answer);
}

/** A copy as plain objects, with the values of getters. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

/** Checks the arrival of a payment sent at `sentAt`. */
export function checkArrival(arrival: Arrival, sentAt: number): void {
  const [earliest, expected, latest] = [arrival.earliest, arrival.expected, arrival.latest].map(
    instantOf,
  ) as [number, number, number];
  assertLaw(
    sentAt <= earliest && earliest <= expected && expected <= latest,
    "out of order:",
    sentAt,
    arrival,
  );
  let now = sentAt;
  for (const { from, to } of arrival.timeline) {
    assertLaw(instantOf(from) === now && instantOf(to) > now, "the timeline has a gap:", arrival);
    now = instantOf(to);
  }
  const isNever = arrival.outcome === "refused" && arrival.retryAt === undefined;
  assertLaw(isNever || now === expected, "the timeline ends elsewhere:", arrival);
  if (arrival.sooner !== undefined) {
    assertLaw(instantOf(arrival.sooner.sendAt) > sentAt, "sooner is no later:", arrival);
    assertLaw(instantOf(arrival.sooner.expected) < expected, "sooner is not sooner:", arrival);
  }
  checkPlain(arrival);
}

const LOCALES = ["zh", "en"] as const;

/** Runs and checks every query about one payment. */
export function checkAnswers(timetable: Timetable, payment: Payment, now?: number): void {
  const arrival = answerOf(() => timetable.when(payment));
  const json = answerOf(() => timetable.whenJson(payment));
  assertLaw((arrival === undefined) === (json === undefined), "one of when and whenJson answers");
  if (arrival === undefined) return;
  const sentAt = Number(sentAtOf(payment));
  assertLaw(json === JSON.stringify(arrival), "whenJson differs:", json, JSON.stringify(arrival));
  checkArrival(arrival, sentAt);
  answerOf(() => timetable.when(payment, { asOf: sentAt }));
  for (const locale of LOCALES) answerOf(() => timetable.explain(arrival, { locale }));
  checkProfile(timetable, payment, sentAt);
  checkLatestSend(timetable, payment, instantOf(arrival.expected));
  checkAssessment(timetable, payment, [], now ?? sentAt + DAY_MS);
}

export const sentAtOf = ({ initiatedAt }: Payment): number =>
  typeof initiatedAt === "string" ? Date.parse(initiatedAt) : Number(initiatedAt);

/** Checks the pieces of two days against `when`, at their ends and inside. */
function checkProfile(timetable: Timetable, payment: Payment, sentAt: number): void {
  const pieces = answerOf(() => timetable.profile(payment, { from: sentAt, to: sentAt + 2 * DAY_MS }));
  if (pieces === undefined) return;
  let at = sentAt;
  for (const piece of pieces) {
    const [from, to] = [instantOf(piece.from), instantOf(piece.to)];
    assertLaw(from === at && to > from, "pieces do not join up:", pieces);
    at = to;
    for (const sent of [from, Math.floor((from + to) / 2), to - 1]) {
      const expected = "at" in piece.expected ? Date.parse(piece.expected.at) : undefined;
      const arrival = answerOf(() => timetable.when({ ...payment, initiatedAt: sent }));
      if (arrival === undefined || expected === undefined || arrival.outcome === "refused") continue;
      assertLaw(instantOf(arrival.expected) === expected, "a piece is not exact:", sent, piece, arrival);
    }
  }
  assertLaw(at === sentAt + 2 * DAY_MS, "pieces end early:", pieces);
}

function checkLatestSend(timetable: Timetable, payment: Payment, by: number): void {
  for (const bound of ["expected", "latest"] as const) {
    const latest = answerOf(() => timetable.latestSend(payment, { by, bound }));
    if (latest === undefined) continue;
    assertLaw(instantOf(latest.arrives[bound]) <= by, "the latest send is late:", by, latest);
    assertLaw(instantOf(latest.from) <= instantOf(latest.sendBy), "the latest send is reversed:", latest);
    checkPlain(latest);
  }
}

/** Checks an assessment at `now` and the later ones. */
export function checkAssessment(
  timetable: Timetable,
  payment: Payment,
  events: readonly PaymentEvent[],
  now: number,
): void {
  const ask = (at: number, list: readonly PaymentEvent[] = events): Assessment | undefined =>
    answerOf(() => timetable.assess(payment, { now: at, events: list }));
  const found = ask(now);
  if (found === undefined) return;
  checkPlain(found);
  checkArrival(found.baseline, sentAtOf(payment));
  assertLaw(
    JSON.stringify(ask(now, [...events, ...events].reverse())) === JSON.stringify(found),
    "the order of events counts:",
    found,
  );
  for (const locale of LOCALES) answerOf(() => timetable.explain(found, { locale }));
  checkVerdictChange(found, now, ask);
}

/** Checks that the verdict changes at most once, and not before `nextCheckAt`. */
function checkVerdictChange(
  found: Assessment,
  now: number,
  ask: (at: number) => Assessment | undefined,
): void {
  const next = found.nextCheckAt === undefined ? undefined : instantOf(found.nextCheckAt);
  assertLaw(next === undefined || next > now, "the next check is not ahead:", found);
  const end = next ?? now + 60 * DAY_MS;
  for (const at of [now + 1, Math.floor((now + end) / 2), end - 1].filter((one) => one >= now && one < end)) {
    const later = ask(at);
    assertLaw(
      later === undefined || later.verdict === found.verdict,
      "the verdict turns early:",
      at,
      found,
      later,
    );
  }
  if (next === undefined) return;
  const changed = ask(next);
  if (changed === undefined || changed.verdict === found.verdict) return;
  assertLaw(found.verdict === "normal", "the verdict turns back:", found, changed);
}
