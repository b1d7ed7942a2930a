import type { Arrival } from "./answers.js";
import { CAUSE_CATEGORIES } from "./causes.js";
import type { CauseCategory, MilestoneName, Party } from "./schema/common.js";
import type { Severity } from "./schema/verdicts.js";

/** A reported event of a payment. Instants are ISO 8601 with an offset, epoch milliseconds, or Dates. */
export type PaymentEvent =
  | { at: EventTime; milestone: MilestoneName | "returned" }
  /** A status or reason code of ISO 20022 or of a platform. Codes that `reasons.json` lacks count as unknown. */
  | { at: EventTime; code: string }
  /** A hold of `holds.json`; `until` overrides its own length. */
  | { at: EventTime; hold: string; until?: EventTime }
  /** The end of a hold. */
  | { at: EventTime; release: string };

export type EventTime = string | number | Date;

export const PHASES = ["before-expected", "before-latest", "overdue", "arrived", "arrived-late"] as const;
export type Phase = (typeof PHASES)[number];

/** The last known state of the money. `returning`: on its way back; `returned`: back with the payer. */
export const STATUSES = [
  "none",
  "accepted",
  "sent",
  "settled",
  "credited",
  "held",
  "returning",
  "returned",
  "ended",
  "refused",
] as const;
export type Status = (typeof STATUSES)[number];

/** `none`: no delay beyond normal processing; `unknown`: an unknown code was reported. */
export type DelayCause = CauseCategory | "none" | "unknown";
export const CAUSES: readonly DelayCause[] = [...CAUSE_CATEGORIES, "none", "unknown"];

/** A remark about the reported events, as data. `explain` renders it as text. */
export interface Note {
  kind:
    | "unknown-code"
    | "regression"
    | "contradiction"
    | "hold-too-often"
    | "release-without-hold"
    | "no-return-rule";
  at: string;
  /** The code, milestone or hold. */
  about: string;
}

/** Whether a delay is normal. Instants are ISO 8601 with the channel's offset. */
export interface Assessment {
  verdict: "normal" | "anomalous";
  phase: Phase;
  /** The key in `rules/texts` of the sentence that explains the verdict. */
  reason: string;
  severity: Severity;
  /** The verdict rule that decided. */
  rule: string;
  status: Status;
  cause: DelayCause;
  now: string;
  /** The last instant at which the delay is normal: the baseline's latest, or later if an event explains the delay. */
  deadline: string;
  /**
   * The step where the money should be now; if overdue, the first step that no event shows as done. Steps count from 0.
   * Absent once the money has arrived, and for a refused payment unless an event shows that it was accepted.
   */
  stuckAt?: { step: number; system?: string; milestone?: string; since: string };
  /** ISO 8601 duration past the deadline. */
  overdueBy?: string;
  /**
   * When the verdict next changes without a new event, or when an open incident is reviewed. Absent if only a new event
   * can change the verdict.
   */
  nextCheckAt?: string;
  /** The arrival as known when the payment was sent. */
  baseline: Arrival;
  /** The arrival, or the return, as known now. It is not before `now` until the money has arrived. */
  estimate: Arrival;
  advice: {
    who: Party;
    /** The key of the sentence that says what to do next. */
    action: string;
    /** The values of the references to quote, of those that the payment has. */
    quote?: string[];
    /** When the action is due. Absent: at once. */
    from?: string;
  };
  /** All reported codes in order, including unknown ones. */
  codes?: string[];
  notes?: Note[];
  version: string;
}

/** Payments that are overdue at one system in the same hours: a suspected incident. */
export interface Cluster {
  system: string;
  /** The hours in which they were due: [from, to). */
  from: string;
  to: string;
  /** The number of overdue payments. */
  count: number;
  /** The overdue share of all payments through the system that were due in those hours: 0 to 1. */
  share: number;
  channels: string[];
}
