import { calendarMessages, RulebookError } from "../errors.js";
import type {
  Amendment,
  CalendarFile,
  CalendarYear,
  HolidayRange,
  Projection,
} from "../model/schema/calendar.js";
import { addDays, type Day, FIRST_DAY, parseDay, WEEKDAYS, type Weekday } from "../time/day.js";

/** A calendar file with everything that it extends, in one piece and with its dates as numbers. */
export interface ResolvedCalendar {
  readonly id: string;
  readonly zone: string;
  readonly weekend: ReadonlySet<number>;
  readonly weekendWork: boolean;
  /** What is officially known, and the calendars whose files say so. */
  readonly from: Day;
  readonly fromFile: string;
  readonly to: Day;
  readonly toFile: string;
  /** In the order in which they act: a later layer replaces what an earlier one said of a day. */
  readonly notices: readonly Notice[];
  readonly holidaySources: readonly NonNullable<CalendarFile["holidaysFrom"]>[];
  readonly projection: Projection | undefined;
}

export interface Notice {
  readonly holidays: readonly { name: string; from: Day; to: Day }[];
  readonly workdays: readonly Day[];
}

type Files = Readonly<Record<string, CalendarFile>>;

/** Expects files that `checkCalendars` found clean. Throws `RulebookError` for an id that none of them has. */
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
    projection: chain.map((one) => one.projection).findLast((told) => told !== undefined),
  };
}

/** How many calendars may extend one another. */
export const CHAIN_MAX = 16;

/** The calendar and all that it extends, the last ancestor first; stops at what is unknown, seen before, or too far. */
export function chainOf(files: Files, id: string): CalendarFile[] {
  const chain: CalendarFile[] = [];
  for (let file = files[id]; file !== undefined && !chain.includes(file) && chain.length < CHAIN_MAX; ) {
    chain.unshift(file);
    file = file.extends === undefined ? undefined : files[file.extends];
  }
  return chain;
}

/** The weekday indices of the nearest `weekend` of a chain; Saturday and Sunday where none says. */
export function weekendOf(chain: readonly CalendarFile[]): ReadonlySet<number> {
  const names: readonly Weekday[] = chain.map((file) => file.weekend).findLast(Boolean) ?? ["sat", "sun"];
  return new Set(names.map((name) => WEEKDAYS.indexOf(name)));
}

/** Whether weekend days can be opened at all: the nearest `weekendWork` of a chain; yes where none says. */
export const weekendWorkOf = (chain: readonly CalendarFile[]): boolean =>
  chain.map((file) => file.weekendWork).findLast((told) => told !== undefined) ?? true;

/**
 * The notices of one file in the order in which they act: years in order, as whole numbers are among the keys of any
 * object, then amendments as they were published.
 */
export function noticesOf(file: CalendarFile): (CalendarYear | Amendment)[] {
  const years = Object.values(file.years ?? {});
  const amendments = (file.amendments ?? []).toSorted(
    (a, b) => dayOrNaN(a.published) - dayOrNaN(b.published),
  );
  return [...years, ...amendments];
}

/** What one notice says, with its dates as numbers. */
export const parseNotice = (notice: { holidays: HolidayRange[]; workdays: string[] }): Notice => ({
  holidays: notice.holidays.map(({ name, from, to }) => ({ name, from: dayOrNaN(from), to: dayOrNaN(to) })),
  workdays: notice.workdays.map(dayOrNaN),
});

/** A date of a file; one that does not exist is no day at all and touches nothing: `checkCalendars` has named it. */
export const dayOrNaN = (text: string): Day => parseDay(text) ?? (Number.NaN as Day);

/** Every day of a run, both ends included. */
export function dayRange(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** A calendar knows no more than what it extends: the narrowest coverage of the chain holds. */
function coverageLimit(chain: readonly CalendarFile[], side: "from" | "to"): [Day, string] {
  const bounds = chain.flatMap((file): [Day, string][] =>
    file.coverage === undefined ? [] : [[dayOrNaN(file.coverage[side]), file.id]],
  );
  const order = bounds.sort(([a], [b]) => (side === "from" ? b - a : a - b));
  const nothing = side === "from" ? FIRST_DAY : addDays(FIRST_DAY, -1);
  return order[0] ?? [nothing, chain.at(-1)?.id ?? ""];
}
