import type { Rulebook, WindowRule } from "../model/rulebook.js";
import type { Period } from "../model/schema/common.js";
import { compileSnapshot, type Snapshot } from "../pieces/snapshot.js";
import { type Clock, parseClock } from "../time/clock.js";
import { addDays, DAY_MS, type Day, parseDay } from "../time/day.js";
import { parseDuration } from "../time/duration.js";
import { parseInstant } from "../time/instant.js";

/** The part of a rulebook that still matters for payments sent from a given day on. */

/** Margin for zones: a window of another zone may end on a later day there. */
const ZONE_MARGIN_DAYS = 2;

/** Leaves out rules, holds and windows that ended before `from`. They cannot affect later payments. */
export function compileFutureSnapshot(rulebook: Rulebook, from: Day): Snapshot {
  const mayApply = ({ effective }: { effective?: Period }): boolean =>
    effective?.until === undefined || (parseDay(effective.until) as Day) > addDays(from, -ZONE_MARGIN_DAYS);
  const channels = Object.entries(rulebook.channels).map(([channel, file]) => [
    channel,
    { ...file, rules: file.rules.filter(mayApply) },
  ]);
  return compileSnapshot({
    ...rulebook,
    channels: Object.fromEntries(channels),
    holds: rulebook.holds.filter(mayApply),
    windows: rulebook.windows.filter(
      (window) => (lastDayOfWindow(window) ?? from) >= addDays(from, -ZONE_MARGIN_DAYS),
    ),
  });
}

/** The last UTC day that a window affects, including its recovery time. Undefined if its end is unknown. */
export function lastDayOfWindow({ event: { params } }: WindowRule): Day | undefined {
  const { interval, dates, recurs } = params;
  if (interval?.until !== undefined) {
    const end = Number(parseInstant(interval.until)) + (parseDuration(interval.recovery ?? "PT0S") ?? 0);
    return Math.floor(end / DAY_MS) as Day;
  }
  if (dates !== undefined) {
    const last = Math.max(...dates.on.map((date) => parseDay(date) as Day)) as Day;
    return addDays(last, Math.max(0, Math.ceil((parseClock(dates.until) as Clock) / DAY_MS)));
  }
  const until = recurs?.effective?.until;
  return until === undefined ? undefined : addDays(parseDay(until) as Day, RECURRENCE_MARGIN_DAYS);
}

/** The longest time by which an interval of a recurrence may outlast its last date. */
const RECURRENCE_MARGIN_DAYS = 99;
