import { QuestionError } from "../errors.js";
import type { ChannelRule } from "../model/rulebook.js";
import { leaves, pieceFrom, type Route } from "../route/route.js";
import { DAY_MS } from "../time/day.js";
import { FOREVER, type Instant } from "../time/instant.js";
import { dayMayEnd, type Zone } from "../time/zone.js";
import { addDay, dayIn, type PieceCache, rowAt, startOf, UNKNOWN } from "./cache.js";
import { numbersOf, type Piece, type RouteAnswer } from "./piece.js";
import { type Query, representative } from "./query.js";
import { rowTextsOf } from "./row-texts.js";
import { routeOf } from "./snapshot.js";

/** The function from sending time to arrival time, one stretch after another. */

/** How far ahead a refused payment looks at every change, and how many it looks at altogether. */
const RETRY_DAYS = 400;
const RETRIES_MAX = 5000;

/** The stretch that an instant lies in: looked up where it is known, and worked out once where it is not. */
export const pieceAt = (query: Query, at: Instant): Piece => pieceInRow(query, rowFor(query, at), at);

/** The same where the row of memory is known that the instant lies in. */
export function pieceInRow(query: Query, row: number, at: Instant): Piece {
  return row === UNKNOWN ? buildPiece(query, at) : (query.snapshot.cache.pieces[row] as Piece);
}

/** The row of memory that an instant lies in; `UNKNOWN` where its day cannot be answered whole. */
export function rowFor(query: Query, at: Instant): number {
  const { cacheId: number, zone, snapshot } = query;
  const row = rowAt(snapshot.cache, number, zone.phaseMs, at);
  if (row !== UNKNOWN || !cacheDay(query, at)) return row;
  return rowAt(snapshot.cache, number, zone.phaseMs, at);
}

/** Walks from `from` until a stretch reaches `to`; the first may begin before, and the last reach beyond. */
export function* piecesBetween(query: Query, from: Instant, to: Instant): Generator<Piece> {
  for (let at = from; at < to; ) {
    const piece = pieceAt(query, at);
    yield piece;
    at = piece.until;
  }
}

/**
 * Walks the whole day that holds an instant, and keeps it. Where a part of the day cannot be answered, nothing is kept
 * of it: the question itself is then worked out, and throws what there is to throw.
 */
function cacheDay(query: Query, at: Instant): boolean {
  const { cacheId: number, zone, snapshot } = query;
  const { phaseMs } = zone;
  const day = dayIn(phaseMs, at);
  const { cache } = snapshot;
  try {
    const like = representative(query, cache.payments.get(number));
    const { walked, numbers } = piecesOfDay(like, startOf(phaseMs, day), startOf(phaseMs, day + 1));
    addDay(cache, number, phaseMs, day, walked, numbers);
    cache.payments.set(number, { facts: like.facts, paymentClass: like.paymentClass });
    return true;
  } catch (error) {
    if (error instanceof QuestionError) return false;
    throw error;
  }
}

/** The stretches of the rows that begin in [from, until), and the numbers of these. */
function piecesOfDay(query: Query, from: Instant, until: Instant): { walked: Piece[]; numbers: number[] } {
  const walked: Piece[] = [];
  const numbers: number[] = [];
  for (let at = from; at < until; ) {
    const piece = buildPiece(query, at);
    at = endOf(piece, query.zone);
    walked.push(piece);
    numbers.push(...numbersOf(piece, at));
  }
  return { walked, numbers };
}

/** Segments are told apart at local midnights, so that what answers say of a stretch may change there. */
const endOf = ({ from, until }: Piece, zone: Zone): Instant => {
  const dayEnd = dayMayEnd(zone, from);
  return until < dayEnd ? until : dayEnd;
};

function buildPiece(query: Query, from: Instant): Piece {
  const sent = send(query, from);
  const { until, rule, taken: routeAnswer, settled } = sent;
  if (routeAnswer !== undefined) return { from, until, rule, refused: false, routeAnswer, settled };
  return { from, until, rule, refused: true, routeAnswer: firstAccepted(query, from, until), settled };
}

/** What becomes of a payment that is sent at an instant, and until when the same becomes of others. */
interface SendResult {
  readonly until: Instant;
  readonly rule: ChannelRule;
  /** Undefined where it is refused. */
  readonly taken: RouteAnswer | undefined;
  readonly settled: boolean;
}

function send(query: Query, at: Instant): SendResult {
  const { snapshot, decider, facts, purpose } = query;
  const decision = decider.decide(facts, at, purpose);
  const { rule } = decision;
  const decided = query.paymentClass.nextChangeAfter(at);
  if (rule.event.type === "refuse") return { until: decided, rule, taken: undefined, settled: false };
  const routeAnswer = routeAnswerAt(
    snapshot.cache,
    routeOf(snapshot, decider, decision, facts),
    at,
    query.zone,
  );
  const { piece } = routeAnswer;
  const until = Math.min(decided, piece.until) as Instant;
  if (piece.refused) return { until, rule, taken: undefined, settled: false };
  return { until, rule, taken: routeAnswer, settled: decided >= leaves(piece, "expected", until) };
}

function routeAnswerAt(
  { routeAnswers: routeAnswer, texts }: PieceCache,
  route: Route,
  at: Instant,
  zone: Zone,
): RouteAnswer {
  const ofRoute = routeAnswer.get(route) ?? new Map<Instant, RouteAnswer>();
  routeAnswer.set(route, ofRoute);
  const known = ofRoute.get(at);
  if (known !== undefined) return known;
  const piece = pieceFrom(route, at);
  const found: RouteAnswer = {
    at,
    route,
    piece,
    texts: rowTextsOf(route, piece, zone, texts),
    template: undefined,
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
function firstAccepted(query: Query, at: Instant, refusedUntil: Instant): RouteAnswer | undefined {
  let until = refusedUntil;
  let begun = at;
  for (let tries = 0; tries < RETRIES_MAX && until < FOREVER; tries++) {
    let date = query.decider.nextDateChangeAfter(begun);
    for (; date <= until; date = query.decider.nextDateChangeAfter(begun)) begun = date;
    if (until >= begun + RETRY_DAYS * DAY_MS) {
      until = date;
      continue;
    }
    const sent = trySend(query, until);
    if (sent.taken !== undefined) return sent.taken;
    until = sent.until;
  }
  return undefined;
}

/** An instant at which nobody can say what happens is none to propose, though a later one may be. */
function trySend(query: Query, at: Instant): Pick<SendResult, "until" | "taken"> {
  try {
    return send(query, at);
  } catch (error) {
    if (error instanceof QuestionError)
      return { until: query.paymentClass.nextChangeAfter(at), taken: undefined };
    throw error;
  }
}
