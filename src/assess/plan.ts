import { ofBound } from "../model/bound.js";
import type { Taken } from "../pieces/piece.js";
import type { Path } from "../route/path.js";
import type { Wait } from "../route/wait.js";
import type { Instant } from "../time/instant.js";
import { cacheOf, type Plan } from "./piece-cache.js";
import { through, type Way } from "./remaining-path.js";

/** When money leaves each leg of a way, worked out once for all payments of a piece. */

type Bound = "expected" | "latest";

/** When money that is sent `shiftMs` after the piece's first instant leaves the leg at a place of the plan. */
export const exitOf = ({ exits }: Plan, place: number, shiftMs: number): Instant =>
  lineAt(exits, place, shiftMs);

const lineAt = (lines: readonly number[], place: number, shiftMs: number): Instant =>
  ((lines[place * 2] as number) + (lines[place * 2 + 1] as number) * shiftMs) as Instant;

export const legsIn = ({ exits }: Plan): number => exits.length / 2;

/** How long after the first instant of its piece money is sent that enters at `at`. */
export const shiftOf = ({ stretch }: Way, at: Instant): number =>
  stretch.taken === undefined ? 0 : at - stretch.taken.at;

/** The legs from `from` on, for money that enters that leg at `at`. */
export function planFor(way: Way, bound: Bound, from: number, at: Instant): Plan {
  const { taken } = way.stretch;
  if (from === 0 && at === way.entry && taken !== undefined) return planOf(taken, bound);
  let entry = at;
  const exits = way.paths[bound].legs.slice(from).flatMap((leg) => {
    entry = leg.advance(entry).to;
    return [entry, 0];
  });
  return { exits, waits: [], ends: undefined };
}

/** What money waits for that enters leg `from` at `at`, at an instant from then to its arrival. */
export function waitAt(way: Way, bound: Bound, from: number, at: Instant, now: Instant): Wait | undefined {
  const { taken } = way.stretch;
  const planned = from === 0 && at === way.entry && taken !== undefined ? planOf(taken, bound) : undefined;
  if (planned?.ends === undefined)
    return waitsIn(ofBound(way.paths, bound), from, at).find(({ to }) => now < to);
  const { ends, waits } = planned;
  const shift = shiftOf(way, at);
  let place = 0;
  while (place < waits.length && now >= lineAt(ends, place, shift)) place++;
  return waits[place];
}

function waitsIn(path: Path, from: number, at: Instant): Wait[] {
  const waits: Wait[] = [];
  through(path, from, at, undefined, (wait) => waits.push(wait));
  return waits;
}

/** INVARIANT: within a piece the moves of all legs hold together, so that exits are lines of slope 0 or 1. */
function planOf(taken: Taken, bound: Bound): Plan {
  const plans = cacheOf(taken);
  const known = bound === "expected" ? plans.expected : plans.latest;
  if (known !== undefined) return known;
  const { at, route, piece } = taken;
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
  const plan = { exits, waits, ends: endsOf(path, waits, piece.until) };
  plans[bound] = plan;
  return plan;
}

/**
 * Told by the waits of the last money that is sent before `until`, which are the last of those of the first: what it
 * misses is over by then. Ends are lines like exits, so one that is the same for both stays, and any other moves with the
 * sending. Where the first misses something further on, the two are not alike all through.
 */
function endsOf(path: Path, waits: readonly Wait[], until: Instant): number[] | undefined {
  const last = waitsIn(path, 0, (until - 1) as Instant);
  const missed = waits.length - last.length;
  const ends: number[] = [];
  for (const [place, wait] of waits.entries()) {
    const twin = place < missed ? wait : (last[place - missed] as Wait);
    if (twin.cause !== wait.cause) return undefined;
    ends.push(wait.to, twin.to === wait.to ? 0 : 1);
  }
  return ends;
}
