import type { Arrival, Cause, Certainty, Outcome, Segment } from "../model/answers.js";
import type { Bound } from "../model/bound.js";
import type { Basis } from "../model/rulebook.js";
import { MARK, type Move } from "../route/move.js";
import type { Route, RoutePiece } from "../route/route.js";
import { formatInstant, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";
import { type InstantTexts, textOf } from "./instant-texts.js";

/** The fields that all answers of a piece share. */
export interface RowTexts extends ArrivalTexts {
  readonly outcome: Outcome;
  readonly certainty: Certainty;
  readonly basis: Basis;
  /** Frozen, because all answers of the piece share it. */
  readonly rules: string[];
}

export type ArrivalTexts = Readonly<Record<Bound, ArrivalText>>;

/** The text of the arrival instant if all arrive together, else the delay in milliseconds. */
export type ArrivalText = string | number;

/** The fields that all answers of a row share; interned across rows. */
export interface RowAnswer extends ArrivalTexts {
  readonly kind: RowKind;
  /** The end of the first segment, if the timeline is short. */
  readonly firstEnds: string | undefined;
}

/** The fields that many row answers share; interned. */
export interface RowKind extends Pick<RowTexts, "outcome" | "certainty" | "basis"> {
  readonly settled: boolean;
  /** The number of segments, if it is at most two. */
  readonly segments: number | undefined;
  /** The fields of the first segment, except its ends and rule. */
  readonly cause: Cause | undefined;
  readonly system: string | undefined;
  readonly name: string | undefined;
  readonly calendar: string | undefined;
}

export function rowTextsOf(route: Route, piece: RoutePiece, zone: Zone, texts: InstantTexts): RowTexts {
  const { event } = route.rule;
  const arrivalTextOf = ({ slope, to }: Move): ArrivalText =>
    slope === 0 ? textOf(texts, zone, to) : to - piece.from;
  return {
    outcome: (event.type === "route" && event.params.outcome) || "credited",
    certainty: certaintyOf(piece.marks),
    basis: (piece.marks & MARK.assumed) === 0 ? route.basis : "assumed",
    rules: Object.freeze([...piece.rules]) as string[],
    earliest: arrivalTextOf(piece.earliest),
    expected: arrivalTextOf(piece.expected),
    latest: arrivalTextOf(piece.latest),
  };
}

/** The arrival of a payment sent at `at`; `sent` is the text of that instant. */
export const arrivalFrom = (
  { outcome, certainty, basis }: Pick<RowTexts, "outcome" | "certainty" | "basis">,
  { earliest, expected, latest }: ArrivalTexts,
  rules: string[],
  at: Instant,
  sent: string,
  timeline: Segment[],
  zone: Zone,
  version: string,
): Arrival => ({
  outcome,
  earliest: textAt(earliest, at, sent, zone),
  expected: textAt(expected, at, sent, zone),
  latest: textAt(latest, at, sent, zone),
  certainty,
  basis,
  rules,
  timeline,
  version,
});

/** The text of a fixed instant, or of one that moves with the send time. */
export function textAt(text: ArrivalText, at: Instant, sent: string, zone: Zone): string {
  if (typeof text === "string") return text;
  return text === 0 ? sent : formatInstant(zone, (at + text) as Instant);
}

export function certaintyOf(marks: number): Certainty {
  if ((marks & MARK.openIncident) !== 0) return "open-incident";
  return (marks & MARK.projected) === 0 ? "official" : "projected";
}
