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

/**
 * The number of a day of the Gregorian calendar, by arithmetic: dates of JavaScript take ten times as long. The year
 * counts from March here, so that the day that some years have more is its last.
 */
export function dayOf(year: number, month: number, dayOfMonth: number): Day {
  const march = month > 2;
  const years = march ? year : year - 1;
  const centuries = Math.floor(years / 100);
  const ofYear = Math.floor((153 * (month + (march ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  const leapDays = Math.floor(years / 4) - centuries + Math.floor(centuries / 4);
  return (years * 365 + leapDays + ofYear - DAYS_TO_1970) as Day;
}

/** From March 1 of the year 0 to 1970-01-01. */
const DAYS_TO_1970 = 719_468;

/** The day that `YYYY-MM-DD` names, or undefined where there is no such day (`2026-02-30`). */
export function parseDay(text: string): Day | undefined {
  if (text.length !== 10 || text[4] !== "-" || text[7] !== "-") return undefined;
  return dayNamed(fourDigits(text, 0), twoDigits(text, 5), twoDigits(text, 8));
}

/** The day of these numbers, or undefined where there is none or no question may touch it. */
export function dayNamed(year: number, month: number, dayOfMonth: number): Day | undefined {
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) return undefined;
  const day = dayOf(year, month, dayOfMonth);
  return day >= FIRST_DAY && day <= LAST_DAY ? day : undefined;
}

/** The number that two characters of a text stand for, or -1 where one of them is no digit; it must not end before. */
export function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  // What is below 0 or above 9 makes one of these negative; asking once is much quicker than asking four times.
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

/** The dates that were asked for last: most questions are about a few hundred days. */
const dates = new Array<CalendarDate | undefined>(1024).fill(undefined);

/** The reverse of `dayOf`. */
export function dateOf(day: Day): CalendarDate {
  const place = day & (dates.length - 1);
  const known = dates[place];
  if (known?.day === day) return known;
  const date = workedOut(day);
  dates[place] = date;
  return date;
}

/** By the arithmetic of `dayOf`. */
function workedOut(day: Day): CalendarDate {
  const days = day + DAYS_TO_1970;
  const era = Math.floor(days / DAYS_OF_400_YEARS);
  const ofEra = days - era * DAYS_OF_400_YEARS;
  const leapDays = Math.floor(ofEra / 1460) - Math.floor(ofEra / 36_524) + Math.floor(ofEra / 146_096);
  const years = Math.floor((ofEra - leapDays) / 365);
  const ofYear = ofEra - (years * 365 + Math.floor(years / 4) - Math.floor(years / 100));
  const monthFromMarch = Math.floor((5 * ofYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    day,
    year: era * 400 + years + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: ofYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

const DAYS_OF_400_YEARS = 146_097;

export const yearOf = (day: Day): number => dateOf(day).year;
/** 1 to 12. */
export const monthOf = (day: Day): number => dateOf(day).month;
export const dayOfMonth = (day: Day): number => dateOf(day).dayOfMonth;
