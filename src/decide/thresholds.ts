import type { Condition, Leaf } from "../model/rulebook.js";
import type { Period } from "../model/schema/common.js";
import { type Clock, parseTimeOfDay } from "../time/clock.js";
import { DAY_MS, type Day, parseDay } from "../time/day.js";
import { FOREVER } from "../time/instant.js";
import { type Instant, instantOf, offsetAt, offsetEnd, type Zone } from "../time/zone.js";
import type { Conditional } from "./candidate.js";
import { partsOf } from "./tree.js";

/** The local dates and times of day at which conditions may change. */
interface Thresholds {
  readonly days: Set<Day>;
  readonly clocks: Set<Clock>;
}

/** Collects the dates and times at which rules, windows or holds may begin or cease to apply. */
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

/** Adds every date and time in a tree, regardless of decorators. */
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

/** The time of day restarts at midnight, so that every comparison with a time may change there too. */
function addLeaf(thresholds: Thresholds, { fact, operator, value }: Leaf): void {
  if (!fact.startsWith("initiated.")) return;
  // `swap:before` means that the constant is before the fact: true from one day or millisecond after the constant.
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
  parsed: readonly (P | undefined)[],
  steps: readonly number[],
): void {
  for (const point of parsed) {
    if (point !== undefined) for (const step of steps) points.add((point + step) as P);
  }
}

const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.flatMap(textsIn) : typeof value === "string" ? [value] : [];

/**
 * Compiles a function that returns the next instant, strictly after the given one, at which the wall clock passes a
 * threshold or the zone's offset changes in a way that may matter; `FOREVER` if there is none. It may return an instant at
 * which nothing changes, but never misses a change.
 */
export function compileNextChange(zone: Zone, thresholds: Thresholds): (at: Instant) => Instant {
  const dates = dateChanges(zone, thresholds.days);
  const clocks = [...thresholds.clocks].sort((one, other) => one - other);
  return (at) => Math.min(firstAfter(dates, at), nextClock(zone, clocks, at)) as Instant;
}

/** If clocks go back just after midnight, the previous date returns for a while and the date begins a second time. */
function dateChanges(zone: Zone, days: ReadonlySet<Day>): readonly Instant[] {
  const instants = new Set<Instant>();
  for (const day of days) {
    const start = instantOf(zone, day, MIDNIGHT);
    instants.add(start);
    for (
      let offsetChange = offsetEnd(zone, start);
      offsetChange < start + DAY_MS;
      offsetChange = offsetEnd(zone, offsetChange)
    ) {
      const secondStart = day * DAY_MS - offsetAt(zone, offsetChange);
      instants.add(offsetChange);
      if (secondStart > offsetChange) instants.add(secondStart as Instant);
    }
  }
  return [...instants].sort((one, other) => one - other);
}

/** The wall clock runs evenly until the offset ends, where anything may change. */
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
