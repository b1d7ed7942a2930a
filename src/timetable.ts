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
import { assess } from "./assess/assess.js";
import { type AssessAllOptions, type Assessments, assessAll } from "./assess/assess-all.js";
import { checkCalendars } from "./calendar/check.js";
import { checkConditions } from "./decide/check.js";
import { findingMessages, type Problem, QuestionError, RulebookError, unknownBound } from "./errors.js";
import { explainArrival } from "./explain/arrival.js";
import { explainAssessment } from "./explain/assessment.js";
import { checkTexts } from "./explain/check-texts.js";
import { checkVerdicts } from "./explain/check-verdicts.js";
import { type Locale, textsOf } from "./explain/text.js";
import { type Documents, documentsOf, type ParsedFolders } from "./load/document.js";
import { type LinkResult, linkRulebook } from "./load/link.js";
import type { ValidationStamp } from "./load/validation-stamp.js";
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
import { type Query, queryFor } from "./pieces/query.js";
import type { Snapshot } from "./pieces/snapshot.js";
import { compileSnapshots, type Snapshots, snapshotAt } from "./pieces/snapshots.js";
import { type Day, parseDay } from "./time/day.js";
import { zoneDataVersion } from "./time/zone.js";
import { readShared, type SharedTimetable, shareFunction } from "./timetable/shared-timetable.js";

/** ISO 8601 with an offset, epoch milliseconds, or a Date. */
export type Time = string | number | Date;

/** What is known about a payment at `now`. */
export interface AssessOptions {
  now: Time;
  events?: readonly PaymentEvent[];
  arrivedAt?: Time;
}

/** A compiled, frozen rulebook. Its queries are synchronous, have no side effects and take the time as an argument. */
export interface Timetable {
  /** Fingerprint of the rulebook and version of the zone data. */
  readonly version: string;
  readonly rulebook: Rulebook;
  /** The changes that the rulebook makes to the pack that it extends, with their places. Empty without a pack. */
  layers(): LayerChange[];
  /**
   * Analyses a valid rulebook: ties, gaps, rules that never decide and other findings, with an example payment where
   * there is one. `today` (YYYY-MM-DD) is the start of checks on the future. Takes seconds.
   *
   * @throws QuestionError bad-time
   */
  check(options: { today: string }): Report;
  /**
   * Returns this timetable as plain data for `workerData` or `postMessage`. `adoptTimetable` rebuilds it in another
   * thread without validation.
   */
  share(): SharedTimetable;
  /** The calendars whose official data ends within 60 days of `today`, or within the longest lag of the rules. */
  endings(options: { today: string }): Ending[];
  /**
   * When the money of a payment should arrive. `asOf` limits the knowledge of calendars and windows to that time.
   *
   * @throws QuestionError
   */
  when(payment: Payment, options?: { asOf?: Time }): Arrival;
  /**
   * The text of `JSON.stringify(when(payment))`, in a fraction of the time, because payments of one class share most of
   * their text.
   *
   * @throws QuestionError
   */
  whenJson(payment: Payment, options?: { asOf?: Time }): string;
  /**
   * Writes the text of `whenJson` as UTF-8 into a buffer at byte `start`, optionally without the timeline. Returns
   * the end of the text, or -1 if the buffer is too small; the bytes after `start` are then undefined. The payment
   * may also be JSON text, as in `{ bytes, from: 0, to: bytes.length }`. Made for bulk answers: allocates next to
   * nothing.
   *
   * @throws QuestionError
   */
  writeJson(
    payment: Payment | JsonText,
    into: Uint8Array,
    start: number,
    options?: { asOf?: Time; timeline?: boolean },
  ): number;
  /** `when` for each payment, in order. A payment without an answer yields its error. */
  whenAll(payments: Iterable<Payment>, options?: { asOf?: Time }): Generator<Arrival | QuestionError>;
  /**
   * The arrivals of this payment if sent at each of `instants` (epoch milliseconds), as columns. Ignores the
   * payment's own `initiatedAt`. A refused payment gets the arrival of one sent at its `retryAt`.
   *
   * @throws QuestionError
   */
  columns(payment: Payment, instants: Float64Array, options?: { asOf?: Time }): Columns;
  /**
   * Whether a payment that has not arrived at `now` is late, why, who must act, and when to check again. The order of
   * the events does not matter. `arrivedAt` is when the payee received the money.
   *
   * @throws QuestionError
   */
  assess(payment: Payment, options: AssessOptions): Assessment;
  /**
   * `assess` for each payment, in order. `known` returns the events of a payment. The generator has a method
   * `clusters`, which finds groups of overdue payments among those assessed so far.
   *
   * @throws QuestionError if `now` is not an instant
   */
  assessAll(
    payments: Iterable<Payment>,
    options: { now: Time; known?: (payment: Payment, index: number) => Omit<AssessOptions, "now"> },
  ): Assessments;
  /**
   * The latest time, not before `initiatedAt`, to send a payment so that its expected (or latest) arrival is at or
   * before `by`; undefined if there is none.
   *
   * @throws QuestionError
   */
  latestSend(payment: Payment, options: { by: Time; bound?: "expected" | "latest" }): LatestSend | undefined;
  /**
   * The arrival of a payment as an exact piecewise function of its sending time in [from, to). Adjacent pieces with the
   * same formula are merged.
   *
   * @throws QuestionError
   */
  profile(payment: Payment, options: { from: Time; to: Time }): Piece[];
  /**
   * The same payment over all channels that accept it, or over the given ones, sorted by expected arrival.
   *
   * @throws QuestionError
   */
  compare(payment: Omit<Payment, "channel">, channels?: readonly string[]): Comparison[];
  /** The answer in words, for a customer. */
  explain(answer: Arrival | Assessment, options: { locale: Locale }): string;
}

/**
 * Compiles parsed JSON files, keyed by path inside `rules` and `calendars`, as in `channels/cn.hvps.json`. `below` is
 * the pack that `rulebook.json` extends. Does not touch the file system.
 *
 * @throws RulebookError with all problems
 */
export const compileTimetable = ({
  below,
  ...parsed
}: ParsedFolders & { below?: ParsedFolders }): Timetable => timetableOf(documentsOf(parsed, below));

/**
 * Rebuilds a shared timetable, with the same version and answers. Skips validation if this process has the same zone
 * and holiday data.
 *
 * @throws RulebookError with all problems
 */
export function adoptTimetable(shared: SharedTimetable): Timetable {
  const { documents, stamp } = readShared(shared);
  return timetableOf(documents, stamp);
}

/**
 * Compiles documents. A `stamp` that matches them skips validation. Problems of documents with text carry lines and
 * columns.
 */
export function timetableOf(
  documents: Documents,
  stamp?: ValidationStamp,
  requireExamples: typeof throwExampleProblems = throwExampleProblems,
): Timetable {
  const linked = linkRulebook(documents, stamp);
  const { locate, trusted, changes } = linked;
  if (!trusted) throwProblems(problemsIn(linked));
  const rulebook = { ...linked.rulebook, version: `${linked.rulebook.version}+tz${zoneDataVersion()}` };
  const classifiers = compileClassifiers(rulebook);
  const snapshots = compileSnapshots(rulebook, classifiers);
  const read = compileReader(rulebook, classifiers);
  const readText = compileTextReader(rulebook, classifiers, read);
  if (!trusted) requireExamples(snapshots, read, locate);
  const when: Timetable["when"] = (payment, options) => {
    const parsed = read(payment);
    return arrivalFor(snapshotKnownAt(snapshots, options?.asOf), parsed);
  };
  return Object.freeze({
    version: rulebook.version,
    rulebook,
    layers: changes,
    share: shareFunction(documents, linked.rulebook.version),
    check: ({ today }) => checkRulebook(rulebook, locate, readDay("today", today)),
    endings: ({ today }) => endingsOf(contextOf(rulebook, locate, readDay("today", today))),
    when,
    whenJson(payment, options) {
      const parsed = read(payment);
      return arrivalJson(queryAt(snapshots, parsed, options?.asOf), parsed.at, parsed.initiatedAtText);
    },
    writeJson(payment, into, start, { asOf, timeline = true } = {}) {
      const parsed = isJsonText(payment) ? readText(payment) : read(payment);
      const query = queryAt(snapshots, parsed, asOf);
      return arrivalJsonInto(query, parsed, timeline, into, start);
    },
    *whenAll(payments: Iterable<Payment>, options?: { asOf?: Time }) {
      for (const payment of payments) yield answerOrError(() => when(payment, options));
    },
    columns: (payment, instants, options) =>
      arrivalColumns(queryAt(snapshots, read(payment), options?.asOf), instants),
    assess: (payment, options) => assess(snapshots, read(payment), options),
    assessAll: (payments, options: AssessAllOptions) => assessAll(snapshots, read, payments, options),
    latestSend(payment, { by, bound = "expected" }) {
      if (bound !== "expected" && bound !== "latest") throw unknownBound(bound);
      const parsed = read(payment);
      return latestSendOf(queryAt(snapshots, parsed), parsed.at, readInstant("by", by), bound);
    },
    profile: (payment, { from, to }) =>
      profileOf(queryAt(snapshots, read(payment)), readInstant("from", from), readInstant("to", to)),
    compare: (payment, channels = Object.keys(rulebook.channels)) => compareOver(channels, payment, when),
    explain: (answer, { locale }) => {
      const texts = textsOf(rulebook, locale);
      if ("verdict" in answer) return explainAssessment(rulebook, texts, answer);
      return explainArrival(rulebook, texts, answer);
    },
  } satisfies Timetable);
}

function problemsIn({ rulebook, locate, problems, complete }: LinkResult): Problem[] {
  if (!complete) return problems;
  return [
    ...problems,
    ...checkTexts(rulebook, locate),
    ...checkCalendars(rulebook.calendars, locate),
    ...checkConditions(rulebook, locate),
    ...checkVerdicts(rulebook, locate),
  ];
}

const throwExampleProblems = (...compiled: Parameters<typeof checkExamples>): void =>
  throwProblems(checkExamples(...compiled));

function throwProblems(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new RulebookError(problems);
}

/** A payment with the snapshot of the rulebook as known at `asOf`. */
const queryAt = (snapshots: Snapshots, payment: ParsedPayment, asOf?: Time): Query =>
  queryFor(snapshotKnownAt(snapshots, asOf), payment);

const snapshotKnownAt = (snapshots: Snapshots, asOf: Time | undefined): Snapshot =>
  snapshotAt(snapshots, asOf === undefined ? undefined : readInstant("asOf", asOf));

function readDay(where: string, text: unknown): Day {
  const day = typeof text === "string" ? parseDay(text) : undefined;
  if (day === undefined) throw new QuestionError("bad-time", where, findingMessages.notAToday(text));
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
