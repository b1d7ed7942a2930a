import { calendarSays, type Sentence } from "../errors.js";
import type { CalendarFile } from "../model/rulebook.js";
import type { Amendment, CalendarYear } from "../model/schema/calendar.js";
import { type Day, formatDay, monthOf, parseDay, weekdayIndex, weekdayOf, yearOf } from "../time/day.js";
import { chainOf, dated, daysFrom, layerOf, noticesOf, weekendOf, weekendWorkOf } from "./resolve.js";

/** A fault of one file: the JSON path inside it, and what to say. */
export type Fault = readonly [path: string, sentence: Sentence];

/** One notice of a file, with what has to be known to judge it. */
interface Case {
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
export function checkNotices(files: Readonly<Record<string, CalendarFile>>, file: CalendarFile): Fault[] {
  const chain = chainOf(files, file.id);
  const common = {
    file,
    weekend: weekendOf(chain),
    weekendWork: weekendWorkOf(chain),
  };
  const cases = [
    ...Object.entries(file.years ?? {}).map(([year, notice]) => ({
      path: `years.${year}`,
      notice,
      year: Number(year),
    })),
    ...(file.amendments ?? []).map((notice, n) => ({ path: `amendments[${n}]`, notice, year: undefined })),
  ];
  return cases.flatMap((one) =>
    faultsOf({
      ...common,
      ...one,
      closedBefore: (day) => closedBefore(chain, common.weekend, one.notice, day),
    }),
  );
}

function faultsOf(one: Case): Fault[] {
  const dates = dateFaults(datesOf(one));
  const ranges = one.notice.holidays.flatMap(({ from, to }, n): Fault[] =>
    dated(to) < dated(from) ? [[`${one.path}.holidays[${n}]`, calendarSays.reversed(from, to)]] : [],
  );
  const days = [...strayFaults(one), ...bothFaults(one), ...workdayFaults(one)];
  const faulty = dates.length + ranges.length + days.length > 0;
  return [...dates, ...ranges, ...days, ...(faulty ? [] : lawFaults(one))];
}

function datesOf({ path, notice }: Case): [string, string][] {
  const { published, source } = notice;
  return [
    ...(published === undefined ? [] : [[`${path}.published`, published] as [string, string]]),
    ...(source?.published === undefined
      ? []
      : [[`${path}.source.published`, source.published] as [string, string]]),
    ...daysNamed({ path, notice }),
  ];
}

const daysNamed = ({ path, notice }: Pick<Case, "path" | "notice">): [string, string][] => [
  ...notice.holidays.flatMap(({ from, to }, n): [string, string][] => [
    [`${path}.holidays[${n}].from`, from],
    [`${path}.holidays[${n}].to`, to],
  ]),
  ...notice.workdays.map((text, n): [string, string] => [`${path}.workdays[${n}]`, text]),
];

/** A notice names days of its year and, where New Year's break begins there, of the December before. */
function strayFaults(one: Case): Fault[] {
  const { year } = one;
  if (year === undefined) return [];
  const belongs = (day: Day): boolean =>
    yearOf(day) === year || (yearOf(day) === year - 1 && monthOf(day) === 12);
  return daysNamed(one).flatMap(([path, text]): Fault[] => {
    const day = parseDay(text);
    return day === undefined || belongs(day) ? [] : [[path, calendarSays.notOfTheYear(text, year)]];
  });
}

const bothFaults = ({ path, notice }: Case): Fault[] =>
  notice.workdays.flatMap((text, n): Fault[] => {
    const holiday = notice.holidays.find(
      ({ from, to }) => dated(from) <= dated(text) && dated(text) <= dated(to),
    );
    return holiday === undefined
      ? []
      : [[`${path}.workdays[${n}]`, calendarSays.holidayAndWorkday(text, holiday.name)]];
  });

const workdayFaults = (one: Case): Fault[] =>
  one.notice.workdays.flatMap((text, n): Fault[] => {
    const day = parseDay(text);
    const sentence = day === undefined ? undefined : workdayFault(one, day);
    return sentence === undefined ? [] : [[`${one.path}.workdays[${n}]`, sentence]];
  });

/** The notice of a year opens weekend days; only an amendment may reopen a weekday that was closed before. */
function workdayFault({ weekend, weekendWork, year, closedBefore }: Case, day: Day): Sentence | undefined {
  if (weekend.has(weekdayIndex(day)))
    return weekendWork ? undefined : calendarSays.noWeekendWork(formatDay(day));
  const weekday = NAMES[weekdayOf(day)];
  if (year !== undefined) return calendarSays.makeupOnWeekday(formatDay(day), weekday);
  return closedBefore(day) === false ? calendarSays.openAlready(formatDay(day), weekday) : undefined;
}

const NAMES = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
} as const;

/** What the notices that act earlier, of this file and of those that it extends, said last of a day. */
function closedBefore(
  chain: readonly CalendarFile[],
  weekend: ReadonlySet<number>,
  notice: CalendarYear | Amendment,
  day: Day,
): boolean | undefined {
  if (chain.some(({ holidaysFrom }) => holidaysFrom !== undefined)) return undefined;
  const all = chain.flatMap(noticesOf);
  const said = all
    .slice(0, all.indexOf(notice))
    .map(layerOf)
    .map(({ holidays, workdays }) => {
      if (workdays.includes(day)) return false;
      return holidays.some(({ from, to }) => from <= day && day <= to) ? true : undefined;
    });
  return said.findLast((told) => told !== undefined) ?? weekend.has(weekdayIndex(day));
}

/**
 * The conservation law of a year's arrangement: swaps cost nothing, so the weekdays off less the weekend days worked
 * are the statutory days. Held by every notice from 2004 to 2026 as first published; one mistyped digit breaks it.
 */
function lawFaults({ file, path, notice, year, weekend }: Case): Fault[] {
  if (year === undefined) return [];
  const law = (file.statutoryDays ?? [])
    .filter(({ from }) => from <= year)
    .toSorted((a, b) => a.from - b.from)
    .at(-1);
  if (law === undefined) return [];
  const { holidays, workdays } = layerOf(notice);
  const isWeekend = (day: Day): boolean => weekend.has(weekdayIndex(day));
  const closed = new Set(
    holidays.flatMap(({ from, to }) => daysFrom(from, to)).filter((day) => !isWeekend(day)),
  ).size;
  const worked = new Set(workdays.filter(isWeekend)).size;
  return closed - worked === law.days
    ? []
    : [[path, calendarSays.notConserved(year, closed, worked, law.days)]];
}

/** Dates that look like one and do not exist, as `2026-02-30`. */
export const dateFaults = (dates: readonly (readonly [path: string, text: string])[]): Fault[] =>
  dates.flatMap(([path, text]): Fault[] =>
    parseDay(text) === undefined ? [[path, calendarSays.noSuchDay(text)]] : [],
  );
