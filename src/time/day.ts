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
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return undefined;
  const day = dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  return formatDay(day) === text && day >= FIRST_DAY && day <= LAST_DAY ? day : undefined;
}

/** `YYYY-MM-DD`. */
export const formatDay = (day: Day): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

export const yearOf = (day: Day): number => new Date(day * DAY_MS).getUTCFullYear();
/** 1 to 12. */
export const monthOf = (day: Day): number => new Date(day * DAY_MS).getUTCMonth() + 1;
export const dayOfMonth = (day: Day): number => new Date(day * DAY_MS).getUTCDate();
