import { BOUNDS, type Bound } from "../model/bound.js";
import type { Instant } from "../time/instant.js";
import { arrivalIn, type Treatment } from "./treatments.js";

/** One profile minus another, exactly. */

/** How far an arrival moves, in milliseconds: for the first of the interval, and for its last. */
export interface Delta {
  readonly first: number;
  readonly last: number;
}

/** Sending times [from, until) at which payments move alike. */
export interface Shift {
  readonly from: Instant;
  readonly until: Instant;
  readonly before: Side;
  readonly after: Side;
  /** Only where both are answered with an arrival. `latest` is where the verdict turns. */
  readonly by?: Readonly<Record<Bound, Delta>>;
}

/** What becomes of the payment: the rule that decides, or the code of the error. */
export interface Side {
  readonly fate: Treatment["fate"];
  readonly outcome?: string;
  readonly rule?: string;
  readonly code?: string;
}

/** INVARIANT: both join up over the same horizon. Neighbours that move alike are one. */
export function shiftsBetween(before: readonly Treatment[], after: readonly Treatment[]): Shift[] {
  const found: Shift[] = [];
  let [one, other] = [0, 0];
  for (;;) {
    const [left, right] = [before[one], after[other]];
    if (left === undefined || right === undefined) return found;
    const from = Math.max(left.from, right.from) as Instant;
    const until = Math.min(left.until, right.until) as Instant;
    for (const shift of shiftsIn(left, right, from, until)) add(found, shift);
    if (left.until === until) one++;
    if (right.until === until) other++;
  }
}

/** How long the payments concerned are sent, each instant counted by how far its expected or latest arrival moves. */
export const weightOf = (shifts: readonly Shift[]): number =>
  shifts.reduce(
    (sum, { from, until, by }) => sum + (until - from) * (by === undefined ? A_DAY : farthest(by)),
    0,
  );

/** Another outcome, or none, weighs like an arrival a day later. */
const A_DAY = 86_400_000;

export const farthest = (by: Readonly<Record<Bound, Delta>>): number =>
  Math.max(...BOUNDS.flatMap((bound) => [Math.abs(by[bound].first), Math.abs(by[bound].last)]));

function shiftsIn(left: Treatment, right: Treatment, from: Instant, until: Instant): Shift[] {
  const sides = { before: sideOf(left), after: sideOf(right) };
  if (!("lines" in left) || !("lines" in right)) {
    return left.fate === right.fate && sides.before.code === sides.after.code
      ? []
      : [{ from, until, ...sides }];
  }
  const by = (bound: Bound, at: Instant): number =>
    arrivalIn(right.lines, bound, at) - arrivalIn(left.lines, bound, at);
  const sameFate = left.fate === right.fate && left.outcome === right.outcome;
  return cuts(by, from, until).flatMap(([start, end]) => {
    const last = (end - 1) as Instant;
    const deltas = BOUNDS.map(
      (bound) => [bound, { first: by(bound, start), last: by(bound, last) }] as const,
    );
    const still = deltas.every(([, { first, last }]) => first === 0 && last === 0);
    if (still && sameFate) return [];
    return [{ from: start, until: end, ...sides, by: Object.fromEntries(deltas) as Record<Bound, Delta> }];
  });
}

/** Where a growing delta passes zero at all bounds at once, the instant that does not move stands alone. */
function cuts(
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

function sideOf(treatment: Treatment): Side {
  const { fate } = treatment;
  if (treatment.fate === "unanswered") return { fate, code: treatment.code };
  if (treatment.fate === "never") return { fate, rule: treatment.rule };
  return { fate, rule: treatment.rule, outcome: treatment.outcome };
}

function add(found: Shift[], shift: Shift): void {
  const last = found.at(-1);
  if (
    last !== undefined &&
    last.until === shift.from &&
    isConstant(last) &&
    isConstant(shift) &&
    alike(last, shift)
  ) {
    found[found.length - 1] = { ...last, until: shift.until };
  } else found.push(shift);
}

const isConstant = ({ by }: Shift): boolean =>
  by === undefined || BOUNDS.every((bound) => by[bound].first === by[bound].last);

const alike = (one: Shift, other: Shift): boolean =>
  JSON.stringify([one.before, one.after, one.by]) === JSON.stringify([other.before, other.after, other.by]);
