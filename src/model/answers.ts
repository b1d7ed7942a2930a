import type { Basis } from "./schema/common.js";

export type { Basis } from "./schema/common.js";

/** Why a segment of the timeline takes time. */
export type Cause =
  | "processing"
  | "cutoff"
  | "weekend"
  | "holiday"
  | "closed"
  | "batch"
  | "maintenance"
  | "incident"
  | "hold";

/** How certain the calendars and windows behind an answer are. */
export type Certainty = "official" | "projected" | "open-incident";

export type Outcome = "credited" | "returned" | "refused";

/** A part of the expected path with one cause. Instants are ISO 8601. */
export interface Segment {
  from: string;
  to: string;
  system?: string;
  cause: Cause;
  /** The name of the holiday, window or hold. */
  name?: string;
  calendar?: string;
  rule: string;
}

/** When the payee can use the money. All instants are ISO 8601 with the channel's offset. */
export interface Arrival {
  outcome: Outcome;
  earliest: string;
  expected: string;
  latest: string;
  certainty: Certainty;
  /** `assumed` if any rule, hold, window or hours that decided are assumed. */
  basis: Basis;
  /** Names of the rules, holds and windows on the expected path, in the order of the path. */
  rules: string[];
  /** The expected path. Its segments follow each other without gaps from `initiatedAt` to the arrival. */
  timeline: Segment[];
  /** Set if a payment sent later would arrive earlier. */
  sooner?: { sendAt: string; expected: string };
  /**
   * For a refused payment: when it would be accepted. The three instants are then those of a payment sent at that time.
   * Without `retryAt`, a refused payment is not accepted at any later time that calendars and rules cover. Its three
   * instants are then `initiatedAt`, because the money does not leave the payer.
   */
  retryAt?: string;
  /** The version of the rulebook. */
  version: string;
}

/** One arrival bound of a piece: the same instant for all payments, or the same delay (ISO 8601 duration). */
export type PieceBound = { at: string } | { after: string };

/** A half-open interval [from, to) of sending times with the same rule and arrival bounds. */
export interface Piece {
  from: string;
  to: string;
  rule: string;
  earliest: PieceBound;
  expected: PieceBound;
  latest: PieceBound;
  /** Set if payments are refused. The bounds are then those of a payment sent when it would be accepted. */
  outcome?: "refused";
}

/** The latest instant at which a payment may be sent to arrive in time. */
export interface LatestSend {
  sendBy: string;
  /** False: a payment must be sent before `sendBy`; at `sendBy` it is too late. */
  inclusive: boolean;
  /** The start of the sending times that arrive with the same clearing run. Without a run, it is the last instant. */
  from: string;
  /** The arrival of a payment sent at the last possible instant. */
  arrives: Arrival;
}

/** The arrival of a payment on one channel. */
export interface Comparison {
  channel: string;
  arrival: Arrival;
}

/** Arrivals in epoch milliseconds, in the order of the sending instants. */
export interface Columns {
  earliest: Float64Array;
  expected: Float64Array;
  latest: Float64Array;
}
