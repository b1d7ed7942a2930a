import type { Note, Status } from "../model/assessment.js";
import type { MilestoneName } from "../model/rulebook.js";
import type { Instant } from "../time/instant.js";
import { markHeld, travelPastHolds } from "./active-holds.js";
import { type Event, rankOf } from "./event.js";
import {
  addNote,
  addPosition,
  clearCause,
  type EventContext,
  initialState,
  type PaymentState,
  setCause,
} from "./payment-state.js";
import { legAfter, travelLegs } from "./remaining-path.js";

/**
 * Moves the money to the leg after a milestone, and ends the holds before it. A delay up to the milestone stays a delay
 * unless a known reason explains it: `due` moves at most to the latest time that the current path allows.
 */
export function reachMilestone(
  state: PaymentState,
  { at, milestone, cause, who }: Event,
  { baseline, current }: EventContext,
): PaymentState {
  if (milestone === undefined) return state;
  const leg = legAfter(current, milestone);
  const conflict = conflictOf(state, at, milestone);
  const isBackward = leg < state.leg;
  const from = isBackward ? initialState(current) : state;
  const allowed = travelPastHolds(from, current, "latest", from.due, leg);
  const promised = travelLegs(baseline.paths.latest, 0, baseline.entry, legAfter(baseline, milestone));
  const holds = new Map(
    [...state.holds].filter(([, { rule }]) => rankOf(rule.event.params.before) > rankOf(milestone)),
  );
  // A path may begin after the milestone. If no hold ends either, the event says nothing new about the position.
  const stays = leg === 0 && from.at <= at && holds.size === state.holds.size;
  const isUnchanged = stays && !isBackward && state.stage === "under-way";
  const isCredited = milestone === "credited";
  const moved: PaymentState = {
    ...clearCause(conflict === undefined ? state : addNote(state, conflict, at, milestone)),
    stage: isCredited ? "arrived" : "under-way",
    status: milestone,
    leg,
    at: stays ? from.at : at,
    due: stays ? from.due : (Math.max(promised, Math.min(at, allowed)) as Instant),
    holds,
    ...(isCredited && { doneAt: at }),
    positions: addPosition(state, at, isCredited ? "done" : isUnchanged ? "unchanged" : { leg }),
  };
  return setCause(markHeld(moved, at), { ...(cause && { cause }), ...(who && { who }) });
}

/**
 * How a milestone conflicts with earlier events: a `contradiction` is another position at the same instant, a
 * `regression` a step back. The milestone wins in both cases, and the note says so.
 */
function conflictOf(state: PaymentState, at: Instant, milestone: MilestoneName): Note["kind"] | undefined {
  if (state.positions.at(-1)?.at === at) return "contradiction";
  const before = rankOf(state.stage === "arrived" ? "credited" : milestoneOf(state.status));
  return rankOf(milestone) < before || state.stage === "returning" || state.stage === "over"
    ? "regression"
    : undefined;
}

const milestoneOf = (status: Status): MilestoneName | undefined =>
  status === "accepted" || status === "sent" || status === "settled" || status === "credited"
    ? status
    : undefined;
