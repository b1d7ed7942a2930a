import type { Conditional } from "../decide/candidate.js";
import { type ChannelContext, momentAt } from "../decide/moment.js";
import { thresholdsOf } from "../decide/thresholds.js";
import { QuestionError } from "../errors.js";
import type { Condition, Leaf } from "../model/rulebook.js";
import { type Clock, formatTimeOfDay } from "../time/clock.js";
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
import { type Cell, type Dimension, partitionValues } from "./dimension.js";

/** Partitions initiation instants wherever a condition may change. Only combinations that occur in the calendar count. */

export interface MomentCell {
  readonly day: Day;
  readonly clock: Clock;
  /** The coordinate in each dimension. */
  readonly coords: readonly number[];
}

export interface Moments {
  /** `initiated.date`, `.weekday`, `.day`, `.tomorrow` and `.time`. */
  readonly dimensions: readonly Dimension[];
  readonly cells: readonly MomentCell[];
  readonly coordsOf: (at: Instant) => readonly number[];
}

export interface DayRange {
  readonly first: Day;
  readonly last: Day;
}

interface ValueRange {
  readonly from: number;
  readonly until: number;
}

const KINDS = ["business", "weekend", "holiday", "makeup"] as const;

/**
 * Partitions the instants of the days `within`. `known` is the coverage of the channel's calendar. Representatives are
 * preferably the first days from `today` on.
 */
export function partitionMoments(
  context: ChannelContext,
  rules: readonly Conditional[],
  leaves: readonly Leaf[],
  named: Readonly<Record<string, Condition>>,
  known: DayRange | undefined,
  today: Day,
  within: DayRange = { first: FIRST_DAY, last: LAST_DAY },
): Moments {
  const { days, clocks } = thresholdsOf(rules, named);
  const dates = rangesBetween([...days], within.first, within.last);
  const times = rangesBetween(
    [...clocks].filter((clock) => clock < DAY_MS),
    0,
    DAY_MS,
  );
  const leavesOn = (fact: string): Leaf[] => leaves.filter((leaf) => leaf.fact === fact);
  const weekday = partitionValues("initiated.weekday", WEEKDAYS, leavesOn("initiated.weekday"), false);
  const kinds = ["initiated.day", "initiated.tomorrow"].map((fact) =>
    withUnknown(partitionValues(fact, KINDS, leavesOn(fact), false)),
  );
  const [day, tomorrow] = kinds as [Dimension, Dimension];
  const testsKinds = kinds.some(({ fact }) => leavesOn(fact).length > 0);
  const kindCell = (date: Day, dimension: Dimension, ahead: number): number =>
    testsKinds ? dimension.indexOf(kindOrUndefined(context, addDays(date, ahead))) : 0;
  const coordsOfDay = (date: Day): number[] => [
    dates.findIndex(({ until }) => date < until),
    weekday.indexOf(weekdayOf(date)),
    kindCell(date, day, 0),
    kindCell(date, tomorrow, 1),
  ];
  const timeCell = (clock: number): number => times.findIndex(({ until }) => clock < until);
  const representatives = dates.flatMap((range) =>
    representativeDays(range, coordsOfDay, testsKinds ? known : undefined, today),
  );
  return {
    dimensions: [dateDimension(dates), weekday, day, tomorrow, timeDimension(times)],
    cells: representatives.flatMap(({ date, coords }) =>
      times.map((range, index) => ({ day: date, clock: clockIn(range), coords: [...coords, index] })),
    ),
    coordsOf: (at) => {
      const { date, clock } = momentAt(context, at);
      return [...coordsOfDay(date), timeCell(clock)];
    },
  };
}

/** The cell of days that the calendar does not know. Conditions on their kind have no result. */
const UNKNOWN_CELL: Cell = { value: undefined, condition: undefined };

const withUnknown = (dimension: Dimension): Dimension => ({
  ...dimension,
  cells: [...dimension.cells, UNKNOWN_CELL],
  unknownCell: dimension.cells.length,
  indexOf: (value) => (value === undefined ? dimension.cells.length : dimension.indexOf(value)),
});

function kindOrUndefined(context: ChannelContext, date: Day): string | undefined {
  try {
    return context.kindOf(date);
  } catch (error) {
    if (error instanceof QuestionError) return undefined;
    throw error;
  }
}

function rangesBetween(thresholds: readonly number[], first: number, last: number): ValueRange[] {
  const inside = thresholds.filter((one) => one > first && one < last);
  const starts = [first, ...[...new Set(inside)].sort((one, other) => one - other)];
  return starts.map((from, index) => ({ from, until: starts[index + 1] ?? last }));
}

/** One day of a range for each combination of coordinates that occurs in it. */
function representativeDays(
  { from, until }: ValueRange,
  coordsOf: (date: Day) => number[],
  known: DayRange | undefined,
  today: Day,
): { date: Day; coords: number[] }[] {
  const found = new Map<string, { date: Day; coords: number[] }>();
  for (const date of candidateDays(from, until, known, today)) {
    const coords = coordsOf(date);
    const key = coords.join();
    if (!found.has(key)) found.set(key, { date, coords });
  }
  return [...found.values()];
}

/** Enough days to include every weekday, on each side of the known days, or in a range without known days. */
const MARGIN_DAYS = 8;

/** The days to examine in a range: first those from today on, then earlier ones. */
function* candidateDays(
  from: number,
  until: number,
  known: DayRange | undefined,
  today: Day,
): Generator<Day> {
  const low = Math.max(from, FIRST_DAY + 1);
  const high = Math.min(until, LAST_DAY);
  const start =
    today >= low && today < high ? today : from <= FIRST_DAY ? Math.max(low, high - MARGIN_DAYS) : low;
  if (known === undefined) {
    for (let day = start; day < Math.min(high, start + MARGIN_DAYS); day++) yield day as Day;
    for (let day = start - 1; day >= Math.max(low, start - MARGIN_DAYS); day--) yield day as Day;
    return;
  }
  const [first, last] = [
    Math.min(known.first, high) - MARGIN_DAYS,
    Math.max(known.last, low) + MARGIN_DAYS,
  ].map((day) => Math.min(Math.max(day, low), high - 1));
  for (let day = Math.max(start, first as number); day <= (last as number); day++) yield day as Day;
  for (let day = first as number; day < Math.min(start, last as number); day++) yield day as Day;
}

/** Noon for a whole day, else the start of the range. */
const clockIn = ({ from, until }: ValueRange): Clock =>
  (until - from === DAY_MS ? DAY_MS / 2 : from) as Clock;

const dateDimension = (ranges: readonly ValueRange[]): Dimension =>
  rangeDimension("initiated.date", "onOrAfter", ranges, FIRST_DAY, LAST_DAY, (date) =>
    formatDay(date as Day),
  );

const timeDimension = (ranges: readonly ValueRange[]): Dimension =>
  rangeDimension("initiated.time", "atOrAfter", ranges, 0, DAY_MS, (clock) =>
    formatTimeOfDay(clock as Clock),
  );

/** The value of each cell is the start of its range, as text. */
function rangeDimension(
  fact: string,
  atOrAfter: string,
  ranges: readonly ValueRange[],
  first: number,
  last: number,
  format: (point: number) => string,
): Dimension {
  const conditionOf = ({ from, until }: ValueRange): Condition => {
    if (from === first) return { fact, operator: "before", value: format(until) };
    if (until === last) return { fact, operator: atOrAfter, value: format(from) };
    return { fact, operator: "within", value: [format(from), format(until)] };
  };
  const texts = ranges.map(({ from }) => format(from));
  return {
    fact,
    cells: ranges.map((range, index) => ({ value: texts[index], condition: conditionOf(range) })),
    indexOf: (value) => texts.indexOf(String(value)),
    rangeCondition: (low, high) =>
      conditionOf({ from: (ranges[low] as ValueRange).from, until: (ranges[high] as ValueRange).until }),
  };
}

/** The instant of a cell's local time. If daylight saving skips it, the next local time that exists. */
export const instantIn = (context: ChannelContext, { day, clock }: MomentCell): Instant =>
  instantOf(context.zone, day, clock);
