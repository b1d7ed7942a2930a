import {
  DAY_MS,
  type Day,
  dateOf,
  FIRST_DAY,
  fourDigits,
  LAST_DAY,
  twoDigits,
  validDayOf,
  ZERO,
} from "./day.js";
import { type Instant, offsetAt, type Zone } from "./zone.js";

export type { Instant } from "./zone.js";

export const FOREVER = Number.POSITIVE_INFINITY as Instant;

const MINUTE_MS = 60_000;

/** Why a text is not an instant. `paymentMessages.badInstant` has the texts. */
export type BadInstant = "form" | "no-offset" | "no-such-date" | "no-such-time" | "out-of-range";

/**
 * Parses an ISO 8601 text with an offset, or says why it is not one. Only seconds and milliseconds may be omitted.
 * Reads character by character, because every payment has an instant.
 */
export function parseInstant(text: string): Instant | BadInstant {
  return parseCommonForm(text) ?? parseAnyForm(text);
}

function parseAnyForm(text: string): Instant | BadInstant {
  const signAt = endOfClock(text);
  if (text.length < signAt) return "form";
  const year = fourDigits(text, 0);
  const month = twoDigits(text, 5);
  const dayOfMonth = twoDigits(text, 8);
  const clock = clockIn(text, signAt);
  const offset = offsetIn(text, signAt);
  if (year < 0 || month < 0 || dayOfMonth < 0 || clock === MALFORMED || offset === MALFORMED) return "form";
  if (!isAt(text, 4, DASH) || !isAt(text, 7, DASH) || !isAt(text, 10, LETTER_T)) return "form";
  const day = validDayOf(year, month, dayOfMonth);
  if (day === undefined) return "no-such-date";
  if (signAt === text.length) return "no-offset";
  if (clock === NONEXISTENT || offset === NONEXISTENT) return "no-such-time";
  return instantInRange(day * DAY_MS + clock - offset) ?? "out-of-range";
}

/** Parses a text that equals what `formatInstant` writes in that zone. Returns undefined for any other text. */
export const parseCanonicalInstant = (text: string, zone: Zone): Instant | undefined =>
  parseCommonForm(text, zone);

/**
 * Parses the two most common forms, `2026-02-13T23:00:00+08:00` and `2026-02-13T23:00:00.500+08:00`. Returns undefined
 * for other forms and for invalid values. If a zone is given, it also returns undefined for a text that differs from
 * what `formatInstant` writes in that zone.
 */
function parseCommonForm(text: string, zone?: Zone): Instant | undefined {
  const signAt = text.length - OFFSET_LENGTH;
  const sign = text.charCodeAt(signAt);
  const ms = signAt === SECONDS_END ? 0 : parseMilliseconds(text, signAt, zone !== undefined);
  if (ms < 0 || (sign !== PLUS && sign !== DASH)) return undefined;
  if (!isAt(text, 4, DASH) || !isAt(text, 7, DASH) || !isAt(text, 10, LETTER_T)) return undefined;
  if (!isAt(text, 13, COLON) || !isAt(text, 16, COLON) || !isAt(text, signAt + 3, COLON)) return undefined;
  // biome-ignore format: one line for each part
  return instantOfParts(
    twoDigits(text, 0), twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8),
    twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17), ms,
    sign, twoDigits(text, signAt + 1), twoDigits(text, signAt + 4), zone,
  );
}

/** The three digits between the point and the sign. Negative if they are missing or, for `isCanonical`, if all are zero. */
function parseMilliseconds(text: string, signAt: number, isCanonical: boolean): number {
  if (signAt !== MILLISECONDS_END || !isAt(text, SECONDS_END, POINT)) return -1;
  const ms = thousandths(twoDigits(text, 20), twoDigits(text, 21));
  return isCanonical && ms === 0 ? -1 : ms;
}

/** Three digits as a number, from the first two and the last two. Negative if any is not a digit. */
const thousandths = (first: number, last: number): number =>
  (first | last) < 0 ? -1 : first * 10 + (last % 10);

/** `parseCommonForm` for the bytes from `from` up to `to`. */
export function parseInstantBytes(bytes: Uint8Array, from: number, to: number): Instant | undefined {
  const signAt = to - OFFSET_LENGTH;
  const sign = bytes[signAt] as number;
  const ms = signAt - from === SECONDS_END ? 0 : parseMillisecondBytes(bytes, from, signAt);
  if (ms < 0 || (sign !== PLUS && sign !== DASH)) return undefined;
  const hasDateMarks = bytes[from + 4] === DASH && bytes[from + 7] === DASH && bytes[from + 10] === LETTER_T;
  const hasClockMarks =
    bytes[from + 13] === COLON && bytes[from + 16] === COLON && bytes[signAt + 3] === COLON;
  if (!hasDateMarks || !hasClockMarks) return undefined;
  // biome-ignore format: one line for each part
  return instantOfParts(
    twoDigitsAt(bytes, from), twoDigitsAt(bytes, from + 2), twoDigitsAt(bytes, from + 5), twoDigitsAt(bytes, from + 8),
    twoDigitsAt(bytes, from + 11), twoDigitsAt(bytes, from + 14), twoDigitsAt(bytes, from + 17), ms,
    sign, twoDigitsAt(bytes, signAt + 1), twoDigitsAt(bytes, signAt + 4), undefined,
  );
}

function parseMillisecondBytes(bytes: Uint8Array, from: number, signAt: number): number {
  if (signAt - from !== MILLISECONDS_END || bytes[from + SECONDS_END] !== POINT) return -1;
  return thousandths(twoDigitsAt(bytes, from + 20), twoDigitsAt(bytes, from + 21));
}

const SECONDS_END = "2026-02-13T23:00:00".length;
const MILLISECONDS_END = "2026-02-13T23:00:00.500".length;
const OFFSET_LENGTH = "+08:00".length;

/** The instant with these parts, or undefined if one is negative or out of range. */
function instantOfParts(
  century: number,
  yearOfCentury: number,
  month: number,
  dayOfMonth: number,
  hours: number,
  minutes: number,
  seconds: number,
  ms: number,
  sign: number,
  offsetHours: number,
  offsetMinutes: number,
  zone: Zone | undefined,
): Instant | undefined {
  const date = century | yearOfCentury | month | dayOfMonth;
  const clock = hours | minutes | seconds;
  if ((date | clock | offsetHours | offsetMinutes) < 0) return undefined;
  if (hours > 23 || minutes > 59 || seconds > 59 || offsetHours > 18 || offsetMinutes > 59) return undefined;
  const day = validDayOf(century * 100 + yearOfCentury, month, dayOfMonth);
  if (day === undefined) return undefined;
  const wall = day * DAY_MS + ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;
  const offsetMs = (offsetHours * 60 + offsetMinutes) * (sign === DASH ? -MINUTE_MS : MINUTE_MS);
  const at = instantInRange(wall - offsetMs);
  if (at === undefined || zone === undefined) return at;
  return offsetMs === offsetAt(zone, at) && !(offsetMs === 0 && sign === DASH) ? at : undefined;
}

/** `twoDigits` for bytes. */
function twoDigitsAt(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - ZERO;
  const ones = (bytes[at + 1] as number) - ZERO;
  return (tens | (9 - tens) | ones | (9 - ones)) < 0 ? -1 : tens * 10 + ones;
}

const isAt = (text: string, at: number, code: number): boolean => text.charCodeAt(at) === code;
const [DASH, PLUS, COLON, POINT, LETTER_T, LETTER_Z] = [0x2d, 0x2b, 0x3a, 0x2e, 0x54, 0x5a] as const;

/** Results of `clockIn` and `offsetIn`: not in the form of a time or offset, and in that form but out of range. */
const MALFORMED = -1_000_000_000;
const NONEXISTENT = -2_000_000_000;

/** The instant of epoch milliseconds, or undefined if it lies outside 1900-01-02 to 2199-12-30 (UTC). */
export const instantInRange = (at: number): Instant | undefined =>
  at >= (FIRST_DAY + 1) * DAY_MS && at < LAST_DAY * DAY_MS ? (at as Instant) : undefined;

/** The index after the seconds and milliseconds, both of which are optional. */
function endOfClock(text: string): number {
  if (!isAt(text, 16, COLON)) return 16;
  if (!isAt(text, 19, POINT)) return 19;
  let end = 20;
  while (end < 23 && isDigit(text, end)) end++;
  return end;
}

const isDigit = (text: string, at: number): boolean => twoDigits(`0${text[at]}`, 0) >= 0;

function clockIn(text: string, end: number): number {
  const hours = twoDigits(text, 11);
  const minutes = twoDigits(text, 14);
  const seconds = end > 16 ? twoDigits(text, 17) : 0;
  if (hours < 0 || minutes < 0 || seconds < 0 || !isAt(text, 13, COLON) || end === 20) return MALFORMED;
  if (hours > 23 || minutes > 59 || seconds > 59) return NONEXISTENT;
  const ms = end > 20 ? Number(text.slice(20, end).padEnd(3, "0")) : 0;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;
}

/** The offset in milliseconds; 0 if it is missing, which the caller reports. */
function offsetIn(text: string, signAt: number): number {
  const rest = text.length - signAt;
  if (rest === 0 || (rest === 1 && isAt(text, signAt, LETTER_Z))) return 0;
  const isBehind = isAt(text, signAt, DASH);
  if (rest !== 6 || !(isBehind || isAt(text, signAt, PLUS)) || !isAt(text, signAt + 3, COLON))
    return MALFORMED;
  const hours = twoDigits(text, signAt + 1);
  const minutes = twoDigits(text, signAt + 4);
  if (hours < 0 || minutes < 0) return MALFORMED;
  if (hours > 18 || minutes > 59) return NONEXISTENT;
  return (isBehind ? -1 : 1) * (hours * 60 + minutes) * MINUTE_MS;
}

/**
 * Whether bytes equal what `formatInstant` writes in that zone. `at` must be what `parseInstantBytes` returned for them.
 * Returns false for bytes with milliseconds.
 */
export function isCanonicalInstant(
  bytes: Uint8Array,
  from: number,
  to: number,
  zone: Zone,
  at: Instant,
): boolean {
  if (to - from !== SECONDS_END + OFFSET_LENGTH) return false;
  const isBehind = bytes[from + 19] === DASH;
  const offset = (twoDigitsAt(bytes, from + 20) * 60 + twoDigitsAt(bytes, from + 23)) * MINUTE_MS;
  return (isBehind ? -offset : offset) === offsetAt(zone, at) && !(offset === 0 && isBehind);
}

/**
 * Formats an instant as ISO 8601 with the zone's offset, and with milliseconds if there are any. ISO 8601 offsets have no
 * seconds, but offsets before 1901 do: Shanghai's was +08:05:43. They are rounded to the minute, and the time of day is
 * shifted with them, so that the text still names the same instant.
 */
export function formatInstant(zone: Zone, at: Instant): string {
  const offset = Math.round(offsetAt(zone, at) / MINUTE_MS);
  const wall = at + offset * MINUTE_MS;
  const day = Math.floor(wall / DAY_MS);
  // `| 0` makes V8 divide them as integers.
  return isoText(day as Day, (wall - day * DAY_MS) | 0, offset | 0);
}

/**
 * The text of a day, milliseconds after midnight and an offset in minutes. `fromCharCode` makes a flat string;
 * concatenation would make a rope, which V8 flattens at the first read.
 */
function isoText(day: Day, clock: number, offset: number): string {
  const { year, month, dayOfMonth } = dateOf(day);
  const century = quotient(year, 100);
  const yearOfCentury = year % 100;
  const ms = clock % 1000;
  const allSeconds = quotient(clock, 1000);
  const seconds = allSeconds % 60;
  const allMinutes = quotient(allSeconds, 60);
  const minutes = allMinutes % 60;
  const hours = quotient(allMinutes, 60);
  const sign = offset < 0 ? DASH : PLUS;
  const offsetMinutes = Math.abs(offset) % 60;
  const offsetHours = quotient(Math.abs(offset), 60);
  if (ms === 0) {
    // biome-ignore format: one line for each part
    return String.fromCharCode(
      tens(century), ones(century), tens(yearOfCentury), ones(yearOfCentury), DASH,
      tens(month), ones(month), DASH,
      tens(dayOfMonth), ones(dayOfMonth), LETTER_T,
      tens(hours), ones(hours), COLON,
      tens(minutes), ones(minutes), COLON,
      tens(seconds), ones(seconds),
      sign, tens(offsetHours), ones(offsetHours), COLON, tens(offsetMinutes), ones(offsetMinutes),
    );
  }
  // biome-ignore format: one line for each part
  return String.fromCharCode(
    tens(century), ones(century), tens(yearOfCentury), ones(yearOfCentury), DASH,
    tens(month), ones(month), DASH,
    tens(dayOfMonth), ones(dayOfMonth), LETTER_T,
    tens(hours), ones(hours), COLON,
    tens(minutes), ones(minutes), COLON,
    tens(seconds), ones(seconds), POINT, ZERO + quotient(ms, 100), tens(ms % 100), ones(ms),
    sign, tens(offsetHours), ones(offsetHours), COLON, tens(offsetMinutes), ones(offsetMinutes),
  );
}

/** The integer quotient of numbers of at most 31 bits. */
const quotient = (number: number, by: number): number => (number / by) | 0;
const tens = (number: number): number => ZERO + quotient(number, 10);
const ones = (number: number): number => ZERO + (number % 10);
