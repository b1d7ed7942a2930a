import { pickBound } from "../model/bound.js";
import type { RouteAnswer } from "../pieces/piece.js";
import type { Path } from "../route/path.js";
import type { Wait } from "../route/wait.js";
import type { Instant } from "../time/instant.js";
import { assessCacheOf, type LegSchedule } from "./assess-cache.js";
import { type RemainingPath, travelLegs } from "./remaining-path.js";

/** When money leaves each leg of a path, computed once for all payments of a piece. */

type Bound = "expected" | "latest";

/** When money leaves leg `index` of the schedule, sent `offsetMs` after the first instant of its piece. */
export const exitTime = ({ exits }: LegSchedule, index: number, offsetMs: number): Instant =>
  lineAt(exits, index, offsetMs);

const lineAt = (lines: readonly number[], index: number, offsetMs: number): Instant =>
  ((lines[index * 2] as number) + (lines[index * 2 + 1] as number) * offsetMs) as Instant;

export const legCount = ({ exits }: LegSchedule): number => exits.length / 2;

/** Milliseconds between the first instant of the piece and `at`. */
export const sendOffset = ({ piece }: RemainingPath, at: Instant): number =>
  piece.routeAnswer === undefined ? 0 : at - piece.routeAnswer.at;

/** The schedule of the legs from `from` on, for money that enters that leg at `at`. It has no waits unless cached. */
export function scheduleFor(path: RemainingPath, bound: Bound, from: number, at: Instant): LegSchedule {
  const { routeAnswer } = path.piece;
  if (from === 0 && at === path.entry && routeAnswer !== undefined) return cachedSchedule(routeAnswer, bound);
  let entry = at;
  const exits = path.paths[bound].legs.slice(from).flatMap((leg) => {
    entry = leg.advance(entry).to;
    return [entry, 0];
  });
  return { exits, waits: [], ends: undefined };
}

/** What money that entered leg `from` at `at` waits for at `now`; undefined once it left the last leg. */
export function waitAt(
  path: RemainingPath,
  bound: Bound,
  from: number,
  at: Instant,
  now: Instant,
): Wait | undefined {
  const { routeAnswer } = path.piece;
  const cached = from === 0 && at === path.entry && routeAnswer !== undefined;
  const schedule = cached ? cachedSchedule(routeAnswer, bound) : undefined;
  if (schedule?.ends === undefined)
    return waitsIn(pickBound(path.paths, bound), from, at).find(({ to }) => now < to);
  const { ends, waits } = schedule;
  const offset = sendOffset(path, at);
  let index = 0;
  while (index < waits.length && now >= lineAt(ends, index, offset)) index++;
  return waits[index];
}

function waitsIn(path: Path, from: number, at: Instant): Wait[] {
  const waits: Wait[] = [];
  travelLegs(path, from, at, undefined, (wait) => waits.push(wait));
  return waits;
}

/** INVARIANT: the moves of all legs are constant within a piece, so that exits are lines of slope 0 or 1. */
function cachedSchedule(routeAnswer: RouteAnswer, bound: Bound): LegSchedule {
  const cache = assessCacheOf(routeAnswer);
  const known = bound === "expected" ? cache.expected : cache.latest;
  if (known !== undefined) return known;
  const { at, route, piece } = routeAnswer;
  const path = route.paths[bound];
  const exits: number[] = [];
  let entry = at;
  let slope: 0 | 1 = 1;
  for (const leg of path.legs) {
    const move = leg.advance(entry);
    entry = move.to;
    slope = (slope & move.slope) as 0 | 1;
    exits.push(entry, slope);
  }
  const waits = waitsIn(path, 0, at);
  const schedule = { exits, waits, ends: endsOf(path, waits, piece.until) };
  cache[bound] = schedule;
  return schedule;
}

/**
 * The lines of the ends of `waits`, found by comparison with the waits of the last money that is sent before `until`.
 * The last money may skip the first waits, which are over by then; the remaining ones pair up from the end. An end that
 * is equal for both has slope 0; any other moves with the sending time. Undefined if two paired causes differ.
 */
function endsOf(path: Path, waits: readonly Wait[], until: Instant): number[] | undefined {
  const last = waitsIn(path, 0, (until - 1) as Instant);
  const skipped = waits.length - last.length;
  const ends: number[] = [];
  for (const [index, wait] of waits.entries()) {
    const paired = index < skipped ? wait : (last[index - skipped] as Wait);
    if (paired.cause !== wait.cause) return undefined;
    ends.push(wait.to, paired.to === wait.to ? 0 : 1);
  }
  return ends;
}
