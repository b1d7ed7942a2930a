import { compose, type Move, stay } from "../../route/move.js";
import type { Leg } from "../../route/path.js";
import type { Wait } from "../../route/wait.js";
import { FOREVER, type Instant } from "../../time/instant.js";
import type { Taken } from "../stretch.js";
import { through, type Way } from "./way.js";

/** When money leaves each leg of a way, worked out once for all payments of a piece. */

type Bound = "expected" | "latest";

export interface Plan {
  /** When money that is sent at the piece's first instant leaves each leg. */
  readonly exits: readonly Instant[];
  /** By leg, 1: money that is sent later leaves as much later; 0: it leaves with the others. */
  readonly slopes: readonly (0 | 1)[];
  /** By leg, what money waits for in it, where that is the same for all of the piece. */
  readonly waits: readonly (readonly Wait[] | undefined)[];
}

/** What becomes of money that comes to a leg within [from, until), on its way to the end. */
export interface Onward {
  readonly bound: Bound;
  readonly leg: number;
  readonly from: Instant;
  readonly move: Move;
}

/** When money that is sent `shiftMs` after the piece's first instant leaves the leg at a place of the plan. */
export const exitOf = ({ exits, slopes }: Plan, place: number, shiftMs: number): Instant =>
  ((exits[place] as Instant) + (slopes[place] === 1 ? shiftMs : 0)) as Instant;

/** How long after the first instant of its piece money is sent that enters at `at`. */
export const shiftOf = ({ stretch }: Way, at: Instant): number =>
  stretch.taken === undefined ? 0 : at - stretch.taken.at;

/** The legs from `from` on, for money that enters that leg at `at`. */
export function planFor(way: Way, bound: Bound, from: number, at: Instant): Plan {
  const { taken } = way.stretch;
  if (from === 0 && at === way.entry && taken !== undefined) return planOf(taken, bound);
  let entry = at;
  const exits = way.paths[bound].legs.slice(from).map((leg) => {
    entry = leg.advance(entry).to;
    return entry;
  });
  return { exits, slopes: exits.map(() => 0), waits: [] };
}

/** The wait of money that enters leg `from` at `at`, at an instant before its arrival. */
export function waitAt(way: Way, bound: Bound, from: number, at: Instant, now: Instant): Wait | undefined {
  const plan = planFor(way, bound, from, at);
  const shift = shiftOf(way, at);
  let place = 0;
  while (place < plan.exits.length && exitOf(plan, place, shift) <= now) place++;
  const leg = way.paths[bound].legs[from + place];
  if (leg === undefined) return undefined;
  const waits = plan.waits[place] ?? waitsIn(leg, place === 0 ? at : exitOf(plan, place - 1, shift));
  return waits.find((wait) => wait.from <= now && now < wait.to);
}

function waitsIn(leg: Leg, entry: Instant): Wait[] {
  const waits: Wait[] = [];
  leg.advance(entry, (wait) => waits.push(wait));
  return waits;
}

/** All of one shape, because they are looked through for every assessment. */
const shaped = ({ from, to, cause, rule }: Wait): Wait =>
  rule === undefined ? { from, to, cause } : { from, to, cause, rule };

/** INVARIANT: within a piece the moves of all legs hold together, so that exits are lines of slope 0 or 1. */
function planOf({ at, route, plans }: Taken, bound: Bound): Plan {
  const known = plans[bound];
  if (known !== undefined) return known;
  const plan = { exits: [] as Instant[], slopes: [] as (0 | 1)[], waits: [] as (Wait[] | undefined)[] };
  let entry = at;
  let slope: 0 | 1 = 1;
  for (const leg of route.paths[bound].legs) {
    const waits: Wait[] = [];
    const move = leg.advance(entry, (wait) => waits.push(wait));
    entry = move.to;
    slope = (slope & move.slope) as 0 | 1;
    // Processing ends later for money that comes later, even where the whole leg then waits for an opening.
    const alike = slope === 0 && waits.every(({ cause }) => cause !== "processing");
    plan.exits.push(entry);
    plan.slopes.push(slope);
    plan.waits.push(alike ? waits.map(shaped) : undefined);
  }
  plans[bound] = plan;
  return plan;
}

/** How much of what became of late money is kept with a piece: a few days of a few legs. */
const ONWARD_MAX = 8;

/** When money that comes to leg `from` at `at`, however late, leaves the last. */
export function goesOn(way: Way, bound: Bound, from: number, at: Instant): Instant {
  const { taken } = way.stretch;
  if (taken === undefined) return through(way.paths[bound], from, at);
  for (const one of taken.onward) {
    if (at >= one.from && at < one.move.until && one.leg === from && one.bound === bound) {
      return one.move.slope === 1 ? ((one.move.to + (at - one.from)) as Instant) : one.move.to;
    }
  }
  const move = moveFrom(way.paths[bound].legs, from, at);
  if (taken.onward.length >= ONWARD_MAX) taken.onward.shift();
  taken.onward.push({ bound, leg: from, from: at, move });
  return move.to;
}

function moveFrom(legs: readonly Leg[], from: number, at: Instant): Move {
  let move = stay(at, FOREVER);
  for (let leg = from; leg < legs.length; leg++)
    move = compose(at, move, (legs[leg] as Leg).advance(move.to));
  return move;
}
