import { pickBound } from "../model/bound.js";
import { compose, type Move, noWait } from "../route/move.js";
import type { Leg } from "../route/path.js";
import { FOREVER, type Instant } from "../time/instant.js";
import { assessCacheOf } from "./assess-cache.js";
import { type RemainingPath, travelLegs } from "./remaining-path.js";

/** Arrivals of late money, cached with the piece because the same ones are asked for again and again. */

type Bound = "expected" | "latest";

/** Numbers of one entry, see `CachedArrivals`. */
const ENTRY_SIZE = 5;
/** Entries of one piece: a few days of a few legs. The oldest is dropped. */
const ENTRIES_MAX = 8;

/** When money that enters leg `from` at `at`, however late, leaves the last leg. */
export function cachedArrival(path: RemainingPath, bound: Bound, from: number, at: Instant): Instant {
  const { routeAnswer } = path.piece;
  if (routeAnswer === undefined) return travelLegs(pickBound(path.paths, bound), from, at);
  const { arrivals } = assessCacheOf(routeAnswer);
  const key = from * 2 + (bound === "latest" ? 1 : 0);
  for (let entry = 0; entry < arrivals.length; entry += ENTRY_SIZE) {
    const first = arrivals[entry + 1] as number;
    if (arrivals[entry] !== key || at < first || at >= (arrivals[entry + 2] as number)) continue;
    return ((arrivals[entry + 3] as number) + (arrivals[entry + 4] as number) * (at - first)) as Instant;
  }
  const { until, to, slope } = moveFrom(pickBound(path.paths, bound).legs, from, at);
  if (arrivals.length === ENTRIES_MAX * ENTRY_SIZE) arrivals.splice(0, ENTRY_SIZE);
  arrivals.push(key, at, until, to, slope);
  return to;
}

function moveFrom(legs: readonly Leg[], from: number, at: Instant): Move {
  let move = noWait(at, FOREVER);
  for (let leg = from; leg < legs.length; leg++)
    move = compose(at, move, (legs[leg] as Leg).advance(move.to));
  return move;
}
