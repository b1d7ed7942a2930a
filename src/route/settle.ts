import { type BusinessDays, nextOrSame, shift } from "../calendar/business-days.js";
import type { Calendars } from "../calendar/compile.js";
import { type Bound, type Spread, spreadValue } from "../model/bound.js";
import type { SettleStep } from "../model/rulebook.js";
import { type Clock, parseClock } from "../time/clock.js";
import { addDays, DAY_MS, type Day } from "../time/day.js";
import { FOREVER } from "../time/instant.js";
import { type Instant, instantOf, localDay, type Zone } from "../time/zone.js";
import { earlierOf, leaveTogether, MARK, type Move, noWait } from "./move.js";
import { newWait, type Report, reportByDay, type WaitSource } from "./wait.js";

/** A clearing run; it has one batch a day. */
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

/** The batch of a run for one date. Money that enters before `cutoff` may join it. */
interface Batch {
  readonly date: Day;
  readonly cutoff: Instant;
  readonly release: Instant;
  readonly marks: number;
}

export interface Settlement {
  readonly runs: readonly Run[];
  readonly source: WaitSource;
}

const NO_CUTOFF = "24:00";

export function compileSettle(
  step: SettleStep,
  zone: Zone,
  calendars: Calendars,
  bound: Bound,
  source: WaitSource,
): Settlement {
  const calendar = step.calendar === undefined ? undefined : calendars.get(step.calendar, bound);
  const common = { zone, calendar, rollFirst: step.roll === "following" };
  const inclusiveMs = step.cutoffInclusive === true ? 1 : 0;
  const texts = step.runs ?? [
    { cutoff: step.cutoff ?? NO_CUTOFF, lag: step.lag ?? "T+0", at: step.at ?? "00:00" },
  ];
  const runs = texts.map(({ cutoff, lag, at }) => ({
    ...common,
    cutoff: (clockAt(cutoff, bound) + inclusiveMs) as Clock,
    unit: spreadValue(lag, bound).slice(0, 1) as "T" | "D",
    lag: Number(spreadValue(lag, bound).slice(2)),
    at: clockAt(at, bound),
  }));
  return { runs, source };
}

/** Money leaves with the earliest release that it can still join. */
export function settle({ runs, source }: Settlement, at: Instant, report?: Report): Move {
  let best: Move | undefined;
  let chosen: RunBatch | undefined;
  let previousRelease: number = FOREVER;
  for (const run of runs) {
    const batch = nextBatch(run, at);
    const move = moveOf(batch, at);
    if (best === undefined || move.to < best.to) chosen = { run, batch };
    best = best === undefined ? move : earlierOf(at, best, move);
    if (report !== undefined)
      previousRelease = Math.min(previousRelease, releaseOf(run, addDays(batch.date, -1)));
  }
  if (report !== undefined && chosen !== undefined) reportBatch(report, chosen, previousRelease, at, source);
  return best as Move;
}

interface RunBatch {
  readonly run: Run;
  readonly batch: Batch;
}

/** When the batch of a date is released; minus infinity before the first day of the calendar. */
function releaseOf(run: Run, date: Day): number {
  if (run.calendar !== undefined && date < run.calendar.first.day) return Number.NEGATIVE_INFINITY;
  return instantOf(run.zone, addLag(run, date).releaseDate, run.at);
}

/** Money that joins before the release leaves with it; money that joins after the release leaves at once. */
function moveOf({ cutoff, release: to, marks }: Batch, at: Instant): Move {
  return to > at ? leaveTogether(to, Math.min(cutoff, to) as Instant, marks) : noWait(at, cutoff, marks);
}

function nextBatch(run: Run, at: Instant): Batch {
  let date = addDays(localDay(run.zone, at), -Math.ceil(run.cutoff / DAY_MS));
  let cutoff = instantOf(run.zone, date, run.cutoff);
  while (cutoff <= at) {
    date = addDays(date, 1);
    cutoff = instantOf(run.zone, date, run.cutoff);
  }
  const { releaseDate, lastDayUsed } = addLag(run, date);
  const projected = run.calendar !== undefined && lastDayUsed > run.calendar.officialUntil;
  return {
    date,
    cutoff,
    release: instantOf(run.zone, releaseDate, run.at),
    marks: projected ? MARK.projected : 0,
  };
}

/** The release date of a batch, and the last day looked up in the calendar; `NO_DAY` for plain calendar days. */
function addLag(
  { calendar, rollFirst, unit, lag }: Run,
  date: Day,
): { releaseDate: Day; lastDayUsed: Day | number } {
  if (calendar === undefined) return { releaseDate: addDays(date, lag), lastDayUsed: NO_DAY };
  const start = rollFirst ? nextOrSame(calendar, date) : date;
  if (unit === "D") return { releaseDate: addDays(start, lag), lastDayUsed: rollFirst ? start : NO_DAY };
  const releaseDate = shift(calendar, start, lag);
  return { releaseDate, lastDayUsed: releaseDate };
}

const NO_DAY = Number.NEGATIVE_INFINITY;

/**
 * Reports the wait for a batch. The time until the batch's date begins is a missed cutoff, if the previous batch was released
 * sooner (closed days often release both together). Later closed days have their own cause; open days belong to the batch.
 */
function reportBatch(
  report: Report,
  { run, batch }: RunBatch,
  previousRelease: number,
  at: Instant,
  source: WaitSource,
): void {
  const to = batch.release;
  const start = previousRelease < to ? instantOf(run.zone, batch.date, 0 as Clock) : at;
  const middle = Math.min(Math.max(at, start), to) as Instant;
  if (middle > at) report(newWait(at, middle, "cutoff", source));
  if (run.calendar === undefined || run.unit === "D") {
    if (to > middle) report(newWait(middle, to, "batch", source));
  } else {
    reportByDay(report, { from: middle, to }, { calendar: run.calendar, zone: run.zone }, "batch", source);
  }
}

const clockAt = (time: Spread<string>, bound: Bound): Clock => parseClock(spreadValue(time, bound)) as Clock;
