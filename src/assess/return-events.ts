import type { Event } from "./event.js";
import { addNote, addPosition, clearCause, type PaymentState, setCause } from "./payment-state.js";

/** Sends the money back to the payer. A return that has begun already only takes over the new cause. */
export function startReturn(state: PaymentState, event: Event): PaymentState {
  const { at } = event;
  if (state.stage === "returning") return setCause(state, event);
  const noted = state.stage === "under-way" ? state : addNote(state, "regression", at, state.status);
  const { doneAt: _, ...rest } = clearCause(noted);
  return setCause(
    {
      ...rest,
      stage: "returning",
      status: "returning",
      returnStartedAt: at,
      holds: new Map(),
      positions: addPosition(state, at, "return"),
    },
    event,
  );
}

/** Ends the payment: `returned` if it was on its way back or a milestone says so, `ended` if only a code does. */
export function endPayment(state: PaymentState, event: Event): PaymentState {
  const { at, code } = event;
  const over: PaymentState = {
    ...state,
    stage: "over",
    status: state.stage === "returning" || code === undefined ? "returned" : "ended",
    doneAt: at,
    holds: new Map(),
    positions: addPosition(state, at, "done"),
  };
  return setCause(over, event);
}
