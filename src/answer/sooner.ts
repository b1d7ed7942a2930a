import { QuestionError } from "../errors.js";
import { arrivesAt, type Piece } from "../pieces/piece.js";
import { pieceAt } from "../pieces/piece-lookup.js";
import type { Query } from "../pieces/query.js";
import type { Instant } from "../time/instant.js";

/** How many changes of decision before the arrival are tried. */
const CHANGES_MAX = 500;

/**
 * The first later instant at which sending arrives sooner. Within one route a later payment never overtakes, so only the
 * instants before the arrival at which the decision may change are tried. If the payment is refused at one, the instant at
 * which it is next accepted is tried instead.
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
    const later = pieceOrNone(query, sendAt);
    if (later?.routeAnswer !== undefined) {
      const expected = arrivesAt(later, "expected", sendAt);
      if (expected < arrival) return { sendAt: later.refused ? later.routeAnswer.at : sendAt, expected };
    }
    sendAt = nextChangeAfter(sendAt);
  }
  return undefined;
}

/** Undefined if the instant has no answer. */
function pieceOrNone(query: Query, at: Instant): Piece | undefined {
  try {
    return pieceAt(query, at);
  } catch (error) {
    if (error instanceof QuestionError) return undefined;
    throw error;
  }
}
