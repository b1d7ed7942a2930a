import { exampleProblems, type FailingExample, testExamples } from "../answer/examples.js";
import { RulebookError } from "../errors.js";
import type { Documents } from "../load/document.js";
import type { ValidationStamp } from "../load/validation-stamp.js";
import { type Timetable, timetableOf } from "../timetable.js";

/** A rulebook that may contradict its own examples, as while somebody edits it. */
export interface Draft {
  readonly timetable: Timetable;
  readonly failingExamples: readonly FailingExample[];
}

/**
 * Compiles documents like `timetableOf`, but returns failing examples instead of refusing them. Where examples of a
 * channel fail, its rules may lack an example too, because a failing example may have been the one that decided them.
 *
 * @throws RulebookError with all problems, if there is any other problem
 */
export function draftOf(documents: Documents, stamp?: ValidationStamp): Draft {
  const failingExamples: FailingExample[] = [];
  const timetable = timetableOf(documents, stamp, (...compiled) => {
    const channels = testExamples(...compiled);
    if (channels.some(({ failing, untested }) => failing.length === 0 && untested.length > 0))
      throw new RulebookError(exampleProblems(channels));
    failingExamples.push(...channels.flatMap(({ failing }) => failing));
  });
  return { timetable, failingExamples };
}
