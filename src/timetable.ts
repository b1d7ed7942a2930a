import { arrive } from "./answer/arrival.js";
import { checkExamples } from "./answer/examples.js";
import { explainArrival } from "./answer/explain.js";
import { checkTexts, type Locale, textsOf } from "./answer/text.js";
import type { View } from "./answer/view.js";
import { compileViews, viewAt } from "./answer/views.js";
import { checkCalendars } from "./calendar/check.js";
import { checkConditions } from "./decide/check.js";
import type { Decider } from "./decide/decider.js";
import { compileReader, readInstant } from "./decide/payment.js";
import { RulebookError } from "./errors.js";
import { type Documents, documentsOf } from "./load/document.js";
import { linkRulebook } from "./load/link.js";
import type { Arrival } from "./model/answers.js";
import type { Payment } from "./model/payment.js";
import type { Rulebook } from "./model/rulebook.js";
import type { Instant } from "./time/instant.js";
import { zoneDataVersion } from "./time/zone.js";

/** ISO 8601 with an offset, epoch milliseconds, or a Date. */
export type Time = string | number | Date;

/** The compiled, frozen rulebook that answers. Every question is synchronous, pure, and takes the clock as an argument. */
export interface Timetable {
  /** Fingerprint of the rulebook and of the zone data that it is read with. */
  readonly version: string;
  readonly rulebook: Rulebook;
  /**
   * When the money of a payment should arrive, by what was known at `asOf`, or by all that is known.
   *
   * @throws QuestionError
   */
  when(payment: Payment, options?: { asOf?: Time }): Arrival;
  /** The sentences that support would send to a customer. */
  explain(answer: Arrival, options: { locale: Locale }): string;
}

/**
 * Compiles parsed JSON, by path inside the folders `rules` and `calendars`, as in `channels/cn.hvps.json`. Touches no
 * file system.
 *
 * @throws RulebookError with all that is wrong
 */
export const compileTimetable = (parsed: {
  rules: Readonly<Record<string, unknown>>;
  calendars: Readonly<Record<string, unknown>>;
}): Timetable => timetableOf(documentsOf(parsed));

/** Compiles documents that were read; problems then carry lines and columns. */
export function timetableOf(documents: Documents): Timetable {
  const { rulebook: linked, locate, problems } = linkRulebook(documents);
  const faults = [
    ...problems,
    ...checkCalendars(linked.calendars, locate),
    ...checkConditions(linked, locate),
    ...checkTexts(linked, locate),
  ];
  if (faults.length > 0) throw new RulebookError(faults);
  const rulebook = { ...linked, version: `${linked.version}+tz${zoneDataVersion()}` };
  const views = compileViews(rulebook);
  const read = compileReader(rulebook);
  const contradictions = checkExamples(views, read, locate);
  if (contradictions.length > 0) throw new RulebookError(contradictions);
  return Object.freeze({
    version: rulebook.version,
    rulebook,
    when(payment: Payment, options?: { asOf?: Time }): Arrival {
      const { channel, facts, at } = read(payment);
      const view = viewAt(views, knowledge(options?.asOf));
      return arrive(view, deciderOf(view, channel), facts, at);
    },
    explain: (answer: Arrival, { locale }: { locale: Locale }): string =>
      explainArrival(rulebook, textsOf(rulebook, locale), answer),
  });
}

const knowledge = (asOf: Time | undefined): Instant | undefined =>
  asOf === undefined ? undefined : readInstant("asOf", asOf);

/** The reader has checked that the channel exists. */
const deciderOf = (view: View, channel: string): Decider => view.deciders.get(channel) as Decider;
