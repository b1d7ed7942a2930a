import { IANAZone } from "luxon";
import { outsideCoverage } from "../errors.js";
import type { Clock } from "./clock.js";
import { DAY_MS, type Day } from "./day.js";

declare const instantBrand: unique symbol;
/** An instant: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly [instantBrand]: true };

/** A time range with one offset: [from, until). */
interface Span {
  readonly from: number;
  readonly until: number;
  /** Local time minus UTC. */
  readonly offsetMs: number;
}

/** A time zone as a table of offsets. Luxon is called only to build it, once per year. */
export interface Zone {
  readonly name: string;
  /** When local midnight is in standard time: milliseconds after midnight UTC. */
  phaseMs: number;
  /** Cached spans by UTC year. */
  readonly spans: Map<number, Span[]>;
  /** The span of the last query. Consecutive queries are usually close in time. */
  last: Span;
}

/** Makes every span, so that V8 gives all of them one hidden class and reads their numbers without boxing. */
const spanOf = (from: number, until: number, offsetMs: number): Span => ({ from, until, offsetMs });

const NO_SPAN = spanOf(Number.NaN, Number.NaN, 0);
/** Years with tables: more than the supported days, because steps and windows look ahead. */
const FIRST_YEAR = 1898;
const LAST_YEAR = 2202;
const STRIDE_MS = 3 * DAY_MS;
const zones = new Map<string, Zone>();
/** An instant in northern standard time, for `phaseMs`. */
const STANDARD_TIME = Date.UTC(2026, 0, 1);

/** The zone of an IANA name, or undefined if the zone data of this process lacks it. */
export function zoneNamed(name: string): Zone | undefined {
  const known = zones.get(name);
  if (known !== undefined) return known;
  if (!IANAZone.isValidZone(name)) return undefined;
  const zone: Zone = { name, phaseMs: 0, spans: new Map(), last: NO_SPAN };
  zone.phaseMs = (DAY_MS - offsetAt(zone, STANDARD_TIME)) % DAY_MS;
  zones.set(name, zone);
  return zone;
}

/**
 * Local time minus UTC at an instant, in milliseconds.
 *
 * @throws QuestionError outside-coverage outside the years 1898 to 2202
 */
export function offsetAt(zone: Zone, at: number): number {
  if (at >= zone.last.from && at < zone.last.until) return zone.last.offsetMs;
  zone.last = spanAt(zone, at);
  return zone.last.offsetMs;
}

/** Separate from `offsetAt`, which would otherwise allocate a closure context on every call. */
const spanAt = (zone: Zone, at: number): Span =>
  spansOf(zone, new Date(at).getUTCFullYear()).find((one) => at < one.until) as Span;

/** An instant until which the offset stays the same. It may last longer. */
export function offsetEnd(zone: Zone, at: number): Instant {
  offsetAt(zone, at);
  return zone.last.until as Instant;
}

/** Milliseconds from 1970-01-01T00:00 to the local date and time, as if it were UTC. */
export const wallAt = (zone: Zone, at: Instant): number => at + offsetAt(zone, at);

export const localDay = (zone: Zone, at: Instant): Day => Math.floor(wallAt(zone, at) / DAY_MS) as Day;

/** Local time of day, 0 to 86,399,999. */
export function localClock(zone: Zone, at: Instant): Clock {
  const wall = wallAt(zone, at);
  return (wall - Math.floor(wall / DAY_MS) * DAY_MS) as Clock;
}

/**
 * The next instant at which the local day may change: midnight, or a change of the offset. Clocks may be set back across
 * midnight, and that day then ends twice.
 */
export function nextDayBoundary(zone: Zone, at: Instant): Instant {
  const midnight = (localDay(zone, at) + 1) * DAY_MS - offsetAt(zone, at);
  return Math.min(midnight, offsetEnd(zone, at)) as Instant;
}

/**
 * The instant of a local time. An ambiguous time is the first of the two; a skipped time, or any time of a skipped day, is
 * the instant of the clock change. So a later local time is never an earlier instant.
 */
export function instantOf(zone: Zone, day: Day, clock: Clock): Instant {
  const wall = day * DAY_MS + clock;
  const guess = wall - offsetAt(zone, wall);
  if (guess + DAY_MS < zone.last.until && guess - DAY_MS >= zone.last.from) return guess as Instant;
  return firstInstantShowing(zone, wall) as Instant;
}

/** The version of the tz database in this process, or `unknown`. */
export const zoneDataVersion = (): string => globalThis.process?.versions.tz ?? "unknown";

/** The first instant whose local time is `wall` or later. */
function firstInstantShowing(zone: Zone, wall: number): number {
  const firstYear = new Date(wall - 2 * DAY_MS).getUTCFullYear();
  const lastYear = new Date(wall + 2 * DAY_MS).getUTCFullYear();
  for (let year = firstYear; year <= lastYear; year++) {
    for (const span of spansOf(zone, year)) {
      if (wall < span.until + span.offsetMs) return Math.max(wall - span.offsetMs, span.from);
    }
  }
  return wall - offsetAt(zone, wall);
}

function spansOf(zone: Zone, year: number): readonly Span[] {
  let spans: Span[] | undefined = zone.spans.get(year);
  if (spans === undefined) {
    if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) throw outsideCoverage.noLocalTime(zone.name);
    spans = findSpans(new IANAZone(zone.name), Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
    joinNeighbours(zone, year, spans);
    zone.spans.set(year, spans);
  }
  return spans;
}

/** Joins spans across years if the offset does not change, so that `zone.last` serves both years. */
function joinNeighbours({ spans }: Zone, year: number, own: Span[]): void {
  const [before, first] = [spans.get(year - 1)?.at(-1), own[0] as Span];
  if (before?.offsetMs === first.offsetMs) own[0] = spanOf(before.from, first.until, first.offsetMs);
  const [after, last] = [spans.get(year + 1)?.[0], own.at(-1) as Span];
  if (after?.offsetMs === last.offsetMs) own[own.length - 1] = spanOf(last.from, after.until, last.offsetMs);
}

/**
 * The spans from `from` to `until`. Compares offsets in strides of three days and finds each change by bisection. No zone
 * changes its offset twice within a stride; Gaza in October 2040 does so within a week.
 */
function findSpans(zone: IANAZone, from: number, until: number): Span[] {
  const offsetMs = (at: number): number => Math.round(zone.offset(at) * 60_000);
  const spans: Span[] = [];
  let start = from;
  for (let left = from; left < until; left += STRIDE_MS) {
    const right = Math.min(left + STRIDE_MS, until - 1);
    const before = offsetMs(left);
    if (before === offsetMs(right)) continue;
    const change = firstChange(offsetMs, left, right);
    spans.push(spanOf(start, change, before));
    start = change;
  }
  spans.push(spanOf(start, until, offsetMs(until - 1)));
  return spans;
}

function firstChange(offsetMs: (at: number) => number, left: number, right: number): number {
  const before = offsetMs(left);
  let low = left;
  let high = right;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
