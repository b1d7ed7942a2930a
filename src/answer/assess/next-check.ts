import { partsOf } from "../../decide/tree.js";
import type { Condition, Rulebook } from "../../model/rulebook.js";
import { type Instant, parseInstant } from "../../time/instant.js";
import { phaseAt, type Situation } from "./situation.js";

/** When a verdict can change by itself: as nothing but the time goes on, only these instants matter. */

/**
 * The instants after `now` at which anything that verdict rules look at may change, in order: the phases, the thresholds
 * of `assessment.overdueMinutes`, and the ends of what the money waits for.
 */
export function turningPoints(situation: Situation, now: Instant): Instant[] {
  const { course, times, deadline, known } = situation;
  if (course.doneAt !== undefined) return [];
  const late = thresholdsOf(known.subject.view.rulebook).map((minutes) => deadline + minutes * 60_000);
  const points = [times.expected, times.expected + 1, deadline + 1, ...late, ...waitEnds(situation, now)];
  return [...new Set(points)].filter((at) => at > now).sort((one, other) => one - other) as Instant[];
}

/** The ends of the waits on the expected and on the latest way, while it is not overdue. */
function waitEnds(situation: Situation, now: Instant): number[] {
  const { course, known, back } = situation;
  if (phaseAt(situation, now) === "overdue") return [];
  const way = back ?? known;
  const [from, at] = back === undefined ? [course.leg, course.at] : [0, back.entry];
  const ends: number[] = [];
  for (const bound of ["expected", "latest"] as const) {
    let entry = at;
    for (const leg of way.paths[bound].legs.slice(from)) {
      entry = leg.advance(entry, ({ to }) => ends.push(to)).to;
    }
  }
  return ends;
}

const thresholds = new WeakMap<Rulebook["verdicts"], readonly number[]>();

/** Every number of minutes that a rule compares with, and the next: one is where `at least` turns, the other `more than`. */
function thresholdsOf({ verdicts, conditions }: Rulebook): readonly number[] {
  const known = thresholds.get(verdicts);
  if (known !== undefined) return known;
  const minutes = verdicts.flatMap((rule) => numbersIn(rule.conditions, conditions));
  const found = [...new Set(minutes.flatMap((one) => [Math.ceil(one), Math.floor(one) + 1]))];
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

/** The next review of an incident whose end is not known and that lies on the way. */
export function nextReview({ known, back }: Situation, now: Instant): Instant | undefined {
  const way = back ?? known;
  const systems = new Set(way.paths.latest.legs.map(({ system }) => system));
  const reviews = way.subject.view.rulebook.windows
    .filter(({ event }) => event.params.systems.some((system) => systems.has(system)))
    .map(({ event }) => event.params.interval?.reviewAt)
    .filter((at) => at !== undefined)
    .map((at) => parseInstant(at) as Instant)
    .filter((at) => at > now);
  return reviews.length === 0 ? undefined : (Math.min(...reviews) as Instant);
}
