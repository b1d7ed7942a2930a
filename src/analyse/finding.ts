import type { Problem, Sentence } from "../errors.js";
import type { Place } from "../model/place.js";
import type { FindingCode } from "../model/schema/check.js";

/**
 * How certain a finding is. `witness`: a payment shows it. `proved`: it holds for all payments, or is evident from the
 * files. `undecided`: the search was too large or inexact, or depends on days that the calendar does not know.
 */
export type FindingOutcome = "proved" | "witness" | "undecided";

/** A result of `check` for a rulebook that loads. */
export interface Finding extends Problem {
  readonly code: FindingCode;
  readonly outcome: FindingOutcome;
  /** A payment that shows the finding, as a caller would write it. If undecided, a payment that may be affected. */
  readonly witness?: Readonly<Record<string, unknown>>;
  /** JSON to paste, and the place where it belongs. */
  readonly remedy?: { readonly where: string; readonly json: unknown };
}

/** A proof that no payment of a channel has the fault. */
export interface Proof {
  readonly code: FindingCode;
  readonly channel: string;
  /** The number of cells (classes of payments) that were examined. */
  readonly cells: number;
}

export interface CheckResult {
  readonly findings: readonly Finding[];
  readonly proofs: readonly Proof[];
}

export const EMPTY_RESULT: CheckResult = { findings: [], proofs: [] };

export const mergeResults = (parts: readonly CheckResult[]): CheckResult => ({
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
