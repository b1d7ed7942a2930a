import type { DelayCause, Note, Status } from "../model/assessment.js";
import type { Bound } from "../model/bound.js";
import type { HoldRule, Party } from "../model/rulebook.js";
import type { Instant } from "../time/instant.js";
import type { Event } from "./event.js";
import type { RemainingPath } from "./remaining-path.js";

/**
 * The state of a payment as its events report it: position, direction and active holds. `apply-events.ts` folds the
 * events into it, in order of time; the parts of a state that every event may change are here.
 */
export interface PaymentState {
  readonly stage: "under-way" | "returning" | "arrived" | "over";
  readonly status: Status;
  /** Index of the last leg that the money is known to have reached; it is before that leg or in it. */
  readonly leg: number;
  /** When the money reached `leg`. */
  readonly at: Instant;
  /** The last instant at which reaching `leg` would have been normal; explained delays extend it. */
  readonly due: Instant;
  /** By the name of the hold. */
  readonly holds: ReadonlyMap<string, ActiveHold>;
  readonly returnStartedAt?: Instant;
  /** When the money reached the payee, or was back with the payer. */
  readonly doneAt?: Instant;
  readonly cause: DelayCause;
  /** The party that must act, where an event names one. */
  readonly who?: Party;
  /** Every reported code once, in order of time. */
  readonly codes: readonly string[];
  readonly notes: readonly NoteAt[];
  /** Reported positions in order of time; the timeline is built from them. Empty until an event moves the payment. */
  readonly positions: readonly ReportedPosition[];
}

/** A hold that was placed and not released. */
export interface ActiveHold {
  readonly rule: HoldRule;
  readonly at: Instant;
  readonly until: Readonly<Record<Bound, Instant>>;
  /** How many times it was placed before it was released. */
  readonly times: number;
}

/** A note of the assessment, with the instant as a number. */
export type NoteAt = Omit<Note, "at"> & { readonly at: Instant };

/** Where the money is from an instant on. */
export interface ReportedPosition {
  readonly at: Instant;
  /** `unchanged`: in the previous position. `done`: with the payee, or back with the payer. */
  readonly in: { readonly leg: number } | { readonly hold: string } | "unchanged" | "return" | "done";
}

/** What events are applied with, beside the state. */
export interface EventContext {
  /** The path as known when the payment was made. */
  readonly baseline: RemainingPath;
  /** The path as known now. */
  readonly current: RemainingPath;
  readonly holds: readonly HoldRule[];
}

const NO_HOLDS: PaymentState["holds"] = new Map();
const NONE: readonly never[] = [];

/** The state before any event. */
export const initialState = (current: RemainingPath): PaymentState => ({
  stage: "under-way",
  status: current.piece.refused ? "refused" : "none",
  leg: 0,
  at: current.entry,
  due: current.entry,
  holds: NO_HOLDS,
  cause: "none",
  codes: NONE,
  notes: NONE,
  positions: NONE,
});

/** Adds the event's code; an unknown code is noted. */
export function addCode(state: PaymentState, { code, cause, at }: Event): PaymentState {
  if (code === undefined) return state;
  const codes = state.codes.includes(code) ? state.codes : [...state.codes, code];
  return cause === "unknown" ? addNote({ ...state, codes }, "unknown-code", at, code) : { ...state, codes };
}

export const addNote = (
  state: PaymentState,
  kind: Note["kind"],
  at: Instant,
  about: string,
): PaymentState => ({
  ...state,
  notes: [...state.notes, { kind, at, about }],
});

/** The reported positions with one more. */
export const addPosition = (
  { positions }: PaymentState,
  at: Instant,
  where: ReportedPosition["in"],
): readonly ReportedPosition[] => [...positions, { at, in: where }];

/** Takes over the event's cause and party; without a cause the state keeps its own. */
export function setCause(state: PaymentState, { cause, who }: Pick<Event, "cause" | "who">): PaymentState {
  if (cause === undefined) return state;
  const { who: _, ...rest } = state;
  return { ...rest, cause, ...(who && { who }) };
}

/** Drops what explained the payment so far: cause, party, return and arrival. */
export const clearCause = ({
  who: _,
  returnStartedAt: __,
  doneAt: ___,
  ...state
}: PaymentState): PaymentState => ({
  ...state,
  cause: "none",
});
