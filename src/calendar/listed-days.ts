import type Holidays from "date-holidays";
import { calendarMessages, QuestionError } from "../errors.js";
import { DAY_MS, type Day, parseDay } from "../time/day.js";
import { holidayLibrary } from "./holiday-library.js";

/**
 * Reads holidays from date-holidays. Its data are licensed CC BY-SA 3.0, so they are read at run time and never copied into
 * our files. Loading takes 0.1 s and a year up to 40 ms, so it loads on first use and reads each country and year once.
 */

export interface ListedDay {
  readonly day: Day;
  readonly name: string;
  readonly type: string;
}

const countries = new Map<string, Holidays>();
const years = new Map<string, readonly ListedDay[]>();

/**
 * The full-day holidays of a country (`CN`) in a year, with names in the country's language.
 *
 * @throws QuestionError outside-coverage if there are none: an unknown country must not look like one without holidays
 */
export function listedDays(country: string, year: number): readonly ListedDay[] {
  const key = `${country} ${year}`;
  let days = years.get(key);
  if (days === undefined) {
    days = holidaysOf(country).getHolidays(year).flatMap(wholeDays);
    if (days.length === 0)
      throw new QuestionError("outside-coverage", key, calendarMessages.noList(country, year));
    years.set(key, days);
  }
  return days;
}

function holidaysOf(country: string): Holidays {
  let found = countries.get(country);
  if (found === undefined) {
    found = new (holidayLibrary())(country);
    countries.set(country, found);
  }
  return found;
}

/** The days of a holiday. A half-day holiday, which starts at `12:00`, has none. One entry may span several days. */
function wholeDays(holiday: {
  date: string;
  start: Date;
  end: Date;
  name: string;
  type: string;
}): ListedDay[] {
  const first = parseDay(holiday.date.slice(0, 10));
  if (first === undefined || holiday.date.slice(11, 16) !== "00:00") return [];
  const length = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / DAY_MS));
  return Array.from({ length }, (_, n) => ({
    day: (first + n) as Day,
    name: holiday.name,
    type: holiday.type,
  }));
}
