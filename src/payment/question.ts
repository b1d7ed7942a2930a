import { paymentSays, QuestionError, type Sentence } from "../errors.js";
import { documentFromText } from "../load/document.js";
import type { JsonText } from "../model/payment.js";
import type { Rulebook } from "../model/rulebook.js";
import { parseInstant, withinRange, writtenInstant } from "../time/instant.js";
import type { Instant, Zone } from "../time/zone.js";
import { compileSorters, type Sorter, type Sorters } from "./classifier.js";
import { type PlainPayment, plainReader } from "./json-text.js";
import {
  bad,
  type FactsRead,
  type Given,
  isOwn,
  isRecord,
  NO_ENTRY,
  nothingSaid,
  own,
  readKeys,
  type Said,
} from "./keys.js";

/** Reading a payment: what the caller says, checked once and made flat. */

/** A payment that was read. Its facts are only put together where they are asked for: most answers need its number. */
export class Question implements Said {
  readonly sorters: Sorters;
  readonly place: number;
  readonly at: Instant;
  /** Its `initiatedAt` as it was given, where that is known to be what answers would write. */
  readonly text: string | undefined;
  /** Bytes of JSON in which it stands like that, and where. */
  readonly source: Uint8Array | undefined;
  readonly sourceAt: number;
  /** As its channel's sorter numbers it. */
  number: number;
  /** Carried for advice, where there are any; no rule tests them. */
  references: Readonly<Record<string, string>> | undefined;
  hasAmount: boolean;
  noted: FactsRead | undefined;
  readonly #payment: Given | JsonText;

  /** `plain` is what was read of a payment's text without making an object of it. */
  constructor(
    sorters: Sorters,
    place: number,
    at: Instant,
    text: string | undefined,
    payment: Given | JsonText,
    plain: PlainPayment | undefined,
  ) {
    const blank = sorters.blanks[place] as number;
    this.sorters = sorters;
    this.place = place;
    this.at = at;
    this.text = text;
    this.source = plain?.writtenAt === undefined ? undefined : (payment as JsonText).bytes;
    this.sourceAt = plain?.writtenAt ?? 0;
    this.number = plain?.number ?? blank;
    this.references = undefined;
    this.hasAmount = false;
    this.noted = undefined;
    this.#payment = payment;
    if (plain !== undefined) return;
    readKeys(this, payment as Given);
    if (blank === 0) this.number = this.#sorter.numberOf(this.facts);
  }

  get channel(): string {
    return this.#sorter.channel;
  }

  get #sorter(): Sorter {
    return this.sorters.all[this.place] as Sorter;
  }

  get #given(): Given {
    const payment = this.#payment;
    return isJsonText(payment) ? (JSON.parse(textIn(payment)) as Given) : payment;
  }

  /** One fact that is not the amount, without putting all together. */
  fact(name: string): unknown {
    const { byKey, blank } = this.sorters.fields;
    const { outer, inner } = byKey.get(name) ?? NO_ENTRY;
    const given = this.#given;
    const group = outer === undefined ? undefined : own(given, outer);
    const nested = inner !== undefined && isRecord(group) ? own(group, inner) : undefined;
    return nested ?? own(given, name) ?? blank[name];
  }

  /** By flat name, as in `payer.bank`, with defaults filled in; the amount is a number. */
  get facts(): FactsRead {
    this.noted ??= this.#read();
    return this.noted;
  }

  /** What is remembered for a number must be true of its facts, even of an object that says something else each time. */
  #read(): FactsRead {
    const { blank, numberOf } = this.#sorter;
    const facts = { ...this.sorters.fields.blank };
    readKeys(nothingSaid(this.sorters, this.place, facts), this.#given);
    if (blank === 0 || numberOf(facts) === this.number) return facts;
    throw bad("payment", paymentSays.changing());
  }
}

/**
 * Prepares the reading of payments for one rulebook. Only a payment's own keys are read, and a key whose value is
 * undefined counts as not given. A fact that is neither given nor has a default is undefined.
 *
 * @throws QuestionError (the function that is returned) unknown-channel | bad-payment | bad-time
 */
export function compileReader(
  rulebook: Rulebook,
  sorters = compileSorters(rulebook),
): (payment: unknown) => Question {
  const channels = Object.keys(rulebook.channels);
  return (payment) => {
    if (!isRecord(payment)) throw bad("payment", paymentSays.notAPayment(payment));
    let channel: unknown;
    let initiatedAt: unknown;
    for (const key in payment) {
      if (!isOwn.call(payment, key)) continue;
      if (key === "channel") channel = payment[key];
      else if (key === "initiatedAt") initiatedAt = payment[key];
    }
    return sentAt(sorters, placeFor(channel, sorters, channels), initiatedAt, payment);
  };
}

/** Nearly always the text is as answers would write it, which is seen as it is read. */
function sentAt(sorters: Sorters, place: number, initiatedAt: unknown, payment: Given): Question {
  const text = typeof initiatedAt === "string" ? initiatedAt : undefined;
  const written = text === undefined ? undefined : writtenInstant(text, sorters.zones[place] as Zone);
  if (written !== undefined) return new Question(sorters, place, written, text, payment, undefined);
  const at = readInstant("initiatedAt", initiatedAt);
  return new Question(sorters, place, at, undefined, payment, undefined);
}

/**
 * The same for payments that are given as JSON text, each alike but for the time it takes.
 *
 * @throws QuestionError (the function that is returned) as `compileReader`, and bad-payment where the text is no JSON
 */
export function compileTextReader(
  rulebook: Rulebook,
  sorters: Sorters,
  read: (payment: unknown) => Question,
): (text: JsonText) => Question {
  const plainIn = plainReader(sorters, Object.keys(rulebook.channels));
  return (text) => {
    const plain = plainIn(text);
    if (plain === undefined) return read(parsed(textIn(text)));
    return new Question(sorters, plain.sorter.place, plain.at, undefined, text, plain);
  };
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

function textIn({ bytes, from, to }: JsonText): string {
  try {
    return decoder.decode(bytes.subarray(from, to));
  } catch {
    throw bad("JSON", paymentSays.notUtf8());
  }
}

export const isJsonText = (payment: object): payment is JsonText =>
  "bytes" in payment && payment.bytes instanceof Uint8Array;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const [problem] = documentFromText("", text).problems;
    throw bad("JSON", paymentSays.notJson(text, problem?.column, problem?.what));
  }
}

function placeFor(channel: unknown, sorters: Sorters, channels: readonly string[]): number {
  if (channel === undefined) throw bad("channel", paymentSays.missingChannel(channels));
  if (typeof channel !== "string") throw bad("channel", paymentSays.notText("channel", channel));
  const place = sorters.placeOf(channel);
  if (place !== undefined) return place;
  throw new QuestionError("unknown-channel", "channel", paymentSays.unknownChannel(channel, channels));
}

/**
 * The instant that a caller means: ISO 8601 with an offset, epoch milliseconds, or a Date. `where` names it in errors.
 *
 * @throws QuestionError bad-time
 */
export function readInstant(where: string, given: unknown): Instant {
  if (typeof given === "string") {
    const at = parseInstant(given);
    if (typeof at === "string") throw badTime(where, paymentSays.badInstant[at](given));
    return at;
  }
  if (given === undefined) throw badTime(where, paymentSays.missing(where));
  const ms = given instanceof Date ? given.getTime() : given;
  if (typeof ms !== "number") throw badTime(where, paymentSays.notAnInstant(given));
  if (!Number.isInteger(ms)) throw badTime(where, paymentSays.notWholeMilliseconds(ms));
  const at = withinRange(ms);
  if (at === undefined) throw badTime(where, paymentSays.badInstant["out-of-range"](ms));
  return at;
}

const badTime = (where: string, sentence: Sentence): QuestionError =>
  new QuestionError("bad-time", where, sentence);
