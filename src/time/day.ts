/** Days as numbers: day 0 is 1970-01-01, and a day has no zone. */

declare const dayBrand: unique symbol;
/** A calendar day: whole days since 1970-01-01. */
export type Day = number & { readonly [dayBrand]: true };

export const DAY_MS = 86_400_000;
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** The first and the last day that any question may touch: 1900-01-01 and 2199-12-31. */
export const FIRST_DAY = -25_567 as Day;
export const LAST_DAY = 84_005 as Day;

export const addDays = (day: Day, days: number): Day => (day + days) as Day;

/** 1970-01-01 was a Thursday. Monday is 0. */
export const weekdayIndex = (day: Day): number => (((day + 3) % 7) + 7) % 7;

export const weekdayOf = (day: Day): Weekday => WEEKDAYS[weekdayIndex(day)] as Weekday;

export const dayOf = (year: number, month: number, dayOfMonth: number): Day =>
  (Date.UTC(year, month - 1, dayOfMonth) / DAY_MS) as Day;

/** The day that `YYYY-MM-DD` names, or undefined where there is no such day (`2026-02-30`). */
export function parseDay(text: string): Day | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const ofMonth = twoDigits(text, 8);
  if (month < 1 || month > 12 || ofMonth < 1 || ofMonth > daysInMonth(year, month)) return undefined;
  // Dates of JavaScript take a year below 100 for one of the 20th century.
  if (year < 100) return undefined;
  const day = dayOf(year, month, ofMonth);
  return day >= FIRST_DAY && day <= LAST_DAY ? day : undefined;
}

/** The number that two digits of a text stand for; the text is known to have them there. */
export const twoDigits = (text: string, at: number): number =>
  (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days that were written before; there are no more than the days of three centuries. */
const written = new Map<Day, string>();

/** `YYYY-MM-DD`. */
export function formatDay(day: Day): string {
  const known = written.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * DAY_MS).toISOString().slice(0, 10);
  if (day >= FIRST_DAY && day <= LAST_DAY) written.set(day, text);
  return text;
}

export const yearOf = (day: Day): number => new Date(day * DAY_MS).getUTCFullYear();
/** 1 to 12. */
export const monthOf = (day: Day): number => new Date(day * DAY_MS).getUTCMonth() + 1;
export const dayOfMonth = (day: Day): number => new Date(day * DAY_MS).getUTCDate();
