import type { Basis } from "./schema/common.js";

export type { Basis } from "./schema/common.js";

/** Why a stretch of time passed. */
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

/** How far the calendars and windows behind an answer are known. */
export type Certainty = "official" | "projected" | "open-incident";

export type Outcome = "credited" | "returned" | "refused";

/** One stretch of the expected path, with one cause; instants are ISO 8601. */
export interface Segment {
  from: string;
  to: string;
  system?: string;
  cause: Cause;
  /** The holiday, window or hold by name. */
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
  /** The weakest basis among what decided. */
  basis: Basis;
  /** Names of the rules, holds and windows that acted on the expected path, in that order. */
  rules: string[];
  /** The expected path; its segments join up from `initiatedAt` to the arrival. */
  timeline: Segment[];
  /** Where a payment sent later would arrive sooner. */
  sooner?: { sendAt: string; expected: string };
  /**
   * Where the payment is refused: when it would be taken; the three instants are then those of a payment sent then.
   * A refused payment without `retryAt` would not be taken at any later time either, as far as calendars and rules can
   * tell; its three instants are `initiatedAt`, because the money does not leave the payer.
   */
  retryAt?: string;
  /** The rulebook that answered. */
  version: string;
}

/** A point of a piece: the same instant for all, or the same delay for all (ISO 8601 duration). */
export type PieceBound = { at: string } | { after: string };

/** A half-open interval [from, to) of sending times that are all treated alike. */
export interface Piece {
  from: string;
  to: string;
  rule: string;
  earliest: PieceBound;
  expected: PieceBound;
  latest: PieceBound;
  /** Only where the payment is refused: the three bounds are then those of a payment sent when it would be taken. */
  outcome?: "refused";
}

/** The latest instant at which a payment may be sent to arrive in time. */
export interface LatestSend {
  sendBy: string;
  /** False: anything before `sendBy` makes it, `sendBy` itself does not. */
  inclusive: boolean;
  /** Sending anywhere from here on arrives with the same run; without a run it is the last instant itself. */
  from: string;
  /** The answer for the last instant that makes it. */
  arrives: Arrival;
}

/** What one channel would do with a payment. */
export interface Comparison {
  channel: string;
  arrival: Arrival;
}

/** Arrivals of many sending instants, in epoch milliseconds, each in the place of its instant. */
export interface Columns {
  earliest: Float64Array;
  expected: Float64Array;
  latest: Float64Array;
}
