import type { Bound } from "../model/bound.js";
import type { WindowRule } from "../model/rulebook.js";
import { type Clock, parseClock } from "../time/clock.js";
import { addDays, DAY_MS, type Day, FIRST_DAY, LAST_DAY, parseDay } from "../time/day.js";
import { parseDuration } from "../time/duration.js";
import { FOREVER, type Instant, parseInstant } from "../time/instant.js";
import { instantOf, localDay, type Zone, zoneNamed } from "../time/zone.js";
import { MARK } from "./move.js";
import { compileRecurrence, matches, type Recurrence } from "./recurrence.js";

/** A window at one bound: when it closes its systems. */
export interface Closure {
  readonly name: string;
  readonly kind: "maintenance" | "incident";
  /** Marks of a move that waits for its end. An unknown end is taken to be the instant of review. */
  readonly marks: number;
  /** The interval that contains `at`, else the next one; undefined if there is none within `horizonMs`. */
  readonly upcoming: (at: Instant) => Interval | undefined;
  /** How far ahead `upcoming` looks. */
  readonly horizonMs: number;
}

export interface Interval {
  readonly from: Instant;
  readonly until: Instant;
}

/** How far ahead recurring intervals are searched; enough for a monthly one. */
const HORIZON_DAYS = 40;

/** The closure of a window at one bound; undefined if it closes nothing: a degraded system counts as closed at `latest` only. */
export function compileWindow(window: WindowRule, zoneName: string, bound: Bound): Closure | undefined {
  const { params, type } = window.event;
  if (params.effect === "degraded" && bound !== "latest") return undefined;
  const zone = zoneNamed(params.zone ?? zoneName) as Zone;
  const { interval, dates, recurs } = params;
  const openEnded = interval !== undefined && interval.until === undefined;
  const marks = (window.basis === "published" ? 0 : MARK.assumed) | (openEnded ? MARK.openIncident : 0);
  const common = { name: window.name, kind: type, marks };
  if (recurs !== undefined) return { ...common, ...recurringIntervals(compileRecurrence(recurs), zone) };
  const intervals =
    interval === undefined ? intervalsOnDates(dates, zone) : [singleInterval(interval, bound)];
  return { ...common, upcoming: firstEndingAfter(intervals), horizonMs: FOREVER };
}

function singleInterval(
  interval: NonNullable<WindowRule["event"]["params"]["interval"]>,
  bound: Bound,
): Interval {
  const end = parseInstant((interval.until ?? interval.reviewAt) as string) as Instant;
  const backlogMs = bound === "earliest" ? 0 : (parseDuration(interval.recovery ?? "PT0S") as number);
  return { from: parseInstant(interval.from) as Instant, until: (end + backlogMs) as Instant };
}

function intervalsOnDates(dates: WindowRule["event"]["params"]["dates"], zone: Zone): Interval[] {
  if (dates === undefined) return [];
  const [from, until] = [parseClock(dates.from) as Clock, parseClock(dates.until) as Clock];
  return dates.on
    .map((date) => parseDay(date) as Day)
    .sort((a, b) => a - b)
    .map((day) => ({ from: instantOf(zone, day, from), until: instantOf(zone, day, until) }));
}

/** INVARIANT: the intervals are sorted and have one length, so their ends are sorted too. */
const firstEndingAfter =
  (intervals: readonly Interval[]) =>
  (at: Instant): Interval | undefined => {
    let [low, high] = [0, intervals.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((intervals[middle] as Interval).until > at) high = middle;
      else low = middle + 1;
    }
    return intervals[low];
  };

function recurringIntervals(recurrence: Recurrence, zone: Zone): Pick<Closure, "upcoming" | "horizonMs"> {
  const daysBack = Math.ceil(Math.max(0, recurrence.until) / DAY_MS);
  const daysAhead = Math.ceil(Math.max(0, -recurrence.from) / DAY_MS);
  const upcoming = (at: Instant): Interval | undefined => {
    const today = localDay(zone, at);
    for (
      let day = addDays(today, -daysBack);
      day <= today + daysAhead + HORIZON_DAYS;
      day = addDays(day, 1)
    ) {
      if (day < FIRST_DAY || day > LAST_DAY || !matches(recurrence, day)) continue;
      const until = instantOf(zone, day, recurrence.until);
      if (until > at) return { from: instantOf(zone, day, recurrence.from), until };
    }
    return undefined;
  };
  return { upcoming, horizonMs: (HORIZON_DAYS - 2) * DAY_MS };
}
