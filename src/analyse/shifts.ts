import { BOUNDS, type Bound } from "../model/bound.js";
import type { Instant } from "../time/instant.js";
import { arrivalIn, type Treatment } from "./treatments.js";

/** The exact difference of two profiles. */

/** How far arrivals move, in milliseconds, at the first and at the last sending time of an interval; linear in between. */
export interface Delta {
  readonly first: number;
  readonly last: number;
}

/** A range [from, until) of sending times at which payments move alike. */
export interface Shift {
  readonly from: Instant;
  readonly until: Instant;
  readonly before: TreatmentSummary;
  readonly after: TreatmentSummary;
  /** Present if both rulebooks give an arrival. After `latest`, a payment counts as late. */
  readonly by?: Readonly<Record<Bound, Delta>>;
}

/** The treatment of a payment without its arrival times. */
export interface TreatmentSummary {
  readonly fate: Treatment["fate"];
  readonly outcome?: string;
  readonly rule?: string;
  readonly code?: string;
}

/** INVARIANT: both lists cover the same period without gaps. Adjacent shifts that are alike are merged. */
export function shiftsBetween(before: readonly Treatment[], after: readonly Treatment[]): Shift[] {
  const found: Shift[] = [];
  let [one, other] = [0, 0];
  for (;;) {
    const [left, right] = [before[one], after[other]];
    if (left === undefined || right === undefined) return found;
    const from = Math.max(left.from, right.from) as Instant;
    const until = Math.min(left.until, right.until) as Instant;
    for (const shift of shiftsOfOverlap(left, right, from, until)) append(found, shift);
    if (left.until === until) one++;
    if (right.until === until) other++;
  }
}

/** The total length of the shifts, each weighted by its largest delta. */
export const weightOf = (shifts: readonly Shift[]): number =>
  shifts.reduce(
    (sum, { from, until, by }) =>
      sum + (until - from) * (by === undefined ? OUTCOME_CHANGE_WEIGHT : largestDelta(by)),
    0,
  );

/** A changed outcome, or a missing answer, counts as a shift by one day (milliseconds). */
const OUTCOME_CHANGE_WEIGHT = 86_400_000;

export const largestDelta = (by: Readonly<Record<Bound, Delta>>): number =>
  Math.max(...BOUNDS.flatMap((bound) => [Math.abs(by[bound].first), Math.abs(by[bound].last)]));

function shiftsOfOverlap(left: Treatment, right: Treatment, from: Instant, until: Instant): Shift[] {
  const summaries = { before: summaryOf(left), after: summaryOf(right) };
  if (!("lines" in left) || !("lines" in right)) {
    return left.fate === right.fate && summaries.before.code === summaries.after.code
      ? []
      : [{ from, until, ...summaries }];
  }
  const by = (bound: Bound, at: Instant): number =>
    arrivalIn(right.lines, bound, at) - arrivalIn(left.lines, bound, at);
  const sameOutcome = left.fate === right.fate && left.outcome === right.outcome;
  return splitAtCrossing(by, from, until).flatMap(([start, end]) => {
    const last = (end - 1) as Instant;
    const deltas = BOUNDS.map(
      (bound) => [bound, { first: by(bound, start), last: by(bound, last) }] as const,
    );
    const unmoved = deltas.every(([, { first, last }]) => first === 0 && last === 0);
    if (unmoved && sameOutcome) return [];
    return [
      { from: start, until: end, ...summaries, by: Object.fromEntries(deltas) as Record<Bound, Delta> },
    ];
  });
}

/** If the deltas of all bounds cross zero at the same instant, separates that instant, which does not move. */
function splitAtCrossing(
  by: (bound: Bound, at: Instant) => number,
  from: Instant,
  until: Instant,
): [Instant, Instant][] {
  const crossing = BOUNDS.map((bound) => from + Math.abs(by(bound, from))).find(
    (at) => at > from && at < until && BOUNDS.every((bound) => by(bound, at as Instant) === 0),
  ) as Instant | undefined;
  if (crossing === undefined) return [[from, until]];
  const next = (crossing + 1) as Instant;
  const parts: [Instant, Instant][] = [
    [from, crossing],
    [crossing, next],
    [next, until],
  ];
  return parts.filter(([start, end]) => start < end);
}

function summaryOf(treatment: Treatment): TreatmentSummary {
  const { fate } = treatment;
  if (treatment.fate === "unanswered") return { fate, code: treatment.code };
  if (treatment.fate === "never") return { fate, rule: treatment.rule };
  return { fate, rule: treatment.rule, outcome: treatment.outcome };
}

function append(found: Shift[], shift: Shift): void {
  const last = found.at(-1);
  if (
    last !== undefined &&
    last.until === shift.from &&
    isConstant(last) &&
    isConstant(shift) &&
    haveSameChange(last, shift)
  ) {
    found[found.length - 1] = { ...last, until: shift.until };
  } else found.push(shift);
}

const isConstant = ({ by }: Shift): boolean =>
  by === undefined || BOUNDS.every((bound) => by[bound].first === by[bound].last);

const haveSameChange = (one: Shift, other: Shift): boolean =>
  JSON.stringify([one.before, one.after, one.by]) === JSON.stringify([other.before, other.after, other.by]);
