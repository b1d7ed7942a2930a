import type { Arrival } from "../model/answers.js";
import type { ParsedPayment } from "../payment/parsed-payment.js";
import { rowAt, UNKNOWN } from "../pieces/cache.js";
import type { Stretch, Taken } from "../pieces/piece.js";
import { knownRowAt, stretchIn } from "../pieces/piece-lookup.js";
import { numberFor, type Subject, subjectFor } from "../pieces/query.js";
import { arrivalTold, toldAt, toldBefore } from "../pieces/row-answer.js";
import { arrivalOf } from "../pieces/row-texts.js";
import type { View } from "../pieces/snapshot.js";
import { timelineOf } from "../pieces/timeline.js";
import { formatInstant, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";
import { soonerThan } from "./sooner.js";

/** Answers when the payment arrives that is asked about. */
export const arrivalFor = (view: View, payment: ParsedPayment): Arrival =>
  knownArrival(view, payment) ?? arrive(subjectFor(view, payment), payment.at, payment.initiatedAtText);

/** Nearly always the answer was told to others: then nothing is made but it. Undefined where more is to be worked out. */
function knownArrival(view: View, { classifiers, channelIndex, classId, at, initiatedAtText }: ParsedPayment): Arrival | undefined {
  const { memory } = view;
  if (classifiers !== view.sorters || classifiers.idAllocator.generation !== memory.rounds) return undefined;
  const zone = classifiers.zones[channelIndex] as Zone;
  const row = rowAt(memory, numberFor(classId, "credited"), zone.phaseMs, at);
  const told = row === UNKNOWN ? undefined : toldBefore(view, row);
  if (told === undefined || !told.kind.settled) return undefined;
  return arrivalTold(view, zone, row, told, at, initiatedAtText ?? formatInstant(zone, at));
}

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
  const told = toldAt(subject, row);
  if (told === undefined) return arriveOtherwise(subject, stretchIn(subject, row, at), at, sent);
  const arrival = arrivalTold(subject.view, subject.zone, row, told, at, sent);
  return told.kind.settled ? arrival : withSooner(subject, stretchIn(subject, row, at), arrival, at);
}

/** A payment that is refused, or whose day cannot be answered whole. */
function arriveOtherwise(subject: Subject, stretch: Stretch, at: Instant, sent: string): Arrival {
  if (stretch.refused || stretch.taken === undefined) return refusal(subject, stretch, sent);
  return withSooner(subject, stretch, arrivalAt(subject, stretch.taken, at, sent), at);
}

function arrivalAt({ zone, view }: Subject, { said, route }: Taken, at: Instant, sent: string): Arrival {
  const timeline = timelineOf(route.paths.expected, at, route.rule.name, zone);
  return arrivalOf(said, said, said.rules, at, sent, timeline, zone, view.rulebook.version);
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
