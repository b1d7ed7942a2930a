import { type QuestionCode, QuestionError } from "../errors.js";
import { BOUNDS, type Bound } from "../model/bound.js";
import { arrivesAt, type Line, lineOf, type Piece } from "../pieces/piece.js";
import { pieceAt } from "../pieces/piece-lookup.js";
import type { Query } from "../pieces/query.js";
import { DAY_MS } from "../time/day.js";
import type { Instant } from "../time/instant.js";

/** The treatment of a class of payments over a period, including the times without an answer. */

export type Lines = Readonly<Record<Bound, Line>>;

/** The treatment of payments sent in [from, until). */
export type Treatment = { readonly from: Instant; readonly until: Instant } & (
  | {
      readonly fate: "taken" | "refused";
      readonly rule: string;
      readonly outcome: string;
      readonly lines: Lines;
    }
  /** Refused, and not accepted later within the search limit. */
  | { readonly fate: "never"; readonly rule: string }
  | { readonly fate: "unanswered"; readonly code: QuestionCode }
);

/** Covers [from, to) without gaps. Adjacent treatments differ. */
export function treatmentsOf(query: Query, from: Instant, to: Instant): Treatment[] {
  const found: Treatment[] = [];
  for (let at = from; at < to; ) {
    const next = treatmentAt(query, at, to);
    const last = found.at(-1);
    if (last !== undefined && hasSameTreatment(last, next))
      found[found.length - 1] = { ...last, until: next.until };
    else found.push(next);
    at = next.until;
  }
  return found;
}

/** The arrival of a payment sent at `at` within a treatment. */
export const arrivalIn = (lines: Lines, bound: Bound, at: Instant): Instant =>
  (lines[bound].slope === 0 ? lines[bound].value : at + lines[bound].value) as Instant;

function treatmentAt(query: Query, at: Instant, to: Instant): Treatment {
  const found = pieceOrError(query, at);
  if (found instanceof QuestionError) {
    return {
      from: at,
      until: endOfUnanswered(query, at, to, found.code),
      fate: "unanswered",
      code: found.code,
    };
  }
  const until = Math.min(found.until, to) as Instant;
  const rule = found.rule.name;
  if (found.routeAnswer === undefined) return { from: at, until, fate: "never", rule };
  const { outcome } = found.routeAnswer.texts;
  return {
    from: at,
    until,
    fate: found.refused ? "refused" : "taken",
    rule,
    outcome,
    lines: linesOf(found, at),
  };
}

/** The lines of a piece, which are the same wherever they are read. */
function linesOf(piece: Piece, at: Instant): Lines {
  const lines = Object.fromEntries(BOUNDS.map((bound) => [bound, lineOf(piece, bound)])) as Record<
    Bound,
    Line
  >;
  for (const bound of BOUNDS) {
    if (arrivalIn(lines, bound, at) !== arrivesAt(piece, bound, at))
      throw new RangeError("a piece is not linear");
  }
  return lines;
}

function pieceOrError(query: Query, at: Instant): Piece | QuestionError {
  try {
    return pieceAt(query, at);
  } catch (error) {
    if (error instanceof QuestionError) return error;
    throw error;
  }
}

/**
 * The first instant with an answer or another error. `no-rule` and `ambiguous-rules` can end only where the decision
 * changes. The end of missing coverage is searched by decision and by day, then by bisection.
 */
function endOfUnanswered(query: Query, at: Instant, to: Instant, code: QuestionCode): Instant {
  if (code === "no-rule" || code === "ambiguous-rules") {
    return Math.min(query.paymentClass.nextChangeAfter(at), to) as Instant;
  }
  const isUnanswered = (instant: Instant): boolean => {
    const found = pieceOrError(query, instant);
    return found instanceof QuestionError && found.code === code;
  };
  for (let low = at; low < to; ) {
    const nextDecision = query.paymentClass.nextChangeAfter(low);
    const next = Math.min(nextDecision, low + DAY_MS, to) as Instant;
    if (next >= to)
      return isUnanswered((to - 1) as Instant) ? to : firstAnswered(isUnanswered, low, (to - 1) as Instant);
    if (!isUnanswered(next)) return firstAnswered(isUnanswered, low, next);
    low = next;
  }
  return to;
}

function firstAnswered(isUnanswered: (at: Instant) => boolean, from: Instant, to: Instant): Instant {
  let [low, high] = [from as number, to as number];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isUnanswered(middle as Instant)) low = middle;
    else high = middle;
  }
  return high as Instant;
}

function hasSameTreatment(one: Treatment, next: Treatment): boolean {
  if (one.fate !== next.fate) return false;
  if (one.fate === "unanswered" || next.fate === "unanswered") {
    return one.fate === "unanswered" && next.fate === "unanswered" && one.code === next.code;
  }
  if (one.rule !== next.rule) return false;
  if (one.fate === "never" || next.fate === "never") return true;
  return (
    one.outcome === next.outcome && BOUNDS.every((bound) => sameLine(one.lines[bound], next.lines[bound]))
  );
}

const sameLine = (one: Line, other: Line): boolean => one.slope === other.slope && one.value === other.value;
