declare const dayBrand: unique symbol;
/** A calendar day without a time zone, as whole days since 1970-01-01. */
export type Day = number & { readonly [dayBrand]: true };

export const DAY_MS = 86_400_000;
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** The first and last supported day: 1900-01-01 and 2199-12-31. */
export const FIRST_DAY = -25_567 as Day;
export const LAST_DAY = 84_005 as Day;

export const addDays = (day: Day, days: number): Day => (day + days) as Day;

/** 0 for Monday to 6 for Sunday. 1970-01-01 was a Thursday. */
export const weekdayIndex = (day: Day): number => (((day + 3) % 7) + 7) % 7;

export const weekdayOf = (day: Day): Weekday => WEEKDAYS[weekdayIndex(day)] as Weekday;

/**
 * The day of a valid Gregorian date. Integer arithmetic takes a tenth of the time of a JavaScript `Date`. Years start in
 * March here, so that a leap day is the last day of its year.
 */
export function dayOf(year: number, month: number, dayOfMonth: number): Day {
  const isFromMarch = month > 2;
  const years = isFromMarch ? year : year - 1;
  const centuries = Math.floor(years / 100);
  const dayOfYear = Math.floor((153 * (month + (isFromMarch ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  const leapDays = Math.floor(years / 4) - centuries + Math.floor(centuries / 4);
  return (years * 365 + leapDays + dayOfYear - DAYS_TO_1970) as Day;
}

/** Days from March 1 of the year 0 to 1970-01-01. */
const DAYS_TO_1970 = 719_468;

/** Parses `YYYY-MM-DD`. Returns undefined for any other text and for dates that do not exist, as `2026-02-30`. */
export function parseDay(text: string): Day | undefined {
  if (text.length !== 10 || text[4] !== "-" || text[7] !== "-") return undefined;
  return validDayOf(fourDigits(text, 0), twoDigits(text, 5), twoDigits(text, 8));
}

/** The day of a date, or undefined if the date does not exist or lies outside the supported days. */
export function validDayOf(year: number, month: number, dayOfMonth: number): Day | undefined {
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) return undefined;
  const day = dayOf(year, month, dayOfMonth);
  return day >= FIRST_DAY && day <= LAST_DAY ? day : undefined;
}

/** The two-digit number at an index of a text, or -1 if either character is not a digit. Both must exist. */
export function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  // A digit outside 0 to 9 sets a sign bit. One combined test is much faster than four comparisons.
  return (tens | (9 - tens) | ones | (9 - ones)) < 0 ? -1 : tens * 10 + ones;
}

export function fourDigits(text: string, at: number): number {
  const [first, second] = [twoDigits(text, at), twoDigits(text, at + 2)];
  return first < 0 || second < 0 ? -1 : first * 100 + second;
}

/** The character code of the digit 0. */
export const ZERO = 0x30;

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** `YYYY-MM-DD`. */
export function formatDay(day: Day): string {
  const date = dateOf(day);
  const two = (count: number): string => String(count).padStart(2, "0");
  return `${date.year}-${two(date.month)}-${two(date.dayOfMonth)}`;
}

export interface CalendarDate {
  readonly day: Day;
  readonly year: number;
  readonly month: number;
  readonly dayOfMonth: number;
}

/** A direct-mapped cache: most queries are about a few hundred days. */
const dateCache = new Array<CalendarDate | undefined>(1024).fill(undefined);

/** The reverse of `dayOf`. */
export function dateOf(day: Day): CalendarDate {
  const slot = day & (dateCache.length - 1);
  const cached = dateCache[slot];
  if (cached?.day === day) return cached;
  const date = computeDate(day);
  dateCache[slot] = date;
  return date;
}

/** Inverts the arithmetic of `dayOf`. */
function computeDate(day: Day): CalendarDate {
  const days = day + DAYS_TO_1970;
  const era = Math.floor(days / DAYS_IN_400_YEARS);
  const dayOfEra = days - era * DAYS_IN_400_YEARS;
  const leapDays =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const years = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (years * 365 + Math.floor(years / 4) - Math.floor(years / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    day,
    year: era * 400 + years + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

const DAYS_IN_400_YEARS = 146_097;

export const yearOf = (day: Day): number => dateOf(day).year;
/** 1 to 12. */
export const monthOf = (day: Day): number => dateOf(day).month;
export const dayOfMonth = (day: Day): number => dateOf(day).dayOfMonth;
