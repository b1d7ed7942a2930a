import Holidays from "date-holidays";
import type { Bound } from "../../src/model/bound.js";
import type { CalendarFile } from "../../src/model/rulebook.js";
import type {
  Amendment,
  Block,
  CalendarYear,
  HolidayRange,
  Projection,
} from "../../src/model/schema/calendar.js";
import type { Book } from "./book.js";
import { DAY, dateOf, dayOf, instantOf, weekdayOf } from "./local-time.js";
import { Unanswerable } from "./unanswerable.js";

/** Calendars, computed day by day from all notices. */

export interface DayState {
  readonly kind: "business" | "weekend" | "holiday" | "makeup";
  readonly name?: string | undefined;
  readonly projected: boolean;
}

/** The bound decides the kind of days that are not announced; `asOf` decides which notices were published. */
export interface CalendarQuery {
  readonly book: Book;
  readonly bound: Bound;
  readonly asOf: number | undefined;
}

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export const isOpenDay = ({ kind }: DayState): boolean => kind === "business" || kind === "makeup";

const stateCache = new WeakMap<Book, Map<string, DayState>>();

export function stateOf(calendarQuery: CalendarQuery, id: string, day: number): DayState {
  const { book, bound, asOf } = calendarQuery;
  const key = `${id} ${day} ${bound} ${asOf === undefined ? "" : noticeCountAt(book, id, asOf)}`;
  let known = stateCache.get(book);
  if (known === undefined) {
    known = new Map();
    stateCache.set(book, known);
  }
  let state = known.get(key);
  if (state === undefined) {
    state = computeState(calendarQuery, id, day);
    known.set(key, state);
  }
  return state;
}

/** The calendar and those that it extends, base first. */
function chainOf(book: Book, id: string): CalendarFile[] {
  const file = book.calendars[id] as CalendarFile;
  return file.extends === undefined ? [file] : [...chainOf(book, file.extends), file];
}

const isPublishedBy = (zone: string, published: string | undefined, asOf: number | undefined): boolean =>
  asOf === undefined || published === undefined || instantOf(zone, dayOf(published), "00:00") <= asOf;

const noticeCountCache = new WeakMap<Book, Map<string, string>>();

/** The number of published notices as a cache key: instants with the same number have the same answers. */
function noticeCountAt(book: Book, id: string, asOf: number): string {
  const known = noticeCountCache.get(book) ?? new Map<string, string>();
  noticeCountCache.set(book, known);
  const key = `${id} ${asOf}`;
  const count = known.get(key) ?? countNotices(book, id, asOf);
  known.set(key, count);
  return count;
}

function countNotices(book: Book, id: string, asOf: number): string {
  const dates = chainOf(book, id).flatMap((file) =>
    [...Object.values(file.years ?? {}), ...(file.amendments ?? [])]
      .map(({ published }) => published)
      .filter((published) => published !== undefined && isPublishedBy(file.zone, published, asOf)),
  );
  return `${dates.length}`;
}

function computeState({ book, bound, asOf }: CalendarQuery, id: string, day: number): DayState {
  const chain = chainOf(book, id);
  const nearest = <K extends keyof CalendarFile>(key: K): CalendarFile[K] | undefined =>
    chain.findLast((file) => file[key] !== undefined)?.[key];
  const weekend = (nearest("weekend") ?? ["sat", "sun"]).includes(WEEKDAYS[weekdayOf(day)] as "sat");
  const worked = nearest("weekendWork") ?? true;
  const holder = chain.findLast((file) => file.coverage !== undefined) as CalendarFile;
  const { from, to } = holder.coverage as { from: string; to: string };
  if (day < dayOf(from)) throw new Unanswerable("outside-coverage");
  const official = day <= Math.min(dayOf(to), lastKnownDay(holder, asOf));
  if (official) return officialState(chain, asOf, day, weekend, worked);
  const projection = nearest("projection");
  if (projection === undefined || day > dayOf(projection.until)) throw new Unanswerable("outside-coverage");
  return projectedState(projection, nearest("holidaysFrom"), bound, day, weekend, worked);
}

/** The day before the first year whose notice was not published yet. */
function lastKnownDay({ years = {}, zone }: CalendarFile, asOf: number | undefined): number {
  const unknown = Object.entries(years)
    .filter(([, { published }]) => !isPublishedBy(zone, published, asOf))
    .map(([year]) => dayOf(`${year}-01-01`));
  return Math.min(...unknown, Number.POSITIVE_INFINITY) - 1;
}

const isInRange = ({ from, to }: HolidayRange, day: number): boolean =>
  dayOf(from) <= day && day <= dayOf(to);

function officialState(
  chain: CalendarFile[],
  asOf: number | undefined,
  day: number,
  weekend: boolean,
  worked: boolean,
): DayState {
  const noticeCountCache: (CalendarYear | Amendment)[] = chain.flatMap(({ years = {}, zone }) =>
    Object.values(years).filter(({ published }) => isPublishedBy(zone, published, asOf)),
  );
  const later = chain
    .flatMap(({ amendments = [], zone }) =>
      amendments.filter(({ published }) => isPublishedBy(zone, published, asOf)),
    )
    .sort((one, other) => dayOf(one.published) - dayOf(other.published));
  let state: DayState = { kind: weekend ? "weekend" : "business", projected: false };
  for (const { country, types } of chain.flatMap((file) => file.holidaysFrom ?? []))
    for (const listed of listedIn(country, types, day)) state = closed(listed);
  for (const notice of [...noticeCountCache, ...later]) {
    for (const holiday of notice.holidays) if (isInRange(holiday, day)) state = closed(holiday.name);
    if (notice.workdays.includes(dateOf(day)))
      state = { kind: weekend ? "makeup" : "business", projected: false };
  }
  return worked || !weekend || state.kind === "holiday" ? state : { kind: "weekend", projected: false };
}

const closed = (name: string, projected = false): DayState => ({ kind: "holiday", name, projected });

interface Break {
  readonly name: string;
  /** The statutory days. */
  readonly law: readonly number[];
  readonly first: number;
  readonly last: number;
}

function projectedState(
  { country, blocks, makeupWithinDays = -1 }: Projection,
  holidaysOf: CalendarFile["holidaysFrom"],
  bound: Bound,
  day: number,
  weekend: boolean,
  worked: boolean,
): DayState {
  const ordinary: DayState = { kind: weekend ? "weekend" : "business", projected: true };
  const listed = holidaysOf === undefined ? [] : listedIn(holidaysOf.country, holidaysOf.types, day);
  if (listed.length > 0) return closed(listed[0] as string, true);
  const year = new Date(day * DAY).getUTCFullYear();
  const breaks = [year - 1, year, year + 1].flatMap((one) => breaksOf(country, blocks, one));
  if (bound !== "earliest") {
    const found = breaks.find(({ first, last }) => first <= day && day <= last);
    return found === undefined ? ordinary : closed(found.name, true);
  }
  const named = breaks.find(({ law }) => law.includes(day));
  if (named !== undefined) return closed(named.name, true);
  const near = breaks.some(
    ({ first, last }) => first - makeupWithinDays <= day && day <= last + makeupWithinDays,
  );
  return weekend && worked && near ? { kind: "makeup", projected: true } : ordinary;
}

const breakCache = new Map<string, Break[]>();

function breaksOf(country: string, blocks: readonly Block[], year: number): Break[] {
  const key = `${country} ${year} ${JSON.stringify(blocks)}`;
  const known = breakCache.get(key);
  if (known !== undefined) return known;
  const anchors = blocks.map(({ name, listedAs }) => firstListed(country, listedAs ?? name, year));
  const breaks = blocks.map((block, index) => {
    const anchor = anchors[index] as number;
    const law = Array.from({ length: block.statutoryDays ?? 1 }, (_, n) => anchor + n);
    if (block.from === "around") return { name: block.name, law, ...aroundDay(anchor, block.days) };
    const merged = anchors.some((other, n) => n !== index && anchor <= other && other < anchor + block.days);
    const days = merged ? (block.mergedDays ?? block.days) : block.days;
    return { name: block.name, law, first: anchor, last: anchor + days - 1 };
  });
  breakCache.set(key, breaks);
  return breaks;
}

/** A break of three days: joins the day to the nearest weekend. A Wednesday is a break of one day. */
function aroundDay(day: number, days: number): { first: number; last: number } {
  if (days !== 3) throw new Error(`the oracle knows breaks of three days around a day, not of ${days}`);
  const [before, after] = (
    [
      [2, 0],
      [2, 0],
      [0, 0],
      [0, 2],
      [0, 2],
      [0, 2],
      [1, 1],
    ] as const
  )[weekdayOf(day)] as readonly [number, number];
  return { first: day - before, last: day + after };
}

const listingCache = new Map<string, { date: string; type: string; name: string }[]>();

function holidaysOf(country: string, year: number): { date: string; type: string; name: string }[] {
  const key = `${country} ${year}`;
  let found = listingCache.get(key);
  if (found === undefined) {
    found = new Holidays(country).getHolidays(year, "zh");
    listingCache.set(key, found);
  }
  return found;
}

function listedIn(country: string, types: readonly string[], day: number): string[] {
  return holidaysOf(country, new Date(day * DAY).getUTCFullYear())
    .filter(({ date, type }) => date.slice(0, 10) === dateOf(day) && types.includes(type))
    .map(({ name }) => name);
}

function firstListed(country: string, name: string, year: number): number {
  const dates = holidaysOf(country, year)
    .filter((one) => one.name === name)
    .map(({ date }) => dayOf(date.slice(0, 10)));
  return Math.min(...dates);
}
