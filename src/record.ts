import { QuestionError, recordMessages } from "./errors.js";
import { pathText, type Segments } from "./load/path.js";
import type { Payment } from "./model/payment.js";
import type { AssessOptions, Time, Timetable } from "./timetable.js";

/** Decision records: a query with its answer, as one line of JSON that can be replayed. */

/** The query of a record. */
export type DecisionQuestion =
  | { kind: "when"; payment: Payment; options?: { asOf?: Time } }
  | { kind: "assess"; payment: Payment; options: AssessOptions }
  | { kind: "latestSend"; payment: Payment; options: { by: Time; bound?: "expected" | "latest" } };

/** `JSON.stringify` gives one line, which is identical for the same query and version. */
export interface DecisionRecord {
  /** The version of the record format. */
  readonly record: 1;
  readonly kind: DecisionQuestion["kind"];
  /** The payment as given, after a JSON round trip: a `Date` becomes text. */
  readonly payment: unknown;
  readonly options: object;
  /** The answer; null if the query returned undefined. */
  readonly answer?: unknown;
  /** The error, if there is no answer. */
  readonly error?: ReturnType<QuestionError["toJSON"]>["error"];
  /** The version of the timetable. */
  readonly version: string;
}

/** A value that differs from the record. A missing value is undefined. */
export interface Difference {
  /** As in `timeline[2].to`; empty if the whole answer differs. */
  readonly path: string;
  readonly old: unknown;
  readonly new: unknown;
}

/** The result of a replay. A different version alone is no difference. */
export type Replay =
  | { readonly same: true; readonly version: Versions }
  | { readonly same: false; readonly differences: readonly Difference[]; readonly version: Versions };

interface Versions {
  readonly old: string;
  readonly new: string;
}

type AskFunction = (timetable: Timetable, payment: Payment, options: never) => unknown;

const QUERIES: { readonly [kind in DecisionQuestion["kind"]]: AskFunction } = {
  when: (timetable, payment, options: { asOf?: Time }) => timetable.when(payment, options),
  assess: (timetable, payment, options: AssessOptions) => timetable.assess(payment, options),
  latestSend: (timetable, payment, options: { by: Time }) => timetable.latestSend(payment, options),
};
const KINDS = Object.keys(QUERIES) as DecisionQuestion["kind"][];

/**
 * Answers a query and returns both as a record. A query without an answer is recorded with its error.
 *
 * @throws QuestionError bad-payment if the query is not expressible in JSON
 */
export function record(timetable: Timetable, question: DecisionQuestion): DecisionRecord {
  const { kind, payment, options = {} } = asJson(question);
  return {
    record: 1,
    kind,
    payment,
    options,
    ...answerTo(timetable, kind, payment, options),
    version: timetable.version,
  };
}

/**
 * Repeats a recorded query, possibly with another version, and lists the differences.
 *
 * @throws QuestionError bad-payment if it is not a record
 */
export function replay(timetable: Timetable, recorded: DecisionRecord): Replay {
  const { kind, payment, options, answer, error, version: old } = readRecord(recorded);
  const now = answerTo(timetable, kind, payment, options);
  const version = { old, new: timetable.version };
  const before = error === undefined ? { answer } : { error };
  const both = "answer" in before && "answer" in now;
  const differences = both ? differencesOf(answer, now.answer) : differencesOf(before, now);
  return differences.length === 0 ? { same: true, version } : { same: false, differences, version };
}

/**
 * Validates a record that was read from JSON.
 *
 * @throws QuestionError bad-payment
 */
export function readRecord(value: unknown): DecisionRecord {
  if (!isRecord(value) || !("record" in value)) throw badRecord("", recordMessages.notARecord(value));
  if (value.record !== 1) throw badRecord("record", recordMessages.unknownFormat(value.record));
  const { kind, options, version } = value;
  if (!KINDS.some((known) => known === kind))
    throw badRecord("kind", recordMessages.unknownKind(kind, KINDS));
  if (!isRecord(options)) throw badRecord("options", recordMessages.unfit(options));
  if (![undefined, "expected", "latest"].includes(options.bound as string | undefined))
    throw badRecord("options.bound", recordMessages.unfit(options.bound));
  if (typeof version !== "string") throw badRecord("version", recordMessages.unfit(version));
  if ("answer" in value === "error" in value) throw badRecord("answer", recordMessages.answerOrError());
  return value as unknown as DecisionRecord;
}

type RecordedAnswer = Pick<DecisionRecord, "answer"> | Pick<DecisionRecord, "error">;

function answerTo(
  timetable: Timetable,
  kind: DecisionQuestion["kind"],
  payment: unknown,
  options: object,
): RecordedAnswer {
  try {
    return { answer: asJson(QUERIES[kind](timetable, payment as Payment, options as never) ?? null) };
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    return asJson(error.toJSON());
  }
}

/** A JSON round trip. Queries are answered from its result, so that a replay has the same input. */
function asJson<T>(value: T): T {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch {
    throw badRecord("", recordMessages.notJson());
  }
}

/** Ignores the `version` keys of answers, because versions are compared separately. */
function differencesOf(old: unknown, now: unknown, segments: Segments = []): Difference[] {
  if (!isBranch(old) || !isBranch(now) || Array.isArray(old) !== Array.isArray(now)) {
    return old === now ? [] : [{ path: pathText(segments), old, new: now }];
  }
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => key !== "version");
  return keys.flatMap((key) =>
    differencesOf(old[key], now[key], [...segments, Array.isArray(old) ? Number(key) : key]),
  );
}

const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isBranch(value) && !Array.isArray(value);

const badRecord = (part: string, sentence: { what: string; help: string }): QuestionError =>
  new QuestionError("bad-payment", part === "" ? "record" : `record.${part}`, sentence);
