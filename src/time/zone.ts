import { IANAZone } from "luxon";
import { outsideCoverage } from "../errors.js";
import type { Clock } from "./clock.js";
import { DAY_MS, type Day } from "./day.js";

/** Zones as tables: luxon is asked once per zone and year, and never to answer. */

declare const instantBrand: unique symbol;
/** An instant: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly [instantBrand]: true };

interface Span {
  readonly from: number;
  readonly until: number;
  /** Local time minus UTC. */
  readonly offsetMs: number;
}

export interface Zone {
  readonly name: string;
  /** Milliseconds after midnight (UTC) at which its days begin, but where its clocks were moved. */
  phaseMs: number;
  /** Memory of the spans already asked for, by UTC year. */
  readonly spans: Map<number, Span[]>;
  /** The span that answered last: neighbouring questions have neighbouring answers. */
  last: Span;
}

/** All are made here: the engine then knows but one form of them, and reads their numbers without copying these. */
const spanOf = (from: number, until: number, offsetMs: number): Span => ({ from, until, offsetMs });

const NOWHERE = spanOf(Number.NaN, Number.NaN, 0);
/** Beyond what may be asked about on both sides, by more than any step, window or attempt looks ahead. */
const FIRST_YEAR = 1898;
const LAST_YEAR = 2202;
const PROBE_MS = 3 * DAY_MS;
const zones = new Map<string, Zone>();
/** An instant at which clocks show what they show most of the time. */
const USUAL = Date.UTC(2026, 0, 1);

/** The zone of an IANA name, or undefined where this machine's zone data does not know it. */
export function zoneNamed(name: string): Zone | undefined {
  const known = zones.get(name);
  if (known !== undefined) return known;
  if (!IANAZone.isValidZone(name)) return undefined;
  const zone: Zone = { name, phaseMs: 0, spans: new Map(), last: NOWHERE };
  zone.phaseMs = (DAY_MS - offsetAt(zone, USUAL)) % DAY_MS;
  zones.set(name, zone);
  return zone;
}

/**
 * Local time minus UTC at an instant, in milliseconds.
 *
 * @throws QuestionError outside-coverage for an instant that no rule in its senses leads to
 */
export function offsetAt(zone: Zone, at: number): number {
  if (at >= zone.last.from && at < zone.last.until) return zone.last.offsetMs;
  zone.last = spanAt(zone, at);
  return zone.last.offsetMs;
}

/** Apart from the above, which would make room for what the inner function needs each time. */
const spanAt = (zone: Zone, at: number): Span =>
  spansOf(zone, new Date(at).getUTCFullYear()).find((one) => at < one.until) as Span;

/** Until when the offset of an instant lasts at least: it may go on as it is. */
export function offsetEnd(zone: Zone, at: number): Instant {
  offsetAt(zone, at);
  return zone.last.until as Instant;
}

/** Wall-clock milliseconds since the local 1970-01-01T00:00, as if local time were UTC. */
export const wallAt = (zone: Zone, at: Instant): number => at + offsetAt(zone, at);

export const localDay = (zone: Zone, at: Instant): Day => Math.floor(wallAt(zone, at) / DAY_MS) as Day;

/** Milliseconds since local midnight by the wall clock, 0 to 86,399,999. */
export function localClock(zone: Zone, at: Instant): Clock {
  const wall = wallAt(zone, at);
  return (wall - Math.floor(wall / DAY_MS) * DAY_MS) as Clock;
}

/**
 * The next instant at which another day may begin by the wall clock: at midnight, or where the clocks are moved, as they
 * may be put back over midnight and a day then ends twice.
 */
export function dayMayEnd(zone: Zone, at: Instant): Instant {
  const midnight = (localDay(zone, at) + 1) * DAY_MS - offsetAt(zone, at);
  return Math.min(midnight, offsetEnd(zone, at)) as Instant;
}

/**
 * The instant of a local time, by the one policy for times that exist twice or never: of a time that exists twice the
 * first is meant; a time that was skipped means the instant at which the clocks moved, as does a whole day that was
 * skipped. So a later local time never means an earlier instant.
 */
export function instantOf(zone: Zone, day: Day, clock: Clock): Instant {
  const wall = day * DAY_MS + clock;
  const guess = wall - offsetAt(zone, wall);
  if (guess + DAY_MS < zone.last.until && guess - DAY_MS >= zone.last.from) return guess as Instant;
  return earliestReading(zone, wall) as Instant;
}

/** The zone data that decides local times: the version of the tz database in this process, where it is told. */
export const zoneDataVersion = (): string => globalThis.process?.versions.tz ?? "unknown";

/** The first instant whose wall clock shows `wall` or, where it was skipped, anything later. */
function earliestReading(zone: Zone, wall: number): number {
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
    spans = probe(new IANAZone(zone.name), Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
    joinNeighbours(zone, year, spans);
    zone.spans.set(year, spans);
  }
  return spans;
}

/** Years without a change between them share one span, so that questions about either have it at hand. */
function joinNeighbours({ spans }: Zone, year: number, own: Span[]): void {
  const [before, first] = [spans.get(year - 1)?.at(-1), own[0] as Span];
  if (before?.offsetMs === first.offsetMs) own[0] = spanOf(before.from, first.until, first.offsetMs);
  const [after, last] = [spans.get(year + 1)?.[0], own.at(-1) as Span];
  if (after?.offsetMs === last.offsetMs) own[own.length - 1] = spanOf(last.from, after.until, last.offsetMs);
}

/**
 * Walks a year in strides within which no zone has changed its offset twice, and halves where it changed: a week would be
 * too long for Gaza in October 2040.
 */
function probe(zone: IANAZone, from: number, until: number): Span[] {
  const offsetMs = (at: number): number => Math.round(zone.offset(at) * 60_000);
  const spans: Span[] = [];
  let start = from;
  for (let left = from; left < until; left += PROBE_MS) {
    const right = Math.min(left + PROBE_MS, until - 1);
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
