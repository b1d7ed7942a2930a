import { liveMessages, type Problem, RulebookError } from "../errors.js";
import type { Documents } from "../load/document.js";
import type { ValidationStamp } from "../load/validation-stamp.js";
import { type Timetable, timetableOf } from "../timetable.js";

/** The immutable state of a live timetable. */
export interface State {
  readonly timetable: Timetable;
  readonly loadedAt: string | undefined;
  /** Why the current files are not in use; undefined if they are. */
  readonly rejected: Rejection | undefined;
}

export interface Rejection {
  readonly problems: readonly Problem[];
  /** ISO 8601; only with a clock. */
  readonly at?: string;
}

/**
 * The state after a change of the files. A rulebook that loads and passes its examples takes over; otherwise the last
 * good one stays. Returns the same object if nothing has changed.
 */
export function stateAfter(
  state: State,
  documents: Documents,
  at: string | undefined,
  stamp?: ValidationStamp,
): State {
  const built = tryBuild(documents, stamp);
  if ("problems" in built) return rejectedState(state, built.problems, at);
  const { timetable, loadedAt, rejected } = state;
  if (built.version !== timetable.version) return { timetable: built, loadedAt: at, rejected: undefined };
  return rejected === undefined ? state : { timetable, loadedAt, rejected: undefined };
}

function rejectedState(state: State, problems: readonly Problem[], at: string | undefined): State {
  const previous = state.rejected !== undefined && JSON.stringify(state.rejected.problems);
  if (previous === JSON.stringify(problems)) return state;
  return { ...state, rejected: { problems, ...(at !== undefined && { at }) } };
}

/** Catches every error, even a bug, so that the current timetable keeps answering. */
function tryBuild(
  documents: Documents,
  stamp?: ValidationStamp,
): Timetable | { readonly problems: readonly Problem[] } {
  try {
    const built = timetableOf(documents, stamp);
    const isEmpty = Object.keys(built.rulebook.channels).length === 0;
    return isEmpty ? { problems: [liveMessages.noChannels()] } : built;
  } catch (error) {
    return { problems: error instanceof RulebookError ? error.problems : [liveMessages.notBuilt(error)] };
  }
}
