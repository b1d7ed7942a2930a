import type { Bound } from "../model/bound.js";
import type { HoldRule, MilestoneName } from "../model/rulebook.js";
import { arrivalsIn, UNKNOWN } from "../pieces/cache.js";
import { arrivalsOf, type Piece } from "../pieces/piece.js";
import { pieceInRow, rowFor } from "../pieces/piece-lookup.js";
import type { Query } from "../pieces/query.js";
import { holdIndex, type Leg, MILESTONES, type Path } from "../route/path.js";
import type { Report } from "../route/wait.js";
import type { Instant } from "../time/instant.js";

/** The paths of a payment, leg by leg, so that the rest of them can be travelled from any leg. */
export interface RemainingPath {
  readonly query: Query;
  readonly piece: Piece;
  readonly paths: Readonly<Record<Bound, Path>>;
  /** When the money enters the first leg: the sending time, or for a refused payment the first time it is accepted. */
  readonly entry: Instant;
  /** Arrival times. */
  readonly times: Readonly<Record<Bound, Instant>>;
}

const NO_PATH: Path = { legs: [] };

export const remainingPathOf = (query: Query, at: Instant): RemainingPath =>
  remainingPathInRow(query, rowFor(query, at), at);

/** `remainingPathOf` for a sending time whose cache row is known. */
export function remainingPathInRow(query: Query, row: number, at: Instant): RemainingPath {
  const piece = pieceInRow(query, row, at);
  const { refused, routeAnswer } = piece;
  const paths = routeAnswer?.route.paths ?? { earliest: NO_PATH, expected: NO_PATH, latest: NO_PATH };
  const times = row === UNKNOWN ? arrivalsOf(piece, at) : arrivalsIn(query.snapshot.cache, row, at);
  return {
    query,
    piece,
    paths,
    entry: refused && routeAnswer !== undefined ? routeAnswer.at : at,
    times,
  };
}

/** When money that enters leg `from` at `at` enters leg `to`. Without `to`, when it leaves the last leg. */
export function travelLegs(
  path: Path,
  from: number,
  at: Instant,
  to = path.legs.length,
  report?: Report,
): Instant {
  let now = at;
  for (let leg = from; leg < to; leg++) now = (path.legs[leg] as Leg).advance(now, report).to;
  return now;
}

/**
 * The leg that the money is before once it reached a milestone: the leg after the first one that reaches the milestone.
 * Without such a leg, the first leg that reaches a later milestone; otherwise the end of the path.
 */
export function legAfter({ paths }: RemainingPath, milestone: MilestoneName): number {
  const { legs } = paths.expected;
  const rank = MILESTONES.indexOf(milestone);
  const reaches = (leg: Leg): boolean =>
    leg.milestone !== undefined && MILESTONES.indexOf(leg.milestone) >= rank;
  const found = legs.findIndex(reaches);
  if (found === -1) return legs.length;
  return legs[found]?.milestone === milestone ? found + 1 : found;
}

/** The leg that a hold stands before, or `from` if the money is past that leg. */
export const legOfHold = ({ paths }: RemainingPath, hold: HoldRule, from: number): number =>
  Math.max(from, holdIndex(hold, paths.expected.legs));
