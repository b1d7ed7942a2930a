import { type BusinessDays, count, type DayKind, isOpen, kindOf, nameOf } from "../calendar/business-days.js";
import { compileCalendars } from "../calendar/compile.js";
import { chainOf, dayOrNaN, dayRange, noticesOf } from "../calendar/resolve.js";
import type { CalendarFile, Title } from "../model/rulebook.js";
import type { Source } from "../model/schema/common.js";
import { addDays, type Day, dayOf, formatDay } from "../time/day.js";

/** One year of a calendar. Dates are `YYYY-MM-DD`, and ranges include both ends. */
export interface CalendarYear {
  readonly id: string;
  readonly title: Title;
  readonly zone: string;
  readonly year: number;
  /** `projected` if any day of the year is projected. */
  readonly status: "official" | "amended" | "projected";
  /** The first and last known day of the year, and the last day that an official notice covers. */
  readonly from: string;
  readonly to: string;
  readonly officialUntil: string;
  /** A projected year lacks the make-up workdays that its notice will name. */
  readonly businessDays: number;
  readonly holidays: readonly { name: string; from: string; to: string; days: number }[];
  readonly makeupDays: readonly string[];
  readonly sources: readonly (Source & { calendar: string })[];
}

/** A year, and the kind of each of its days. */
export interface YearGrid {
  readonly summary: CalendarYear;
  /** Undefined if the day is unknown, or lies outside the year. */
  readonly kind: (day: Day) => DayKind | undefined;
}

type Files = Readonly<Record<string, CalendarFile>>;

/**
 * Reads a year of the expected calendar. The file must be one of `files`.
 *
 * @throws QuestionError outside-coverage if no day of the year is known
 */
export function yearGridOf(files: Files, file: CalendarFile, year: number): YearGrid {
  const days = compileCalendars(files).get(file.id, "expected");
  const from = Math.max(dayOf(year, 1, 1), days.first.day) as Day;
  const to = Math.min(dayOf(year, 12, 31), days.last.day) as Day;
  if (from > to) isOpen(days, dayOf(year, 1, 1));
  const all = dayRange(from, to);
  const summary: CalendarYear = {
    ...{ id: file.id, title: file.title, zone: days.zone, year },
    status:
      to > days.officialUntil
        ? "projected"
        : amendmentsOf(files, file, all).length > 0
          ? "amended"
          : "official",
    ...{ from: formatDay(from), to: formatDay(to), officialUntil: formatDay(days.officialUntil) },
    businessDays: count(days, from, addDays(to, 1)),
    holidays: holidaysIn(days, all),
    makeupDays: all.filter((day) => kindOf(days, day) === "makeup").map(formatDay),
    sources: sourcesOf(files, file, all, to > days.officialUntil),
  };
  return { summary, kind: (day) => (day < from || day > to ? undefined : kindOf(days, day)) };
}

/** Joins neighbouring days of the same name into one holiday. */
function holidaysIn(days: BusinessDays, all: readonly Day[]): CalendarYear["holidays"] {
  const found: { name: string; first: Day; last: Day }[] = [];
  for (const day of all) {
    const name = nameOf(days, day);
    const open = found.at(-1);
    if (name === undefined) continue;
    if (open?.name === name && open.last === day - 1) open.last = day;
    else found.push({ name, first: day, last: day });
  }
  return found.map(({ name, first, last }) => ({
    name,
    from: formatDay(first),
    to: formatDay(last),
    days: last - first + 1,
  }));
}

type Notice = ReturnType<typeof noticesOf>[number];

/** Whether a notice names any of the days. Days that it adds to the December before count for that year. */
const touches = ({ holidays, workdays }: Notice, [first, last]: readonly [Day, Day]): boolean =>
  workdays.some((text) => dayOrNaN(text) >= first && dayOrNaN(text) <= last) ||
  holidays.some(({ from, to }) => dayOrNaN(from) <= last && dayOrNaN(to) >= first);

const endsOf = (all: readonly Day[]): [Day, Day] => [all[0] as Day, all.at(-1) as Day];

const amendmentsOf = (files: Files, file: CalendarFile, all: readonly Day[]): Notice[] =>
  chainOf(files, file.id)
    .flatMap(({ amendments = [] }) => amendments)
    .filter((notice) => touches(notice, endsOf(all)));

/** Sources of the year: notices, holiday lists of a package, and the source of a projection. */
function sourcesOf(
  files: Files,
  file: CalendarFile,
  all: readonly Day[],
  projected: boolean,
): CalendarYear["sources"] {
  return chainOf(files, file.id).flatMap((one) => {
    const notices = noticesOf(one).filter((notice) => touches(notice, endsOf(all)));
    const listed =
      one.holidaysFrom === undefined ? [] : [{ title: `date-holidays, ${one.holidaysFrom.country}` }];
    const projection = projected ? [one.projection?.source] : [];
    return [...notices.map(({ source }) => source), ...listed, ...projection]
      .filter((source) => source !== undefined)
      .map((source) => ({ calendar: one.id, ...source }));
  });
}
