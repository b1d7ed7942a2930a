import { QuestionError } from "../errors.js";
import { DAY_MS } from "../time/day.js";
import type { Instant } from "../time/instant.js";
import { pieceFrom, type Route, type RoutePiece } from "./route.js";

/** The pieces of a route that are already known, by the day (UTC) in which they begin. */
export interface Pieces {
  readonly route: Route;
  readonly days: Map<number, readonly RoutePiece[]>;
}

/** How many days of pieces a route remembers; the oldest are forgotten. */
const DAYS_MAX = 800;

export const piecesOf = (route: Route): Pieces => ({ route, days: new Map() });

/** The piece that an instant lies in: looked up where it is known, and worked out once where it is not. */
export function pieceAt(pieces: Pieces, at: Instant): RoutePiece {
  const day = Math.floor(at / DAY_MS);
  const known = pieces.days.get(day) ?? workOut(pieces, day);
  for (const piece of known) if (at < piece.until && at >= piece.from) return piece;
  return pieceFrom(pieces.route, at);
}

/**
 * Walks a whole day from its first instant. Where a part of the day cannot be answered, nothing is remembered of it:
 * the question itself is then worked out, and throws what there is to throw.
 */
function workOut(pieces: Pieces, day: number): readonly RoutePiece[] {
  const walked: RoutePiece[] = [];
  const end = (day + 1) * DAY_MS;
  try {
    for (let at = day * DAY_MS; at < end; ) {
      const piece = pieceFrom(pieces.route, at as Instant);
      walked.push(piece);
      at = piece.until;
    }
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
  }
  if (pieces.days.size >= DAYS_MAX) pieces.days.delete(pieces.days.keys().next().value as number);
  pieces.days.set(day, walked);
  return walked;
}
