import { QuestionError } from "../errors.js";
import type { ChannelRule } from "../model/rulebook.js";
import { leavesAt, pieceFrom, type Route } from "../route/route.js";
import { DAY_MS } from "../time/day.js";
import { FOREVER, type Instant } from "../time/instant.js";
import { nextDayBoundary, type Zone } from "../time/zone.js";
import { addDay, dayIn, type PieceCache, rowAt, startOf, UNKNOWN } from "./cache.js";
import { numbersOf, type Piece, type RouteAnswer } from "./piece.js";
import { type Query, representative } from "./query.js";
import { rowTextsOf } from "./row-texts.js";
import { routeOf } from "./snapshot.js";

/** Finds the piece of a send time: in the cache, or by working out its whole day once. */

/** `retryAt` is searched at every change of decision within so many days, and at so many changes at most. */
const RETRY_DAYS = 400;
const RETRIES_MAX = 5000;

/** The piece that an instant lies in; cached by day. */
export const pieceAt = (query: Query, at: Instant): Piece => pieceInRow(query, rowFor(query, at), at);

/** The same, if the row of the cache is known. */
export function pieceInRow(query: Query, row: number, at: Instant): Piece {
  return row === UNKNOWN ? buildPiece(query, at) : (query.snapshot.cache.pieces[row] as Piece);
}

/** The cache row that an instant lies in; `UNKNOWN` if its day cannot be answered completely. */
export function rowFor(query: Query, at: Instant): number {
  const { cacheId, zone, snapshot } = query;
  const row = rowAt(snapshot.cache, cacheId, zone.phaseMs, at);
  if (row !== UNKNOWN || !cacheDay(query, at)) return row;
  return rowAt(snapshot.cache, cacheId, zone.phaseMs, at);
}

/** Pieces that cover [from, to). The first may begin earlier, the last may end later. */
export function* piecesBetween(query: Query, from: Instant, to: Instant): Generator<Piece> {
  for (let at = from; at < to; ) {
    const piece = pieceAt(query, at);
    yield piece;
    at = piece.until;
  }
}

/**
 * Caches the whole day of an instant. Returns false if some instant of the day has no answer; the query is then worked out
 * alone, and throws its own error.
 */
function cacheDay(query: Query, at: Instant): boolean {
  const { cacheId, zone, snapshot } = query;
  const { phaseMs } = zone;
  const day = dayIn(phaseMs, at);
  const { cache } = snapshot;
  try {
    const like = representative(query, cache.payments.get(cacheId));
    const { pieces, numbers } = piecesOfDay(like, startOf(phaseMs, day), startOf(phaseMs, day + 1));
    addDay(cache, cacheId, phaseMs, day, pieces, numbers);
    cache.payments.set(cacheId, { facts: like.facts, paymentClass: like.paymentClass });
    return true;
  } catch (error) {
    if (error instanceof QuestionError) return false;
    throw error;
  }
}

/** The pieces of the rows that begin in [from, until), and the numbers of the rows. */
function piecesOfDay(query: Query, from: Instant, until: Instant): { pieces: Piece[]; numbers: number[] } {
  const pieces: Piece[] = [];
  const numbers: number[] = [];
  for (let at = from; at < until; ) {
    const piece = buildPiece(query, at);
    at = endOf(piece, query.zone);
    pieces.push(piece);
    numbers.push(...numbersOf(piece, at));
  }
  return { pieces, numbers };
}

/** Timelines are cut at local midnights, so answers of a piece may change there. */
const endOf = ({ from, until }: Piece, zone: Zone): Instant => {
  const dayEnd = nextDayBoundary(zone, from);
  return until < dayEnd ? until : dayEnd;
};

function buildPiece(query: Query, from: Instant): Piece {
  const sent = send(query, from);
  const { until, rule, routeAnswer, settled } = sent;
  if (routeAnswer !== undefined) return { from, until, rule, refused: false, routeAnswer, settled };
  return { from, until, rule, refused: true, routeAnswer: firstAccepted(query, from, until), settled };
}

/** The outcome of sending at an instant. It holds for later instants before `until`. */
interface SendResult {
  readonly until: Instant;
  readonly rule: ChannelRule;
  /** Undefined if refused. */
  readonly routeAnswer: RouteAnswer | undefined;
  readonly settled: boolean;
}

function send(query: Query, at: Instant): SendResult {
  const { snapshot, decider, facts, purpose } = query;
  const decision = decider.decide(facts, at, purpose);
  const { rule } = decision;
  const decided = query.paymentClass.nextChangeAfter(at);
  if (rule.event.type === "refuse") return { until: decided, rule, routeAnswer: undefined, settled: false };
  const routeAnswer = routeAnswerAt(
    snapshot.cache,
    routeOf(snapshot, decider, decision, facts),
    at,
    query.zone,
  );
  const { piece } = routeAnswer;
  const until = Math.min(decided, piece.until) as Instant;
  if (piece.refused) return { until, rule, routeAnswer: undefined, settled: false };
  return { until, rule, routeAnswer, settled: decided >= leavesAt(piece, "expected", until) };
}

function routeAnswerAt(
  { routeAnswers, texts }: PieceCache,
  route: Route,
  at: Instant,
  zone: Zone,
): RouteAnswer {
  const ofRoute = routeAnswers.get(route) ?? new Map<Instant, RouteAnswer>();
  routeAnswers.set(route, ofRoute);
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
 * Where a refused payment is first accepted; undefined if not found. Daily and weekly changes repeat within `RETRY_DAYS` of
 * the last date that the rules name; beyond that, only the next such date can change anything.
 */
function firstAccepted(query: Query, at: Instant, refusedUntil: Instant): RouteAnswer | undefined {
  let until = refusedUntil;
  let checkedUntil = at;
  for (let tries = 0; tries < RETRIES_MAX && until < FOREVER; tries++) {
    let date = query.decider.nextDateChangeAfter(checkedUntil);
    for (; date <= until; date = query.decider.nextDateChangeAfter(checkedUntil)) checkedUntil = date;
    if (until >= checkedUntil + RETRY_DAYS * DAY_MS) {
      until = date;
      continue;
    }
    const sent = trySend(query, until);
    if (sent.routeAnswer !== undefined) return sent.routeAnswer;
    until = sent.until;
  }
  return undefined;
}

/** Skips instants that cannot be answered. */
function trySend(query: Query, at: Instant): Pick<SendResult, "until" | "routeAnswer"> {
  try {
    return send(query, at);
  } catch (error) {
    if (error instanceof QuestionError)
      return { until: query.paymentClass.nextChangeAfter(at), routeAnswer: undefined };
    throw error;
  }
}
