import { type Clock } from "./clock.js";
import { DAY_MS, type Day, FIRST_DAY, formatDay, LAST_DAY, parseDay } from "./day.js";
import { type Instant, offsetAt, type Zone } from "./zone.js";

export type { Instant } from "./zone.js";

/** Instants as text: ISO 8601, read only with an offset, written in a zone's own. */

export const FOREVER = Number.POSITIVE_INFINITY as Instant;

const FORM =
  /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|[+-]\d{2}:\d{2})?$/;

/** Why a text is not an instant; `message` tells the person. */
export type BadInstant = "form" | "no-offset" | "no-such-date" | "no-such-time" | "out-of-range";

/** The instant that an ISO 8601 text with an offset names, or what is wrong with it. Nothing is filled in. */
export function parseInstant(text: string): Instant | BadInstant {
  const parts = FORM.exec(text);
  if (parts === null) return "form";
  const day = parseDay(parts[1] as string);
  if (day === undefined) return "no-such-date";
  if (parts[6] === undefined) return "no-offset";
  const clock = clockOf(parts);
  const offset = parts[6] === "Z" ? 0 : offsetOf(parts[6]);
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

function clockOf(parts: RegExpExecArray): Clock | undefined {
  const [hours, minutes, seconds] = [Number(parts[2]), Number(parts[3]), Number(parts[4] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const ms = Number((parts[5] ?? "").padEnd(3, "0"));
  return (((hours * 60 + minutes) * 60 + seconds) * 1000 + ms) as Clock;
}

function offsetOf(text: string): number | undefined {
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(4, 6))];
  if (hours > 18 || minutes > 59) return undefined;
  return (text.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
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
