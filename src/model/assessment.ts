import type { Arrival } from "./answers.js";
import { CAUSE_CATEGORIES } from "./causes.js";
import type { CauseCategory, MilestoneName, Party } from "./schema/common.js";
import type { Severity } from "./schema/verdicts.js";

/** Something that was reported of a payment. Instants are ISO 8601 with an offset, epoch milliseconds, or Dates. */
export type PaymentEvent =
  | { at: EventTime; milestone: MilestoneName | "returned" }
  /** A status or reason code of ISO 20022 or of a platform, as `reasons.json` lists them; others are kept as unknown. */
  | { at: EventTime; code: string }
  /** A hold of `holds.json`; `until` overrides its own length. */
  | { at: EventTime; hold: string; until?: EventTime }
  /** The end of a hold. */
  | { at: EventTime; release: string };

export type EventTime = string | number | Date;

export const PHASES = ["before-expected", "before-latest", "overdue", "arrived", "arrived-late"] as const;
export type Phase = (typeof PHASES)[number];

/** What was last established of the money; `returning` is on its way back, `returned` is back with the payer. */
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

/** `none`: nothing but the ordinary way; `unknown`: something was reported that nobody can place. */
export type DelayCause = CauseCategory | "none" | "unknown";
export const CAUSES: readonly DelayCause[] = [...CAUSE_CATEGORIES, "none", "unknown"];

/** What was reported and needs a word, as data; `explain` says it. */
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

/** Whether it is normal that the money is not there. Instants are ISO 8601 with the channel's offset. */
export interface Assessment {
  verdict: "normal" | "anomalous";
  phase: Phase;
  /** The key of the sentence that says why, in `rules/texts`. */
  reason: string;
  severity: Severity;
  /** The verdict rule that decided. */
  rule: string;
  status: Status;
  cause: DelayCause;
  now: string;
  /** The last instant at which not having the money is normal: the baseline's latest, or later where that is explained. */
  deadline: string;
  /**
   * Where the money should be now; when overdue, the first step that nothing shows to be done. Steps count from 0. Not
   * there once the money is, and where the payment was refused and nothing shows that it was taken after all.
   */
  stuckAt?: { step: number; system?: string; milestone?: string; since: string };
  /** ISO 8601 duration past the deadline. */
  overdueBy?: string;
  /**
   * When the verdict next changes by itself, or an open incident is reviewed; not there where only news can change it.
   */
  nextCheckAt?: string;
  /** The arrival as it could be known when the payment was made. */
  baseline: Arrival;
  /** The arrival, or the return, as known now: it lies at or after `now` until the money is there. */
  estimate: Arrival;
  advice: {
    who: Party;
    /** The key of the sentence that says what to do. */
    action: string;
    /** The values of the references to quote, as far as the payment carries them. */
    quote?: string[];
    /** When that step is due, where it is not at once. */
    from?: string;
  };
  /** The codes that were reported, known or not, in order. */
  codes?: string[];
  notes?: Note[];
  version: string;
}

/** Payments overdue at one system in the same hours: one suspected incident. */
export interface Cluster {
  system: string;
  /** The hours in which they were due: [from, to). */
  from: string;
  to: string;
  /** Payments overdue there. */
  count: number;
  /** Of all that passed the system and were due in those hours: 0 to 1. */
  share: number;
  channels: string[];
}
