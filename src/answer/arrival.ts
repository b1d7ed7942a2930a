import type { Arrival } from "../model/answers.js";
import type { ParsedPayment } from "../payment/parsed-payment.js";
import { rowAt, UNKNOWN } from "../pieces/cache.js";
import type { Piece, RouteAnswer } from "../pieces/piece.js";
import { pieceInRow, rowFor } from "../pieces/piece-lookup.js";
import { cacheIdOf, type Query, queryFor } from "../pieces/query.js";
import { arrivalOfRow, cachedRowAnswer, rowAnswerAt } from "../pieces/row-answer.js";
import { arrivalFrom } from "../pieces/row-texts.js";
import type { Snapshot } from "../pieces/snapshot.js";
import { timelineOf } from "../pieces/timeline.js";
import { formatInstant, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";
import { soonerThan } from "./sooner.js";

/** The arrival of a payment. */
export const arrivalFor = (snapshot: Snapshot, payment: ParsedPayment): Arrival =>
  knownArrival(snapshot, payment) ?? arrive(queryFor(snapshot, payment), payment.at, payment.initiatedAtText);

/** The fast path: nearly every answer comes from a cached row. Undefined if the row is not cached. */
function knownArrival(
  snapshot: Snapshot,
  { classifiers, channelIndex, classId, at, initiatedAtText }: ParsedPayment,
): Arrival | undefined {
  const { cache } = snapshot;
  if (classifiers !== snapshot.classifiers || classifiers.idAllocator.generation !== cache.generation)
    return undefined;
  const zone = classifiers.zones[channelIndex] as Zone;
  const row = rowAt(cache, cacheIdOf(classId, "credited"), zone.phaseMs, at);
  const rowAnswer = row === UNKNOWN ? undefined : cachedRowAnswer(snapshot, row);
  if (rowAnswer === undefined || !rowAnswer.kind.settled) return undefined;
  return arrivalOfRow(snapshot, zone, row, rowAnswer, at, initiatedAtText ?? formatInstant(zone, at));
}

/** The arrival of a payment sent at `at`; `sent` is the text of that instant. */
export const arrive = (query: Query, at: Instant, sent?: string): Arrival =>
  arriveIn(query, rowFor(query, at), at, sent);

/** The same, if the row of the cache is known. */
export function arriveIn(
  query: Query,
  row: number,
  at: Instant,
  sent = formatInstant(query.zone, at),
): Arrival {
  const rowAnswer = rowAnswerAt(query, row);
  if (rowAnswer === undefined) return arriveWithoutRow(query, pieceInRow(query, row, at), at, sent);
  const arrival = arrivalOfRow(query.snapshot, query.zone, row, rowAnswer, at, sent);
  return rowAnswer.kind.settled ? arrival : withSooner(query, pieceInRow(query, row, at), arrival, at);
}

/** For a payment that is refused, or whose day cannot be cached. */
function arriveWithoutRow(query: Query, piece: Piece, at: Instant, sent: string): Arrival {
  if (piece.refused || piece.routeAnswer === undefined) return refusal(query, piece, sent);
  return withSooner(query, piece, arrivalAt(query, piece.routeAnswer, at, sent), at);
}

function arrivalAt(
  { zone, snapshot }: Query,
  { texts, route }: RouteAnswer,
  at: Instant,
  sent: string,
): Arrival {
  const timeline = timelineOf(route.paths.expected, at, route.rule.name, zone);
  return arrivalFrom(texts, texts, texts.rules, at, sent, timeline, zone, snapshot.rulebook.version);
}

function withSooner(query: Query, piece: Piece, arrival: Arrival, at: Instant): Arrival {
  const sooner = soonerThan(query, piece, at);
  if (sooner === undefined) return arrival;
  const { zone } = query;
  arrival.sooner = {
    sendAt: formatInstant(zone, sooner.sendAt),
    expected: formatInstant(zone, sooner.expected),
  };
  return arrival;
}

/** A refused payment arrives as if it were sent at `retryAt`. Without a `retryAt` the money stays with the payer. */
function refusal(query: Query, { rule, routeAnswer }: Piece, sent: string): Arrival {
  if (routeAnswer === undefined) return permanentRefusal(query, rule, sent);
  const retryAt = formatInstant(query.zone, routeAnswer.at);
  const accepted = arrivalAt(query, routeAnswer, routeAnswer.at, retryAt);
  return {
    ...accepted,
    outcome: "refused",
    rules: [...new Set([rule.name, ...accepted.rules])],
    timeline: [{ from: sent, to: retryAt, cause: "closed", rule: rule.name }, ...accepted.timeline],
    retryAt,
  };
}

const permanentRefusal = ({ snapshot }: Query, rule: Piece["rule"], sent: string): Arrival => ({
  outcome: "refused",
  earliest: sent,
  expected: sent,
  latest: sent,
  certainty: "official",
  basis: rule.basis ?? "assumed",
  rules: [rule.name],
  timeline: [],
  version: snapshot.rulebook.version,
});
