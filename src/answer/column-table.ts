import { QuestionError } from "../errors.js";
import { BOUNDS } from "../model/bound.js";
import type { Query } from "../pieces/query.js";
import { DAY_MS } from "../time/day.js";
import { type Instant, withinRange } from "../time/instant.js";
import { type Span, spans } from "./profile.js";

/**
 * The function from sending to arrival over some time, laid out so that each instant of a column is a multiplication and
 * a look-up: time is cut into slots so fine that none holds more than one line.
 */
export interface ColumnTable {
  /** It covers [from, to). */
  readonly from: Instant;
  readonly to: Instant;
  /** Where the first slot begins, and how many slots there are in a millisecond. */
  readonly origin: number;
  readonly slotsPerMs: number;
  /** By slot, its line; two bytes each where that is enough, as small tables stay at hand. */
  readonly slots: Uint16Array | Int32Array;
  /**
   * By line, for earliest, expected and latest: when all arrive, or how long after its sending each does, and then, but in
   * a plain layout, the slope: 0 where all arrive together, 1 where each takes equally long.
   */
  readonly lines: Float64Array;
  /** Whether every slot has a line of its own, in order, and all arrive together in each. */
  readonly plain: boolean;
}

/** Time is only laid out for a column that has so many instants a day. */
const INSTANTS_A_DAY = 4;
const SLOTS_MAX = 2 ** 21;
/** More lines need longer numbers. */
const SHORT_MAX = 2 ** 16;
/** More slots share their lines, so that these stay at hand. */
const PLAIN_MAX = 2 ** 15;
/** How many a view keeps. */
const LAYOUTS_MAX = 8;

/** The layout that is kept for these payments, if there is one. */
export const cachedColumnTable = ({ snapshot, cacheId: number }: Query): ColumnTable | undefined =>
  snapshot.cache.columnTables.get(number) as ColumnTable | undefined;

/**
 * Lays out the time that the instants from index `start` on span, and keeps that. Undefined where it is not worth it, or
 * cannot be answered everywhere, or would need too many slots.
 */
export function buildColumnTable(
  query: Query,
  instants: Float64Array,
  start: number,
): ColumnTable | undefined {
  const range = rangeOf(instants, start);
  const days = range === undefined ? 0 : (range.to - range.from) / DAY_MS;
  if (range === undefined || days * INSTANTS_A_DAY > instants.length - start) return undefined;
  const { columnTables: layouts } = query.snapshot.cache;
  const layout = attempt(query, range);
  if (layout === undefined) return undefined;
  if (layouts.size >= LAYOUTS_MAX) layouts.clear();
  layouts.set(query.cacheId, layout);
  return layout;
}

interface Range {
  readonly from: Instant;
  readonly to: Instant;
}

/** [from, to); undefined where an instant is none that can be asked about, or there is none. */
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
  const said = plain ? Array.from(rowOf, (row) => rows[row] as Span) : rows;
  const lines = said.flatMap((row) => BOUNDS.map((bound) => row.lines[bound]));
  const numbers = lines.flatMap(({ value, slope }) => (plain ? [value] : [value, slope]));
  return {
    from,
    to,
    // Half a millisecond earlier, so that no whole one lies where a slot begins, and rounding cannot move it across.
    origin: origin - 0.5,
    slotsPerMs: 1 / unitMs,
    slots: plain ? rowOf.map((_, slot) => slot) : rowOf,
    lines: Float64Array.from(numbers),
    plain,
  };
}

/** By slot, the row that holds it. */
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
