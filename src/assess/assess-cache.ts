import type { RouteAnswer } from "../pieces/piece.js";
import type { Wait } from "../route/wait.js";

/** Results of assessments that all payments of a piece share. */
export interface AssessCache {
  expected: LegSchedule | undefined;
  latest: LegSchedule | undefined;
  readonly arrivals: CachedArrivals;
}

/**
 * When money leaves the legs of a path. Times are lines over the sending time: two numbers each, the time for the first
 * instant of the piece, and the slope. Slope 1 moves with the sending time, slope 0 does not.
 */
export interface LegSchedule {
  /** For each leg, the line of the time at which money leaves it. */
  readonly exits: readonly number[];
  /** The waits of money that is sent at the first instant of the piece, in order. */
  readonly waits: readonly Wait[];
  /** For each wait, the line of its end. Undefined if the waits differ within the piece. */
  readonly ends: readonly number[] | undefined;
}

/**
 * Moves from a leg to the end of a path, five numbers each: leg and bound, the first time at which the money may enter
 * the leg, the end of these times (exclusive), the arrival for the first of them, and the slope.
 */
export type CachedArrivals = number[];

export function assessCacheOf(routeAnswer: RouteAnswer): AssessCache {
  routeAnswer.assessCache ??= { expected: undefined, latest: undefined, arrivals: [] } satisfies AssessCache;
  return routeAnswer.assessCache as AssessCache;
}
