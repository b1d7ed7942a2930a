import type { Certainty, Outcome } from "../model/answers.js";
import type { Basis } from "../model/rulebook.js";
import { MARK, type Move } from "../route/move.js";
import type { Route, RoutePiece } from "../route/route.js";
import { formatInstant, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";

/** What all answers of one piece say alike, said once; an answer needs nothing else but its sending time. */
export interface Said {
  readonly route: Route;
  readonly outcome: Outcome;
  readonly certainty: Certainty;
  readonly basis: Basis;
  /** Frozen, because every answer of the piece shares it. */
  readonly rules: string[];
  readonly earliest: ArrivalText;
  readonly expected: ArrivalText;
  readonly latest: ArrivalText;
}

/** The text where everybody arrives together; else how many milliseconds after its sending a payment arrives. */
type ArrivalText = string | number;

export function saidOf(route: Route, piece: RoutePiece, zone: Zone): Said {
  const { event } = route.rule;
  const textOf = ({ slope, to }: Move): ArrivalText =>
    slope === 0 ? formatInstant(zone, to) : to - piece.from;
  return {
    route,
    outcome: (event.type === "route" && event.params.outcome) || "credited",
    certainty: certaintyOf(piece.marks),
    basis: (piece.marks & MARK.assumed) === 0 ? route.basis : "assumed",
    rules: Object.freeze([...piece.acted]) as string[],
    earliest: textOf(piece.earliest),
    expected: textOf(piece.expected),
    latest: textOf(piece.latest),
  };
}

export const textAt = (text: ArrivalText, entry: Instant, zone: Zone): string =>
  typeof text === "string" ? text : formatInstant(zone, (entry + text) as Instant);

function certaintyOf(marks: number): Certainty {
  if ((marks & MARK.openIncident) !== 0) return "open-incident";
  return (marks & MARK.projected) === 0 ? "official" : "projected";
}
