import type { DelayCause, Phase } from "../../model/assessment.js";
import type { Rulebook } from "../../model/rulebook.js";
import type { Leg, Path } from "../../route/path.js";
import type { Wait } from "../../route/wait.js";
import type { Instant } from "../../time/instant.js";
import { phaseAt, type Situation } from "./situation.js";
import { legOfHold, type Way } from "./way.js";

/** Where the money should be at an instant, and why it is there. */
export interface Place {
  readonly way: Way;
  readonly leg: number;
  readonly since: Instant;
}

/** Undefined once the money is there, and where it never left. */
export function placeAt(situation: Situation, now: Instant): Place | undefined {
  const { course, known, back } = situation;
  if (course.doneAt !== undefined) return undefined;
  const phase = phaseAt(situation, now);
  if (back !== undefined) return placeOn(back, 0, back.entry, now, phase);
  const held = [...course.holds.values()].at(-1);
  if (held === undefined) return placeOn(known, course.leg, course.at, now, phase);
  const leg = legOfHold(known, held.rule, course.leg);
  return known.paths.expected.legs.length === 0 ? undefined : { way: known, leg, since: held.at };
}

/** On the expected way, and past its end on the latest; when overdue, the first leg that nothing shows to be done. */
function placeOn(way: Way, from: number, at: Instant, now: Instant, phase: Phase): Place | undefined {
  const { legs } = way.paths[phase === "before-latest" ? "latest" : "expected"];
  let place: Place | undefined;
  let since = at;
  for (let leg = from; leg < legs.length; leg++) {
    const { advance, milestone } = legs[leg] as Leg;
    const { to } = advance(since);
    if (to > since || place === undefined) place = { way, leg, since };
    if (phase === "overdue" ? milestone !== undefined : to > now) return { way, leg, since };
    since = to;
  }
  return place;
}

/** The step of the rule that a leg is; a planned hold counts with the step that it stands before. */
export function stepOf({ way, leg }: Place): Leg & { readonly step: number } {
  const { legs } = way.paths.expected;
  const found = legs.slice(leg).find(({ step }) => step !== undefined) ?? legs.at(-1);
  return { ...(found as Leg), step: found?.step ?? 0 };
}

/** What the money waits for at an instant, as far as its place tells. */
export function causeAt(situation: Situation, now: Instant, rulebook: Rulebook): DelayCause {
  const phase = phaseAt(situation, now);
  if (phase !== "before-expected" && phase !== "before-latest") return "none";
  const { course, known, times } = situation;
  const bound = now < times.expected ? "expected" : "latest";
  const wait = waitAt(known.paths[bound], course.leg, course.at, now);
  const cause = wait === undefined ? "none" : causeOf(wait, rulebook);
  if (cause !== "none" || phase === "before-expected") return cause;
  return isBank(placeAt(situation, now), rulebook) ? "bank-processing" : "none";
}

/** Only the leg that the instant lies in is gone through in detail. */
function waitAt({ legs }: Path, from: number, at: Instant, now: Instant): Wait | undefined {
  let entry = at;
  for (const leg of legs.slice(from)) {
    const { to } = leg.advance(entry);
    if (to > now) {
      let found: Wait | undefined;
      leg.advance(entry, (wait) => {
        if (wait.from <= now && now < wait.to) found = wait;
      });
      return found;
    }
    entry = to;
  }
  return undefined;
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
