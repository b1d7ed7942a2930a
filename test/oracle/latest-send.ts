import type { Bound } from "../../src/model/bound.js";
import { candidateInstants, isAccepted, pathAt, type Query, sentAt } from "./answer.js";
import { decide } from "./decide.js";
import { DAY, MINUTE } from "./local-time.js";
import { answerOrUndefined } from "./unanswerable.js";

/** The last instant at which a payment can be sent to arrive in time. The oracle searches back minute by minute. */
export interface LatestSend {
  /** The last millisecond at which sending is in time. */
  readonly last: number;
  /** The first millisecond from which everything sent until `last` arrives at the same instant. */
  readonly from: number;
}

/** When a payment arrives; undefined if it is refused on the expected path. */
export function arrivesAt(query: Query, at: number, bound: Bound): number | undefined {
  const path = pathAt(query, at, bound, true);
  if (path === undefined) return undefined;
  const telling = bound === "expected" || !path.refuses ? path : pathAt(query, at, "expected", true);
  return telling?.route.refused === false ? path.route.arrivesAt : undefined;
}

/**
 * All boundaries of the rulebook lie on whole minutes, or one millisecond later for inclusive cutoffs. Between them the
 * arrival is constant or a fixed time after sending, so that both ends of a minute determine the last instant in it.
 */
export function latestSend(query: Query, by: number, bound: "expected" | "latest"): LatestSend | undefined {
  const first = sentAt(query.payment);
  const isInTime = (at: number): boolean => {
    // A bound without an answer makes the question unanswerable.
    const [arrival] = [bound, ...BOUNDS].map((one) => arrivesAt(query, at, one));
    return (arrival ?? Number.POSITIVE_INFINITY) <= by;
  };
  for (let minute = Math.floor(by / MINUTE) * MINUTE; minute > first - MINUTE; minute -= MINUTE) {
    for (const [from, to] of [
      [minute + 1, minute + MINUTE - 1],
      [minute, minute],
    ] as const) {
      const [start, end] = [Math.max(from, first), Math.min(to, by)];
      if (start > end || !isInTime(start)) continue;
      const last = isInTime(end) ? end : start + by - (arrivesAt(query, start, bound) as number);
      return { last, from: equivalentSince(query, last, bound) };
    }
  }
  return undefined;
}

const BOUNDS = ["earliest", "expected", "latest"] as const;

/** No settlement run is longer ago. */
const LOOK_BACK_MS = 32 * DAY;

/**
 * Since when payments are equivalent to one sent at the last instant: decided by the same rule, with the same arrival at
 * the requested bound, and at other bounds the same arrival or the same delay. That may be before `initiatedAt`.
 */
function equivalentSince(query: Query, last: number, asked: Bound): number {
  const ruleAt = (at: number): string =>
    decide({ ...query, asOf: undefined, bound: "expected" }, query.payment, at).name;
  const [rule, ends] = [ruleAt(last), BOUNDS.map((bound) => arrivesAt(query, last, bound) as number)];
  const alike = (at: number): boolean =>
    ruleAt(at) === rule &&
    BOUNDS.every((bound, n) => {
      const [now, then] = [arrivesAt(query, at, bound), ends[n] as number];
      return now === then || (bound !== asked && now === then - (last - at));
    });
  const all = (from: number, to: number): boolean =>
    from > to || answerOrUndefined(() => alike(to) && alike(from)) === true;
  let from = last;
  while (from > last - LOOK_BACK_MS) {
    const minute = Math.ceil(from / MINUTE - 1) * MINUTE;
    if (!all(minute + 1, from - 1)) return from;
    from = minute + 1;
    if (!all(minute, minute)) return from;
    from = minute;
  }
  return from;
}

/** The first instant before the arrival at which sending would arrive earlier, and that arrival. */
export function findSooner(query: Query, at: number): { sendAt: number; expected: number } | undefined {
  const arrival = arrivesAt(query, at, "expected");
  if (arrival === undefined) return undefined;
  for (const later of candidateInstants(query.book, query.payment.channel, at, arrival)) {
    const expected = answerOrUndefined(() => arrivesAt(query, later, "expected"));
    if (expected !== undefined && expected < arrival && isAccepted(query, later))
      return { sendAt: later, expected };
  }
  return undefined;
}
