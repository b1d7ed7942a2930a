import type { Conditional } from "../decide/candidate.js";
import { type Frame, momentAt } from "../decide/moment.js";
import { thresholdsOf } from "../decide/thresholds.js";
import { QuestionError } from "../errors.js";
import type { Condition, Leaf } from "../model/rulebook.js";
import { type Clock, formatClock } from "../time/clock.js";
import {
  addDays,
  DAY_MS,
  type Day,
  FIRST_DAY,
  formatDay,
  LAST_DAY,
  WEEKDAYS,
  weekdayOf,
} from "../time/day.js";
import { type Instant, instantOf } from "../time/zone.js";
import { type Cell, cutValues, type Dimension } from "./dimension.js";

/** The initiation instant, cut wherever a condition may turn: only such combinations as the calendar really has. */

export interface MomentCell {
  readonly day: Day;
  readonly clock: Clock;
  /** The number of the cell in each of the dimensions. */
  readonly coords: readonly number[];
}

export interface Moments {
  /** `initiated.date`, `.weekday`, `.day`, `.tomorrow` and `.time`. */
  readonly dimensions: readonly Dimension[];
  readonly cells: readonly MomentCell[];
  readonly coordsOf: (at: Instant) => readonly number[];
}

export interface Known {
  readonly first: Day;
  readonly last: Day;
}

interface Range {
  readonly from: number;
  readonly until: number;
}

const KINDS = ["business", "weekend", "holiday", "makeup"] as const;

/**
 * `known` is what the channel's calendar covers, and `today` the day that witnesses are sought from. Of `within` only
 * those days are looked at.
 */
export function cutMoments(
  frame: Frame,
  rules: readonly Conditional[],
  leaves: readonly Leaf[],
  named: Readonly<Record<string, Condition>>,
  known: Known | undefined,
  today: Day,
  within: Known = { first: FIRST_DAY, last: LAST_DAY },
): Moments {
  const { days, clocks } = thresholdsOf(rules, named);
  const dates = rangesBetween([...days], within.first, within.last);
  const times = rangesBetween(
    [...clocks].filter((clock) => clock < DAY_MS),
    0,
    DAY_MS,
  );
  const about = (fact: string): Leaf[] => leaves.filter((leaf) => leaf.fact === fact);
  const weekday = cutValues("initiated.weekday", WEEKDAYS, about("initiated.weekday"), false);
  const kinds = ["initiated.day", "initiated.tomorrow"].map((fact) =>
    orUnknown(cutValues(fact, KINDS, about(fact), false)),
  );
  const [day, tomorrow] = kinds as [Dimension, Dimension];
  const looks = kinds.some(({ fact }) => about(fact).length > 0);
  const kindAt = (date: Day, dimension: Dimension, ahead: number): number =>
    looks ? dimension.indexOf(kindOr(frame, addDays(date, ahead))) : 0;
  const coordsOfDay = (date: Day): number[] => [
    dates.findIndex(({ until }) => date < until),
    weekday.indexOf(weekdayOf(date)),
    kindAt(date, day, 0),
    kindAt(date, tomorrow, 1),
  ];
  const timeOf = (clock: number): number => times.findIndex(({ until }) => clock < until);
  const found = dates.flatMap((range) => daysOf(range, coordsOfDay, looks ? known : undefined, today));
  return {
    dimensions: [dateDimension(dates), weekday, day, tomorrow, timeDimension(times)],
    cells: found.flatMap(({ date, coords }) =>
      times.map((range, index) => ({ day: date, clock: clockIn(range), coords: [...coords, index] })),
    ),
    coordsOf: (at) => {
      const { date, clock } = momentAt(frame, at);
      return [...coordsOfDay(date), timeOf(clock)];
    },
  };
}

/** Where the calendar knows nothing of a day, conditions that ask for its kind cannot be answered. */
const UNKNOWN: Cell = { value: undefined, says: undefined };

const orUnknown = (dimension: Dimension): Dimension => ({
  ...dimension,
  cells: [...dimension.cells, UNKNOWN],
  unknown: dimension.cells.length,
  indexOf: (value) => (value === undefined ? dimension.cells.length : dimension.indexOf(value)),
});

function kindOr(frame: Frame, date: Day): string | undefined {
  try {
    return frame.kindOf(date);
  } catch (error) {
    if (error instanceof QuestionError) return undefined;
    throw error;
  }
}

function rangesBetween(thresholds: readonly number[], first: number, last: number): Range[] {
  const inside = thresholds.filter((one) => one > first && one < last);
  const starts = [first, ...[...new Set(inside)].sort((one, other) => one - other)];
  return starts.map((from, index) => ({ from, until: starts[index + 1] ?? last }));
}

/** One day of a range for every combination that it has, those nearest after today first. */
function daysOf(
  { from, until }: Range,
  coordsOf: (date: Day) => number[],
  known: Known | undefined,
  today: Day,
): { date: Day; coords: number[] }[] {
  const found = new Map<string, { date: Day; coords: number[] }>();
  for (const date of walk(from, until, known, today)) {
    const coords = coordsOf(date);
    const key = coords.join();
    if (!found.has(key)) found.set(key, { date, coords });
  }
  return [...found.values()];
}

/** Days that show every weekday: on both sides of what is known, and of a range of which nothing is known. */
const MARGIN = 8;

function* walk(from: number, until: number, known: Known | undefined, today: Day): Generator<Day> {
  const low = Math.max(from, FIRST_DAY + 1);
  const high = Math.min(until, LAST_DAY);
  const anchor =
    today >= low && today < high ? today : from <= FIRST_DAY ? Math.max(low, high - MARGIN) : low;
  if (known === undefined) {
    for (let day = anchor; day < Math.min(high, anchor + MARGIN); day++) yield day as Day;
    for (let day = anchor - 1; day >= Math.max(low, anchor - MARGIN); day--) yield day as Day;
    return;
  }
  const [first, last] = [Math.min(known.first, high) - MARGIN, Math.max(known.last, low) + MARGIN].map(
    (day) => Math.min(Math.max(day, low), high - 1),
  );
  for (let day = Math.max(anchor, first as number); day <= (last as number); day++) yield day as Day;
  for (let day = first as number; day < Math.min(anchor, last as number); day++) yield day as Day;
}

const clockIn = ({ from, until }: Range): Clock => (until - from === DAY_MS ? DAY_MS / 2 : from) as Clock;

const dateDimension = (ranges: readonly Range[]): Dimension =>
  rangeDimension("initiated.date", "onOrAfter", ranges, FIRST_DAY, LAST_DAY, (date) =>
    formatDay(date as Day),
  );

const timeDimension = (ranges: readonly Range[]): Dimension =>
  rangeDimension("initiated.time", "atOrAfter", ranges, 0, DAY_MS, (clock) => formatClock(clock as Clock));

/** Its values are the first of each range, as text. */
function rangeDimension(
  fact: string,
  atOrAfter: string,
  ranges: readonly Range[],
  first: number,
  last: number,
  format: (point: number) => string,
): Dimension {
  const says = ({ from, until }: Range): Condition => {
    if (from === first) return { fact, operator: "before", value: format(until) };
    if (until === last) return { fact, operator: atOrAfter, value: format(from) };
    return { fact, operator: "within", value: [format(from), format(until)] };
  };
  const texts = ranges.map(({ from }) => format(from));
  return {
    fact,
    cells: ranges.map((range, index) => ({ value: texts[index], says: says(range) })),
    indexOf: (value) => texts.indexOf(String(value)),
    spans: (one, other) => says({ from: (ranges[one] as Range).from, until: (ranges[other] as Range).until }),
  };
}

/** The instant at which the wall clock shows a cell's time; where it was skipped, the next that it shows. */
export const instantIn = (frame: Frame, { day, clock }: MomentCell): Instant =>
  instantOf(frame.zone, day, clock);
