import { paymentSays, QuestionError } from "../errors.js";
import type { Columns } from "../model/answers.js";
import { BOUNDS } from "../model/bound.js";
import { DAY_MS, FIRST_DAY, LAST_DAY } from "../time/day.js";
import type { Instant } from "../time/instant.js";
import { lineOf, stretches } from "./stretch.js";
import type { Subject } from "./subject.js";

/**
 * The stretches of one day as numbers. Row r holds for an entry before `ends[r]`; its three bounds stand at 3r, 3r + 1
 * and 3r + 2, and an arrival is `values[i] + slopes[i] * entry`.
 */
interface Lines {
  readonly ends: Float64Array;
  readonly values: Float64Array;
  readonly slopes: Float64Array;
}

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
  const { earliest, expected, latest } = columns;
  const days: (Lines | undefined)[] = [];
  for (let index = 0; index < count; index++) {
    const at = instants[index] as number;
    const day = Math.floor(at / DAY_MS) - FIRST_DAY;
    const { ends, values, slopes } = days[day] ?? linesOf(subject, days, day, index, at);
    let cell = 0;
    while (at >= (ends[cell] as number)) cell++;
    cell *= 3;
    earliest[index] = (values[cell] as number) + (slopes[cell] as number) * at;
    expected[index] = (values[cell + 1] as number) + (slopes[cell + 1] as number) * at;
    latest[index] = (values[cell + 2] as number) + (slopes[cell + 2] as number) * at;
  }
  return columns;
}

function linesOf(
  subject: Subject,
  days: (Lines | undefined)[],
  day: number,
  index: number,
  at: number,
): Lines {
  if (!(day > 0 && day < LAST_DAY - FIRST_DAY)) {
    throw new QuestionError("bad-time", `instants[${index}]`, paymentSays.badInstant["out-of-range"](at));
  }
  const start = (day + FIRST_DAY) * DAY_MS;
  const walked = [...stretches(subject, start as Instant, (start + DAY_MS) as Instant)];
  const cells = walked.flatMap((stretch) => BOUNDS.map((bound) => lineOf(stretch, bound)));
  const lines: Lines = {
    ends: Float64Array.from(walked, ({ until }) => until),
    values: Float64Array.from(cells, ({ value }) => value),
    slopes: Float64Array.from(cells, ({ slope }) => slope),
  };
  days[day] = lines;
  return lines;
}
