import { type QuestionCode, QuestionError } from "../errors.js";
import { BOUNDS, type Bound } from "../model/bound.js";
import { arrivesAt, type Line, lineOf, type Stretch } from "../pieces/piece.js";
import { stretchAt } from "../pieces/piece-lookup.js";
import type { Subject } from "../pieces/query.js";
import { DAY_MS } from "../time/day.js";
import type { Instant } from "../time/instant.js";

/** What becomes of a class of payments over a horizon, the times without an answer included. */

export type Lines = Readonly<Record<Bound, Line>>;

/** Sending times [from, until) that are treated alike. */
export type Treatment = { readonly from: Instant; readonly until: Instant } & (
  | {
      readonly fate: "taken" | "refused";
      readonly rule: string;
      readonly outcome: string;
      readonly lines: Lines;
    }
  /** Refused, and not taken within sight either. */
  | { readonly fate: "never"; readonly rule: string }
  | { readonly fate: "unanswered"; readonly code: QuestionCode }
);

/** Joins up over [from, to), without a gap; neighbours differ. */
export function treatmentsOf(subject: Subject, from: Instant, to: Instant): Treatment[] {
  const found: Treatment[] = [];
  for (let at = from; at < to; ) {
    const next = treatmentAt(subject, at, to);
    const last = found.at(-1);
    if (last !== undefined && continues(last, next)) found[found.length - 1] = { ...last, until: next.until };
    else found.push(next);
    at = next.until;
  }
  return found;
}

/** When a payment sent inside a treatment arrives. */
export const arrivalIn = (lines: Lines, bound: Bound, at: Instant): Instant =>
  (lines[bound].slope === 0 ? lines[bound].value : at + lines[bound].value) as Instant;

function treatmentAt(subject: Subject, at: Instant, to: Instant): Treatment {
  const found = ask(subject, at);
  if (found instanceof QuestionError) {
    return {
      from: at,
      until: endOfSilence(subject, at, to, found.code),
      fate: "unanswered",
      code: found.code,
    };
  }
  const until = Math.min(found.until, to) as Instant;
  const rule = found.rule.name;
  if (found.taken === undefined) return { from: at, until, fate: "never", rule };
  const { outcome } = found.taken.said;
  return {
    from: at,
    until,
    fate: found.refused ? "refused" : "taken",
    rule,
    outcome,
    lines: linesOf(found, at),
  };
}

/** The lines of a stretch do not depend on where in it they are read. */
function linesOf(stretch: Stretch, at: Instant): Lines {
  const lines = Object.fromEntries(BOUNDS.map((bound) => [bound, lineOf(stretch, bound)])) as Record<
    Bound,
    Line
  >;
  for (const bound of BOUNDS) {
    if (arrivalIn(lines, bound, at) !== arrivesAt(stretch, bound, at))
      throw new RangeError("a stretch is not linear");
  }
  return lines;
}

function ask(subject: Subject, at: Instant): Stretch | QuestionError {
  try {
    return stretchAt(subject, at);
  } catch (error) {
    if (error instanceof QuestionError) return error;
    throw error;
  }
}

/**
 * Where answers begin again, or fail otherwise. That there is no rule, or two, changes with the decision only; what
 * calendars and hours cover is looked for from decision to decision and day by day, and then halved.
 */
function endOfSilence(subject: Subject, at: Instant, to: Instant, code: QuestionCode): Instant {
  if (code === "no-rule" || code === "ambiguous-rules") {
    return Math.min(subject.paymentClass.changesAfter(at), to) as Instant;
  }
  const silent = (instant: Instant): boolean => {
    const found = ask(subject, instant);
    return found instanceof QuestionError && found.code === code;
  };
  for (let low = at; low < to; ) {
    const turn = subject.paymentClass.changesAfter(low);
    const next = Math.min(turn, low + DAY_MS, to) as Instant;
    if (next >= to) return silent((to - 1) as Instant) ? to : firstHeard(silent, low, (to - 1) as Instant);
    if (!silent(next)) return firstHeard(silent, low, next);
    low = next;
  }
  return to;
}

function firstHeard(silent: (at: Instant) => boolean, from: Instant, to: Instant): Instant {
  let [low, high] = [from as number, to as number];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (silent(middle as Instant)) low = middle;
    else high = middle;
  }
  return high as Instant;
}

function continues(one: Treatment, next: Treatment): boolean {
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
