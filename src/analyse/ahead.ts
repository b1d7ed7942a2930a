import type { Rulebook, WindowRule } from "../model/rulebook.js";
import type { Period } from "../model/schema/common.js";
import { compileView, type View } from "../pieces/snapshot.js";
import { type Clock, parseClock } from "../time/clock.js";
import { addDays, DAY_MS, type Day, parseDay } from "../time/day.js";
import { parseDuration } from "../time/duration.js";
import { parseInstant } from "../time/instant.js";

/** What still matters of a rulebook for payments that are sent from some day on. */

/** A window of another zone may end on a later day there. */
const ZONES_APART_DAYS = 2;

/** Without the rules, holds and windows that were over before: no money goes back in time to meet them. */
export function viewAhead(rulebook: Rulebook, from: Day): View {
  const lasts = ({ effective }: { effective?: Period }): boolean =>
    effective?.until === undefined || (parseDay(effective.until) as Day) > addDays(from, -ZONES_APART_DAYS);
  const channels = Object.entries(rulebook.channels).map(([channel, file]) => [
    channel,
    { ...file, rules: file.rules.filter(lasts) },
  ]);
  return compileView({
    ...rulebook,
    channels: Object.fromEntries(channels),
    holds: rulebook.holds.filter(lasts),
    windows: rulebook.windows.filter((window) => (endOf(window) ?? from) >= addDays(from, -ZONES_APART_DAYS)),
  });
}

/** The last day (UTC) that a window touches, its backlog included; undefined where its end is not known. */
export function endOf({ event: { params } }: WindowRule): Day | undefined {
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
  return until === undefined ? undefined : addDays(parseDay(until) as Day, Math.ceil(RECURRENCE_DAYS));
}

/** An interval of a recurrence may reach this many days beyond its last date. */
const RECURRENCE_DAYS = 99;
