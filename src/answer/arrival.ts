import type { Arrival } from "../model/answers.js";
import { formatInstant, type Instant } from "../time/instant.js";
import { dayIn, startOf, UNKNOWN } from "./memory.js";
import { type Outline, outlinesOf, timelineIn } from "./outline.js";
import { arrivalOf } from "./said.js";
import { soonerThan } from "./sooner.js";
import { knownRowAt, phaseOf, type Stretch, stretchIn, type Taken } from "./stretch.js";
import type { Subject } from "./subject.js";
import { timelineOf } from "./timeline.js";

/** Answers when a payment arrives that is sent at `at`, whose text is `sent`. */
export const arrive = (subject: Subject, at: Instant, sent?: string): Arrival =>
  arriveIn(subject, knownRowAt(subject, at), at, sent);

/** The same where the row of memory is known that the instant lies in. */
export function arriveIn(
  subject: Subject,
  row: number,
  at: Instant,
  sent = formatInstant(subject.zone, at),
): Arrival {
  const outline = outlineAt(subject, row, at);
  if (outline === undefined) return arriveOtherwise(subject, stretchIn(subject, row, at), at, sent);
  const { zone, view } = subject;
  const timeline = timelineIn(outline, at, sent, zone);
  const arrival = arrivalOf(outline, at, sent, timeline, zone, view.rulebook.version);
  return outline.settled ? arrival : withSooner(subject, stretchIn(subject, row, at), arrival, at);
}

/** What holds for payments sent at `at`; undefined where they are refused, and where the row is not known. */
export function outlineAt(subject: Subject, row: number, at: Instant): Outline | undefined {
  if (row === UNKNOWN) return undefined;
  const { outlines } = subject.view.memory;
  outlines[row] ??= outlinesIn(subject, row);
  let outline = outlines[row];
  while (outline?.next !== undefined && at >= outline.until) outline = outline.next;
  return outline;
}

/** A row ends with its stretch or with its day; it begins where its stretch does. */
function outlinesIn(subject: Subject, row: number): Outline | undefined {
  const { zone, view } = subject;
  const { from, until, refused, taken, settled } = view.memory.stretches[row] as Stretch;
  if (refused || taken === undefined) return undefined;
  const dayEnd = startOf(phaseOf(subject), dayIn(phaseOf(subject), from) + 1);
  const end = until < dayEnd ? until : dayEnd;
  const { outline } = taken;
  if (outline?.settled !== settled || endOf(outline) !== end)
    taken.outline = outlinesOf(taken, settled, end, zone);
  return taken.outline;
}

const endOf = ({ until, next }: Outline): Instant => (next === undefined ? until : endOf(next));

/** A payment that is refused, or whose day cannot be answered whole. */
function arriveOtherwise(subject: Subject, stretch: Stretch, at: Instant, sent: string): Arrival {
  if (stretch.refused || stretch.taken === undefined) return refusal(subject, stretch, sent);
  return withSooner(subject, stretch, arrivalAt(subject, stretch.taken, at, sent), at);
}

function arrivalAt({ zone, view }: Subject, { said, route }: Taken, at: Instant, sent: string): Arrival {
  const timeline = timelineOf(route.paths.expected, at, route.rule.name, zone);
  return arrivalOf(said, at, sent, timeline, zone, view.rulebook.version);
}

function withSooner(subject: Subject, stretch: Stretch, arrival: Arrival, at: Instant): Arrival {
  const sooner = soonerThan(subject, stretch, at);
  if (sooner === undefined) return arrival;
  const { zone } = subject;
  arrival.sooner = {
    sendAt: formatInstant(zone, sooner.sendAt),
    expected: formatInstant(zone, sooner.expected),
  };
  return arrival;
}

/** A refused payment arrives as one sent when it would be taken; where it never would, it does not leave the payer. */
function refusal(subject: Subject, { rule, taken }: Stretch, sent: string): Arrival {
  if (taken === undefined) return neverTaken(subject, rule, sent);
  const retryAt = formatInstant(subject.zone, taken.at);
  const then = arrivalAt(subject, taken, taken.at, retryAt);
  return {
    ...then,
    outcome: "refused",
    rules: [...new Set([rule.name, ...then.rules])],
    timeline: [{ from: sent, to: retryAt, cause: "closed", rule: rule.name }, ...then.timeline],
    retryAt,
  };
}

const neverTaken = ({ view }: Subject, rule: Stretch["rule"], sent: string): Arrival => ({
  outcome: "refused",
  earliest: sent,
  expected: sent,
  latest: sent,
  certainty: "official",
  basis: rule.basis ?? "assumed",
  rules: [rule.name],
  timeline: [],
  version: view.rulebook.version,
});
