import { QuestionError } from "../errors.js";
import type { ChannelRule } from "../model/rulebook.js";
import { leaves, pieceFrom, type Route } from "../route/route.js";
import { DAY_MS } from "../time/day.js";
import { FOREVER, type Instant } from "../time/instant.js";
import { dayMayEnd, type Zone } from "../time/zone.js";
import { addDay, dayIn, type Memory, rowAt, startOf, UNKNOWN } from "./cache.js";
import { numbersOf, type Stretch, type Taken } from "./piece.js";
import { representative, type Subject } from "./query.js";
import { saidOf } from "./row-texts.js";
import { routeOf } from "./snapshot.js";

/** The function from sending time to arrival time, one stretch after another. */

/** How far ahead a refused payment looks at every change, and how many it looks at altogether. */
const RETRY_DAYS = 400;
const RETRIES_MAX = 5000;

/** The stretch that an instant lies in: looked up where it is known, and worked out once where it is not. */
export const stretchAt = (subject: Subject, at: Instant): Stretch =>
  stretchIn(subject, knownRowAt(subject, at), at);

/** The same where the row of memory is known that the instant lies in. */
export function stretchIn(subject: Subject, row: number, at: Instant): Stretch {
  return row === UNKNOWN ? stretchFrom(subject, at) : (subject.view.memory.stretches[row] as Stretch);
}

/** The row of memory that an instant lies in; `UNKNOWN` where its day cannot be answered whole. */
export function knownRowAt(subject: Subject, at: Instant): number {
  const { number, zone, view } = subject;
  const row = rowAt(view.memory, number, zone.phaseMs, at);
  if (row !== UNKNOWN || !workOut(subject, at)) return row;
  return rowAt(view.memory, number, zone.phaseMs, at);
}

/** Walks from `from` until a stretch reaches `to`; the first may begin before, and the last reach beyond. */
export function* stretches(subject: Subject, from: Instant, to: Instant): Generator<Stretch> {
  for (let at = from; at < to; ) {
    const stretch = stretchAt(subject, at);
    yield stretch;
    at = stretch.until;
  }
}

/**
 * Walks the whole day that holds an instant, and keeps it. Where a part of the day cannot be answered, nothing is kept
 * of it: the question itself is then worked out, and throws what there is to throw.
 */
function workOut(subject: Subject, at: Instant): boolean {
  const { number, zone, view } = subject;
  const { phaseMs } = zone;
  const day = dayIn(phaseMs, at);
  const { memory } = view;
  try {
    const like = representative(subject, memory.payments.get(number));
    const { walked, numbers } = walk(like, startOf(phaseMs, day), startOf(phaseMs, day + 1));
    addDay(memory, number, phaseMs, day, walked, numbers);
    memory.payments.set(number, { facts: like.facts, paymentClass: like.paymentClass });
    return true;
  } catch (error) {
    if (error instanceof QuestionError) return false;
    throw error;
  }
}

/** The stretches of the rows that begin in [from, until), and the numbers of these. */
function walk(subject: Subject, from: Instant, until: Instant): { walked: Stretch[]; numbers: number[] } {
  const walked: Stretch[] = [];
  const numbers: number[] = [];
  for (let at = from; at < until; ) {
    const stretch = stretchFrom(subject, at);
    at = endOf(stretch, subject.zone);
    walked.push(stretch);
    numbers.push(...numbersOf(stretch, at));
  }
  return { walked, numbers };
}

/** Segments are told apart at local midnights, so that what answers say of a stretch may change there. */
const endOf = ({ from, until }: Stretch, zone: Zone): Instant => {
  const dayEnd = dayMayEnd(zone, from);
  return until < dayEnd ? until : dayEnd;
};

function stretchFrom(subject: Subject, from: Instant): Stretch {
  const sent = send(subject, from);
  const { until, rule, taken, settled } = sent;
  if (taken !== undefined) return { from, until, rule, refused: false, taken, settled };
  return { from, until, rule, refused: true, taken: retry(subject, from, until), settled };
}

/** What becomes of a payment that is sent at an instant, and until when the same becomes of others. */
interface Sent {
  readonly until: Instant;
  readonly rule: ChannelRule;
  /** Undefined where it is refused. */
  readonly taken: Taken | undefined;
  readonly settled: boolean;
}

function send(subject: Subject, at: Instant): Sent {
  const { view, decider, facts, purpose } = subject;
  const decision = decider.decide(facts, at, purpose);
  const { rule } = decision;
  const decided = subject.paymentClass.nextChangeAfter(at);
  if (rule.event.type === "refuse") return { until: decided, rule, taken: undefined, settled: false };
  const taken = takenAt(view.memory, routeOf(view, decider, decision, facts), at, subject.zone);
  const { piece } = taken;
  const until = Math.min(decided, piece.until) as Instant;
  if (piece.refused) return { until, rule, taken: undefined, settled: false };
  return { until, rule, taken, settled: decided >= leaves(piece, "expected", until) };
}

function takenAt({ taken, texts }: Memory, route: Route, at: Instant, zone: Zone): Taken {
  const ofRoute = taken.get(route) ?? new Map<Instant, Taken>();
  taken.set(route, ofRoute);
  const known = ofRoute.get(at);
  if (known !== undefined) return known;
  const piece = pieceFrom(route, at);
  const found: Taken = {
    at,
    route,
    piece,
    said: saidOf(route, piece, zone, texts),
    outline: undefined,
    assessCache: undefined,
  };
  ofRoute.set(at, found);
  return found;
}

/**
 * When a payment that is refused until some instant would first be taken; undefined where that is not within sight.
 * What comes round with the days comes round in sight of the last date that the rules name; past that only the next such
 * date can change anything.
 */
function retry(subject: Subject, at: Instant, refusedUntil: Instant): Taken | undefined {
  let until = refusedUntil;
  let begun = at;
  for (let tries = 0; tries < RETRIES_MAX && until < FOREVER; tries++) {
    let date = subject.decider.nextDateChangeAfter(begun);
    for (; date <= until; date = subject.decider.nextDateChangeAfter(begun)) begun = date;
    if (until >= begun + RETRY_DAYS * DAY_MS) {
      until = date;
      continue;
    }
    const sent = attempt(subject, until);
    if (sent.taken !== undefined) return sent.taken;
    until = sent.until;
  }
  return undefined;
}

/** An instant at which nobody can say what happens is none to propose, though a later one may be. */
function attempt(subject: Subject, at: Instant): Pick<Sent, "until" | "taken"> {
  try {
    return send(subject, at);
  } catch (error) {
    if (error instanceof QuestionError)
      return { until: subject.paymentClass.nextChangeAfter(at), taken: undefined };
    throw error;
  }
}
