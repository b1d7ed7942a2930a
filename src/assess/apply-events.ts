import type { Event } from "./event.js";
import { placeHold, releaseHold } from "./hold-events.js";
import { reachMilestone } from "./milestone-events.js";
import { addCode, type EventContext, initialState, type PaymentState, setCause } from "./payment-state.js";
import { endPayment, startReturn } from "./return-events.js";

/** The state after all events. `events` are in the order of `readEvents`. */
export function applyEvents(events: readonly Event[], context: EventContext): PaymentState {
  const state = events.reduce(
    (before, event) => applyEvent(before, event, context),
    initialState(context.current),
  );
  const unexplained = state.stage === "returning" && state.cause === "none";
  return unexplained ? { ...state, cause: "unknown" } : state;
}

function applyEvent(before: PaymentState, event: Event, context: EventContext): PaymentState {
  const state = addCode(before, event);
  switch (event.effect) {
    case "milestone":
      return reachMilestone(state, event, context);
    case "hold":
      return placeHold(state, event, context);
    case "release":
      return releaseHold(state, event, context);
    case "return":
      return startReturn(state, event);
    case "end":
      return endPayment(state, event);
    default:
      return setCause(state, event);
  }
}
