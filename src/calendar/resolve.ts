import { calendarMessages, RulebookError } from "../errors.js";
import type {
  Amendment,
  CalendarFile,
  CalendarYear,
  HolidayRange,
  Projection,
} from "../model/schema/calendar.js";
import { addDays, type Day, FIRST_DAY, parseDay, WEEKDAYS, type Weekday } from "../time/day.js";

/** A calendar file merged with all files that it extends, with dates as numbers. */
export interface ResolvedCalendar {
  readonly id: string;
  readonly zone: string;
  readonly weekend: ReadonlySet<number>;
  readonly weekendWork: boolean;
  /** The official coverage, and the calendars whose files set it. */
  readonly from: Day;
  readonly fromFile: string;
  readonly to: Day;
  readonly toFile: string;
  /** In order of precedence: a later notice overrides an earlier one. */
  readonly notices: readonly Notice[];
  readonly holidaySources: readonly NonNullable<CalendarFile["holidaysFrom"]>[];
  readonly projection: Projection | undefined;
}

/** A notice or amendment with dates as numbers. */
export interface Notice {
  readonly holidays: readonly { name: string; from: Day; to: Day }[];
  readonly workdays: readonly Day[];
}

type Files = Readonly<Record<string, CalendarFile>>;

/**
 * Merges a calendar with all that it extends. The files must have passed `checkCalendars`.
 *
 * @throws RulebookError for an unknown id
 */
export function resolveCalendar(files: Files, id: string): ResolvedCalendar {
  const file = files[id];
  if (file === undefined) {
    throw new RulebookError([{ name: id, ...calendarMessages.unknown(id, Object.keys(files)) }]);
  }
  const chain = chainOf(files, id);
  const [from, fromFile] = coverageLimit(chain, "from");
  const [to, toFile] = coverageLimit(chain, "to");
  return {
    id,
    zone: file.zone,
    weekend: weekendOf(chain),
    weekendWork: weekendWorkOf(chain),
    ...{ from, fromFile, to, toFile },
    notices: chain.flatMap(noticesOf).map(parseNotice),
    holidaySources: chain.flatMap((one) => one.holidaysFrom ?? []),
    projection: chain.map((one) => one.projection).findLast((value) => value !== undefined),
  };
}

/** The maximum length of a chain of `extends`. */
export const CHAIN_MAX = 16;

/** The calendar and all that it extends, the root first. Stops at an unknown id, at a cycle and at `CHAIN_MAX`. */
export function chainOf(files: Files, id: string): CalendarFile[] {
  const chain: CalendarFile[] = [];
  for (let file = files[id]; file !== undefined && !chain.includes(file) && chain.length < CHAIN_MAX; ) {
    chain.unshift(file);
    file = file.extends === undefined ? undefined : files[file.extends];
  }
  return chain;
}

/** Weekday indices of the nearest `weekend` of a chain. Default: Saturday and Sunday. */
export function weekendOf(chain: readonly CalendarFile[]): ReadonlySet<number> {
  const names: readonly Weekday[] = chain.map((file) => file.weekend).findLast(Boolean) ?? ["sat", "sun"];
  return new Set(names.map((name) => WEEKDAYS.indexOf(name)));
}

/** Whether make-up workdays are possible: the nearest `weekendWork` of a chain. Default: true. */
export const weekendWorkOf = (chain: readonly CalendarFile[]): boolean =>
  chain.map((file) => file.weekendWork).findLast((value) => value !== undefined) ?? true;

/**
 * The notices of one file in order of precedence: years, then amendments by publication. Years need no sorting, because
 * JavaScript orders integer keys.
 */
export function noticesOf(file: CalendarFile): (CalendarYear | Amendment)[] {
  const years = Object.values(file.years ?? {});
  const amendments = (file.amendments ?? []).toSorted(
    (a, b) => dayOrNaN(a.published) - dayOrNaN(b.published),
  );
  return [...years, ...amendments];
}

export const parseNotice = (notice: { holidays: HolidayRange[]; workdays: string[] }): Notice => ({
  holidays: notice.holidays.map(({ name, from, to }) => ({ name, from: dayOrNaN(from), to: dayOrNaN(to) })),
  workdays: notice.workdays.map(dayOrNaN),
});

/** Parses a date of a file. A date that does not exist is NaN and matches no day; `checkCalendars` reports it. */
export const dayOrNaN = (text: string): Day => parseDay(text) ?? (Number.NaN as Day);

/** Every day from `from` to `to`, both included. */
export function dayRange(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** One end of the coverage: the narrowest of the chain, because a calendar knows no more than what it extends. */
function coverageLimit(chain: readonly CalendarFile[], side: "from" | "to"): [Day, string] {
  const bounds = chain.flatMap((file): [Day, string][] =>
    file.coverage === undefined ? [] : [[dayOrNaN(file.coverage[side]), file.id]],
  );
  const order = bounds.sort(([a], [b]) => (side === "from" ? b - a : a - b));
  const nothing = side === "from" ? FIRST_DAY : addDays(FIRST_DAY, -1);
  return order[0] ?? [nothing, chain.at(-1)?.id ?? ""];
}
