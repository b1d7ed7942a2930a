import { loadSays } from "../errors.js";
import { atBound, type Bound, type Spread } from "../model/bound.js";
import type { Period } from "../model/schema/common.js";
import { parseClock } from "../time/clock.js";
import { parseDay } from "../time/day.js";
import { parseDuration } from "../time/duration.js";
import { type Flaw, flawIf } from "./flaw.js";

/** The order of bounds and of ranges: what must not come after what. */

const NEIGHBOURS: readonly (readonly [Bound, Bound])[] = [
  ["earliest", "expected"],
  ["expected", "latest"],
];

/** Whether one value may stand before the next, so that the three arrivals are in order. */
const ORDERS = {
  time: (one: string, next: string) => !(numberOf(parseClock, one) > numberOf(parseClock, next)),
  duration: (one: string, next: string) => !(numberOf(parseDuration, one) > numberOf(parseDuration, next)),
  /** The later the cutoff, the earlier the arrival. */
  cutoff: (one: string, next: string) => !(numberOf(parseClock, one) < numberOf(parseClock, next)),
  lag: lagsInOrder,
};

export type Ordered = keyof typeof ORDERS;

export function spreadFlaws(
  kind: Ordered,
  entity: object,
  path: string,
  spread: Spread<string> | undefined,
): Flaw[] {
  if (spread === undefined) return [];
  return NEIGHBOURS.flatMap((pair) => {
    const [one, next] = pair.map((bound) => atBound(spread, bound)) as [string, string];
    const sentence = loadSays.spreadOrder(kind, pair, [one, next]);
    return flawIf(!ORDERS[kind](one, next), entity, path, sentence);
  });
}

/** A period that ends before it begins is never in force. */
export function periodFlaws(entity: { effective?: Period }, path = "effective"): Flaw[] {
  const { from, until } = entity.effective ?? {};
  return rangeFlaws(parseDay, entity, path, from, until);
}

/** A half-open range that is empty or reversed. */
export function rangeFlaws(
  read: (text: string) => number | undefined,
  entity: object,
  path: string,
  from: string | undefined,
  until: string | undefined,
): Flaw[] {
  if (from === undefined || until === undefined) return [];
  const isReversed = numberOf(read, from) >= numberOf(read, until);
  return flawIf(isReversed, entity, path, loadSays.reversed(from, until));
}

/** A text that cannot be read was told of before; it is in no wrong order. */
const numberOf = (read: (text: string) => number | undefined, text: string): number =>
  read(text) ?? Number.NaN;

/** D+n never comes after T+m when n <= m, because no business day is shorter than a day; the reverse may. */
function lagsInOrder(one: string, next: string): boolean {
  const [unit, nextUnit] = [one[0], next[0]];
  const isKnown = unit === nextUnit || unit === "D";
  return isKnown && Number(one.slice(2)) <= Number(next.slice(2));
}
