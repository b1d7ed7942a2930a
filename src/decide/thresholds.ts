import type { Condition, Leaf } from "../model/rulebook.js";
import type { Period } from "../model/schema/common.js";
import { type Clock, parseTimeOfDay } from "../time/clock.js";
import { DAY_MS, type Day, parseDay } from "../time/day.js";
import { FOREVER } from "../time/instant.js";
import { type Instant, instantOf, offsetAt, offsetEnd, type Zone } from "../time/zone.js";
import type { Conditional } from "./candidate.js";
import { partsOf } from "./tree.js";

/** When the conditions of a channel may next say something else, for reasons of time alone. */

/** The local dates and times of day at which something that was gathered may change. */
interface Thresholds {
  readonly days: Set<Day>;
  readonly clocks: Set<Clock>;
}

/** Everything that can make rules, windows and holds apply or cease to. */
export function thresholdsOf(
  rules: readonly Conditional[],
  named: Readonly<Record<string, Condition>>,
): Thresholds {
  const thresholds: Thresholds = { days: new Set(), clocks: new Set() };
  for (const rule of rules) {
    addPeriod(thresholds, rule.effective);
    addConditions(thresholds, rule.conditions, named);
  }
  return thresholds;
}

const MIDNIGHT = 0 as Clock;

function addPeriod(thresholds: Thresholds, period: Period | undefined): void {
  for (const text of [period?.from, period?.until]) {
    const day = text === undefined ? undefined : parseDay(text);
    if (day !== undefined) thresholds.days.add(day);
  }
}

/** Takes every date and time that a tree compares with, whatever the decorators do with them. */
function addConditions(
  thresholds: Thresholds,
  conditions: Condition | undefined,
  named: Readonly<Record<string, Condition>>,
): void {
  for (const part of partsOf(conditions)) {
    if ("condition" in part) addConditions(thresholds, named[part.condition], named);
    else addLeaf(thresholds, part);
  }
}

/** At midnight the time of day falls back to nothing, so that every comparison with a time may turn there too. */
function addLeaf(thresholds: Thresholds, { fact, operator, value }: Leaf): void {
  if (!fact.startsWith("initiated.")) return;
  // Swapped, a value is before the fact: not yet at the value itself, but one day or millisecond after it.
  const steps = operator.includes("swap") ? [0, 1] : [0];
  if (fact === "initiated.date") {
    addPoints(thresholds.days, textsIn(value).map(parseDay), steps);
    return;
  }
  thresholds.clocks.add(MIDNIGHT);
  if (fact === "initiated.time") addPoints(thresholds.clocks, textsIn(value).map(parseTimeOfDay), steps);
}

function addPoints<P extends number>(
  points: Set<P>,
  found: readonly (P | undefined)[],
  steps: readonly number[],
): void {
  for (const point of found) {
    if (point !== undefined) for (const step of steps) points.add((point + step) as P);
  }
}

const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.flatMap(textsIn) : typeof value === "string" ? [value] : [];

/**
 * For any instant the next one, strictly after it, at which the wall clock passes a threshold, or at which the clocks
 * are moved where that may matter; `FOREVER` where there is none. It may name an instant at which nothing changes,
 * and never misses one at which something does.
 */
export function changes(zone: Zone, thresholds: Thresholds): (at: Instant) => Instant {
  const dates = dateChanges(zone, thresholds.days);
  const clocks = [...thresholds.clocks].sort((one, other) => one - other);
  return (at) => Math.min(firstAfter(dates, at), nextClock(zone, clocks, at)) as Instant;
}

/** Where the clocks are put back just after a date begins, the date before it returns for a while, and it begins again. */
function dateChanges(zone: Zone, days: ReadonlySet<Day>): readonly Instant[] {
  const instants = new Set<Instant>();
  for (const day of days) {
    const start = instantOf(zone, day, MIDNIGHT);
    instants.add(start);
    for (let moved = offsetEnd(zone, start); moved < start + DAY_MS; moved = offsetEnd(zone, moved)) {
      const again = day * DAY_MS - offsetAt(zone, moved);
      instants.add(moved);
      if (again > moved) instants.add(again as Instant);
    }
  }
  return [...instants].sort((one, other) => one - other);
}

/** Within one offset the wall clock runs evenly; where the offset ends, anything may change. */
function nextClock(zone: Zone, clocks: readonly Clock[], at: Instant): Instant {
  const [first] = clocks;
  if (first === undefined) return FOREVER;
  const offsetMs = offsetAt(zone, at);
  const midnight = Math.floor((at + offsetMs) / DAY_MS) * DAY_MS;
  const wall = at + offsetMs - midnight;
  const next = clocks.find((clock) => clock > wall) ?? DAY_MS + first;
  return Math.min(midnight + next - offsetMs, offsetEnd(zone, at)) as Instant;
}

function firstAfter(instants: readonly Instant[], at: Instant): Instant {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instants[middle] as Instant) <= at) low = middle + 1;
    else high = middle;
  }
  return instants[low] ?? FOREVER;
}
