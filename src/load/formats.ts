import { parseClock } from "../time/clock.js";
import { DAY_MS, parseDay } from "../time/day.js";
import { parseDuration } from "../time/duration.js";
import { parseInstant } from "../time/instant.js";
import { zoneNamed } from "../time/zone.js";

/** Ten years: even a route of many such steps must arrive in a four-digit year. */
const MAX_DURATION_MS = 3660 * DAY_MS;

/** The string formats of the schemas with their validators. `true` means that the schema's pattern decides. */
export const formats = {
  name: true,
  year: true,
  lag: true,
  "calendar-date": (text: string) => parseDay(text) !== undefined,
  instant: (text: string) => typeof parseInstant(text) === "number",
  "date-or-instant": (text: string) => parseDay(text) !== undefined || typeof parseInstant(text) === "number",
  "time-of-day": (text: string) => parseClock(text) !== undefined,
  "length-of-time": (text: string) => (parseDuration(text) ?? Number.NaN) <= MAX_DURATION_MS,
  "time-zone": (text: string) => zoneNamed(text) !== undefined,
} as const;

export type Format = keyof typeof formats;
