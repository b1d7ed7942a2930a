import type { Instant } from "../time/instant.js";

/**
 * A piece of the function from entry to exit. Let t be the entry that was asked about. Then an entry x in [t, until) leaves at
 * `to` if the slope is 0, and at `to + (x - t)` if it is 1.
 *
 * INVARIANT: `to >= t` and `until > t`, and a later entry never leaves earlier.
 */
export interface Move {
  readonly to: Instant;
  /** 0: all leave together, as with a batch or an opening; 1: all take equally long. */
  readonly slope: 0 | 1;
  readonly until: Instant;
  /** A sum of `MARK`s. */
  readonly marks: number;
}

/** Properties of a move. A route has the marks of all its moves. */
export const MARK = {
  /** It depends on projected days. */
  projected: 1,
  /** It waits for an incident whose end is unknown. */
  openIncident: 2,
  /** It depends on hours or windows that are assumed. */
  assumed: 4,
  /** The money reached a closed system that refuses instead of letting it wait. */
  refused: 8,
} as const;

export const noWait = (at: Instant, until: Instant, marks = 0): Move => ({ to: at, slope: 1, until, marks });

export const leaveTogether = (to: Instant, until: Instant, marks = 0): Move => ({
  to,
  slope: 0,
  until,
  marks,
});

/** The composition of `first`, entered at `at`, and `next`, entered where `first` ends. */
export function compose(at: Instant, first: Move, next: Move): Move {
  return {
    to: next.to,
    slope: (first.slope & next.slope) as 0 | 1,
    until: first.slope === 1 ? minInstant(first.until, at + (next.until - first.to)) : first.until,
    marks: first.marks | next.marks,
  };
}

/** Of two moves entered at `at`, the one that leaves earlier. */
export function earlierOf(at: Instant, one: Move, other: Move): Move {
  const [best, rest] =
    one.to < other.to || (one.to === other.to && one.slope === 0) ? [one, other] : [other, one];
  const overtaken = best.slope === 1 && rest.slope === 0 ? at + (rest.to - best.to) : best.until;
  return { ...best, until: minInstant(minInstant(best.until, rest.until), overtaken) };
}

const minInstant = (one: number, other: number): Instant => Math.min(one, other) as Instant;
