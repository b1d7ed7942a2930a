import { parseClock } from "../time/clock.js";
import { DAY_MS, parseDay } from "../time/day.js";
import { parseDuration } from "../time/duration.js";
import { parseInstant } from "../time/instant.js";
import { zoneNamed } from "../time/zone.js";

/** Ten years; with all steps of a route together a payment must still arrive in some year of four digits. */
const LONGEST_MS = 3660 * DAY_MS;

/** What the schemas call the kinds of texts, and whether a text is one; `true` leaves it to the schema's pattern. */
export const formats = {
  name: true,
  year: true,
  lag: true,
  "calendar-date": (text: string) => parseDay(text) !== undefined,
  instant: (text: string) => typeof parseInstant(text) === "number",
  "date-or-instant": (text: string) => parseDay(text) !== undefined || typeof parseInstant(text) === "number",
  "time-of-day": (text: string) => parseClock(text) !== undefined,
  "length-of-time": (text: string) => (parseDuration(text) ?? Number.NaN) <= LONGEST_MS,
  "time-zone": (text: string) => zoneNamed(text) !== undefined,
} as const;

export type Format = keyof typeof formats;
