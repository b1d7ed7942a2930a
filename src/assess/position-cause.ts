import type { DelayCause } from "../model/assessment.js";
import type { Rulebook } from "../model/rulebook.js";
import type { Wait } from "../route/wait.js";
import type { Instant } from "../time/instant.js";
import { waitAt } from "./leg-schedule.js";
import { type Position, positionAt, stepOf } from "./position.js";
import { phaseAt, type Situation } from "./situation.js";

/** The cause of a delay as the position shows it: what the money waits for at `now`. Overdue money has none. */
export function causeAt(situation: Situation, now: Instant, rulebook: Rulebook): DelayCause {
  const phase = phaseAt(situation, now);
  if (phase !== "before-expected" && phase !== "before-latest") return "none";
  const { state, current, times } = situation;
  const bound = now < times.expected ? "expected" : "latest";
  const wait = waitAt(current, bound, state.leg, state.at, now);
  const cause = wait === undefined ? "none" : causeOf(wait, rulebook);
  if (cause !== "none" || phase === "before-expected") return cause;
  return isAtBank(positionAt(situation, now), rulebook) ? "bank-processing" : "none";
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
function isAtBank(position: Position | undefined, { systems }: Rulebook): boolean {
  const routeAnswer = position?.path.piece.routeAnswer;
  if (position === undefined || routeAnswer === undefined) return false;
  const { event } = routeAnswer.route.rule;
  const step = event.type === "route" ? event.params.steps[stepOf(position).step] : undefined;
  return step?.system !== undefined && systems[step.system]?.fact?.endsWith(".bank") === true;
}
