import { partsOf } from "../decide/tree.js";
import type { Condition, Rulebook } from "../model/rulebook.js";
import type { Wait } from "../route/wait.js";
import { type Instant, parseInstant } from "../time/instant.js";
import { through } from "./remaining-path.js";
import type { Situation } from "./situation.js";

/** When a verdict can change by itself: as nothing but the time goes on, only these instants matter. */

/**
 * The instants after `now` at which anything that verdict rules look at may change, in order: the phases, the thresholds
 * of `assessment.overdueMinutes`, and the ends of what the money waits for.
 */
export function turningPoints(situation: Situation, now: Instant, placeMatters: boolean): Instant[] {
  const { course, times, deadline, known } = situation;
  if (course.doneAt !== undefined) return [];
  const points: number[] = [];
  const add = (at: number): void => {
    if (at > now) points.push(at);
  };
  if (placeMatters) {
    add(times.expected);
    for (const { to } of waitsAhead(situation)) add(to);
  }
  add(times.expected + 1);
  add(deadline + 1);
  for (const minutes of thresholdsOf(known.subject.view.rulebook)) add(deadline + minutes * 60_000);
  return points.sort((one, other) => one - other) as Instant[];
}

const thresholds = new WeakMap<Rulebook["verdicts"], readonly number[]>();

/** Every number of minutes that a rule compares with, and the next: one is where `at least` turns, the other `more than`. */
export function thresholdsOf({ verdicts, conditions }: Rulebook): readonly number[] {
  const known = thresholds.get(verdicts);
  if (known !== undefined) return known;
  const minutes = verdicts.flatMap((rule) => numbersIn(rule.conditions, conditions));
  const whole = minutes.flatMap((one) => [Math.ceil(one), Math.floor(one) + 1]);
  const found = [...new Set(whole)].sort((one, other) => one - other);
  thresholds.set(verdicts, found);
  return found;
}

function numbersIn(tree: Condition | undefined, named: Rulebook["conditions"]): number[] {
  return [...partsOf(tree)].flatMap((part) => {
    if ("condition" in part) return numbersIn(named[part.condition], named);
    if (part.fact !== "assessment.overdueMinutes") return [];
    return [part.value].flat().filter((value) => typeof value === "number");
  });
}

/** The next review of an incident whose end is not known and that stands on the way still to go. */
export function nextReview(situation: Situation, now: Instant): Instant | undefined {
  const { windows } = situation.known.subject.view.rulebook;
  const names = new Set(waitsAhead(situation).map(({ rule }) => rule));
  const reviews = windows
    .filter(({ name }) => names.has(name))
    .map(({ event }) => event.params.interval?.reviewAt)
    .filter((at) => at !== undefined)
    .map((at) => parseInstant(at) as Instant)
    .filter((at) => at > now);
  return reviews.length === 0 ? undefined : (Math.min(...reviews) as Instant);
}

/** What the money waits for from where it is established to be, on the expected and on the latest way. */
function waitsAhead({ course, known, back }: Situation): Wait[] {
  const way = back ?? known;
  const [from, at] = back === undefined ? [course.leg, course.at] : [0, back.entry];
  const waits: Wait[] = [];
  for (const bound of ["expected", "latest"] as const) {
    through(way.paths[bound], from, at, undefined, (wait) => waits.push(wait));
  }
  return waits;
}
