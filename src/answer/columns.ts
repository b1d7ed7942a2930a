import { paymentMessages, QuestionError } from "../errors.js";
import type { Columns } from "../model/answers.js";
import { BOUNDS } from "../model/bound.js";
import { arrivesAt } from "../pieces/piece.js";
import { pieceAt } from "../pieces/piece-lookup.js";
import type { Query } from "../pieces/query.js";
import { type Instant, withinRange } from "../time/instant.js";
import { buildColumnTable, type ColumnTable, cachedColumnTable } from "./column-table.js";

/**
 * The arrivals of one class of payments for many sending instants, in epoch milliseconds; a refused payment arrives as
 * one sent when it would be taken.
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

/** One buffer for all three, which takes less time to get, and can be handed to another thread as one. */
function emptyColumns(count: number): Columns {
  const { buffer } = new Float64Array(count * BOUNDS.length);
  const column = (place: number): Float64Array =>
    new Float64Array(buffer, place * count * Float64Array.BYTES_PER_ELEMENT, count);
  return { earliest: column(0), expected: column(1), latest: column(2) };
}

/** Fills from `start` on as far as the layout reaches; tells how far it came. */
function fill(
  layout: ColumnTable | undefined,
  instants: Float64Array,
  columns: Columns,
  start: number,
): number {
  if (layout === undefined) return start;
  return layout.plain
    ? fillPlain(layout, instants, columns, start)
    : fillSloping(layout, instants, columns, start);
}

/** This loop and the next are the whole cost. */
function fillPlain(layout: ColumnTable, instants: Float64Array, columns: Columns, start: number): number {
  const { from, to, origin, slotsPerMs, lines } = layout;
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

function fillSloping(layout: ColumnTable, instants: Float64Array, columns: Columns, start: number): number {
  const { from, to, origin, slotsPerMs, slots, lines } = layout;
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

/** The first instant that cannot be answered is an error, and tells its place. */
function fillOne(query: Query, instants: Float64Array, columns: Columns, index: number): void {
  const at = instants[index] as Instant;
  if (withinRange(at) === undefined) {
    throw new QuestionError("bad-time", `instants[${index}]`, paymentMessages.badInstant["out-of-range"](at));
  }
  const piece = pieceAt(query, at);
  for (const bound of BOUNDS) columns[bound][index] = arrivesAt(piece, bound, at);
}
