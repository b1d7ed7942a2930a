import { IANAZone } from "luxon";

/** Days are whole days since 1970-01-01, instants epoch milliseconds. Offsets come from luxon. */

export const MINUTE = 60_000;
export const DAY = 86_400_000;
/** Since 1972, offsets have changed only at whole quarters of an hour, so that they are constant within one. */
const QUARTER_HOUR = 15 * MINUTE;

/** 0 is Monday. */
export const weekdayOf = (day: number): number => (new Date(day * DAY).getUTCDay() + 6) % 7;

const dateCache = new Map<number, string>();
const dayCache = new Map<string, number>();

export function dateOf(day: number): string {
  const date = dateCache.get(day) ?? new Date(day * DAY).toISOString().slice(0, 10);
  dateCache.set(day, date);
  return date;
}

export function dayOf(date: string): number {
  const day = dayCache.get(date) ?? Date.parse(`${date}T00:00:00Z`) / DAY;
  dayCache.set(date, day);
  return day;
}

/** Offsets by zone and quarter of an hour. */
const offsetCache = new Map<string, Map<number, number>>();
const zoneCache = new Map<string, IANAZone>();

function offsetAt(zone: string, at: number): number {
  let known = offsetCache.get(zone);
  if (known === undefined) {
    known = new Map();
    offsetCache.set(zone, known);
    zoneCache.set(zone, new IANAZone(zone));
  }
  const quarter = Math.floor(at / QUARTER_HOUR);
  let offset = known.get(quarter);
  if (offset === undefined) {
    offset = Math.round((zoneCache.get(zone) as IANAZone).offset(quarter * QUARTER_HOUR) * MINUTE);
    known.set(quarter, offset);
  }
  return offset;
}

/** The wall clock as milliseconds since the local 1970-01-01T00:00. */
export const wallAt = (zone: string, at: number): number => at + offsetAt(zone, at);
export const localDay = (zone: string, at: number): number => Math.floor(wallAt(zone, at) / DAY);
export const localDate = (zone: string, at: number): string => dateOf(localDay(zone, at));
/** `HH:MM:SS.mmm`. */
export const localTime = (zone: string, at: number): string =>
  new Date(wallAt(zone, at)).toISOString().slice(11, 23);

/** Minutes from the midnight of the day: `-1d 20:30` is -210. */
function minutesOf(time: string): number {
  const [, dayCache = "0", hours, minutes] = /^(?:([+-]\d+)d )?(\d\d):(\d\d)$/.exec(time) as RegExpExecArray;
  return Number(dayCache) * 1440 + Number(hours) * 60 + Number(minutes);
}

const instantCache = new Map<string, Map<number, number>>();

/**
 * The first minute whose wall clock shows the time or a later one: the first occurrence of a repeated time, and the clock
 * change for a skipped time. The search starts with the greater offset of the day before and the day after, because
 * clocks do not change twice in two days.
 */
export function instantOf(zone: string, day: number, time: string): number {
  const key = `${zone} ${time}`;
  const ofTime = instantCache.get(key) ?? new Map<number, number>();
  if (ofTime.size === 0) instantCache.set(key, ofTime);
  const known = ofTime.get(day);
  if (known !== undefined) return known;
  const wall = day * DAY + minutesOf(time) * MINUTE;
  const furthest = Math.max(offsetAt(zone, wall - DAY), offsetAt(zone, wall + DAY));
  let at = Math.floor((wall - furthest) / QUARTER_HOUR) * QUARTER_HOUR;
  while (wallAt(zone, at + QUARTER_HOUR - MINUTE) < wall) at += QUARTER_HOUR;
  while (wallAt(zone, at) < wall) at += MINUTE;
  ofTime.set(day, at);
  return at;
}

/** Milliseconds of an ISO 8601 duration in weeks, days, hours, minutes and seconds. */
export function lengthOf(text: string): number {
  const parts = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(text);
  const [weeks, dayCache, hours, minutes, seconds] = (parts as RegExpExecArray)
    .slice(1)
    .map((part) => Number(part ?? 0)) as [number, number, number, number, number];
  return (weeks * 7 + dayCache) * DAY + hours * 60 * MINUTE + minutes * MINUTE + Math.round(seconds * 1000);
}
