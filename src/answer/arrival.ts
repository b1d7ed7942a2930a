import type { Arrival } from "../model/answers.js";
import { formatInstant, type Instant } from "../time/instant.js";
import { LazyArrival } from "./lazy-arrival.js";
import { soonerIsOutOfQuestion, soonerThan } from "./sooner.js";
import { knownRowAt, type Stretch, stretchAt } from "./stretch.js";
import type { Subject } from "./subject.js";
import { UNKNOWN } from "./table.js";

/** Answers when a payment arrives that is sent at `at`. */
export function arrive(subject: Subject, at: Instant): Arrival {
  const row = knownRowAt(subject, at);
  const said = row === UNKNOWN ? undefined : subject.table.saids[row];
  if (said === undefined) return arriveUnknown(subject, at);
  const arrival = new LazyArrival(said, at, subject.decider.zone, subject.view.rulebook.version);
  return soonerIsOutOfQuestion(subject.table, row, at) ? arrival : withSooner(subject, arrival, at);
}

/** A payment that is refused, or whose day cannot be answered whole. */
function arriveUnknown(subject: Subject, at: Instant): Arrival {
  const stretch = stretchAt(subject, at);
  if (stretch.refused || stretch.taken === undefined) return refusal(subject, stretch, at);
  const arrival = new LazyArrival(
    stretch.taken.said,
    at,
    subject.decider.zone,
    subject.view.rulebook.version,
  );
  return withSooner(subject, arrival, at);
}

function withSooner(subject: Subject, arrival: Arrival, at: Instant): Arrival {
  const sooner = soonerThan(subject, stretchAt(subject, at), at);
  if (sooner === undefined) return arrival;
  const { zone } = subject.decider;
  arrival.sooner = {
    sendAt: formatInstant(zone, sooner.sendAt),
    expected: formatInstant(zone, sooner.expected),
  };
  return arrival;
}

/** A refused payment arrives as one sent when it would be taken; where it never would, it does not leave the payer. */
function refusal(subject: Subject, stretch: Stretch, at: Instant): Arrival {
  const { view, decider } = subject;
  const { rule, taken } = stretch;
  const now = formatInstant(decider.zone, at);
  if (taken === undefined) return neverTaken(subject, stretch, now);
  const then = new LazyArrival(taken.said, taken.at, decider.zone, view.rulebook.version);
  const retryAt = formatInstant(decider.zone, taken.at);
  return {
    ...then,
    outcome: "refused",
    rules: [...new Set([rule.name, ...then.rules])],
    timeline: [{ from: now, to: retryAt, cause: "closed", rule: rule.name }, ...then.timeline],
    retryAt,
  };
}

const neverTaken = ({ view }: Subject, { rule }: Stretch, now: string): Arrival => ({
  outcome: "refused",
  earliest: now,
  expected: now,
  latest: now,
  certainty: "official",
  basis: rule.basis ?? "assumed",
  rules: [rule.name],
  timeline: [],
  version: view.rulebook.version,
});
