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
import { DAY, dateOf, dayOf, instantOf, weekdayOf } from "./local.js";
import { Unanswerable } from "./unanswerable.js";

/** Calendars, day by day: each question about a day goes through all notices again. */

export interface DayState {
  readonly kind: "business" | "weekend" | "holiday" | "makeup";
  readonly name?: string | undefined;
  readonly projected: boolean;
}

/** Who asks: the bound decides what a day that nobody has announced counts as; `asOf` what had been announced. */
export interface Asking {
  readonly book: Book;
  readonly bound: Bound;
  readonly asOf: number | undefined;
}

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export const isOpenDay = ({ kind }: DayState): boolean => kind === "business" || kind === "makeup";

const memory = new WeakMap<Book, Map<string, DayState>>();

export function stateOf(asking: Asking, id: string, day: number): DayState {
  const { book, bound, asOf } = asking;
  const key = `${id} ${day} ${bound} ${asOf === undefined ? "" : lastNotice(book, id, asOf)}`;
  let known = memory.get(book);
  if (known === undefined) {
    known = new Map();
    memory.set(book, known);
  }
  let state = known.get(key);
  if (state === undefined) {
    state = lookUp(asking, id, day);
    known.set(key, state);
  }
  return state;
}

/** The calendar and those that it extends, the lowest first. */
function chainOf(book: Book, id: string): CalendarFile[] {
  const file = book.calendars[id] as CalendarFile;
  return file.extends === undefined ? [file] : [...chainOf(book, file.extends), file];
}

const knownBy = (zone: string, published: string | undefined, asOf: number | undefined): boolean =>
  asOf === undefined || published === undefined || instantOf(zone, dayOf(published), "00:00") <= asOf;

const notices = new WeakMap<Book, Map<string, string>>();

/** Two instants between which nothing was published are answered alike. */
function lastNotice(book: Book, id: string, asOf: number): string {
  const known = notices.get(book) ?? new Map<string, string>();
  notices.set(book, known);
  const key = `${id} ${asOf}`;
  const count = known.get(key) ?? countNotices(book, id, asOf);
  known.set(key, count);
  return count;
}

function countNotices(book: Book, id: string, asOf: number): string {
  const dates = chainOf(book, id).flatMap((file) =>
    [...Object.values(file.years ?? {}), ...(file.amendments ?? [])]
      .map(({ published }) => published)
      .filter((published) => published !== undefined && knownBy(file.zone, published, asOf)),
  );
  return `${dates.length}`;
}

function lookUp({ book, bound, asOf }: Asking, id: string, day: number): DayState {
  const chain = chainOf(book, id);
  const nearest = <K extends keyof CalendarFile>(key: K): CalendarFile[K] | undefined =>
    chain.findLast((file) => file[key] !== undefined)?.[key];
  const weekend = (nearest("weekend") ?? ["sat", "sun"]).includes(WEEKDAYS[weekdayOf(day)] as "sat");
  const worked = nearest("weekendWork") ?? true;
  const holder = chain.findLast((file) => file.coverage !== undefined) as CalendarFile;
  const { from, to } = holder.coverage as { from: string; to: string };
  if (day < dayOf(from)) throw new Unanswerable("outside-coverage");
  const official = day <= Math.min(dayOf(to), lastKnownDay(holder, asOf));
  if (official) return officially(chain, asOf, day, weekend, worked);
  const projection = nearest("projection");
  if (projection === undefined || day > dayOf(projection.until)) throw new Unanswerable("outside-coverage");
  return projectedly(projection, nearest("holidaysFrom"), bound, day, weekend, worked);
}

/** The day before the first year whose notice was not out. */
function lastKnownDay({ years = {}, zone }: CalendarFile, asOf: number | undefined): number {
  const unknown = Object.entries(years)
    .filter(([, { published }]) => !knownBy(zone, published, asOf))
    .map(([year]) => dayOf(`${year}-01-01`));
  return Math.min(...unknown, Number.POSITIVE_INFINITY) - 1;
}

const within = ({ from, to }: HolidayRange, day: number): boolean => dayOf(from) <= day && day <= dayOf(to);

function officially(
  chain: CalendarFile[],
  asOf: number | undefined,
  day: number,
  weekend: boolean,
  worked: boolean,
): DayState {
  const notices: (CalendarYear | Amendment)[] = chain.flatMap(({ years = {}, zone }) =>
    Object.values(years).filter(({ published }) => knownBy(zone, published, asOf)),
  );
  const later = chain
    .flatMap(({ amendments = [], zone }) =>
      amendments.filter(({ published }) => knownBy(zone, published, asOf)),
    )
    .sort((one, other) => dayOf(one.published) - dayOf(other.published));
  let state: DayState = { kind: weekend ? "weekend" : "business", projected: false };
  for (const { country, types } of chain.flatMap((file) => file.holidaysFrom ?? []))
    for (const listed of listedIn(country, types, day)) state = closed(listed);
  for (const notice of [...notices, ...later]) {
    for (const holiday of notice.holidays) if (within(holiday, day)) state = closed(holiday.name);
    if (notice.workdays.includes(dateOf(day)))
      state = { kind: weekend ? "makeup" : "business", projected: false };
  }
  return worked || !weekend || state.kind === "holiday" ? state : { kind: "weekend", projected: false };
}

const closed = (name: string, projected = false): DayState => ({ kind: "holiday", name, projected });

interface Break {
  readonly name: string;
  /** The days that the law names. */
  readonly law: readonly number[];
  readonly first: number;
  readonly last: number;
}

function projectedly(
  { country, blocks, makeupWithinDays = -1 }: Projection,
  listing: CalendarFile["holidaysFrom"],
  bound: Bound,
  day: number,
  weekend: boolean,
  worked: boolean,
): DayState {
  const ordinary: DayState = { kind: weekend ? "weekend" : "business", projected: true };
  const listed = listing === undefined ? [] : listedIn(listing.country, listing.types, day);
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

const breakMemory = new Map<string, Break[]>();

function breaksOf(country: string, blocks: readonly Block[], year: number): Break[] {
  const key = `${country} ${year} ${JSON.stringify(blocks)}`;
  const known = breakMemory.get(key);
  if (known !== undefined) return known;
  const anchors = blocks.map(({ name, listedAs }) => firstListed(country, listedAs ?? name, year));
  const breaks = blocks.map((block, index) => {
    const anchor = anchors[index] as number;
    const law = Array.from({ length: block.statutoryDays ?? 1 }, (_, n) => anchor + n);
    if (block.from === "around") return { name: block.name, law, ...around(anchor, block.days) };
    const merged = anchors.some((other, n) => n !== index && anchor <= other && other < anchor + block.days);
    const days = merged ? (block.mergedDays ?? block.days) : block.days;
    return { name: block.name, law, first: anchor, last: anchor + days - 1 };
  });
  breakMemory.set(key, breaks);
  return breaks;
}

/** Three days around one: from Saturday to Monday, or towards the weekend; a Wednesday stands alone. */
function around(day: number, days: number): { first: number; last: number } {
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

const listings = new Map<string, { date: string; type: string; name: string }[]>();

function listing(country: string, year: number): { date: string; type: string; name: string }[] {
  const key = `${country} ${year}`;
  let found = listings.get(key);
  if (found === undefined) {
    found = new Holidays(country).getHolidays(year, "zh");
    listings.set(key, found);
  }
  return found;
}

function listedIn(country: string, types: readonly string[], day: number): string[] {
  return listing(country, new Date(day * DAY).getUTCFullYear())
    .filter(({ date, type }) => date.slice(0, 10) === dateOf(day) && types.includes(type))
    .map(({ name }) => name);
}

function firstListed(country: string, name: string, year: number): number {
  const dates = listing(country, year)
    .filter((one) => one.name === name)
    .map(({ date }) => dayOf(date.slice(0, 10)));
  return Math.min(...dates);
}
