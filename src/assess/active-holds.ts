import type { Bound } from "../model/bound.js";
import type { Instant } from "../time/instant.js";
import { addPosition, type PaymentState } from "./payment-state.js";
import { legOfHold, type RemainingPath, travelLegs } from "./remaining-path.js";

/** Marks the payment as held by the last of its active holds; without one the state stays as it is. */
export function markHeld(state: PaymentState, at: Instant): PaymentState {
  const last = [...state.holds.values()].at(-1);
  if (last === undefined) return state;
  const { cause, who } = last.rule.event.params;
  return {
    ...state,
    status: "held",
    cause,
    who,
    positions: addPosition(state, at, { hold: last.rule.name }),
  };
}

/** The leg that follows the last active hold; without holds, the leg of the state. */
export const legAfterHolds = ({ leg, holds }: PaymentState, path: RemainingPath): number =>
  Math.max(leg, ...[...holds.values()].map(({ rule }) => legOfHold(path, rule, leg)));

/**
 * When money that enters the state's leg at `at` enters leg `to`, and every hold on the way ends at `bound`. Without
 * `to`, when it leaves the last leg.
 */
export function travelPastHolds(
  { leg, holds }: PaymentState,
  path: RemainingPath,
  bound: Bound,
  at: Instant,
  to = path.paths[bound].legs.length,
): Instant {
  const ahead = [...holds.values()].map(({ rule, until }) => ({ leg: legOfHold(path, rule, leg), until }));
  const position = { leg, at };
  for (const hold of ahead.sort((one, other) => one.leg - other.leg)) {
    if (hold.leg > to) break;
    const reached = travelLegs(path.paths[bound], position.leg, position.at, hold.leg);
    position.at = Math.max(reached, hold.until[bound]) as Instant;
    position.leg = hold.leg;
  }
  return travelLegs(path.paths[bound], position.leg, position.at, to);
}
