import { partsOf } from "../decide/tree.js";
import type { Condition, Rulebook } from "../model/rulebook.js";
import type { Wait } from "../route/wait.js";
import { type Instant, parseInstant } from "../time/instant.js";
import { travelLegs } from "./remaining-path.js";
import type { Situation } from "./situation.js";

/** Instants at which a verdict may change although nothing new is reported. */

/**
 * The instants after `now`, in order, at which a finding of the situation may change: the phases, the thresholds of
 * `assessment.overdueMinutes`, and, if the position matters to a rule, the ends of the remaining waits.
 */
export function turningPoints(situation: Situation, now: Instant, positionMatters: boolean): Instant[] {
  const { state, times, deadline, current } = situation;
  if (state.doneAt !== undefined) return [];
  const points: number[] = [];
  const add = (at: number): void => {
    if (at > now) points.push(at);
  };
  if (positionMatters) {
    add(times.expected);
    for (const { to } of remainingWaits(situation)) add(to);
  }
  add(times.expected + 1);
  add(deadline + 1);
  for (const minutes of thresholdsOf(current.query.snapshot.rulebook)) add(deadline + minutes * 60_000);
  return points.sort((one, other) => one - other) as Instant[];
}

const thresholds = new WeakMap<Rulebook["verdicts"], readonly number[]>();

/**
 * The whole overdue minutes at which a verdict rule may turn, in order: for each number in a condition, the minute that
 * reaches it (`at least`) and the one that exceeds it (`more than`).
 */
export function thresholdsOf({ verdicts, conditions }: Rulebook): readonly number[] {
  const known = thresholds.get(verdicts);
  if (known !== undefined) return known;
  const minutes = verdicts.flatMap((rule) => minutesIn(rule.conditions, conditions));
  const whole = minutes.flatMap((one) => [Math.ceil(one), Math.floor(one) + 1]);
  const found = [...new Set(whole)].sort((one, other) => one - other);
  thresholds.set(verdicts, found);
  return found;
}

function minutesIn(tree: Condition | undefined, named: Rulebook["conditions"]): number[] {
  return [...partsOf(tree)].flatMap((part) => {
    if ("condition" in part) return minutesIn(named[part.condition], named);
    if (part.fact !== "assessment.overdueMinutes") return [];
    return [part.value].flat().filter((value) => typeof value === "number");
  });
}

/** The next review of an incident without a known end that the money still has to wait for. */
export function nextReview(situation: Situation, now: Instant): Instant | undefined {
  const { windows } = situation.current.query.snapshot.rulebook;
  const names = new Set(remainingWaits(situation).map(({ rule }) => rule));
  const reviews = windows
    .filter(({ name }) => names.has(name))
    .map(({ event }) => event.params.interval?.reviewAt)
    .filter((at) => at !== undefined)
    .map((at) => parseInstant(at) as Instant)
    .filter((at) => at > now);
  return reviews.length === 0 ? undefined : (Math.min(...reviews) as Instant);
}

/** The waits after the last known position, on the expected and on the latest path. */
function remainingWaits({ state, current, returnPath }: Situation): Wait[] {
  const { paths } = returnPath ?? current;
  const [from, at] = returnPath === undefined ? [state.leg, state.at] : [0, returnPath.entry];
  const waits: Wait[] = [];
  for (const bound of ["expected", "latest"] as const) {
    travelLegs(paths[bound], from, at, undefined, (wait) => waits.push(wait));
  }
  return waits;
}
