import type { Clock } from "./clock.js";
import { DAY_MS, type Day, FIRST_DAY, formatDay, LAST_DAY, parseDay, twoDigits } from "./day.js";
import { type Instant, offsetAt, type Zone } from "./zone.js";

export type { Instant } from "./zone.js";

/** Instants as text: ISO 8601, read only with an offset, written in a zone's own. */

export const FOREVER = Number.POSITIVE_INFINITY as Instant;

const FORM = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)?$/;

/** Why a text is not an instant; `message` tells the person. */
export type BadInstant = "form" | "no-offset" | "no-such-date" | "no-such-time" | "out-of-range";

/** The instant that an ISO 8601 text with an offset names, or what is wrong with it. Nothing is filled in. */
export function parseInstant(text: string): Instant | BadInstant {
  if (!FORM.test(text)) return "form";
  const day = parseDay(text.slice(0, 10));
  if (day === undefined) return "no-such-date";
  const signAt = offsetStart(text);
  if (signAt === text.length) return "no-offset";
  const clock = clockIn(text, signAt);
  const offset = offsetIn(text, signAt);
  if (clock === undefined || offset === undefined) return "no-such-time";
  return withinRange(day * DAY_MS + clock - offset) ?? "out-of-range";
}

/** Whether an instant lies where questions may be asked: 1900 to 2199. */
export const withinRange = (at: number): Instant | undefined =>
  at >= (FIRST_DAY + 1) * DAY_MS && at < LAST_DAY * DAY_MS ? (at as Instant) : undefined;

/** ISO 8601 with the zone's offset at that instant; milliseconds only where there are any. */
export function formatInstant(zone: Zone, at: Instant): string {
  const offsetMs = offsetAt(zone, at);
  const wall = at + offsetMs;
  const day = Math.floor(wall / DAY_MS);
  return `${formatDay(day as Day)}T${formatTimeOfDay(wall - day * DAY_MS)}${formatOffset(offsetMs)}`;
}

/** Where the offset begins, or the end where there is none: a text of the form has its parts in fixed places. */
function offsetStart(text: string): number {
  if (text.endsWith("Z")) return text.length - 1;
  const sign = text[text.length - 6];
  return sign === "+" || sign === "-" ? text.length - 6 : text.length;
}

function clockIn(text: string, end: number): Clock | undefined {
  const hours = twoDigits(text, 11);
  const minutes = twoDigits(text, 14);
  const seconds = end > 16 ? twoDigits(text, 17) : 0;
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const ms = end > 19 ? Number(text.slice(20, end).padEnd(3, "0")) : 0;
  return (((hours * 60 + minutes) * 60 + seconds) * 1000 + ms) as Clock;
}

function offsetIn(text: string, signAt: number): number | undefined {
  if (text[signAt] === "Z") return 0;
  const hours = twoDigits(text, signAt + 1);
  const minutes = twoDigits(text, signAt + 4);
  if (hours > 18 || minutes > 59) return undefined;
  return (text[signAt] === "-" ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

const two = (count: number): string => (count < 10 ? `0${count}` : `${count}`);

function formatTimeOfDay(clock: number): string {
  const seconds = Math.floor(clock / 1000);
  const ms = clock - seconds * 1000;
  const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return ms === 0 ? text : `${text}.${String(ms).padStart(3, "0")}`;
}

function formatOffset(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  return `${offsetMs < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
