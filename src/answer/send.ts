import type { Decider, Decision } from "../decide/decider.js";
import { QuestionError } from "../errors.js";
import type { Facts } from "../model/payment.js";
import { type Pieces, pieceAt } from "../route/pieces.js";
import type { RoutePiece } from "../route/route.js";
import { DAY_MS } from "../time/day.js";
import type { Instant } from "../time/instant.js";
import { routeOf, type View } from "./view.js";

/** Which routes are asked for: those to the payee, or those back to the payer. */
export type Purpose = "credited" | "returned";

/** What becomes of a payment that is sent at some instant. */
export type Sent = Taken | Refused;

export interface Taken {
  readonly taken: true;
  readonly at: Instant;
  readonly decision: Decision;
  readonly pieces: Pieces;
  readonly piece: RoutePiece;
}

export interface Refused {
  readonly taken: false;
  readonly at: Instant;
  readonly decision: Decision;
  /** Until when it is certainly refused in the same way. */
  readonly until: Instant;
}

/** How far ahead a refused payment looks for an instant at which it would be taken, and in how many strides. */
const RETRY_DAYS = 400;
const RETRIES_MAX = 5000;

export function send(
  view: View,
  decider: Decider,
  facts: Facts,
  at: Instant,
  purpose: Purpose = "credited",
): Sent {
  const decision = decider.decide(facts, at, purpose);
  if (decision.rule.event.type === "refuse")
    return { taken: false, at, decision, until: decider.changesAfter(at) };
  const pieces = routeOf(view, decider, decision, facts);
  const piece = pieceAt(pieces, at);
  if (piece.refused) return { taken: false, at, decision, until: piece.until };
  return { taken: true, at, decision, pieces, piece };
}

/** When a refused payment would first be taken; undefined where that is not within sight. */
export function retry(view: View, decider: Decider, facts: Facts, refused: Refused): Taken | undefined {
  let until = refused.until;
  for (let tries = 0; tries < RETRIES_MAX && until < refused.at + RETRY_DAYS * DAY_MS; tries++) {
    const sent = trySend(view, decider, facts, until);
    if (sent === undefined || sent.taken) return sent;
    until = sent.until;
  }
  return undefined;
}

/** Beyond what calendars and hours cover there is no later instant to propose. */
export function trySend(view: View, decider: Decider, facts: Facts, at: Instant): Sent | undefined {
  try {
    return send(view, decider, facts, at);
  } catch (error) {
    if (error instanceof QuestionError) return undefined;
    throw error;
  }
}
