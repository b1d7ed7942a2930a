import type { Bound } from "../../src/model/bound.js";
import { isTaken, type Question, sentAt, turnsBetween, wayOf } from "./answer.js";
import { decide } from "./decide.js";
import { DAY, MINUTE } from "./local.js";
import { answerOrNone } from "./unanswerable.js";

/** The last instant at which a payment may be sent to be there in time, by walking back minute by minute. */
export interface Latest {
  /** The last millisecond that makes it. */
  readonly last: number;
  /** The first millisecond from which on everything sent until then arrives at the same instant. */
  readonly from: number;
}

/** When a payment sent at an instant arrives; undefined where it is not taken, which its expected way tells. */
export function arrivesAt(question: Question, at: number, bound: Bound): number | undefined {
  const way = wayOf(question, at, bound, true);
  if (way === undefined) return undefined;
  const telling = bound === "expected" || !way.refuses ? way : wayOf(question, at, "expected", true);
  return telling?.travel.refused === false ? way.travel.arrivesAt : undefined;
}

/**
 * All boundaries of the book lie on whole minutes, or one millisecond after them where a cutoff itself still counts. So
 * arrivals stand still or go with the sending from there to the end of the minute, and both ends tell where in it the
 * last good one is.
 */
export function latestSend(question: Question, by: number, bound: "expected" | "latest"): Latest | undefined {
  const first = sentAt(question.payment);
  const makes = (at: number): boolean => {
    // What cannot be answered whole is not answered.
    const [arrival] = [bound, ...BOUNDS].map((one) => arrivesAt(question, at, one));
    return (arrival ?? Number.POSITIVE_INFINITY) <= by;
  };
  for (let minute = Math.floor(by / MINUTE) * MINUTE; minute > first - MINUTE; minute -= MINUTE) {
    for (const [from, to] of [
      [minute + 1, minute + MINUTE - 1],
      [minute, minute],
    ] as const) {
      const [start, end] = [Math.max(from, first), Math.min(to, by)];
      if (start > end || !makes(start)) continue;
      const last = makes(end) ? end : start + by - (arrivesAt(question, start, bound) as number);
      return { last, from: alikeFrom(question, last, bound) };
    }
  }
  return undefined;
}

const BOUNDS = ["earliest", "expected", "latest"] as const;

/** Longer than this nobody waits for a run. */
const LOOK_BACK = 32 * DAY;

/**
 * Since when what is sent is treated as at the last instant: by the same rule, to arrive then at the bound that is asked
 * for, and at the others then or as long after it is sent. That may be before the payment was thought of.
 */
function alikeFrom(question: Question, last: number, asked: Bound): number {
  const ruleAt = (at: number): string =>
    decide({ ...question, asOf: undefined, bound: "expected" }, question.payment, at).name;
  const [rule, ends] = [ruleAt(last), BOUNDS.map((bound) => arrivesAt(question, last, bound) as number)];
  const alike = (at: number): boolean =>
    ruleAt(at) === rule &&
    BOUNDS.every((bound, n) => {
      const [now, then] = [arrivesAt(question, at, bound), ends[n] as number];
      return now === then || (bound !== asked && now === then - (last - at));
    });
  const all = (from: number, to: number): boolean =>
    from > to || answerOrNone(() => alike(to) && alike(from)) === true;
  let from = last;
  while (from > last - LOOK_BACK) {
    const minute = Math.ceil(from / MINUTE - 1) * MINUTE;
    if (!all(minute + 1, from - 1)) return from;
    from = minute + 1;
    if (!all(minute, minute)) return from;
    from = minute;
  }
  return from;
}

/** The first moment until the arrival at which sending would win, and what it would win. */
export function soonerThan(question: Question, at: number): { sendAt: number; expected: number } | undefined {
  const arrival = arrivesAt(question, at, "expected");
  if (arrival === undefined) return undefined;
  for (const later of turnsBetween(question.book, question.payment.channel, at, arrival)) {
    const expected = answerOrNone(() => arrivesAt(question, later, "expected"));
    if (expected !== undefined && expected < arrival && isTaken(question, later))
      return { sendAt: later, expected };
  }
  return undefined;
}
