import { paymentSays, QuestionError } from "../errors.js";
import type { Columns } from "../model/answers.js";
import { DAY_MS, FIRST_DAY, LAST_DAY } from "../time/day.js";
import type { Instant } from "../time/instant.js";
import { knownDay } from "./memory.js";
import { ROW, rowsOf, stretches, workOut } from "./stretch.js";
import type { Subject } from "./subject.js";

/** The rows of all days that a column touches, one after another, and where those of each day begin. */
interface Table {
  readonly rows: Float64Array;
  /** By day from `FIRST_DAY`. */
  readonly starts: Int32Array;
}

/**
 * The arrivals of one class of payments for many sending instants, in epoch milliseconds; a refused payment arrives as
 * one sent when it would be taken.
 *
 * @throws QuestionError bad-time | outside-coverage
 */
export function arrivalColumns(subject: Subject, instants: Float64Array): Columns {
  const { rows, starts } = tableFor(subject, instants);
  const count = instants.length;
  const earliest = new Float64Array(count);
  const expected = new Float64Array(count);
  const latest = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const at = instants[index] as number;
    let row = starts[Math.floor(at / DAY_MS) - FIRST_DAY] as number;
    while (at >= (rows[row] as number)) row += ROW;
    earliest[index] = (rows[row + 1] as number) + (rows[row + 2] as number) * at;
    expected[index] = (rows[row + 3] as number) + (rows[row + 4] as number) * at;
    latest[index] = (rows[row + 5] as number) + (rows[row + 6] as number) * at;
  }
  return { earliest, expected, latest };
}

const UNSEEN = -1;

function tableFor(subject: Subject, instants: Float64Array): Table {
  const starts = new Int32Array(LAST_DAY - FIRST_DAY).fill(UNSEEN);
  const days: Float64Array[] = [];
  let length = 0;
  for (let index = 0; index < instants.length; index++) {
    const place = Math.floor((instants[index] as number) / DAY_MS) - FIRST_DAY;
    if (starts[place] !== UNSEEN) {
      if (!(place > 0 && place < starts.length)) throw outside(index, instants[index] as number);
      continue;
    }
    const rows = rowsOfDay(subject, place + FIRST_DAY);
    starts[place] = length;
    length += rows.length;
    days.push(rows);
  }
  const rows = new Float64Array(length);
  let start = 0;
  for (const day of days) {
    rows.set(day, start);
    start += day.length;
  }
  return { rows, starts };
}

/** A day that cannot be answered whole is walked again, to throw what there is to throw. */
function rowsOfDay(subject: Subject, day: number): Float64Array {
  const known = knownDay(subject.days, day) ?? workOut(subject, day);
  if (known !== undefined) return known.rows;
  const start = day * DAY_MS;
  return rowsOf([...stretches(subject, start as Instant, (start + DAY_MS) as Instant)]);
}

const outside = (index: number, at: number): QuestionError =>
  new QuestionError("bad-time", `instants[${index}]`, paymentSays.badInstant["out-of-range"](at));
