import { type Day, dayOfMonth, monthOf, parseDay, weekdayOf, yearOf } from "../time/day.js";
import type { Texts } from "./text.js";

/** Dates, times and durations as text. Instants are ISO texts with the offset to show, so that no zone is needed. */

/** "2月24日（周二）10:00", with the year if it differs from the year of `reference`. */
export const sayInstant = (texts: Texts, iso: string, reference: string): string =>
  texts.say("instant", { date: sayDate(texts, iso, reference), time: timeOf(iso) });

/** "2月24日（周二）", with the year if it differs from the year of `reference`. */
export function sayDate(texts: Texts, iso: string, reference: string): string {
  const day = parseDay(iso.slice(0, 10)) as Day;
  const key = iso.slice(0, 4) === reference.slice(0, 4) ? "date" : "date.year";
  return texts.say(key, {
    year: String(yearOf(day)),
    month: monthOf(day),
    day: dayOfMonth(day),
    weekday: weekdayOf(day),
  });
}

/** "2月14日（周六）至2月23日（周一）": the days that [from, to) touches. */
export function saySpan(texts: Texts, from: string, to: string, reference: string): string {
  const lastMoment = endsAtMidnight(to) ? dayBefore(to) : to;
  const [first, last] = [sayDate(texts, from, reference), sayDate(texts, lastMoment, reference)];
  return first === last
    ? texts.say("span.day", { from: first })
    : texts.say("span.days", { from: first, to: last });
}

/** In the largest unit that fits, rounded up: "2小时", "30分钟". */
export function sayDuration(texts: Texts, ms: number): string {
  const [unit, size] = UNITS.find(([, size]) => ms >= size) ?? SECONDS;
  return texts.say(`duration.${unit}`, { count: Math.ceil(ms / size) });
}

/** `HH:MM`, with seconds and milliseconds if they are not zero. */
const timeOf = (iso: string): string =>
  iso
    .slice(11)
    .replace(/[Z+-].*/, "")
    .replace(/^(.{5}):00$/, "$1");

const SECONDS = ["seconds", 1000] as const;
const UNITS = [["days", 86_400_000], ["hours", 3_600_000], ["minutes", 60_000], SECONDS] as const;

const endsAtMidnight = (iso: string): boolean => /T00:00:00[^.]/.test(iso);

const dayBefore = (iso: string): string =>
  new Date(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) - 86_400_000).toISOString();
