import type { DelayCause, Phase } from "../model/assessment.js";
import { ofBound } from "../model/bound.js";
import type { Rulebook } from "../model/rulebook.js";
import type { Leg } from "../route/path.js";
import type { Wait } from "../route/wait.js";
import type { Instant } from "../time/instant.js";
import type { Placed } from "./payment-state.js";
import { exitOf, legsIn, planFor, shiftOf, waitAt } from "./plan.js";
import { legOfHold, type Way } from "./remaining-path.js";
import { phaseAt, type Situation } from "./situation.js";

/** Where the money should be at an instant, and why it is there. */
export interface Place {
  readonly way: Way;
  readonly leg: number;
  readonly since: Instant;
}

/** Undefined once the money is there, and where it never left or was not taken. */
export function placeAt(situation: Situation, now: Instant): Place | undefined {
  const { course, known, back } = situation;
  if (course.doneAt !== undefined || course.status === "refused") return undefined;
  const phase = phaseAt(situation, now);
  if (back !== undefined) return placeOn(back, 0, back.entry, now, phase);
  if (course.holds.size === 0) return placeOn(known, course.leg, course.at, now, phase);
  const held = [...course.holds.values()].at(-1) as Placed;
  const leg = legOfHold(known, held.rule, course.leg);
  return known.paths.expected.legs.length === 0 ? undefined : { way: known, leg, since: held.at };
}

/** On the expected way, and past its end on the latest; when overdue, at the first leg that nothing shows to be done. */
function placeOn(way: Way, from: number, at: Instant, now: Instant, phase: Phase): Place | undefined {
  const bound = phase === "before-latest" ? "latest" : "expected";
  const plan = planFor(way, bound, from, at);
  const shift = shiftOf(way, at);
  const { legs } = ofBound(way.paths, bound);
  let leg = from;
  let since = at;
  let left = at;
  for (let index = 0; index < legsIn(plan); index++) {
    const exit = exitOf(plan, index, shift);
    const isUnshown = phase === "overdue" && legs[from + index]?.milestone !== undefined;
    const isHere = isUnshown || exit > now;
    if (isHere || exit > left) {
      leg = from + index;
      since = left;
    }
    if (isHere) break;
    left = exit;
  }
  return legsIn(plan) === 0 ? undefined : { way, leg, since };
}

/** The step of the rule that a leg is; a planned hold counts with the step that it stands before. */
export function stepOf({ way, leg }: Place): Leg & { readonly step: number } {
  const { legs } = way.paths.expected;
  let at = leg;
  while (at < legs.length - 1 && legs[at]?.step === undefined) at++;
  while (at > 0 && legs[at]?.step === undefined) at--;
  return legs[at] as Leg & { readonly step: number };
}

/** What the money waits for at an instant, as far as its place tells. */
export function causeAt(situation: Situation, now: Instant, rulebook: Rulebook): DelayCause {
  const phase = phaseAt(situation, now);
  if (phase !== "before-expected" && phase !== "before-latest") return "none";
  const { course, known, times } = situation;
  const bound = now < times.expected ? "expected" : "latest";
  const wait = waitAt(known, bound, course.leg, course.at, now);
  const cause = wait === undefined ? "none" : causeOf(wait, rulebook);
  if (cause !== "none" || phase === "before-expected") return cause;
  return isBank(placeAt(situation, now), rulebook) ? "bank-processing" : "none";
}

function causeOf({ cause, rule }: Wait, { windows, holds }: Rulebook): DelayCause {
  switch (cause) {
    case "holiday":
    case "weekend":
      return "holiday";
    case "maintenance":
    case "incident":
      return windows.find(({ name }) => name === rule)?.event.params.cause ?? "maintenance";
    case "hold":
      return holds.find(({ name }) => name === rule)?.event.params.cause ?? "none";
    default:
      return "none";
  }
}

/** Whether the step runs at the bank of the payer or the payee. */
function isBank(place: Place | undefined, { systems }: Rulebook): boolean {
  const taken = place?.way.stretch.taken;
  if (place === undefined || taken === undefined) return false;
  const { event } = taken.route.rule;
  const step = event.type === "route" ? event.params.steps[stepOf(place).step] : undefined;
  return step?.system !== undefined && systems[step.system]?.fact?.endsWith(".bank") === true;
}
