import type { Leg } from "../../route/path.js";
import type { Wait } from "../../route/wait.js";
import type { Instant } from "../../time/instant.js";
import type { Taken } from "../stretch.js";
import type { Way } from "./way.js";

/** When money leaves each leg of a way, worked out once for all payments of a piece. */

type Bound = "expected" | "latest";

export interface LegTimes {
  /** When money that is sent at the piece's first instant leaves the leg. */
  readonly exit: Instant;
  /** 1: money that is sent later leaves as much later; 0: it leaves with the others. */
  readonly slope: 0 | 1;
  /** What it waits for in the leg, where that is the same for all of the piece. */
  readonly waits: readonly Wait[] | undefined;
}

/** All of one shape, because they are looked through for every assessment. */
const shaped = ({ from, to, cause, rule }: Wait): Wait =>
  rule === undefined ? { from, to, cause } : { from, to, cause, rule };

export type Plan = readonly LegTimes[];

/** When money that enters leg `from` at `at` leaves that leg and each later one. */
export function exitsOf(way: Way, bound: Bound, from: number, at: Instant): Instant[] {
  const { legs } = way.paths[bound];
  const { taken } = way.stretch;
  if (from === 0 && at === way.entry && taken !== undefined)
    return planned(planOf(taken, bound), at - taken.at);
  let entry = at;
  return legs.slice(from).map((leg) => {
    entry = leg.advance(entry).to;
    return entry;
  });
}

function planned(plan: Plan, shift: number): Instant[] {
  const exits: Instant[] = [];
  for (let leg = 0; leg < plan.length; leg++) {
    const { exit, slope } = plan[leg] as LegTimes;
    exits.push((exit + slope * shift) as Instant);
  }
  return exits;
}

/** The wait of money that enters leg `from` at `at`, at an instant before its arrival. */
export function waitAt(way: Way, bound: Bound, from: number, at: Instant, now: Instant): Wait | undefined {
  const exits = exitsOf(way, bound, from, at);
  const place = exits.findIndex((exit) => exit > now);
  const leg = way.paths[bound].legs[from + place];
  if (place === -1 || leg === undefined) return undefined;
  const { taken } = way.stretch;
  const known = from === 0 && at === way.entry ? taken?.plans[bound]?.[place]?.waits : undefined;
  const waits = known ?? waitsIn(leg, place === 0 ? at : (exits[place - 1] as Instant));
  return waits.find((wait) => wait.from <= now && now < wait.to);
}

function waitsIn(leg: Leg, entry: Instant): Wait[] {
  const waits: Wait[] = [];
  leg.advance(entry, (wait) => waits.push(wait));
  return waits;
}

/** INVARIANT: within a piece the moves of all legs hold together, so that exits are lines of slope 0 or 1. */
function planOf({ at, route, plans }: Taken, bound: Bound): Plan {
  const known = plans[bound];
  if (known !== undefined) return known;
  let entry = at;
  let slope: 0 | 1 = 1;
  const plan = route.paths[bound].legs.map((leg): LegTimes => {
    const waits: Wait[] = [];
    const move = leg.advance(entry, (wait) => waits.push(wait));
    entry = move.to;
    slope = (slope & move.slope) as 0 | 1;
    // Processing ends later for money that comes later, even where the whole leg then waits for an opening.
    const alike = slope === 0 && waits.every(({ cause }) => cause !== "processing");
    return { exit: entry, slope, waits: alike ? waits.map(shaped) : undefined };
  });
  plans[bound] = plan;
  return plan;
}
