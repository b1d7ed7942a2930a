import type { Arrival } from "../model/answers.js";
import { formatInstant, type Instant } from "../time/instant.js";
import { LazyArrival } from "./lazy-arrival.js";
import { soonerThan } from "./sooner.js";
import { type Stretch, stretchAt } from "./stretch.js";
import type { Subject } from "./subject.js";

/** Answers when a payment arrives that is sent at `at`. */
export function arrive(subject: Subject, at: Instant): Arrival {
  const stretch = stretchAt(subject, at);
  const { taken } = stretch;
  if (stretch.refused || taken === undefined) return refusal(subject, stretch, at);
  const { zone } = subject.decider;
  const arrival: Arrival = new LazyArrival(taken, at, zone, subject.view.rulebook.version);
  const sooner = soonerThan(subject, stretch, at);
  if (sooner !== undefined) {
    arrival.sooner = {
      sendAt: formatInstant(zone, sooner.sendAt),
      expected: formatInstant(zone, sooner.expected),
    };
  }
  return arrival;
}

/** A refused payment arrives as one sent when it would be taken; where it never would, it does not leave the payer. */
function refusal(subject: Subject, stretch: Stretch, at: Instant): Arrival {
  const { view, decider } = subject;
  const { rule, taken } = stretch;
  const now = formatInstant(decider.zone, at);
  if (taken === undefined) return neverTaken(subject, stretch, now);
  const then = new LazyArrival(taken, taken.at, decider.zone, view.rulebook.version);
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
