import { paymentSays, QuestionError } from "../errors.js";
import type { Columns } from "../model/answers.js";
import { DAY_MS } from "../time/day.js";
import { type Instant, withinRange } from "../time/instant.js";
import { arrivesAt, knownRowAt, stretchAt } from "./stretch.js";
import type { Subject } from "./subject.js";
import { ROW, UNKNOWN } from "./table.js";

/**
 * The arrivals of one class of payments for many sending instants, in epoch milliseconds; a refused payment arrives as
 * one sent when it would be taken.
 *
 * @throws QuestionError bad-time | outside-coverage
 */
export function arrivalColumns(subject: Subject, instants: Float64Array): Columns {
  const count = instants.length;
  const columns = {
    earliest: new Float64Array(count),
    expected: new Float64Array(count),
    latest: new Float64Array(count),
  };
  for (let index = 0; index < count; ) {
    index = fillKnown(subject, instants, columns, index);
    if (index < count) fillOne(subject, instants, columns, index++);
  }
  return columns;
}

/** Fills from `start` on while the table knows the days; tells how far it came. This loop is the whole cost. */
function fillKnown({ table }: Subject, instants: Float64Array, columns: Columns, start: number): number {
  const { phaseMs, firstDay, firsts, rows } = table;
  const { earliest, expected, latest } = columns;
  const origin = firstDay * DAY_MS + phaseMs;
  const end = origin + firsts.length * DAY_MS;
  for (let index = start; index < instants.length; index++) {
    const at = instants[index] as number;
    // Whole numbers of 32 bits: an instant before the table is not taken for one of its first day, nor is none at all.
    if (!(at >= origin && at < end)) return index;
    const first = firsts[((at - origin) / DAY_MS) | 0] as number;
    if (first === UNKNOWN) return index;
    let cell = first * ROW;
    while (at >= (rows[cell] as number)) cell += ROW;
    earliest[index] = (rows[cell + 1] as number) + (rows[cell + 2] as number) * at;
    expected[index] = (rows[cell + 3] as number) + (rows[cell + 4] as number) * at;
    latest[index] = (rows[cell + 5] as number) + (rows[cell + 6] as number) * at;
  }
  return instants.length;
}

/** An instant of a day that is not known yet: its whole day is, after this, where it can be answered. */
function fillOne(subject: Subject, instants: Float64Array, columns: Columns, index: number): void {
  const at = instants[index] as number;
  if (withinRange(at) === undefined) {
    throw new QuestionError("bad-time", `instants[${index}]`, paymentSays.badInstant["out-of-range"](at));
  }
  knownRowAt(subject, at as Instant);
  const stretch = stretchAt(subject, at as Instant);
  columns.earliest[index] = arrivesAt(stretch, "earliest", at as Instant);
  columns.expected[index] = arrivesAt(stretch, "expected", at as Instant);
  columns.latest[index] = arrivesAt(stretch, "latest", at as Instant);
}
