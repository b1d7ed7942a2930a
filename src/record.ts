import { QuestionError, recordSays } from "./errors.js";
import { pathText, type Segments } from "./load/path.js";
import type { Payment } from "./model/payment.js";
import type { AssessOptions, Time, Timetable } from "./timetable.js";

/** Decision records: a question with its answer, as one line of JSON from which the same answer can be given again. */

/** A question as it is recorded: which, of which payment, with which options. */
export type DecisionQuestion =
  | { kind: "when"; payment: Payment; options?: { asOf?: Time } }
  | { kind: "assess"; payment: Payment; options: AssessOptions }
  | { kind: "latestSend"; payment: Payment; options: { by: Time; bound?: "expected" | "latest" } };

/** `JSON.stringify` makes it one line, which is always the same for the same question and version. */
export interface DecisionRecord {
  /** The format of the record. */
  readonly record: 1;
  readonly kind: DecisionQuestion["kind"];
  /** As it was given; a `Date` as the text that JSON has for it. */
  readonly payment: unknown;
  readonly options: object;
  /** What `kind` answers, and null where it answers nothing. */
  readonly answer?: unknown;
  /** Why there is no answer, instead of one. */
  readonly error?: ReturnType<QuestionError["toJSON"]>["error"];
  /** Of the rulebook, with its zone data. */
  readonly version: string;
}

/** One value that is not as recorded; what is not there on one side is undefined there. */
export interface Difference {
  /** As in `timeline[2].to`; empty where the answer as a whole differs. */
  readonly path: string;
  readonly old: unknown;
  readonly new: unknown;
}

/** What became of a record; another version alone makes no difference. */
export type Replay =
  | { readonly same: true; readonly version: Versions }
  | { readonly same: false; readonly differences: readonly Difference[]; readonly version: Versions };

interface Versions {
  readonly old: string;
  readonly new: string;
}

type Ask = (timetable: Timetable, payment: Payment, options: never) => unknown;

const ASK: { readonly [kind in DecisionQuestion["kind"]]: Ask } = {
  when: (timetable, payment, options: { asOf?: Time }) => timetable.when(payment, options),
  assess: (timetable, payment, options: AssessOptions) => timetable.assess(payment, options),
  latestSend: (timetable, payment, options: { by: Time }) => timetable.latestSend(payment, options),
};
const KINDS = Object.keys(ASK) as DecisionQuestion["kind"][];

/**
 * Answers a question and keeps both. A question that cannot be answered is recorded with its error.
 *
 * @throws QuestionError bad-payment where the question is nothing that JSON can say
 */
export function record(timetable: Timetable, question: DecisionQuestion): DecisionRecord {
  const { kind, payment, options = {} } = written(question);
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
 * Puts a recorded question again, to this or another version, and tells what is answered otherwise.
 *
 * @throws QuestionError bad-payment where it is no record
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
 * A record as it was read from JSON.
 *
 * @throws QuestionError bad-payment
 */
export function readRecord(value: unknown): DecisionRecord {
  if (!isRecord(value) || !("record" in value)) throw bad("", recordSays.notARecord(value));
  if (value.record !== 1) throw bad("record", recordSays.unknownFormat(value.record));
  const { kind, options, version } = value;
  if (!KINDS.some((known) => known === kind)) throw bad("kind", recordSays.unknownKind(kind, KINDS));
  if (!isRecord(options)) throw bad("options", recordSays.unfit(options));
  if (![undefined, "expected", "latest"].includes(options.bound as string | undefined))
    throw bad("options.bound", recordSays.unfit(options.bound));
  if (typeof version !== "string") throw bad("version", recordSays.unfit(version));
  if ("answer" in value === "error" in value) throw bad("answer", recordSays.answerOrError());
  return value as unknown as DecisionRecord;
}

type Answered = Pick<DecisionRecord, "answer"> | Pick<DecisionRecord, "error">;

function answerTo(
  timetable: Timetable,
  kind: DecisionQuestion["kind"],
  payment: unknown,
  options: object,
): Answered {
  try {
    return { answer: written(ASK[kind](timetable, payment as Payment, options as never) ?? null) };
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    return written(error.toJSON());
  }
}

/** What JSON makes of a value: it is asked with what is recorded, and so answered alike when it is asked again. */
function written<T>(value: T): T {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch {
    throw bad("", recordSays.notJson());
  }
}

/** Versions, which stand in answers too, are compared by themselves. */
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

const bad = (part: string, sentence: { what: string; help: string }): QuestionError =>
  new QuestionError("bad-payment", part === "" ? "record" : `record.${part}`, sentence);
