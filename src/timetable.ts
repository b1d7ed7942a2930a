import { checkRulebook, type Report } from "./analyse/check.js";
import { contextOf } from "./analyse/context.js";
import { type Ending, endingsOf } from "./analyse/coverage.js";
import { arrivalFor } from "./answer/arrival.js";
import { arrivalColumns } from "./answer/columns.js";
import { compareOver } from "./answer/compare.js";
import { checkExamples } from "./answer/examples.js";
import { arrivalJson, arrivalJsonInto } from "./answer/json.js";
import { latestSendOf } from "./answer/latest-send.js";
import { profileOf } from "./answer/profile.js";
import { type AssessAllOptions, type Assessments, assessAll } from "./assess/assess-all.js";
import { assess } from "./assess/assess.js";
import { checkCalendars } from "./calendar/check.js";
import { checkConditions } from "./decide/check.js";
import { findingSays, type Problem, QuestionError, RulebookError, unknownBound } from "./errors.js";
import { explainArrival } from "./explain/arrival.js";
import { explainAssessment } from "./explain/assessment.js";
import { checkVerdicts } from "./explain/check-verdicts.js";
import { checkTexts } from "./explain/check-texts.js";
import { type Locale, textsOf } from "./explain/text.js";
import { type Documents, documentsOf, type ParsedFolders } from "./load/document.js";
import { type Linked, linkRulebook } from "./load/link.js";
import type { Proven } from "./load/proven.js";
import type { Arrival, Columns, Comparison, LatestSend, Piece } from "./model/answers.js";
import type { Assessment, PaymentEvent } from "./model/assessment.js";
import type { LayerChange } from "./model/layers.js";
import type { JsonText, Payment } from "./model/payment.js";
import type { Rulebook } from "./model/rulebook.js";
import { compileClassifiers } from "./payment/classifier.js";
import {
  compileReader,
  compileTextReader,
  isJsonText,
  type ParsedPayment,
  readInstant,
} from "./payment/parsed-payment.js";
import { type Subject, subjectFor } from "./pieces/query.js";
import type { View } from "./pieces/snapshot.js";
import { compileViews, type Views, viewAt } from "./pieces/snapshots.js";
import { type Day, parseDay } from "./time/day.js";
import { zoneDataVersion } from "./time/zone.js";
import { adoptedFrom, type SharedTimetable, sharing } from "./timetable/shared.js";

/** ISO 8601 with an offset, epoch milliseconds, or a Date. */
export type Time = string | number | Date;

/** What is known of a payment at `now`. */
export interface AssessOptions {
  now: Time;
  events?: readonly PaymentEvent[];
  arrivedAt?: Time;
}

/** The compiled, frozen rulebook that answers. Every question is synchronous, pure, and takes the clock as an argument. */
export interface Timetable {
  /** Fingerprint of the rulebook and of the zone data that it is read with. */
  readonly version: string;
  readonly rulebook: Rulebook;
  /** What the rulebook changes in the pack that it extends, each with its place; nothing where it stands alone. */
  layers(): LayerChange[];
  /**
   * What there is to say of a rulebook that loads: ties, gaps, rules that never decide, and whatever else is worth a
   * look, each with a payment that shows it where there is one. `today` (YYYY-MM-DD) is the day that a look ahead
   * begins with. Takes seconds.
   *
   * @throws QuestionError bad-time
   */
  check(options: { today: string }): Report;
  /**
   * What this timetable was compiled from, for `workerData` or `postMessage`: `adoptTimetable` makes of it the same
   * timetable in another thread, without checking it again.
   */
  share(): SharedTimetable;
  /** The calendars whose officially known days end within 60 days of `today`, or within the longest lag of the rules. */
  endings(options: { today: string }): Ending[];
  /**
   * When the money of a payment should arrive, by what was known at `asOf`, or by all that is known.
   *
   * @throws QuestionError
   */
  when(payment: Payment, options?: { asOf?: Time }): Arrival;
  /**
   * The text that `JSON.stringify(when(payment))` gives, in a fraction of the time, because payments that are treated
   * alike share nearly all of it.
   *
   * @throws QuestionError
   */
  whenJson(payment: Payment, options?: { asOf?: Time }): string;
  /**
   * Writes the same text in UTF-8 into a buffer, from byte `start` on, with the timeline or (`timeline: false`) without
   * it; returns where it ends there, or -1 where the buffer has not enough room, and then what lies behind `start` is of
   * no use. The payment may be JSON text too, as in `{ bytes, from: 0, to: bytes.length }`. For those who answer many:
   * nothing is made of text that most answers share, nor, where its text is plain, of the payment.
   *
   * @throws QuestionError
   */
  writeJson(
    payment: Payment | JsonText,
    into: Uint8Array,
    start: number,
    options?: { asOf?: Time; timeline?: boolean },
  ): number;
  /** `when` for one payment after another, in order; a payment that cannot be answered gives its error. */
  whenAll(payments: Iterable<Payment>, options?: { asOf?: Time }): Generator<Arrival | QuestionError>;
  /**
   * The arrivals of payments like this one, each sent at one of `instants` (epoch milliseconds), in columns; the
   * payment's own `initiatedAt` does not count. A refused payment arrives as one sent when it would be taken.
   *
   * @throws QuestionError
   */
  columns(payment: Payment, instants: Float64Array, options?: { asOf?: Time }): Columns;
  /**
   * Whether it is normal that the money of a payment is not there at `now`, why, who must act, and when to ask again.
   * Only the set of the events counts, not their order; `arrivedAt` is when the payee had the money.
   *
   * @throws QuestionError
   */
  assess(payment: Payment, options: AssessOptions): Assessment;
  /**
   * `assess` for one payment after another, in order, with `known` to tell the events of each. What comes out is a
   * generator with a method `clusters`, which tells, as far as it has got, where many payments are overdue together.
   *
   * @throws QuestionError where `now` is no instant
   */
  assessAll(
    payments: Iterable<Payment>,
    options: { now: Time; known?: (payment: Payment, index: number) => Omit<AssessOptions, "now"> },
  ): Assessments;
  /**
   * The latest instant, from the payment's `initiatedAt` on, at which it may be sent so that its expected (or latest)
   * arrival is not after `by`; undefined where none makes it.
   *
   * @throws QuestionError
   */
  latestSend(payment: Payment, options: { by: Time; bound?: "expected" | "latest" }): LatestSend | undefined;
  /**
   * How a payment like this one is treated whenever it is sent in [from, to): exact pieces, merged as far as they
   * continue each other.
   *
   * @throws QuestionError
   */
  profile(payment: Payment, options: { from: Time; to: Time }): Piece[];
  /**
   * The same money over every channel that would take it, or over those named, the earliest expected arrival first.
   *
   * @throws QuestionError
   */
  compare(payment: Omit<Payment, "channel">, channels?: readonly string[]): Comparison[];
  /** The sentences that support would send to a customer. */
  explain(answer: Arrival | Assessment, options: { locale: Locale }): string;
}

/**
 * Compiles parsed JSON, by path inside the folders `rules` and `calendars`, as in `channels/cn.hvps.json`; where its
 * `rulebook.json` extends a pack, that is `below`. Touches no file system.
 *
 * @throws RulebookError with all that is wrong
 */
export const compileTimetable = ({
  below,
  ...parsed
}: ParsedFolders & { below?: ParsedFolders }): Timetable => timetableOf(documentsOf(parsed, below));

/**
 * The timetable that was shared, here: same version, same answers. It is not checked again, unless this process reads it
 * with other zone data or other listed holidays.
 *
 * @throws RulebookError with all that is wrong
 */
export function adoptTimetable(shared: SharedTimetable): Timetable {
  const { documents, proven } = adoptedFrom(shared);
  return timetableOf(documents, proven);
}

/**
 * Compiles documents that were read; problems then carry lines and columns. Documents that are `proven` are not checked
 * again, any others in full.
 */
export function timetableOf(documents: Documents, proven?: Proven): Timetable {
  const linked = linkRulebook(documents, proven);
  const { locate, trusted, changes } = linked;
  if (!trusted) refuse(faultsIn(linked));
  const rulebook = { ...linked.rulebook, version: `${linked.rulebook.version}+tz${zoneDataVersion()}` };
  const sorters = compileClassifiers(rulebook);
  const views = compileViews(rulebook, sorters);
  const read = compileReader(rulebook, sorters);
  const readText = compileTextReader(rulebook, sorters, read);
  if (!trusted) refuse(checkExamples(views, read, locate));
  const when: Timetable["when"] = (payment, options) => {
    const parsed = read(payment);
    return arrivalFor(viewKnown(views, options?.asOf), parsed);
  };
  return Object.freeze({
    version: rulebook.version,
    rulebook,
    layers: changes,
    share: sharing(documents, linked.rulebook.version),
    check: ({ today }) => checkRulebook(rulebook, locate, readDay("today", today)),
    endings: ({ today }) => endingsOf(contextOf(rulebook, locate, readDay("today", today))),
    when,
    whenJson(payment, options) {
      const parsed = read(payment);
      return arrivalJson(knownAt(views, parsed, options?.asOf), parsed.at, parsed.initiatedAtText);
    },
    writeJson(payment, into, start, { asOf, timeline = true } = {}) {
      const parsed = isJsonText(payment) ? readText(payment) : read(payment);
      const subject = knownAt(views, parsed, asOf);
      return arrivalJsonInto(subject, parsed, timeline, into, start);
    },
    *whenAll(payments: Iterable<Payment>, options?: { asOf?: Time }) {
      for (const payment of payments) yield answerOrError(() => when(payment, options));
    },
    columns: (payment, instants, options) =>
      arrivalColumns(knownAt(views, read(payment), options?.asOf), instants),
    assess: (payment, options) => assess(views, read(payment), options),
    assessAll: (payments, options: AssessAllOptions) => assessAll(views, read, payments, options),
    latestSend(payment, { by, bound = "expected" }) {
      if (bound !== "expected" && bound !== "latest") throw unknownBound(bound);
      const parsed = read(payment);
      return latestSendOf(knownAt(views, parsed), parsed.at, readInstant("by", by), bound);
    },
    profile: (payment, { from, to }) =>
      profileOf(knownAt(views, read(payment)), readInstant("from", from), readInstant("to", to)),
    compare: (payment, channels = Object.keys(rulebook.channels)) => compareOver(channels, payment, when),
    explain: (answer, { locale }) => {
      const texts = textsOf(rulebook, locale);
      if ("verdict" in answer) return explainAssessment(rulebook, texts, answer);
      return explainArrival(rulebook, texts, answer);
    },
  } satisfies Timetable);
}

function faultsIn({ rulebook, locate, problems, complete }: Linked): Problem[] {
  if (!complete) return problems;
  return [
    ...problems,
    ...checkTexts(rulebook, locate),
    ...checkCalendars(rulebook.calendars, locate),
    ...checkConditions(rulebook, locate),
    ...checkVerdicts(rulebook, locate),
  ];
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new RulebookError(problems);
}

/** What is asked about, against what was known at `asOf`. */
const knownAt = (views: Views, payment: ParsedPayment, asOf?: Time): Subject =>
  subjectFor(viewKnown(views, asOf), payment);

const viewKnown = (views: Views, asOf: Time | undefined): View =>
  viewAt(views, asOf === undefined ? undefined : readInstant("asOf", asOf));

function readDay(where: string, text: unknown): Day {
  const day = typeof text === "string" ? parseDay(text) : undefined;
  if (day === undefined) throw new QuestionError("bad-time", where, findingSays.notAToday(text));
  return day;
}

function answerOrError<T>(ask: () => T): T | QuestionError {
  try {
    return ask();
  } catch (error) {
    if (error instanceof QuestionError) return error;
    throw error;
  }
}
