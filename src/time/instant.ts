import {
  DAY_MS,
  type Day,
  dateOf,
  dayNamed,
  FIRST_DAY,
  fourDigits,
  LAST_DAY,
  twoDigits,
  ZERO,
} from "./day.js";
import { type Instant, offsetAt, type Zone } from "./zone.js";

export type { Instant } from "./zone.js";

/** Instants as text: ISO 8601, read only with an offset, written in a zone's own. */

export const FOREVER = Number.POSITIVE_INFINITY as Instant;

const MINUTE_MS = 60_000;

/** Why a text is not an instant; `message` tells the person. */
export type BadInstant = "form" | "no-offset" | "no-such-date" | "no-such-time" | "out-of-range";

/**
 * The instant that an ISO 8601 text with an offset names, or what is wrong with it. Nothing is filled in but seconds and
 * their parts, which may be left out. It is read by character, as every payment is.
 */
export function parseInstant(text: string): Instant | BadInstant {
  return plainText(text) ?? otherText(text);
}

function otherText(text: string): Instant | BadInstant {
  const signAt = endOfClock(text);
  if (text.length < signAt) return "form";
  const year = fourDigits(text, 0);
  const month = twoDigits(text, 5);
  const dayOfMonth = twoDigits(text, 8);
  const clock = clockIn(text, signAt);
  const offset = offsetIn(text, signAt);
  if (year < 0 || month < 0 || dayOfMonth < 0 || clock === NO_FORM || offset === NO_FORM) return "form";
  if (!isAt(text, 4, DASH) || !isAt(text, 7, DASH) || !isAt(text, 10, LETTER_T)) return "form";
  const day = dayNamed(year, month, dayOfMonth);
  if (day === undefined) return "no-such-date";
  if (signAt === text.length) return "no-offset";
  if (clock === NO_SUCH || offset === NO_SUCH) return "no-such-time";
  return withinRange(day * DAY_MS + clock - offset) ?? "out-of-range";
}

/** The instant of a text that stands as it would be written in a zone; undefined for all others. */
export const writtenInstant = (text: string, zone: Zone): Instant | undefined => plainText(text, zone);

/**
 * The instant that a text in one of the commonest forms names, `2026-02-13T23:00:00+08:00` or with milliseconds,
 * `2026-02-13T23:00:00.500+08:00`; undefined for every other form, for what is wrong, and for what a zone, where one is
 * given, would write otherwise.
 */
function plainText(text: string, zone?: Zone): Instant | undefined {
  const signAt = text.length - OFFSET_LENGTH;
  const sign = text.charCodeAt(signAt);
  const ms = signAt === SECONDS_END ? 0 : millisecondsIn(text, signAt, zone !== undefined);
  if (ms < 0 || (sign !== PLUS && sign !== DASH)) return undefined;
  if (!isAt(text, 4, DASH) || !isAt(text, 7, DASH) || !isAt(text, 10, LETTER_T)) return undefined;
  if (!isAt(text, 13, COLON) || !isAt(text, 16, COLON) || !isAt(text, signAt + 3, COLON)) return undefined;
  // biome-ignore format: one line for each part
  return plainOf(
    twoDigits(text, 0), twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8),
    twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17), ms,
    sign, twoDigits(text, signAt + 1), twoDigits(text, signAt + 4), zone,
  );
}

/** The three digits behind a point, up to the sign; negative where there are none or, as `written`, where all are zeros. */
function millisecondsIn(text: string, signAt: number, written: boolean): number {
  if (signAt !== MILLISECONDS_END || !isAt(text, SECONDS_END, POINT)) return -1;
  const ms = thousandths(twoDigits(text, 20), twoDigits(text, 21));
  return written && ms === 0 ? -1 : ms;
}

/** By the first two of three digits and the last two; negative where one of them is none. */
const thousandths = (first: number, last: number): number =>
  (first | last) < 0 ? -1 : first * 10 + (last % 10);

/** The same of bytes. */
export function plainInstant(bytes: Uint8Array, from: number, to: number): Instant | undefined {
  const signAt = to - OFFSET_LENGTH;
  const sign = bytes[signAt] as number;
  const ms = signAt - from === SECONDS_END ? 0 : millisecondsAt(bytes, from, signAt);
  if (ms < 0 || (sign !== PLUS && sign !== DASH)) return undefined;
  const day = bytes[from + 4] === DASH && bytes[from + 7] === DASH && bytes[from + 10] === LETTER_T;
  const clock = bytes[from + 13] === COLON && bytes[from + 16] === COLON && bytes[signAt + 3] === COLON;
  if (!day || !clock) return undefined;
  // biome-ignore format: one line for each part
  return plainOf(
    pairAt(bytes, from), pairAt(bytes, from + 2), pairAt(bytes, from + 5), pairAt(bytes, from + 8),
    pairAt(bytes, from + 11), pairAt(bytes, from + 14), pairAt(bytes, from + 17), ms,
    sign, pairAt(bytes, signAt + 1), pairAt(bytes, signAt + 4), undefined,
  );
}

function millisecondsAt(bytes: Uint8Array, from: number, signAt: number): number {
  if (signAt - from !== MILLISECONDS_END || bytes[from + SECONDS_END] !== POINT) return -1;
  return thousandths(pairAt(bytes, from + 20), pairAt(bytes, from + 21));
}

const SECONDS_END = "2026-02-13T23:00:00".length;
const MILLISECONDS_END = "2026-02-13T23:00:00.500".length;
const OFFSET_LENGTH = "+08:00".length;

/** The instant of such a text by its parts, of which those that are no digits are negative. */
function plainOf(
  century: number,
  ofCentury: number,
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
  const date = century | ofCentury | month | dayOfMonth;
  const clock = hours | minutes | seconds;
  if ((date | clock | offsetHours | offsetMinutes) < 0) return undefined;
  if (hours > 23 || minutes > 59 || seconds > 59 || offsetHours > 18 || offsetMinutes > 59) return undefined;
  const day = dayNamed(century * 100 + ofCentury, month, dayOfMonth);
  if (day === undefined) return undefined;
  const wall = day * DAY_MS + ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;
  const offsetMs = (offsetHours * 60 + offsetMinutes) * (sign === DASH ? -MINUTE_MS : MINUTE_MS);
  const at = withinRange(wall - offsetMs);
  if (at === undefined || zone === undefined) return at;
  return offsetMs === offsetAt(zone, at) && !(offsetMs === 0 && sign === DASH) ? at : undefined;
}

/** The number of two digits; negative where one of them is none. */
function pairAt(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - ZERO;
  const ones = (bytes[at + 1] as number) - ZERO;
  return (tens | (9 - tens) | ones | (9 - ones)) < 0 ? -1 : tens * 10 + ones;
}

const isAt = (text: string, at: number, code: number): boolean => text.charCodeAt(at) === code;
const [DASH, PLUS, COLON, POINT, LETTER_T, LETTER_Z] = [0x2d, 0x2b, 0x3a, 0x2e, 0x54, 0x5a] as const;

/** What is no part of an instant at all, and what has the form of one and means none. */
const NO_FORM = -1_000_000_000;
const NO_SUCH = -2_000_000_000;

/** Whether an instant lies where questions may be asked: 1900 to 2199. */
export const withinRange = (at: number): Instant | undefined =>
  at >= (FIRST_DAY + 1) * DAY_MS && at < LAST_DAY * DAY_MS ? (at as Instant) : undefined;

/** Where the seconds and their parts end, as far as there are any. */
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
  if (hours < 0 || minutes < 0 || seconds < 0 || !isAt(text, 13, COLON) || end === 20) return NO_FORM;
  if (hours > 23 || minutes > 59 || seconds > 59) return NO_SUCH;
  const ms = end > 20 ? Number(text.slice(20, end).padEnd(3, "0")) : 0;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;
}

/** Nothing at all is no offset, which is not wrong yet. */
function offsetIn(text: string, signAt: number): number {
  const rest = text.length - signAt;
  if (rest === 0 || (rest === 1 && isAt(text, signAt, LETTER_Z))) return 0;
  const behind = isAt(text, signAt, DASH);
  if (rest !== 6 || !(behind || isAt(text, signAt, PLUS)) || !isAt(text, signAt + 3, COLON)) return NO_FORM;
  const hours = twoDigits(text, signAt + 1);
  const minutes = twoDigits(text, signAt + 4);
  if (hours < 0 || minutes < 0) return NO_FORM;
  if (hours > 18 || minutes > 59) return NO_SUCH;
  return (behind ? -1 : 1) * (hours * 60 + minutes) * MINUTE_MS;
}

/** Whether bytes that `plainInstant` has read as an instant without milliseconds stand as it is written in a zone. */
export function isWrittenIn(bytes: Uint8Array, from: number, to: number, zone: Zone, at: Instant): boolean {
  if (to - from !== SECONDS_END + OFFSET_LENGTH) return false;
  const isBehind = bytes[from + 19] === DASH;
  const offset = (pairAt(bytes, from + 20) * 60 + pairAt(bytes, from + 23)) * MINUTE_MS;
  return (isBehind ? -offset : offset) === offsetAt(zone, at) && !(offset === 0 && isBehind);
}

/**
 * ISO 8601 with the zone's offset at that instant; milliseconds only where there are any. Offsets have no seconds there,
 * as those before 1901 do: Shanghai's was +08:05:43. They are written to the minute and the time of day with them, so
 * that the text names the very instant.
 */
export function formatInstant(zone: Zone, at: Instant): string {
  const offset = Math.round(offsetAt(zone, at) / MINUTE_MS);
  const wall = at + offset * MINUTE_MS;
  const day = Math.floor(wall / DAY_MS);
  // Told to be numbers of 31 bits, they are divided as whole numbers from here on.
  return textOf(day as Day, (wall - day * DAY_MS) | 0, offset | 0);
}

/**
 * The milliseconds of a day and an offset in minutes, character by character: pieces that are joined are joined anew
 * whenever somebody reads them.
 */
function textOf(day: Day, clock: number, offset: number): string {
  const { year, month, dayOfMonth } = dateOf(day);
  const century = wholes(year, 100);
  const ofCentury = year % 100;
  const ms = clock % 1000;
  const allSeconds = wholes(clock, 1000);
  const seconds = allSeconds % 60;
  const allMinutes = wholes(allSeconds, 60);
  const minutes = allMinutes % 60;
  const hours = wholes(allMinutes, 60);
  const sign = offset < 0 ? DASH : PLUS;
  const offsetMinutes = Math.abs(offset) % 60;
  const offsetHours = wholes(Math.abs(offset), 60);
  if (ms === 0) {
    // biome-ignore format: one line for each part
    return String.fromCharCode(
      tens(century), ones(century), tens(ofCentury), ones(ofCentury), DASH,
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
    tens(century), ones(century), tens(ofCentury), ones(ofCentury), DASH,
    tens(month), ones(month), DASH,
    tens(dayOfMonth), ones(dayOfMonth), LETTER_T,
    tens(hours), ones(hours), COLON,
    tens(minutes), ones(minutes), COLON,
    tens(seconds), ones(seconds), POINT, ZERO + wholes(ms, 100), tens(ms % 100), ones(ms),
    sign, tens(offsetHours), ones(offsetHours), COLON, tens(offsetMinutes), ones(offsetMinutes),
  );
}

/** How often a number goes into another; both have 31 bits at most. */
const wholes = (number: number, by: number): number => (number / by) | 0;
const tens = (number: number): number => ZERO + wholes(number, 10);
const ones = (number: number): number => ZERO + (number % 10);
