import { DAY_MS, FIRST_DAY, LAST_DAY } from "../time/day.js";
import type { Instant } from "../time/instant.js";
import type { FormedOutline } from "./json.js";
import type { Said } from "./said.js";
import type { Stretch } from "./stretch.js";

/**
 * What is known of the function from sending to arrival, laid out so that finding an arrival is a few steps in flat
 * memory. Time is cut into days that begin at the table's own phase; each known day has its rows one after another.
 *
 * Row r is `rows[r * ROW]` and what follows: the end of a stretch, then for earliest, expected and latest a value and a
 * slope. A payment sent at x arrives at value + slope * x.
 */
export interface Table {
  /** Milliseconds after midnight (UTC) at which its days begin: where a stretch often ends, so that days have few rows. */
  phaseMs: number;
  /** The day of `firsts[0]`, counted from 1970. */
  firstDay: number;
  /** The first row of each day, or `UNKNOWN`. */
  firsts: Int32Array;
  rows: Float64Array;
  /** By row. */
  readonly stretches: Stretch[];
  /** By row, what answers of it say; undefined where payments are refused. */
  readonly saids: (Said | undefined)[];
  /** By row, drawn when a timeline of it is first asked for. */
  readonly outlines: (FormedOutline[] | undefined)[];
}

export const ROW = 7;
export const UNKNOWN = -1;

/** Days are made room for in runs of this length. */
const RUN_DAYS = 512;

export const newTable = (): Table => ({
  phaseMs: 0,
  firstDay: 0,
  firsts: new Int32Array(0),
  rows: new Float64Array(0),
  stretches: [],
  saids: [],
  outlines: [],
});

export const dayIn = ({ phaseMs }: Table, at: number): number => Math.floor((at - phaseMs) / DAY_MS);

export const startOf = ({ phaseMs }: Table, day: number): Instant => (day * DAY_MS + phaseMs) as Instant;

/** The row that an instant lies in, or `UNKNOWN`. */
export function rowAt(table: Table, at: number): number {
  const place = dayIn(table, at) - table.firstDay;
  let row = place >= 0 && place < table.firsts.length ? (table.firsts[place] as number) : UNKNOWN;
  if (row !== UNKNOWN) while (at >= (table.rows[row * ROW] as number)) row++;
  return row;
}

/** Adds the stretches that cover a day, each with its numbers; tells how many numbers of room were taken. */
export function addDay(
  table: Table,
  day: number,
  walked: readonly Stretch[],
  numbers: readonly number[],
): number {
  const roomBefore = table.firsts.length + table.rows.length;
  makeRoomForDay(table, day);
  const row = table.stretches.length;
  const needed = (row + walked.length) * ROW;
  if (needed > table.rows.length) table.rows = grown(table.rows, Math.max(needed, table.rows.length * 2));
  table.rows.set(numbers, row * ROW);
  for (const stretch of walked) {
    table.stretches.push(stretch);
    table.saids.push(stretch.refused ? undefined : stretch.taken?.said);
  }
  table.firsts[day - table.firstDay] = row;
  return table.firsts.length + table.rows.length - roomBefore;
}

function grown(rows: Float64Array, length: number): Float64Array {
  const larger = new Float64Array(length);
  larger.set(rows);
  return larger;
}

function makeRoomForDay(table: Table, day: number): void {
  const { firsts, firstDay } = table;
  if (day >= firstDay && day < firstDay + firsts.length) return;
  const known = firsts.length > 0;
  const from = Math.max(runStart(known ? Math.min(day, firstDay) : day), FIRST_DAY - 1);
  const end = Math.min(
    runStart(known ? Math.max(day, firstDay + firsts.length - 1) : day) + RUN_DAYS,
    LAST_DAY + 1,
  );
  table.firsts = new Int32Array(end - from).fill(UNKNOWN);
  table.firsts.set(firsts, known ? firstDay - from : 0);
  table.firstDay = from;
}

const runStart = (day: number): number => Math.floor(day / RUN_DAYS) * RUN_DAYS;
