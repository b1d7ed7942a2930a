import { liveSays, type Problem, RulebookError } from "../errors.js";
import type { Documents } from "../load/document.js";
import type { Proven } from "../load/proven.js";
import { type Timetable, timetableOf } from "../timetable.js";

/** All that a live timetable is at an instant: it changes by being replaced. */
export interface State {
  readonly timetable: Timetable;
  readonly loadedAt: string | undefined;
  /** Why what the folders say now is not what answers. */
  readonly rejected: Rejection | undefined;
}

export interface Rejection {
  readonly problems: readonly Problem[];
  /** ISO 8601; only where a clock was given. */
  readonly at?: string;
}

/**
 * The state after the folders have come to say something else: a rulebook that loads and proves its examples answers
 * from here on, anything else leaves the last good one. The same state where nothing has changed.
 */
export function stateAfter(
  state: State,
  documents: Documents,
  at: string | undefined,
  proven?: Proven,
): State {
  const built = build(documents, proven);
  if ("problems" in built) return rejecting(state, built.problems, at);
  const { timetable, loadedAt, rejected } = state;
  if (built.version !== timetable.version) return { timetable: built, loadedAt: at, rejected: undefined };
  return rejected === undefined ? state : { timetable, loadedAt, rejected: undefined };
}

function rejecting(state: State, problems: readonly Problem[], at: string | undefined): State {
  const known = state.rejected !== undefined && JSON.stringify(state.rejected.problems);
  if (known === JSON.stringify(problems)) return state;
  return { ...state, rejected: { problems, ...(at !== undefined && { at }) } };
}

/** Whatever goes wrong while it is built, even a fault of the program, must not stop the one that answers. */
function build(documents: Documents, proven?: Proven): Timetable | { readonly problems: readonly Problem[] } {
  try {
    const built = timetableOf(documents, proven);
    const isEmpty = Object.keys(built.rulebook.channels).length === 0;
    return isEmpty ? { problems: [liveSays.noChannels()] } : built;
  } catch (error) {
    return { problems: error instanceof RulebookError ? error.problems : [liveSays.notBuilt(error)] };
  }
}
