import type { Certainty, Outcome } from "../model/answers.js";
import type { Bound } from "../model/bound.js";
import type { Basis } from "../model/rulebook.js";
import { MARK, type Move } from "../route/move.js";
import { leaves, type Route, type RoutePiece } from "../route/route.js";
import { formatInstant, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";

/** What all answers of one piece say alike, said once. */
export interface Said {
  readonly outcome: Outcome;
  readonly certainty: Certainty;
  readonly basis: Basis;
  /** Frozen, because every answer of the piece shares it. */
  readonly rules: string[];
  /** The arrival where everybody arrives together; undefined where it depends on when the money was sent. */
  readonly earliest: string | undefined;
  readonly expected: string | undefined;
  readonly latest: string | undefined;
}

export function saidOf({ rule, basis }: Route, piece: RoutePiece, zone: Zone): Said {
  const together = ({ slope, to }: Move): string | undefined =>
    slope === 0 ? formatInstant(zone, to) : undefined;
  return {
    outcome: (rule.event.type === "route" && rule.event.params.outcome) || "credited",
    certainty: certaintyOf(piece.marks),
    basis: (piece.marks & MARK.assumed) === 0 ? basis : "assumed",
    rules: Object.freeze([...piece.acted]) as string[],
    earliest: together(piece.earliest),
    expected: together(piece.expected),
    latest: together(piece.latest),
  };
}

/** When a payment that enters a piece at some instant arrives, as text. */
export const arrivalText = (
  said: Said,
  piece: RoutePiece,
  bound: Bound,
  entry: Instant,
  zone: Zone,
): string => said[bound] ?? formatInstant(zone, leaves(piece, bound, entry));

function certaintyOf(marks: number): Certainty {
  if ((marks & MARK.openIncident) !== 0) return "open-incident";
  return (marks & MARK.projected) === 0 ? "official" : "projected";
}
