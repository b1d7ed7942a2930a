import { calendarMessages, QuestionError } from "../errors.js";
import { addDays, type Day, dayOf, formatDay, weekdayIndex, yearOf } from "../time/day.js";
import { covers, isOpenOn, type OpenDays, rankOf } from "./open-days.js";

export type DayKind = "business" | "weekend" | "holiday" | "makeup";

/** Open days and the names of the closed ones, as far as they have been drawn. */
export interface ComputedDays {
  readonly openDays: OpenDays;
  readonly names: ReadonlyMap<Day, string>;
}

/** Where the answers of a calendar begin or end. */
export interface Limit {
  readonly day: Day;
  /** Which calendar stops there, of several that are taken together. */
  readonly id: string;
  /** The calendar whose file has to be extended: it differs from `id` where that extends another. */
  readonly file: string;
  readonly projected: boolean;
}

/**
 * The business days of one calendar, or of several taken together, at one bound. Everything is fixed; only `memory`
 * grows, as later or earlier days are asked about.
 */
export interface BusinessDays {
  /** The calendar's id; of several, their ids in order, joined by `+`. */
  readonly id: string;
  readonly zone: string;
  /** The last day that is officially known: a later day is projected. */
  readonly officialUntil: Day;
  /** The first and the last day that can be asked about. */
  readonly first: Limit;
  readonly last: Limit;
  /** Weekday indices, Monday being 0. */
  readonly weekend: ReadonlySet<number>;
  /** Whether the official days are drawn at once (they come from files) or by the year (they are computed slowly). */
  readonly computesOfficialAtOnce: boolean;
  readonly compute: (from: Day, to: Day) => ComputedDays;
  readonly cache: { computed: ComputedDays | undefined };
}

/** Whether a day is a business day. Like all questions here it throws `outside-coverage` where nothing is known. */
export const isOpen = (c: BusinessDays, day: Day): boolean => isOpenOn(computedFor(c, day).openDays, day);

/** The first business day strictly after `day`. */
export const next = (c: BusinessDays, day: Day): Day => shift(c, day, 1);

/** `day` itself where it is a business day, else the next one. */
export const nextOrSame = (c: BusinessDays, day: Day): Day => shift(c, day, 0);

/** The last business day strictly before `day`. */
export const previous = (c: BusinessDays, day: Day): Day => shift(c, day, -1);

/** `day` itself where it is a business day, else the one before. */
export const previousOrSame = (c: BusinessDays, day: Day): Day => (isOpen(c, day) ? day : previous(c, day));

/**
 * The n-th business day strictly after `day`, or before it where n is negative; for 0 the same as `nextOrSame`. From
 * a closed day the first day counted is the next business day: on `cn.hvps`, 1 from Saturday 2026-02-21 is Tuesday the 24th.
 */
export function shift(c: BusinessDays, day: Day, n: number): Day {
  let { openDays: table } = computedFor(c, day);
  const steps = n > 0 && !isOpenOn(table, day) ? n - 1 : n;
  for (;;) {
    const k = rankOf(table, day) + steps;
    const found = table.opens[k];
    if (found !== undefined) return found as Day;
    table = computedFor(c, addDays(k < 0 ? table.from : table.to, k < 0 ? -1 : 1)).openDays;
  }
}

/** How many business days lie from `fromInclusive` to before `untilExclusive`; negative where these are reversed. */
export function count(c: BusinessDays, fromInclusive: Day, untilExclusive: Day): number {
  if (untilExclusive === fromInclusive) return 0;
  if (untilExclusive < fromInclusive) return -count(c, untilExclusive, fromInclusive);
  computedFor(c, fromInclusive);
  const { openDays: table } = computedFor(c, addDays(untilExclusive, -1));
  return rankOf(table, untilExclusive) - rankOf(table, fromInclusive);
}

/** Open: `makeup` on a weekend day, else `business`. Closed: `holiday` where it has a name, else `weekend`. */
export function kindOf(c: BusinessDays, day: Day): DayKind {
  const { openDays: table, names } = computedFor(c, day);
  if (isOpenOn(table, day)) return c.weekend.has(weekdayIndex(day)) ? "makeup" : "business";
  return names.has(day) ? "holiday" : "weekend";
}

/** The name of the holiday that closes a day; undefined for open days and plain weekends. */
export const nameOf = (c: BusinessDays, day: Day): string | undefined => computedFor(c, day).names.get(day);

/** What is drawn, made to hold `day` and everything between it and what was drawn before. */
export function computedFor(c: BusinessDays, day: Day): ComputedDays {
  const computed = c.cache.computed;
  if (computed !== undefined && covers(computed.openDays, day)) return computed;
  requireCovered(c, day);
  const [from, to] = rangeToCompute(c, day);
  const wider =
    computed === undefined
      ? c.compute(from, to)
      : c.compute(Math.min(from, computed.openDays.from) as Day, Math.max(to, computed.openDays.to) as Day);
  c.cache.computed = wider;
  return wider;
}

/** The least that is drawn for a day: never a projected day for the sake of an official one. */
function rangeToCompute(c: BusinessDays, day: Day): [Day, Day] {
  const official = day <= c.officialUntil;
  if (official && c.computesOfficialAtOnce) return [c.first.day, c.officialUntil];
  const from = Math.max(dayOf(yearOf(day), 1, 1), c.first.day);
  const to = Math.min(dayOf(yearOf(day), 12, 31), official ? c.officialUntil : c.last.day);
  return [from as Day, to as Day];
}

function requireCovered(c: BusinessDays, day: Day): void {
  if (day >= c.first.day && day <= c.last.day) return;
  const limit = day < c.first.day ? c.first : c.last;
  const after = limit.projected ? calendarMessages.afterProjection : calendarMessages.afterCoverage;
  const message = limit === c.first ? calendarMessages.beforeCoverage : after;
  throw new QuestionError(
    "outside-coverage",
    `calendar ${c.id}`,
    message(limit.id, formatDay(limit.day), limit.file),
  );
}
