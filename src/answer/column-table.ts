import { QuestionError } from "../errors.js";
import { BOUNDS } from "../model/bound.js";
import type { Query } from "../pieces/query.js";
import { DAY_MS } from "../time/day.js";
import { type Instant, withinRange } from "../time/instant.js";
import { type Span, spans } from "./profile.js";

/**
 * Arrival as a function of the send time, as a lookup table: one multiplication and one read for each instant. Time is
 * cut into slots so short that each has one line.
 */
export interface ColumnTable {
  /** It covers [from, to). */
  readonly from: Instant;
  readonly to: Instant;
  /** Where the first slot begins, and how many slots there are in a millisecond. */
  readonly origin: number;
  readonly slotsPerMs: number;
  /** The line of each slot; two bytes each if that is enough, because small tables stay in the processor's cache. */
  readonly slots: Uint16Array | Int32Array;
  /**
   * For each line and bound: the arrival (slope 0) or the delay in milliseconds (slope 1), then the slope. A plain table
   * leaves the slopes out.
   */
  readonly lines: Float64Array;
  /** Whether slot n has line n, and all slopes are 0. */
  readonly plain: boolean;
}

/** A table is built only for columns with this many instants a day. */
const INSTANTS_A_DAY = 4;
const SLOTS_MAX = 2 ** 21;
/** More lines need four bytes each. */
const SHORT_MAX = 2 ** 16;
/** Above this, slots share lines, which keeps the table small. */
const PLAIN_MAX = 2 ** 15;
/** Tables that a snapshot keeps. */
const TABLES_MAX = 8;

/** The cached table for payments of this class. */
export const cachedColumnTable = ({ snapshot, cacheId: number }: Query): ColumnTable | undefined =>
  snapshot.cache.columnTables.get(number) as ColumnTable | undefined;

/**
 * Builds and caches the table for the range of the instants from index `start` on. Undefined if the range is too sparse,
 * cannot be answered everywhere, or needs too many slots.
 */
export function buildColumnTable(
  query: Query,
  instants: Float64Array,
  start: number,
): ColumnTable | undefined {
  const range = rangeOf(instants, start);
  const days = range === undefined ? 0 : (range.to - range.from) / DAY_MS;
  if (range === undefined || days * INSTANTS_A_DAY > instants.length - start) return undefined;
  const { columnTables } = query.snapshot.cache;
  const table = attempt(query, range);
  if (table === undefined) return undefined;
  if (columnTables.size >= TABLES_MAX) columnTables.clear();
  columnTables.set(query.cacheId, table);
  return table;
}

interface Range {
  readonly from: Instant;
  readonly to: Instant;
}

/** [from, to); undefined if there are no instants, or one is out of range. */
function rangeOf(instants: Float64Array, start: number): Range | undefined {
  let [from, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = start; index < instants.length; index++) {
    const at = instants[index] as number;
    if (withinRange(at) === undefined) return undefined;
    if (at < from) from = at;
    if (at > last) last = at;
  }
  return from > last
    ? undefined
    : { from: Math.floor(from) as Instant, to: (Math.floor(last) + 1) as Instant };
}

function attempt(query: Query, range: Range): ColumnTable | undefined {
  try {
    return tableOf([...spans(query, range.from, range.to)], range);
  } catch (error) {
    if (error instanceof QuestionError) return undefined;
    throw error;
  }
}

function tableOf(rows: readonly Span[], { from, to }: Range): ColumnTable | undefined {
  const turns = rows.slice(0, -1).map(({ until }) => until);
  const [first = to] = turns;
  const apart = turns.reduce((unit, turn) => greatestCommonDivisor(unit, turn - first), 0);
  const unitMs = apart === 0 ? to - from : apart;
  const origin = first - Math.ceil((first - from) / unitMs) * unitMs;
  const count = Math.ceil((to - origin) / unitMs);
  if (count > SLOTS_MAX) return undefined;
  const rowOf = rowsOf(rows, origin, unitMs, count);
  const flat = rows.every(({ lines }) => BOUNDS.every((bound) => lines[bound].slope === 0));
  const plain = flat && count <= PLAIN_MAX;
  const texts = plain ? Array.from(rowOf, (row) => rows[row] as Span) : rows;
  const lines = texts.flatMap((row) => BOUNDS.map((bound) => row.lines[bound]));
  const numbers = lines.flatMap(({ value, slope }) => (plain ? [value] : [value, slope]));
  return {
    from,
    to,
    // Half a millisecond earlier, so that no whole millisecond lies on a slot's edge, where rounding could move it across.
    origin: origin - 0.5,
    slotsPerMs: 1 / unitMs,
    slots: plain ? rowOf.map((_, slot) => slot) : rowOf,
    lines: Float64Array.from(numbers),
    plain,
  };
}

/** The row of each slot. */
function rowsOf(
  rows: readonly Span[],
  origin: number,
  unitMs: number,
  count: number,
): Uint16Array | Int32Array {
  const rowOf = rows.length <= SHORT_MAX ? new Uint16Array(count) : new Int32Array(count);
  let row = 0;
  for (let slot = 0; slot < count; slot++) {
    while (origin + slot * unitMs >= (rows[row] as Span).until) row++;
    rowOf[slot] = row;
  }
  return rowOf;
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
