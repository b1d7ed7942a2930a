import type { Decider } from "../decide/decider.js";
import type { Facts } from "../model/payment.js";
import { leaves } from "../route/route.js";
import type { Instant } from "../time/instant.js";
import { type Taken, trySend } from "./send.js";
import type { View } from "./view.js";

/** Decisions looked at before a payment arrives; a rulebook that decides anew more often is looked at no further. */
const CHANGES_MAX = 500;

/**
 * Where a payment sent later would arrive sooner: the first such instant. Within one route a later payment never
 * does, so only the instants at which the decision may change need to be tried, up to the arrival itself.
 */
export function soonerThan(
  view: View,
  decider: Decider,
  facts: Facts,
  taken: Taken,
): { sendAt: Instant; expected: Instant } | undefined {
  const arrival = leaves(taken.piece, "expected", taken.at);
  let sendAt = decider.changesAfter(taken.at);
  for (let changes = 0; sendAt < arrival && changes < CHANGES_MAX; changes++) {
    const later = trySend(view, decider, facts, sendAt);
    if (later?.taken) {
      const expected = leaves(later.piece, "expected", sendAt);
      if (expected < arrival) return { sendAt, expected };
    }
    sendAt = decider.changesAfter(sendAt);
  }
  return undefined;
}
