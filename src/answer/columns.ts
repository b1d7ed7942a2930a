import { paymentMessages, QuestionError } from "../errors.js";
import type { Columns } from "../model/answers.js";
import { BOUNDS } from "../model/bound.js";
import { arrivesAt } from "../pieces/piece.js";
import { pieceAt } from "../pieces/piece-lookup.js";
import type { Query } from "../pieces/query.js";
import { type Instant, instantInRange } from "../time/instant.js";
import { buildColumnTable, type ColumnTable, cachedColumnTable } from "./column-table.js";

/**
 * The arrivals of one class of payments for many send times, in epoch milliseconds. A refused payment arrives as if it were
 * sent when it is first accepted.
 *
 * @throws QuestionError bad-time | outside-coverage
 */
export function arrivalColumns(query: Query, instants: Float64Array): Columns {
  const columns = emptyColumns(instants.length);
  let done = fill(cachedColumnTable(query), instants, columns, 0);
  if (done < instants.length) done = fill(buildColumnTable(query, instants, done), instants, columns, done);
  while (done < instants.length) fillOne(query, instants, columns, done++);
  return columns;
}

/** The three columns share one buffer: one allocation, and one transfer to another thread. */
function emptyColumns(count: number): Columns {
  const { buffer } = new Float64Array(count * BOUNDS.length);
  const column = (place: number): Float64Array =>
    new Float64Array(buffer, place * count * Float64Array.BYTES_PER_ELEMENT, count);
  return { earliest: column(0), expected: column(1), latest: column(2) };
}

/** Fills from `start` to the first instant outside the table, and returns the index of that instant. */
function fill(
  table: ColumnTable | undefined,
  instants: Float64Array,
  columns: Columns,
  start: number,
): number {
  if (table === undefined) return start;
  return table.plain
    ? fillPlain(table, instants, columns, start)
    : fillSloping(table, instants, columns, start);
}

/** Nearly all time is spent in this loop and the next. */
function fillPlain(table: ColumnTable, instants: Float64Array, columns: Columns, start: number): number {
  const { from, to, origin, slotsPerMs, lines } = table;
  const { earliest, expected, latest } = columns;
  for (let index = start; index < instants.length; index++) {
    const at = instants[index] as number;
    if (!(at >= from && at < to)) return index;
    const line = (((Math.floor(at) - origin) * slotsPerMs) | 0) * 3;
    earliest[index] = lines[line] as number;
    expected[index] = lines[line + 1] as number;
    latest[index] = lines[line + 2] as number;
  }
  return instants.length;
}

function fillSloping(table: ColumnTable, instants: Float64Array, columns: Columns, start: number): number {
  const { from, to, origin, slotsPerMs, slots, lines } = table;
  const { earliest, expected, latest } = columns;
  for (let index = start; index < instants.length; index++) {
    const at = instants[index] as number;
    if (!(at >= from && at < to)) return index;
    const line = (slots[((Math.floor(at) - origin) * slotsPerMs) | 0] as number) * 6;
    earliest[index] = (lines[line] as number) + (lines[line + 1] as number) * at;
    expected[index] = (lines[line + 2] as number) + (lines[line + 3] as number) * at;
    latest[index] = (lines[line + 4] as number) + (lines[line + 5] as number) * at;
  }
  return instants.length;
}

/** For an instant outside the table. Throws a `QuestionError` with its index if it has no answer. */
function fillOne(query: Query, instants: Float64Array, columns: Columns, index: number): void {
  const at = instants[index] as Instant;
  if (instantInRange(at) === undefined) {
    throw new QuestionError("bad-time", `instants[${index}]`, paymentMessages.badInstant["out-of-range"](at));
  }
  const piece = pieceAt(query, at);
  for (const bound of BOUNDS) columns[bound][index] = arrivesAt(piece, bound, at);
}
