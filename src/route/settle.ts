import { type BusinessDays, nextOrSame, shift } from "../calendar/business-days.js";
import type { Calendars } from "../calendar/compile.js";
import { atBound, type Bound, type Spread } from "../model/bound.js";
import type { SettleStep } from "../model/rulebook.js";
import { type Clock, parseClock } from "../time/clock.js";
import { addDays, DAY_MS, type Day } from "../time/day.js";
import { FOREVER } from "../time/instant.js";
import { type Instant, instantOf, localDay, type Zone } from "../time/zone.js";
import { earlierOf, leaveTogether, MARK, type Move, stay } from "./move.js";
import { type About, type Report, reportByDay, waited } from "./wait.js";

/** A clearing run that money may join, once a day. */
interface Run {
  readonly zone: Zone;
  readonly calendar: BusinessDays | undefined;
  /** The first local time that is too late for the run. */
  readonly cutoff: Clock;
  readonly rollFirst: boolean;
  readonly unit: "T" | "D";
  readonly lag: number;
  readonly at: Clock;
}

/** The run that money joins: its date, and when it is released. */
interface Caught {
  readonly date: Day;
  readonly cutoff: Instant;
  readonly release: Instant;
  readonly marks: number;
}

export interface Settle {
  readonly runs: readonly Run[];
  readonly about: About;
}

const NO_CUTOFF = "24:00";

export function compileSettle(
  step: SettleStep,
  zone: Zone,
  calendars: Calendars,
  bound: Bound,
  about: About,
): Settle {
  const calendar = step.calendar === undefined ? undefined : calendars.get(step.calendar, bound);
  const common = { zone, calendar, rollFirst: step.roll === "following" };
  const inclusiveMs = step.cutoffInclusive === true ? 1 : 0;
  const texts = step.runs ?? [
    { cutoff: step.cutoff ?? NO_CUTOFF, lag: step.lag ?? "T+0", at: step.at ?? "00:00" },
  ];
  const runs = texts.map(({ cutoff, lag, at }) => ({
    ...common,
    cutoff: (clockAt(cutoff, bound) + inclusiveMs) as Clock,
    unit: atBound(lag, bound).slice(0, 1) as "T" | "D",
    lag: Number(atBound(lag, bound).slice(2)),
    at: clockAt(at, bound),
  }));
  return { runs, about };
}

/** Leaves with the earliest release that can still be joined. */
export function settle({ runs, about }: Settle, at: Instant, report?: Report): Move {
  let best: Move | undefined;
  let chosen: Joined | undefined;
  let dayBefore: number = FOREVER;
  for (const run of runs) {
    const caught = catchRun(run, at);
    const move = release(caught, at);
    if (best === undefined || move.to < best.to) chosen = { run, caught };
    best = best === undefined ? move : earlierOf(at, best, move);
    if (report !== undefined) dayBefore = Math.min(dayBefore, releaseOn(run, addDays(caught.date, -1)));
  }
  if (report !== undefined && chosen !== undefined) reportRun(report, chosen, dayBefore, at, about);
  return best as Move;
}

interface Joined {
  readonly run: Run;
  readonly caught: Caught;
}

/** When money of a date is released; minus infinity where no calendar covers that day. */
function releaseOn(run: Run, date: Day): number {
  if (run.calendar !== undefined && date < run.calendar.first.day) return Number.NEGATIVE_INFINITY;
  return instantOf(run.zone, lagged(run, date).releaseDate, run.at);
}

/** Money before the cutoff leaves at the release; money that comes after the release but before the cutoff leaves at once. */
function release({ cutoff, release: to, marks }: Caught, at: Instant): Move {
  return to > at ? leaveTogether(to, Math.min(cutoff, to) as Instant, marks) : stay(at, cutoff, marks);
}

function catchRun(run: Run, at: Instant): Caught {
  let date = addDays(localDay(run.zone, at), -Math.ceil(run.cutoff / DAY_MS));
  let cutoff = instantOf(run.zone, date, run.cutoff);
  while (cutoff <= at) {
    date = addDays(date, 1);
    cutoff = instantOf(run.zone, date, run.cutoff);
  }
  const { releaseDate, lastAsked } = lagged(run, date);
  const projected = run.calendar !== undefined && lastAsked > run.calendar.officialUntil;
  return {
    date,
    cutoff,
    release: instantOf(run.zone, releaseDate, run.at),
    marks: projected ? MARK.projected : 0,
  };
}

/** The date of release, and the last day that the calendar was asked about; none for calendar days. */
function lagged(
  { calendar, rollFirst, unit, lag }: Run,
  date: Day,
): { releaseDate: Day; lastAsked: Day | number } {
  if (calendar === undefined) return { releaseDate: addDays(date, lag), lastAsked: NONE };
  const start = rollFirst ? nextOrSame(calendar, date) : date;
  if (unit === "D") return { releaseDate: addDays(start, lag), lastAsked: rollFirst ? start : NONE };
  const releaseDate = shift(calendar, start, lag);
  return { releaseDate, lastAsked: releaseDate };
}

const NONE = Number.NEGATIVE_INFINITY;

/**
 * Up to the start of T the cutoff was missed, where money that made it, which counts for the day before, left sooner;
 * closed days often make that no difference. All other closed days have their own cause, and open days the run's.
 */
function reportRun(
  report: Report,
  { run, caught }: Joined,
  dayBefore: number,
  at: Instant,
  about: About,
): void {
  const to = caught.release;
  const start = dayBefore < to ? instantOf(run.zone, caught.date, 0 as Clock) : at;
  const middle = Math.min(Math.max(at, start), to) as Instant;
  if (middle > at) report(waited(at, middle, "cutoff", about));
  if (run.calendar === undefined || run.unit === "D") {
    if (to > middle) report(waited(middle, to, "batch", about));
  } else {
    reportByDay(report, { from: middle, to }, { calendar: run.calendar, zone: run.zone }, "batch", about);
  }
}

const clockAt = (time: Spread<string>, bound: Bound): Clock => parseClock(atBound(time, bound)) as Clock;
