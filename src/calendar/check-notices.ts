import { calendarMessages, type Sentence } from "../errors.js";
import type { CalendarFile } from "../model/rulebook.js";
import type { Amendment, CalendarYear } from "../model/schema/calendar.js";
import { type Day, formatDay, monthOf, parseDay, weekdayIndex, weekdayOf, yearOf } from "../time/day.js";
import { chainOf, dayOrNaN, dayRange, noticesOf, parseNotice, weekendOf, weekendWorkOf } from "./resolve.js";

/** An issue of one calendar file: the JSON path inside the file, and the message. */
export type CalendarIssue = readonly [path: string, sentence: Sentence];

/** A notice of a file, with what its checks need. */
interface NoticeContext {
  readonly file: CalendarFile;
  readonly path: string;
  readonly notice: CalendarYear | Amendment;
  /** The year of the notice. Undefined for an amendment. */
  readonly year: number | undefined;
  readonly weekend: ReadonlySet<number>;
  readonly weekendWork: boolean;
  /** Whether a day was closed before this notice. Undefined if holidays are read at run time. */
  readonly closedBefore: (day: Day) => boolean | undefined;
}

/** The issues of the years and amendments of one calendar. */
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

function issuesOf(context: NoticeContext): CalendarIssue[] {
  const dates = dateIssues(datesOf(context));
  const ranges = context.notice.holidays.flatMap((range, n): CalendarIssue[] => {
    const sentence = rangeError(range);
    return sentence === undefined ? [] : [[`${context.path}.holidays[${n}]`, sentence]];
  });
  const days = [...yearIssues(context), ...overlapIssues(context), ...workdayIssues(context)];
  const isWrong = dates.length + ranges.length + days.length > 0;
  return [...dates, ...ranges, ...days, ...(isWrong ? [] : conservationIssues(context))];
}

/** Twice the length of the longest break so far. */
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

/** A notice may name days of its year, and of the December before, in which New Year's break may start. */
function yearIssues(context: NoticeContext): CalendarIssue[] {
  const { year } = context;
  if (year === undefined) return [];
  const belongs = (day: Day): boolean =>
    yearOf(day) === year || (yearOf(day) === year - 1 && monthOf(day) === 12);
  return namedDays(context).flatMap(([path, text]): CalendarIssue[] => {
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

const workdayIssues = (context: NoticeContext): CalendarIssue[] =>
  context.notice.workdays.flatMap((text, n): CalendarIssue[] => {
    const day = parseDay(text);
    const sentence = day === undefined ? undefined : workdayError(context, day);
    return sentence === undefined ? [] : [[`${context.path}.workdays[${n}]`, sentence]];
  });

/** The notice of a year may open weekend days only. An amendment may also reopen a closed weekday. */
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
 * Whether earlier notices closed a workday of a notice. Notices of extended files count too. The result is undefined if
 * holidays are read at run time.
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
 * In the notice of a year, the closed weekdays minus the worked weekend days equal the statutory days off, because a swap
 * adds none. This holds for every notice from 2004 to 2026 as first published, and finds mistyped digits.
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
  // All are weekend days, because there are no other issues.
  const worked = new Set(workdays).size;
  return closed - worked === law.days
    ? []
    : [[path, calendarMessages.notConserved(year, closed, worked, law.days)]];
}

/** Issues of dates that do not exist, as `2026-02-30`. */
export const dateIssues = (dates: readonly (readonly [path: string, text: string])[]): CalendarIssue[] =>
  dates.flatMap(([path, text]): CalendarIssue[] =>
    parseDay(text) === undefined ? [[path, calendarMessages.noSuchDay(text)]] : [],
  );
