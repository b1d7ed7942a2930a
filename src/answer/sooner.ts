import { QuestionError } from "../errors.js";
import { arrivesAt, type Piece } from "../pieces/piece.js";
import { pieceAt } from "../pieces/piece-lookup.js";
import type { Query } from "../pieces/query.js";
import type { Instant } from "../time/instant.js";

/** Decisions looked at before a payment arrives; a rulebook that decides anew more often is looked at no further. */
const CHANGES_MAX = 500;

/**
 * Where a payment sent later would arrive sooner: the first such instant. Within one route a later payment never
 * does, so only the instants at which the decision may change need to be tried, up to the arrival itself; where it would
 * be refused then, the one at which it would first be taken.
 */
export function soonerThan(
  query: Query,
  piece: Piece,
  at: Instant,
): { sendAt: Instant; expected: Instant } | undefined {
  const arrival = arrivesAt(piece, "expected", at);
  if (piece.until >= arrival) return undefined;
  const { nextChangeAfter } = query.paymentClass;
  let sendAt = nextChangeAfter(at);
  for (let changes = 0; sendAt < arrival && changes < CHANGES_MAX; changes++) {
    const later = stretchOrNone(query, sendAt);
    if (later?.routeAnswer !== undefined) {
      const expected = arrivesAt(later, "expected", sendAt);
      if (expected < arrival) return { sendAt: later.refused ? later.routeAnswer.at : sendAt, expected };
    }
    sendAt = nextChangeAfter(sendAt);
  }
  return undefined;
}

/** A later instant that cannot be answered is no advice. */
function stretchOrNone(query: Query, at: Instant): Piece | undefined {
  try {
    return pieceAt(query, at);
  } catch (error) {
    if (error instanceof QuestionError) return undefined;
    throw error;
  }
}
