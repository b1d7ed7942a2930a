import type { Problem, Sentence } from "../errors.js";
import type { Place } from "../model/place.js";
import type { FindingCode } from "../model/schema/check.js";

/** What `check` tells of a rulebook that loads. */

/**
 * How sure it is. `witness`: there is a payment that shows it. `proved`: it holds for all payments, or stands in the
 * files. `undecided`: the question was too large or too vague to be settled, or asks for days that the calendar does
 * not know.
 */
export type Certitude = "proved" | "witness" | "undecided";

export interface Finding extends Problem {
  readonly code: FindingCode;
  readonly outcome: Certitude;
  /** A payment that shows it, as a caller would ask about it; of what is undecided, one that it is about. */
  readonly witness?: Readonly<Record<string, unknown>>;
  /** JSON to paste: what it is of, and the JSON itself. */
  readonly remedy?: { readonly where: string; readonly json: unknown };
}

/** A question that was answered in the negative for all payments of a channel: there is no such fault. */
export interface Proof {
  readonly code: FindingCode;
  readonly channel: string;
  /** How many cells of payments were looked at. */
  readonly cells: number;
}

export interface Found {
  readonly findings: readonly Finding[];
  readonly proofs: readonly Proof[];
}

export const NOTHING_FOUND: Found = { findings: [], proofs: [] };

export const together = (parts: readonly Found[]): Found => ({
  findings: parts.flatMap(({ findings }) => findings),
  proofs: parts.flatMap(({ proofs }) => proofs),
});

export function finding(
  code: FindingCode,
  name: string,
  place: Place,
  sentence: Sentence,
  more: Partial<Pick<Finding, "outcome" | "witness" | "remedy">> = {},
): Finding {
  return {
    code,
    outcome: more.witness === undefined ? "proved" : "witness",
    ...place,
    name,
    ...sentence,
    ...more,
  };
}
