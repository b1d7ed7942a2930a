import { paymentMessages, QuestionError, type Sentence } from "../errors.js";
import { documentFromText } from "../load/document.js";
import type { JsonText } from "../model/payment.js";
import type { Rulebook } from "../model/rulebook.js";
import { instantInRange, parseCanonicalInstant, parseInstant } from "../time/instant.js";
import type { Instant, Zone } from "../time/zone.js";
import { type Classifier, type Classifiers, compileClassifiers } from "./classifier.js";
import { compilePlainReader, type PlainPayment } from "./json-text.js";
import {
  badPayment,
  hasOwn,
  isRecord,
  type MutableFacts,
  newReadingState,
  ownValue,
  type ReadingState,
  readKeys,
  UNKNOWN_KEY,
  type UnknownRecord,
} from "./keys.js";

/** A payment that was read and checked. Facts are collected lazily, because most answers need only the class id. */
export class ParsedPayment implements ReadingState {
  readonly classifiers: Classifiers;
  readonly channelIndex: number;
  readonly at: Instant;
  /** `initiatedAt` as given, if answers would format the instant identically; otherwise undefined. */
  readonly initiatedAtText: string | undefined;
  /** JSON bytes that contain `initiatedAt` in the format of answers, and its offset; undefined and 0 if there are none. */
  readonly sourceBytes: Uint8Array | undefined;
  readonly sourceOffset: number;
  classId: number;
  /** The caller's references, which advice repeats. No rule tests them. */
  references: Readonly<Record<string, string>> | undefined;
  hasAmount: boolean;
  collectedFacts: MutableFacts | undefined;
  readonly #payment: UnknownRecord | JsonText;

  /** With `plain`, `payment` is JSON text that was read already; without it, an object that is read here. */
  constructor(
    classifiers: Classifiers,
    channelIndex: number,
    at: Instant,
    text: string | undefined,
    payment: UnknownRecord | JsonText,
    plain: PlainPayment | undefined,
  ) {
    const baseId = classifiers.baseIds[channelIndex] as number;
    this.classifiers = classifiers;
    this.channelIndex = channelIndex;
    this.at = at;
    this.initiatedAtText = text;
    this.sourceBytes = plain?.initiatedAtOffset === undefined ? undefined : (payment as JsonText).bytes;
    this.sourceOffset = plain?.initiatedAtOffset ?? 0;
    this.classId = plain?.classId ?? baseId;
    this.references = undefined;
    this.hasAmount = false;
    this.collectedFacts = undefined;
    this.#payment = payment;
    if (plain !== undefined) return;
    readKeys(this, payment as UnknownRecord);
    if (baseId === 0) this.classId = this.#classifier.classIdOf(this.facts);
  }

  get channel(): string {
    return this.#classifier.channel;
  }

  get #classifier(): Classifier {
    return this.classifiers.all[this.channelIndex] as Classifier;
  }

  get #object(): UnknownRecord {
    const payment = this.#payment;
    return isJsonText(payment) ? (JSON.parse(decodeText(payment)) as UnknownRecord) : payment;
  }

  /** One fact other than the amount, read without collecting the others. */
  fact(name: string): unknown {
    const { byKey, defaults } = this.classifiers.fields;
    const { outer, inner } = byKey.get(name) ?? UNKNOWN_KEY;
    const payment = this.#object;
    const group = outer === undefined ? undefined : ownValue(payment, outer);
    const nested = inner !== undefined && isRecord(group) ? ownValue(group, inner) : undefined;
    return nested ?? ownValue(payment, name) ?? defaults[name];
  }

  /** Facts by flat name, as in `payer.bank`, with defaults. The amount is a number. */
  get facts(): MutableFacts {
    this.collectedFacts ??= this.#read();
    return this.collectedFacts;
  }

  /** An object with getters may change between readings. Caches would then mix two classes, so that is an error. */
  #read(): MutableFacts {
    const { baseId, classIdOf } = this.#classifier;
    const facts = { ...this.classifiers.fields.defaults };
    readKeys(newReadingState(this.classifiers, this.channelIndex, facts), this.#object);
    if (baseId === 0 || classIdOf(facts) === this.classId) return facts;
    throw badPayment("payment", paymentMessages.changing());
  }
}

/**
 * Compiles a reader of payments for one rulebook. It reads own keys only and ignores keys whose value is undefined. A fact
 * that is neither stated nor has a default is undefined.
 *
 * @throws QuestionError (the returned function) unknown-channel | bad-payment | bad-time
 */
export function compileReader(
  rulebook: Rulebook,
  classifiers = compileClassifiers(rulebook),
): (payment: unknown) => ParsedPayment {
  const channels = Object.keys(rulebook.channels);
  return (payment) => {
    if (!isRecord(payment)) throw badPayment("payment", paymentMessages.notAPayment(payment));
    let channel: unknown;
    let initiatedAt: unknown;
    for (const key in payment) {
      if (!hasOwn.call(payment, key)) continue;
      if (key === "channel") channel = payment[key];
      else if (key === "initiatedAt") initiatedAt = payment[key];
    }
    return parsePayment(classifiers, channelIndexFor(channel, classifiers, channels), initiatedAt, payment);
  };
}

/** Most texts are in the format of answers. `writtenInstant` parses and compares them in one pass. */
function parsePayment(
  classifiers: Classifiers,
  channelIndex: number,
  initiatedAt: unknown,
  payment: UnknownRecord,
): ParsedPayment {
  const text = typeof initiatedAt === "string" ? initiatedAt : undefined;
  const written =
    text === undefined ? undefined : parseCanonicalInstant(text, classifiers.zones[channelIndex] as Zone);
  if (written !== undefined)
    return new ParsedPayment(classifiers, channelIndex, written, text, payment, undefined);
  const at = readInstant("initiatedAt", initiatedAt);
  return new ParsedPayment(classifiers, channelIndex, at, undefined, payment, undefined);
}

/**
 * Compiles a reader of payments in JSON text. It gives the same results as parsing the text and calling `read`, but is
 * faster for plain text.
 *
 * @throws QuestionError (the returned function) as `compileReader`, and bad-payment if the text is not JSON
 */
export function compileTextReader(
  rulebook: Rulebook,
  classifiers: Classifiers,
  read: (payment: unknown) => ParsedPayment,
): (text: JsonText) => ParsedPayment {
  const readPlain = compilePlainReader(classifiers, Object.keys(rulebook.channels));
  return (text) => {
    const plain = readPlain(text);
    if (plain === undefined) return read(parseJson(decodeText(text)));
    return new ParsedPayment(classifiers, plain.classifier.channelIndex, plain.at, undefined, text, plain);
  };
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

function decodeText({ bytes, from, to }: JsonText): string {
  try {
    return decoder.decode(bytes.subarray(from, to));
  } catch {
    throw badPayment("JSON", paymentMessages.notUtf8());
  }
}

export const isJsonText = (payment: object): payment is JsonText =>
  "bytes" in payment && payment.bytes instanceof Uint8Array;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const [problem] = documentFromText("", text).problems;
    throw badPayment("JSON", paymentMessages.notJson(text, problem?.column, problem?.what));
  }
}

function channelIndexFor(channel: unknown, classifiers: Classifiers, channels: readonly string[]): number {
  if (channel === undefined) throw badPayment("channel", paymentMessages.missingChannel(channels));
  if (typeof channel !== "string") throw badPayment("channel", paymentMessages.notText("channel", channel));
  const channelIndex = classifiers.channelIndexOf(channel);
  if (channelIndex !== undefined) return channelIndex;
  throw new QuestionError("unknown-channel", "channel", paymentMessages.unknownChannel(channel, channels));
}

/**
 * Reads an instant: ISO 8601 with an offset, epoch milliseconds, or a Date. `where` names it in errors.
 *
 * @throws QuestionError bad-time
 */
export function readInstant(where: string, given: unknown): Instant {
  if (typeof given === "string") {
    const at = parseInstant(given);
    if (typeof at === "string") throw badTime(where, paymentMessages.badInstant[at](given));
    return at;
  }
  if (given === undefined) throw badTime(where, paymentMessages.missing(where));
  const ms = given instanceof Date ? given.getTime() : given;
  if (typeof ms !== "number") throw badTime(where, paymentMessages.notAnInstant(given));
  if (!Number.isInteger(ms)) throw badTime(where, paymentMessages.notWholeMilliseconds(ms));
  const at = instantInRange(ms);
  if (at === undefined) throw badTime(where, paymentMessages.badInstant["out-of-range"](ms));
  return at;
}

const badTime = (where: string, sentence: Sentence): QuestionError =>
  new QuestionError("bad-time", where, sentence);
