import { QuestionError } from "../errors.js";
import { BOUNDS } from "../model/bound.js";
import type { Query } from "../pieces/query.js";
import { DAY_MS } from "../time/day.js";
import { type Instant, instantInRange } from "../time/instant.js";
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

/** A table is built only for columns with at least this many instants a day. */
const INSTANTS_A_DAY = 4;
const SLOTS_MAX = 2 ** 21;
/** Up to this many spans, an index takes two bytes. */
const SHORT_MAX = 2 ** 16;
/** Above this many slots, slots share lines, which keeps the table small. */
const PLAIN_MAX = 2 ** 15;
/** The most tables that a snapshot keeps. */
const TABLES_MAX = 8;

/** The cached table for payments of this class. */
export const cachedColumnTable = ({ snapshot, cacheId }: Query): ColumnTable | undefined =>
  snapshot.cache.columnTables.get(cacheId) as ColumnTable | undefined;

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
  const table = tryBuild(query, range);
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
    if (instantInRange(at) === undefined) return undefined;
    if (at < from) from = at;
    if (at > last) last = at;
  }
  return from > last
    ? undefined
    : { from: Math.floor(from) as Instant, to: (Math.floor(last) + 1) as Instant };
}

function tryBuild(query: Query, range: Range): ColumnTable | undefined {
  try {
    return tableOf([...spans(query, range.from, range.to)], range);
  } catch (error) {
    if (error instanceof QuestionError) return undefined;
    throw error;
  }
}

function tableOf(all: readonly Span[], { from, to }: Range): ColumnTable | undefined {
  const ends = all.slice(0, -1).map(({ until }) => until);
  const [first = to] = ends;
  const divisor = ends.reduce((unit, end) => greatestCommonDivisor(unit, end - first), 0);
  const unitMs = divisor === 0 ? to - from : divisor;
  const origin = first - Math.ceil((first - from) / unitMs) * unitMs;
  const count = Math.ceil((to - origin) / unitMs);
  if (count > SLOTS_MAX) return undefined;
  const spanIndexes = spanIndexesOf(all, origin, unitMs, count);
  const flat = all.every(({ lines }) => BOUNDS.every((bound) => lines[bound].slope === 0));
  const plain = flat && count <= PLAIN_MAX;
  const lineSpans = plain ? Array.from(spanIndexes, (index) => all[index] as Span) : all;
  const lines = lineSpans.flatMap((span) => BOUNDS.map((bound) => span.lines[bound]));
  const numbers = lines.flatMap(({ value, slope }) => (plain ? [value] : [value, slope]));
  return {
    from,
    to,
    // Half a millisecond earlier, so that no whole millisecond lies on a slot's edge, where rounding could move it across.
    origin: origin - 0.5,
    slotsPerMs: 1 / unitMs,
    slots: plain ? spanIndexes.map((_, slot) => slot) : spanIndexes,
    lines: Float64Array.from(numbers),
    plain,
  };
}

/** The index of the span of each slot. */
function spanIndexesOf(
  all: readonly Span[],
  origin: number,
  unitMs: number,
  count: number,
): Uint16Array | Int32Array {
  const indexes = all.length <= SHORT_MAX ? new Uint16Array(count) : new Int32Array(count);
  let index = 0;
  for (let slot = 0; slot < count; slot++) {
    while (origin + slot * unitMs >= (all[index] as Span).until) index++;
    indexes[slot] = index;
  }
  return indexes;
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
