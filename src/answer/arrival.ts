import type { Decider } from "../decide/decider.js";
import type { Arrival, Certainty, Outcome, Segment } from "../model/answers.js";
import type { Facts } from "../model/payment.js";
import { MARK } from "../route/move.js";
import { leaves } from "../route/route.js";
import { formatInstant, type Instant } from "../time/instant.js";
import { type Purpose, type Refused, retry, send, type Taken } from "./send.js";
import { soonerThan } from "./sooner.js";
import { timelineOf } from "./timeline.js";
import type { View } from "./view.js";

/** Answers when a payment arrives that is sent at `at`. */
export function arrive(
  view: View,
  decider: Decider,
  facts: Facts,
  at: Instant,
  purpose: Purpose = "credited",
): Arrival {
  const sent = send(view, decider, facts, at, purpose);
  if (!sent.taken) return refusal(view, decider, facts, sent);
  const sooner = purpose === "credited" ? soonerThan(view, decider, facts, sent) : undefined;
  const arrival = arrivalOf(view, decider, sent, outcomeOf(sent), sent.piece.acted, []);
  if (sooner !== undefined) {
    const { zone } = decider;
    arrival.sooner = {
      sendAt: formatInstant(zone, sooner.sendAt),
      expected: formatInstant(zone, sooner.expected),
    };
  }
  return arrival;
}

const outcomeOf = ({ decision: { rule } }: Taken): Outcome =>
  (rule.event.type === "route" && rule.event.params.outcome) || "credited";

/** The timeline is worked out when it is first read, and not before. */
function arrivalOf(
  view: View,
  { zone }: Decider,
  { at, piece, decision, pieces }: Taken,
  outcome: Outcome,
  rules: readonly string[],
  before: readonly Segment[],
): Arrival {
  let timeline: Segment[] | undefined;
  return {
    outcome,
    earliest: formatInstant(zone, leaves(piece, "earliest", at)),
    expected: formatInstant(zone, leaves(piece, "expected", at)),
    latest: formatInstant(zone, leaves(piece, "latest", at)),
    certainty: certaintyOf(piece.marks),
    basis: (piece.marks & MARK.assumed) === 0 ? pieces.route.basis : "assumed",
    rules: [...rules],
    get timeline() {
      timeline ??= [...before, ...timelineOf(pieces.route.paths.expected, at, decision.rule.name, zone)];
      return timeline;
    },
    version: view.rulebook.version,
  };
}

/** A refused payment arrives as one sent when it would be taken; where it never would, it does not leave the payer. */
function refusal(view: View, decider: Decider, facts: Facts, refused: Refused): Arrival {
  const taken = retry(view, decider, facts, refused);
  const { rule } = refused.decision;
  if (taken === undefined) return neverTaken(view, decider, refused);
  const [from, to] = [formatInstant(decider.zone, refused.at), formatInstant(decider.zone, taken.at)];
  const rules = [rule.name, ...taken.piece.acted.filter((name) => name !== rule.name)];
  const arrival = arrivalOf(view, decider, taken, "refused", rules, [
    { from, to, cause: "closed", rule: rule.name },
  ]);
  arrival.retryAt = to;
  return arrival;
}

function neverTaken(view: View, { zone }: Decider, { at, decision: { rule } }: Refused): Arrival {
  const now = formatInstant(zone, at);
  return {
    outcome: "refused",
    earliest: now,
    expected: now,
    latest: now,
    certainty: "official",
    basis: rule.basis ?? "assumed",
    rules: [rule.name],
    timeline: [],
    version: view.rulebook.version,
  };
}

function certaintyOf(marks: number): Certainty {
  if ((marks & MARK.openIncident) !== 0) return "open-incident";
  return (marks & MARK.projected) === 0 ? "official" : "projected";
}
