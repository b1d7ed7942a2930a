import type { Arrival, Cause, Certainty, Outcome, Segment } from "../model/answers.js";
import type { Bound } from "../model/bound.js";
import type { Basis } from "../model/rulebook.js";
import { MARK, type Move } from "../route/move.js";
import type { Route, RoutePiece } from "../route/route.js";
import { formatInstant, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";
import { type InstantTexts, textOf } from "./instant-texts.js";

/** What all answers of one stretch say alike, said once; an answer needs nothing else but its sending time. */
export interface RowTexts extends ArrivalTexts {
  readonly outcome: Outcome;
  readonly certainty: Certainty;
  readonly basis: Basis;
  /** Frozen, because every answer of the stretch shares it. */
  readonly rules: string[];
}

export type ArrivalTexts = Readonly<Record<Bound, ArrivalText>>;

/** The text where everybody arrives together; else how many milliseconds after its sending a payment arrives. */
export type ArrivalText = string | number;

/** What many rows say alike: what they arrive as, and when. */
export interface RowAnswer extends ArrivalTexts {
  readonly kind: RowKind;
  /** When the first of few segments ends. */
  readonly firstEnds: string | undefined;
}

/** What is said of the answer as a whole. */
export interface RowKind extends Pick<RowTexts, "outcome" | "certainty" | "basis"> {
  readonly settled: boolean;
  /** How many segments there are where they are few, as most often. */
  readonly segments: number | undefined;
  /** What the first of them says beside its ends and its rule. */
  readonly cause: Cause | undefined;
  readonly system: string | undefined;
  readonly name: string | undefined;
  readonly calendar: string | undefined;
}

export function rowTextsOf(route: Route, piece: RoutePiece, zone: Zone, texts: InstantTexts): RowTexts {
  const { event } = route.rule;
  const sayOf = ({ slope, to }: Move): ArrivalText =>
    slope === 0 ? textOf(texts, zone, to) : to - piece.from;
  return {
    outcome: (event.type === "route" && event.params.outcome) || "credited",
    certainty: certaintyOf(piece.marks),
    basis: (piece.marks & MARK.assumed) === 0 ? route.basis : "assumed",
    rules: Object.freeze([...piece.acted]) as string[],
    earliest: sayOf(piece.earliest),
    expected: sayOf(piece.expected),
    latest: sayOf(piece.latest),
  };
}

/** The answer for a payment that is sent at `at`; `sent` is the text of that. */
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

/** The text of an instant that stays, or that lies so many milliseconds after the sending. */
export function textAt(text: ArrivalText, at: Instant, sent: string, zone: Zone): string {
  if (typeof text === "string") return text;
  return text === 0 ? sent : formatInstant(zone, (at + text) as Instant);
}

export function certaintyOf(marks: number): Certainty {
  if ((marks & MARK.openIncident) !== 0) return "open-incident";
  return (marks & MARK.projected) === 0 ? "official" : "projected";
}
