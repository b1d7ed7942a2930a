import { BOUNDS, type Bound, spreadValue } from "../model/bound.js";
import type { HoldRule } from "../model/rulebook.js";
import { parseDuration } from "../time/duration.js";
import type { Instant } from "../time/instant.js";
import { markHeld } from "./active-holds.js";
import type { Event } from "./event.js";
import {
  type ActiveHold,
  addNote,
  addPosition,
  clearCause,
  type EventContext,
  type PaymentState,
  type ReportedPosition,
  setCause,
} from "./payment-state.js";
import { legOfHold, travelLegs } from "./remaining-path.js";

/** Places a hold, or places it again. A payment that had arrived, or was on its way back, is under way again. */
export function placeHold(state: PaymentState, event: Event, { holds }: EventContext): PaymentState {
  const rule = holds.find(({ name }) => name === event.hold);
  if (rule === undefined) return state;
  const { at } = event;
  const times = (state.holds.get(rule.name)?.times ?? 0) + 1;
  const { atMost } = rule.event.params;
  if (atMost !== undefined && times > atMost) return addNote(state, "hold-too-often", at, rule.name);
  const hold: ActiveHold = { rule, at, times, until: endsOf(rule, event) };
  return setCause(
    {
      ...(state.stage === "under-way" ? state : clearCause(addNote(state, "regression", at, rule.name))),
      stage: "under-way",
      status: "held",
      holds: new Map([...state.holds, [rule.name, hold]]),
      positions: addPosition(state, at, { hold: rule.name }),
    },
    event,
  );
}

/** The end that the event gives, or else the length of the rule at each bound. */
function endsOf(rule: HoldRule, { at, until }: Event): ActiveHold["until"] {
  const ends = BOUNDS.map((bound) => [bound, until ?? ((at + lengthOf(rule, bound)) as Instant)]);
  return Object.fromEntries(ends) as ActiveHold["until"];
}

/** In milliseconds. */
const lengthOf = (rule: HoldRule, bound: Bound): number =>
  parseDuration(spreadValue(rule.event.params.for, bound)) as number;

/**
 * Ends a hold. The money moves on from the leg of the hold; `due` extends by no more than the longest normal length of
 * the hold, so that the rest stays a delay.
 */
export function releaseHold(
  state: PaymentState,
  { at, hold: name = "" }: Event,
  { current }: EventContext,
): PaymentState {
  const released = state.holds.get(name);
  if (released === undefined) return addNote(state, "release-without-hold", at, name);
  const holds = new Map([...state.holds].filter(([other]) => other !== name));
  if (holds.size > 0) return markHeld({ ...state, holds }, at);
  const leg = legOfHold(current, released.rule, state.leg);
  const { who: _, ...rest } = state;
  const reachedAt = travelLegs(current.paths.expected, state.leg, state.at, leg);
  // Released before the money reached it, the hold delayed nothing. A payment not taken by then is refused as before.
  if (reachedAt > at) {
    const positions = state.positions.filter(({ in: where }) => !isInHold(where, name));
    return { ...rest, status: state.at > at ? "refused" : "none", cause: "none", holds, positions };
  }
  const normal = travelLegs(current.paths.latest, state.leg, state.due, leg);
  return {
    ...rest,
    status: "none",
    cause: "none",
    leg,
    at,
    due: Math.max(normal, Math.min(at, released.until.latest)) as Instant,
    holds,
    positions: addPosition(state, at, { leg }),
  };
}

const isInHold = (where: ReportedPosition["in"], hold: string): boolean =>
  (where as { hold?: string }).hold === hold;
