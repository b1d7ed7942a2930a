import type { Taken } from "../pieces/piece.js";
import type { Wait } from "../route/wait.js";

/** What assessments remember of a piece, so that it is worked out once for all payments that take it. */
export interface PieceCache {
  expected: Plan | undefined;
  latest: Plan | undefined;
  readonly remaining: Onward;
}

export interface Plan {
  /**
   * Two numbers for each leg: when money that is sent at the piece's first instant leaves it, and 1 where money that is
   * sent later leaves as much later, 0 where it leaves with the others.
   */
  readonly exits: readonly number[];
  /** What the first of them waits for on its way, one after another. */
  readonly waits: readonly Wait[];
  /** Two numbers for the end of each, in the same way; undefined where that is not alike for all of the piece. */
  readonly ends: readonly number[] | undefined;
}

/**
 * One group of numbers after another: a leg and a bound, then from and until when money may come to it, when money leaves
 * the last leg that comes at the first of these instants, and the slope.
 */
export type Onward = number[];

export function cacheOf(taken: Taken): PieceCache {
  taken.assessCache ??= { expected: undefined, latest: undefined, remaining: [] } satisfies PieceCache;
  return taken.assessCache as PieceCache;
}
