import type { Phase } from "../model/assessment.js";
import { pickBound } from "../model/bound.js";
import type { Leg } from "../route/path.js";
import type { Instant } from "../time/instant.js";
import { exitTime, legCount, scheduleFor, sendOffset } from "./leg-schedule.js";
import type { ActiveHold } from "./payment-state.js";
import { legOfHold, type RemainingPath } from "./remaining-path.js";
import { phaseAt, type Situation } from "./situation.js";

/** Where the money should be at an instant. */
export interface Position {
  readonly path: RemainingPath;
  readonly leg: number;
  readonly since: Instant;
}

/** Undefined once the money arrived or is back, and for a refused payment. */
export function positionAt(situation: Situation, now: Instant): Position | undefined {
  const { state, current, returnPath } = situation;
  if (state.doneAt !== undefined || state.status === "refused") return undefined;
  const phase = phaseAt(situation, now);
  if (returnPath !== undefined) return positionOnPath(returnPath, 0, returnPath.entry, now, phase);
  if (state.holds.size === 0) return positionOnPath(current, state.leg, state.at, now, phase);
  if (current.paths.expected.legs.length === 0) return undefined;
  const hold = [...state.holds.values()].at(-1) as ActiveHold;
  return { path: current, leg: legOfHold(current, hold.rule, state.leg), since: hold.at };
}

/**
 * The position of money that entered leg `from` at `at`: on the expected path, or between the expected and the latest
 * time on the latest path. Overdue money is at the first leg whose milestone was not reported.
 */
function positionOnPath(
  path: RemainingPath,
  from: number,
  at: Instant,
  now: Instant,
  phase: Phase,
): Position | undefined {
  const bound = phase === "before-latest" ? "latest" : "expected";
  const schedule = scheduleFor(path, bound, from, at);
  const offset = sendOffset(path, at);
  const { legs } = pickBound(path.paths, bound);
  let leg = from;
  let since = at;
  let entered = at;
  for (let index = 0; index < legCount(schedule); index++) {
    const exit = exitTime(schedule, index, offset);
    const isUnreported = phase === "overdue" && legs[from + index]?.milestone !== undefined;
    const isHere = isUnreported || exit > now;
    if (isHere || exit > entered) {
      leg = from + index;
      since = entered;
    }
    if (isHere) break;
    entered = exit;
  }
  return legCount(schedule) === 0 ? undefined : { path, leg, since };
}

/** The leg of the step at a position. A planned hold counts as the step after it, or as the last step. */
export function stepOf({ path, leg }: Position): Leg & { readonly step: number } {
  const { legs } = path.paths.expected;
  let at = leg;
  while (at < legs.length - 1 && legs[at]?.step === undefined) at++;
  while (at > 0 && legs[at]?.step === undefined) at--;
  return legs[at] as Leg & { readonly step: number };
}
