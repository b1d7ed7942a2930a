import type { Arrival, Segment } from "../model/answers.js";
import { formatInstant, type Instant } from "../time/instant.js";
import { arrivalText } from "./said.js";
import { soonerThan } from "./sooner.js";
import { type Stretch, stretchAt, type Taken } from "./stretch.js";
import type { Subject } from "./subject.js";
import { timelineOf } from "./timeline.js";

/** Answers when a payment arrives that is sent at `at`. */
export function arrive(subject: Subject, at: Instant): Arrival {
  const stretch = stretchAt(subject, at);
  if (stretch.refused) return refusal(subject, stretch, at);
  const taken = stretch.taken as Taken;
  const arrival = arrivalOf(subject, stretch, taken, at, []);
  const sooner = soonerThan(subject, stretch, at);
  if (sooner !== undefined) {
    const { zone } = subject.decider;
    arrival.sooner = {
      sendAt: formatInstant(zone, sooner.sendAt),
      expected: formatInstant(zone, sooner.expected),
    };
  }
  return arrival;
}

/** The timeline is worked out when it is first read, and not before. */
function arrivalOf(
  { view, decider: { zone } }: Subject,
  { rule, refused }: Stretch,
  { route, piece, said }: Taken,
  entry: Instant,
  before: readonly Segment[],
): Arrival {
  let timeline: Segment[] | undefined;
  return {
    outcome: refused ? "refused" : said.outcome,
    earliest: arrivalText(said, piece, "earliest", entry, zone),
    expected: arrivalText(said, piece, "expected", entry, zone),
    latest: arrivalText(said, piece, "latest", entry, zone),
    certainty: said.certainty,
    basis: said.basis,
    rules: refused ? [...new Set([rule.name, ...said.rules])] : said.rules,
    get timeline() {
      timeline ??= [...before, ...timelineOf(route.paths.expected, entry, route.rule.name, zone)];
      return timeline;
    },
    version: view.rulebook.version,
  };
}

/** A refused payment arrives as one sent when it would be taken; where it never would, it does not leave the payer. */
function refusal(subject: Subject, stretch: Stretch, at: Instant): Arrival {
  const { taken, rule } = stretch;
  const { zone } = subject.decider;
  const now = formatInstant(zone, at);
  if (taken === undefined) return neverTaken(subject, stretch, now);
  const retryAt = formatInstant(zone, taken.at);
  const refused: Segment = { from: now, to: retryAt, cause: "closed", rule: rule.name };
  const arrival = arrivalOf(subject, stretch, taken, taken.at, [refused]);
  arrival.retryAt = retryAt;
  return arrival;
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
