import { ofBound } from "../model/bound.js";
import { compose, type Move, stay } from "../route/move.js";
import type { Leg } from "../route/path.js";
import { FOREVER, type Instant } from "../time/instant.js";
import { cacheOf } from "./piece-cache.js";
import { through, type Way } from "./remaining-path.js";

/** What becomes of money that is late, remembered with the piece that it took: most is asked about again and again. */

type Bound = "expected" | "latest";

const GROUP = 5;
/** How much of it is kept with a piece: a few days of a few legs. */
const GROUPS_MAX = 8;

/** When money that comes to leg `from` at `at`, however late, leaves the last. */
export function goesOn(way: Way, bound: Bound, from: number, at: Instant): Instant {
  const { taken } = way.stretch;
  if (taken === undefined) return through(ofBound(way.paths, bound), from, at);
  const { remaining: onward } = cacheOf(taken);
  const place = from * 2 + (bound === "latest" ? 1 : 0);
  for (let one = 0; one < onward.length; one += GROUP) {
    const comes = onward[one + 1] as number;
    if (onward[one] !== place || at < comes || at >= (onward[one + 2] as number)) continue;
    return ((onward[one + 3] as number) + (onward[one + 4] as number) * (at - comes)) as Instant;
  }
  const { until, to, slope } = moveFrom(ofBound(way.paths, bound).legs, from, at);
  if (onward.length === GROUPS_MAX * GROUP) onward.splice(0, GROUP);
  onward.push(place, at, until, to, slope);
  return to;
}

function moveFrom(legs: readonly Leg[], from: number, at: Instant): Move {
  let move = stay(at, FOREVER);
  for (let leg = from; leg < legs.length; leg++)
    move = compose(at, move, (legs[leg] as Leg).advance(move.to));
  return move;
}
