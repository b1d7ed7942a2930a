import { calendarMessages, type Sentence } from "../errors.js";
import type { CalendarFile } from "../model/rulebook.js";
import type { Amendment, CalendarYear } from "../model/schema/calendar.js";
import { type Day, formatDay, monthOf, parseDay, weekdayIndex, weekdayOf, yearOf } from "../time/day.js";
import { chainOf, dayOrNaN, dayRange, noticesOf, parseNotice, weekendOf, weekendWorkOf } from "./resolve.js";

/** A fault of one file: the JSON path inside it, and what to say. */
export type CalendarIssue = readonly [path: string, sentence: Sentence];

/** One notice of a file, with what has to be known to judge it. */
interface NoticeContext {
  readonly file: CalendarFile;
  readonly path: string;
  readonly notice: CalendarYear | Amendment;
  /** The year whose arrangement it is; undefined for an amendment. */
  readonly year: number | undefined;
  readonly weekend: ReadonlySet<number>;
  readonly weekendWork: boolean;
  /** Whether a day was closed before this notice; undefined where that is computed at run time. */
  readonly closedBefore: (day: Day) => boolean | undefined;
}

/** What is wrong with the years and amendments of one calendar. */
export function checkNotices(
  files: Readonly<Record<string, CalendarFile>>,
  file: CalendarFile,
): CalendarIssue[] {
  const chain = chainOf(files, file.id);
  const calendarContext = {
    file,
    weekend: weekendOf(chain),
    weekendWork: weekendWorkOf(chain),
  };
  const notices = [
    ...Object.entries(file.years ?? {}).map(([year, notice]) => ({
      path: `years.${year}`,
      notice,
      year: Number(year),
    })),
    ...(file.amendments ?? []).map((notice, n) => ({ path: `amendments[${n}]`, notice, year: undefined })),
  ];
  const before = closedBefore(chain, calendarContext.weekend);
  return notices.flatMap((one) =>
    issuesOf({
      ...calendarContext,
      ...one,
      closedBefore: (day) => before(one.notice, day),
    }),
  );
}

function issuesOf(one: NoticeContext): CalendarIssue[] {
  const dates = dateIssues(datesOf(one));
  const ranges = one.notice.holidays.flatMap((range, n): CalendarIssue[] => {
    const sentence = rangeError(range);
    return sentence === undefined ? [] : [[`${one.path}.holidays[${n}]`, sentence]];
  });
  const days = [...yearIssues(one), ...overlapIssues(one), ...workdayIssues(one)];
  const faulty = dates.length + ranges.length + days.length > 0;
  return [...dates, ...ranges, ...days, ...(faulty ? [] : conservationIssues(one))];
}

/** Twice as long as the longest break that there has been. */
const HOLIDAY_DAYS_MAX = 62;

function rangeError({ from, to }: CalendarYear["holidays"][number]): Sentence | undefined {
  if (dayOrNaN(to) < dayOrNaN(from)) return calendarMessages.reversed(from, to);
  if (!(dayOrNaN(to) - dayOrNaN(from) >= HOLIDAY_DAYS_MAX)) return undefined;
  return calendarMessages.tooLong(from, to, HOLIDAY_DAYS_MAX);
}

function datesOf({ path, notice }: NoticeContext): [string, string][] {
  const { published, source } = notice;
  return [
    ...(published === undefined ? [] : [[`${path}.published`, published] as [string, string]]),
    ...(source?.published === undefined
      ? []
      : [[`${path}.source.published`, source.published] as [string, string]]),
    ...namedDays({ path, notice }),
  ];
}

const namedDays = ({ path, notice }: Pick<NoticeContext, "path" | "notice">): [string, string][] => [
  ...notice.holidays.flatMap(({ from, to }, n): [string, string][] => [
    [`${path}.holidays[${n}].from`, from],
    [`${path}.holidays[${n}].to`, to],
  ]),
  ...notice.workdays.map((text, n): [string, string] => [`${path}.workdays[${n}]`, text]),
];

/** A notice names days of its year and, where New Year's break begins there, of the December before. */
function yearIssues(one: NoticeContext): CalendarIssue[] {
  const { year } = one;
  if (year === undefined) return [];
  const belongs = (day: Day): boolean =>
    yearOf(day) === year || (yearOf(day) === year - 1 && monthOf(day) === 12);
  return namedDays(one).flatMap(([path, text]): CalendarIssue[] => {
    const day = parseDay(text);
    return day === undefined || belongs(day) ? [] : [[path, calendarMessages.notOfTheYear(text, year)]];
  });
}

function overlapIssues({ path, notice }: NoticeContext): CalendarIssue[] {
  const { holidays, workdays } = parseNotice(notice);
  return workdays.flatMap((day, n): CalendarIssue[] => {
    const holiday = holidays.find(({ from, to }) => from <= day && day <= to);
    return holiday === undefined
      ? []
      : [[`${path}.workdays[${n}]`, calendarMessages.holidayAndWorkday(formatDay(day), holiday.name)]];
  });
}

const workdayIssues = (one: NoticeContext): CalendarIssue[] =>
  one.notice.workdays.flatMap((text, n): CalendarIssue[] => {
    const day = parseDay(text);
    const sentence = day === undefined ? undefined : workdayError(one, day);
    return sentence === undefined ? [] : [[`${one.path}.workdays[${n}]`, sentence]];
  });

/** The notice of a year opens weekend days; only an amendment may reopen a weekday that was closed before. */
function workdayError(
  { weekend, weekendWork, year, closedBefore }: NoticeContext,
  day: Day,
): Sentence | undefined {
  if (weekend.has(weekdayIndex(day)))
    return weekendWork ? undefined : calendarMessages.noWeekendWork(formatDay(day));
  const weekday = WEEKDAY_NAMES[weekdayOf(day)];
  if (year !== undefined) return calendarMessages.makeupOnWeekday(formatDay(day), weekday);
  return closedBefore(day) === false ? calendarMessages.openAlready(formatDay(day), weekday) : undefined;
}

const WEEKDAY_NAMES = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
} as const;

/**
 * What the notices that act earlier than one, of its file and of those that it extends, said last of one of its
 * workdays; undefined where that is computed at run time.
 */
function closedBefore(
  chain: readonly CalendarFile[],
  weekend: ReadonlySet<number>,
): (notice: CalendarYear | Amendment, day: Day) => boolean | undefined {
  if (chain.some(({ holidaysFrom }) => holidaysFrom !== undefined)) return () => undefined;
  const closed = new Map<Day, boolean>();
  const found = new Map<CalendarYear | Amendment, ReadonlyMap<Day, boolean | undefined>>();
  for (const notice of chain.flatMap(noticesOf)) {
    const { holidays, workdays } = parseNotice(notice);
    found.set(notice, new Map(workdays.map((day) => [day, closed.get(day)])));
    for (const { from, to } of holidays)
      if (to - from < HOLIDAY_DAYS_MAX) for (const day of dayRange(from, to)) closed.set(day, true);
    for (const day of workdays) closed.set(day, false);
  }
  return (notice, day) => found.get(notice)?.get(day) ?? weekend.has(weekdayIndex(day));
}

/**
 * The conservation law of a year's arrangement: swaps cost nothing, so the weekdays off less the weekend days worked
 * are the statutory days. Held by every notice from 2004 to 2026 as first published; one mistyped digit breaks it.
 */
function conservationIssues({ file, path, notice, year, weekend }: NoticeContext): CalendarIssue[] {
  if (year === undefined) return [];
  const law = (file.statutoryDays ?? [])
    .filter(({ from }) => from <= year)
    .toSorted((a, b) => a.from - b.from)
    .at(-1);
  if (law === undefined) return [];
  const { holidays, workdays } = parseNotice(notice);
  const isWeekend = (day: Day): boolean => weekend.has(weekdayIndex(day));
  const closed = new Set(
    holidays.flatMap(({ from, to }) => dayRange(from, to)).filter((day) => !isWeekend(day)),
  ).size;
  // All of them on weekends, or there would be faults.
  const worked = new Set(workdays).size;
  return closed - worked === law.days
    ? []
    : [[path, calendarMessages.notConserved(year, closed, worked, law.days)]];
}

/** Dates that look like one and do not exist, as `2026-02-30`. */
export const dateIssues = (dates: readonly (readonly [path: string, text: string])[]): CalendarIssue[] =>
  dates.flatMap(([path, text]): CalendarIssue[] =>
    parseDay(text) === undefined ? [[path, calendarMessages.noSuchDay(text)]] : [],
  );
