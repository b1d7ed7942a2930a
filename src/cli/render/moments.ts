import { type Day, parseDay, weekdayIndex } from "../../time/day.js";
import type { Words } from "../words/words.js";

/** Formats instants and durations. An ISO text carries the wall clock of its offset, so no zone is needed. */

/** `02-13 Fri 23:00`. */
export const shortMoment = (iso: string, words: Words): string =>
  `${iso.slice(5, 10)} ${weekdayOfDate(iso.slice(0, 10), words)} ${timeOf(iso)}`;

/** `2026-02-13 Fri 23:00`. */
export const fullMoment = (iso: string, words: Words): string =>
  `${iso.slice(0, 10)} ${weekdayOfDate(iso.slice(0, 10), words)} ${timeOf(iso)}`;

/** `2026-02-13 23:00`. */
export const plainMoment = (iso: string): string => `${iso.slice(0, 10)} ${timeOf(iso)}`;

export const weekdayOfDate = (date: string, words: Words): string =>
  words.weekdays[weekdayIndex(parseDay(date) as Day)] as string;

/** The time of day. Zero seconds are left out. */
export function timeOf(iso: string): string {
  const time = /T([\d:.]+)/.exec(iso)?.[1] ?? "";
  return time.endsWith(":00") ? time.slice(0, 5) : time;
}

export const msBetween = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

const SIZES = [86_400_000, 3_600_000, 60_000, 1000, 1] as const;

/**
 * A duration as in `10d 11h`: in days, hours and minutes, below an hour in minutes and seconds, below a second in
 * milliseconds.
 */
export function compactDuration(ms: number, { units }: Words): string {
  const first = ms >= SIZES[1] ? 0 : ms >= SIZES[3] ? 2 : 4;
  const last = first === 0 ? 2 : first === 2 ? 3 : 4;
  const parts: string[] = [];
  let left = ms;
  SIZES.forEach((size, n) => {
    const count = Math.floor(left / size);
    left -= count * size;
    if (n >= first && n <= last && count > 0) parts.push(`${count}${units[n]}`);
  });
  return parts.join(" ");
}
