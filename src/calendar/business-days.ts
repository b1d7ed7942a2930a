import { calendarMessages, QuestionError } from "../errors.js";
import { addDays, type Day, dayOf, formatDay, weekdayIndex, yearOf } from "../time/day.js";
import { covers, isOpenOn, type OpenDays, rankOf } from "./open-days.js";

export type DayKind = "business" | "weekend" | "holiday" | "makeup";

/** The open days of a range, and the names of its holidays. */
export interface ComputedDays {
  readonly openDays: OpenDays;
  readonly names: ReadonlyMap<Day, string>;
}

/** The first or last day of a calendar. */
export interface Limit {
  readonly day: Day;
  /** The calendar that ends there, if several are combined. */
  readonly id: string;
  /** The calendar whose file must be extended. It differs from `id` if that calendar extends another. */
  readonly file: string;
  readonly projected: boolean;
}

/**
 * The business days of one calendar, or the days open in all of several, at one bound. Days are computed when they are
 * first needed and kept in `cache`; all else is immutable.
 */
export interface BusinessDays {
  /** The calendar's id, or the sorted ids of several, joined by `+`. */
  readonly id: string;
  readonly zone: string;
  /** The last officially known day. Later days are projected. */
  readonly officialUntil: Day;
  /** The first and last day of the calendar, projection included. */
  readonly first: Limit;
  readonly last: Limit;
  /** Weekday indices, 0 for Monday. */
  readonly weekend: ReadonlySet<number>;
  /** True: all official days are computed at once. False: year by year, because date-holidays is slow. */
  readonly computesOfficialAtOnce: boolean;
  readonly compute: (from: Day, to: Day) => ComputedDays;
  readonly cache: { computed: ComputedDays | undefined };
}

/**
 * Whether a day is a business day.
 *
 * @throws QuestionError outside-coverage outside `first` to `last`, as do all functions below
 */
export const isOpen = (calendar: BusinessDays, day: Day): boolean =>
  isOpenOn(computedFor(calendar, day).openDays, day);

/** The first business day strictly after `day`. */
export const next = (calendar: BusinessDays, day: Day): Day => shift(calendar, day, 1);

/** `day` itself if it is a business day, else the next one. */
export const nextOrSame = (calendar: BusinessDays, day: Day): Day => shift(calendar, day, 0);

/** The last business day strictly before `day`. */
export const previous = (calendar: BusinessDays, day: Day): Day => shift(calendar, day, -1);

/** `day` itself if it is a business day, else the previous one. */
export const previousOrSame = (calendar: BusinessDays, day: Day): Day =>
  isOpen(calendar, day) ? day : previous(calendar, day);

/**
 * The n-th business day strictly after `day`, or before it if n is negative. `shift(calendar, day, 0)` equals `nextOrSame`. From
 * a closed day, the next business day counts as 1: on `cn.hvps`, 1 from Saturday 2026-02-21 is Tuesday the 24th.
 */
export function shift(calendar: BusinessDays, day: Day, n: number): Day {
  let { openDays } = computedFor(calendar, day);
  const steps = n > 0 && !isOpenOn(openDays, day) ? n - 1 : n;
  for (;;) {
    const k = rankOf(openDays, day) + steps;
    const found = openDays.opens[k];
    if (found !== undefined) return found as Day;
    ({ openDays } = computedFor(calendar, addDays(k < 0 ? openDays.from : openDays.to, k < 0 ? -1 : 1)));
  }
}

/** The number of business days from `fromInclusive` up to `untilExclusive`. Negative if they are reversed. */
export function count(calendar: BusinessDays, fromInclusive: Day, untilExclusive: Day): number {
  if (untilExclusive === fromInclusive) return 0;
  if (untilExclusive < fromInclusive) return -count(calendar, untilExclusive, fromInclusive);
  computedFor(calendar, fromInclusive);
  const { openDays } = computedFor(calendar, addDays(untilExclusive, -1));
  return rankOf(openDays, untilExclusive) - rankOf(openDays, fromInclusive);
}

/** Open days are `makeup` on a weekend, else `business`. Closed days are `holiday` if they have a name, else `weekend`. */
export function kindOf(calendar: BusinessDays, day: Day): DayKind {
  const { openDays, names } = computedFor(calendar, day);
  if (isOpenOn(openDays, day)) return calendar.weekend.has(weekdayIndex(day)) ? "makeup" : "business";
  return names.has(day) ? "holiday" : "weekend";
}

/** The name of the holiday on a day. Undefined for open days and ordinary weekends. */
export const nameOf = (calendar: BusinessDays, day: Day): string | undefined =>
  computedFor(calendar, day).names.get(day);

/** The computed days, extended to include `day`. They stay contiguous. */
export function computedFor(calendar: BusinessDays, day: Day): ComputedDays {
  const computed = calendar.cache.computed;
  if (computed !== undefined && covers(computed.openDays, day)) return computed;
  requireCovered(calendar, day);
  const [from, to] = rangeToCompute(calendar, day);
  const wider =
    computed === undefined
      ? calendar.compute(from, to)
      : calendar.compute(
          Math.min(from, computed.openDays.from) as Day,
          Math.max(to, computed.openDays.to) as Day,
        );
  calendar.cache.computed = wider;
  return wider;
}

/** The range to compute for a day. An official day never causes a projection. */
function rangeToCompute(calendar: BusinessDays, day: Day): [Day, Day] {
  const official = day <= calendar.officialUntil;
  if (official && calendar.computesOfficialAtOnce) return [calendar.first.day, calendar.officialUntil];
  const from = Math.max(dayOf(yearOf(day), 1, 1), calendar.first.day);
  const to = Math.min(dayOf(yearOf(day), 12, 31), official ? calendar.officialUntil : calendar.last.day);
  return [from as Day, to as Day];
}

function requireCovered(calendar: BusinessDays, day: Day): void {
  if (day >= calendar.first.day && day <= calendar.last.day) return;
  const limit = day < calendar.first.day ? calendar.first : calendar.last;
  const after = limit.projected ? calendarMessages.afterProjection : calendarMessages.afterCoverage;
  const message = limit === calendar.first ? calendarMessages.beforeCoverage : after;
  throw new QuestionError(
    "outside-coverage",
    `calendar ${calendar.id}`,
    message(limit.id, formatDay(limit.day), limit.file),
  );
}
