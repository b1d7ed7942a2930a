import { pickBound } from "../model/bound.js";
import type { Instant } from "../time/instant.js";
import { cachedArrival } from "./arrival-cache.js";
import { type Situation, timesOf } from "./situation.js";

/** The times of a situation as they look from `now`: until the money is there, none of them is in the past. */

/** The situation with every active hold lasting at least until `now`, since nobody reported its end. */
export function extendHolds(situation: Situation, now: Instant): Situation {
  const { state, current } = situation;
  if (state.holds.size === 0) return situation;
  const later = (at: Instant): Instant => (at > now ? at : now);
  const holds = new Map(
    [...state.holds].map(([name, hold]) => {
      const { earliest, expected, latest } = hold.until;
      const until = { earliest: later(earliest), expected: later(expected), latest: later(latest) };
      return [name, { ...hold, until }];
    }),
  );
  const extended = { ...state, holds };
  return { ...situation, state: extended, times: timesOf(current, extended, undefined) };
}

/**
 * The times from `now` on. Money past its latest time is assumed to move on at `now` from its last known leg. Money
 * past its expected time is assumed to be in the last leg.
 */
export function timesFromNow(situation: Situation, now: Instant): Situation["times"] {
  const { state, times } = situation;
  if (state.doneAt !== undefined || now <= times.earliest) return times;
  const latest = latestFromNow(situation, now);
  return {
    earliest: now,
    expected: expectedFromNow(situation, now, latest),
    latest,
  };
}

/** The latest time of money that has not arrived. */
export const latestFromNow = (situation: Situation, now: Instant): Instant =>
  situation.times.latest >= now ? situation.times.latest : arrivalIfMovingNow(situation, "latest", now);

/** The expected time of money that has not arrived. `latest` is the result of `latestFromNow`. */
export function expectedFromNow(situation: Situation, now: Instant, latest: Instant): Instant {
  const { expected } = situation.times;
  const typical = expected >= now ? expected : arrivalIfMovingNow(situation, "expected", now);
  return typical < latest ? typical : latest;
}

function arrivalIfMovingNow(
  { state, current, returnPath }: Situation,
  bound: "expected" | "latest",
  now: Instant,
): Instant {
  const path = returnPath ?? current;
  const last = Math.max(0, pickBound(path.paths, bound).legs.length - 1);
  const from = bound === "latest" && returnPath === undefined ? Math.min(state.leg, last) : last;
  return cachedArrival(path, bound, from, now);
}
