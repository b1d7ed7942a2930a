import { misfit } from "../decide/facts.js";
import type { JsonText } from "../model/payment.js";
import { isWrittenIn, plainInstant } from "../time/instant.js";
import type { Instant } from "../time/zone.js";
import { type Share, shareIn } from "./class-weights.js";
import type { Sorter, Sorters } from "./classifier.js";
import type { Field } from "./fields.js";
import {
  HASH_START,
  hashed,
  type Key,
  type Vocabulary,
  vocabularyOf,
  type Words,
  wordsOfShare,
} from "./value-words.js";

/**
 * Payments that are read from JSON text as they stand, without an object being made of them: those whose text is of the
 * plainest kind. It takes a fraction of the time, which matters where there are millions. Whatever is not plain, and all
 * that is wrong, is left to the ordinary way, so that there is one place that tells what a payment may say.
 */

/** What there is to know of a plain payment. */
export interface PlainPayment {
  readonly sorter: Sorter;
  readonly at: Instant;
  readonly number: number;
  /** Where `initiatedAt` stands, if it stands there as answers write it. */
  readonly writtenAt: number | undefined;
}

/** Where the reading of one text is. */
interface Reading {
  readonly bytes: Uint8Array;
  readonly to: number;
  at: number;
  sorter: Sorter | undefined;
  sentAt: Instant | undefined;
  sentFrom: number;
  sentTo: number;
  number: number;
  /** The fields that were stated, one bit each; a payment that states one twice is not plain. */
  stated: number;
  hasAmount: boolean;
  /** The text that was stepped over last: where it is, without its quotes, and its hash. */
  start: number;
  end: number;
  hash: number;
}

/** One bit for each field: more than that are never plain. */
const FIELDS_MAX = 31;

/** Prepares the reading; the function gives undefined for what is not plain. */
export function plainReader(
  sorters: Sorters,
  channels: readonly string[],
): (text: JsonText) => PlainPayment | undefined {
  const { fields } = sorters;
  if (fields.all.length > FIELDS_MAX || fields.blank.amount !== undefined) return () => undefined;
  const vocabulary = vocabularyOf(fields, channels);
  return ({ bytes, from, to }) => {
    const reading: Reading = {
      bytes,
      to,
      at: from,
      sorter: undefined,
      sentAt: undefined,
      sentFrom: 0,
      sentTo: 0,
      number: 0,
      stated: 0,
      hasAmount: false,
      start: from,
      end: from,
      hash: 0,
    };
    if (!readObject(reading, vocabulary.keys, vocabulary, sorters)) return undefined;
    const { sorter, sentAt, number, hasAmount } = reading;
    if (sorter === undefined || sentAt === undefined || !hasAmount || !endsHere(reading)) return undefined;
    const { sentFrom, sentTo } = reading;
    const isWritten = isWrittenIn(bytes, sentFrom, sentTo, sorter.zone, sentAt);
    return { sorter, at: sentAt, number, writtenAt: isWritten ? sentFrom : undefined };
  };
}

/** Nothing follows but spaces, and the carriage return of lines that end in two characters. */
function endsHere(reading: Reading): boolean {
  if (peek(reading) === CARRIAGE_RETURN) reading.at++;
  return reading.at === reading.to;
}

/** `{ key: value, ... }`, up to behind its brace. */
function readObject(reading: Reading, keys: Words<Key>, vocabulary: Vocabulary, sorters: Sorters): boolean {
  if (byteAt(reading) !== OPEN) return false;
  for (;;) {
    const key = nextText(reading) ? wordOf(reading, keys) : undefined;
    if (key === undefined || byteAt(reading) !== COLON) return false;
    if (!readValue(reading, key, vocabulary, sorters)) return false;
    const next = byteAt(reading);
    if (next !== COMMA) return next === CLOSE;
  }
}

function readValue(reading: Reading, key: Key, vocabulary: Vocabulary, sorters: Sorters): boolean {
  if (key === "channel") return readChannel(reading, vocabulary, sorters);
  if (key === "initiatedAt") return readSentAt(reading);
  if (key === "references") return skipReferences(reading);
  const inside = vocabulary.groups.get(key);
  if (inside !== undefined && peek(reading) === OPEN) return readObject(reading, inside, vocabulary, sorters);
  return key.field !== undefined && readFact(reading, key.field, vocabulary);
}

/** What a fact adds to the number depends on the channel, which has to come first. */
function readChannel(reading: Reading, { channels }: Vocabulary, sorters: Sorters): boolean {
  const name = nextText(reading) ? wordOf(reading, channels) : undefined;
  const sorter = name === undefined ? undefined : sorters.get(name);
  if (sorter === undefined || sorter.blank === 0 || reading.sorter !== undefined) return false;
  reading.sorter = sorter;
  reading.number = sorter.blank;
  return true;
}

function readSentAt(reading: Reading): boolean {
  if (!nextText(reading) || reading.sentAt !== undefined) return false;
  reading.sentFrom = reading.start;
  reading.sentTo = reading.end;
  reading.sentAt = plainInstant(reading.bytes, reading.start, reading.end);
  return reading.sentAt !== undefined;
}

/** They are texts by name, and no answer about time needs them. */
function skipReferences(reading: Reading): boolean {
  if (byteAt(reading) !== OPEN) return false;
  for (;;) {
    if (!nextText(reading) || byteAt(reading) !== COLON || !nextText(reading)) return false;
    const next = byteAt(reading);
    if (next !== COMMA) return next === CLOSE;
  }
}

function readFact(reading: Reading, field: Field, vocabulary: Vocabulary): boolean {
  const bit = 1 << field.index;
  if (reading.sorter === undefined || (reading.stated & bit) !== 0) return false;
  reading.stated |= bit;
  const { sorters, place } = reading.sorter;
  const share = sorters.shares.byField[field.index]?.[place];
  if (field.name === "amount") return readAmount(reading, field, reading.sorter);
  if (peek(reading) !== QUOTE) return field.domain.type === "boolean" && readBoolean(reading, share);
  if (!nextText(reading) || field.domain.type !== "string") return false;
  if (share !== undefined) return adds(reading, wordOf(reading, wordsOfShare(share, vocabulary)));
  const values = vocabulary.values[field.index];
  return values === undefined || wordOf(reading, values) === true;
}

function adds(reading: Reading, share: number | undefined): boolean {
  if (share === undefined) return false;
  reading.number += share;
  return true;
}

function readBoolean(reading: Reading, share: Share | undefined): boolean {
  const value = [true, false].find((one) => follows(reading, one ? TRUE : FALSE));
  if (value === undefined) return false;
  return share === undefined || adds(reading, share.listed?.get(value));
}

function follows(reading: Reading, text: Uint8Array): boolean {
  peek(reading);
  for (let index = 0; index < text.length; index++) {
    if (reading.bytes[reading.at + index] !== text[index]) return false;
  }
  reading.at += text.length;
  return true;
}

/** Digits with a point between them, in quotes or not, and so few that their number is exact. */
function readAmount(reading: Reading, field: Field, { sorters, place }: Sorter): boolean {
  const quoted = peek(reading) === QUOTE;
  if (quoted) reading.at++;
  const from = reading.at;
  const amount = nextNumber(reading);
  const length = reading.at - from;
  if (length === 0 || length > DIGITS_MAX || Number.isNaN(amount)) return false;
  if (quoted ? reading.bytes[reading.at++] !== QUOTE : length > 1 && isLeadingZero(reading.bytes, from))
    return false;
  if (misfit(field.name, field.domain, amount) !== undefined) return false;
  reading.hasAmount = true;
  reading.number += shareIn(sorters.shares, field, place, amount);
  return true;
}

/** JSON has no numbers such as 01. */
const isLeadingZero = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === ZERO && bytes[at + 1] !== POINT;

/** The number that is written from here on; NaN where a point has not digits on both sides. */
function nextNumber(reading: Reading): number {
  const { bytes } = reading;
  let digits = 0;
  let scale = 0;
  let at = reading.at;
  for (; ; at++) {
    const code = bytes[at] as number;
    if (code >= ZERO && code <= ZERO + 9) {
      digits = digits * 10 + code - ZERO;
      scale *= 10;
    } else if (code === POINT && scale === 0 && at > reading.at) scale = 1;
    else break;
  }
  reading.at = at;
  if (scale === 1) return Number.NaN;
  return scale === 0 ? digits : digits / scale;
}

/** The next byte that is no space, without and with stepping behind it. */
function peek(reading: Reading): number | undefined {
  while (reading.bytes[reading.at] === SPACE) reading.at++;
  return reading.bytes[reading.at];
}

function byteAt(reading: Reading): number | undefined {
  const byte = peek(reading);
  reading.at++;
  return byte;
}

/** Steps over a text in quotes, if it is one of plain characters, and notes where it is, and its hash. */
function nextText(reading: Reading): boolean {
  if (byteAt(reading) !== QUOTE) return false;
  const { bytes } = reading;
  let at = reading.at;
  let hash = HASH_START;
  for (; ; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) break;
    if (!(byte >= SPACE && byte < 0x80 && byte !== BACKSLASH)) return false;
    hash = hashed(hash, byte);
  }
  reading.start = reading.at;
  reading.end = at;
  reading.hash = hash;
  reading.at = at + 1;
  return true;
}

/** What the text that was stepped over last means, if it is known. */
function wordOf<T>({ bytes, start, end, hash }: Reading, words: Words<T>): T | undefined {
  const word = words.get(hash);
  if (word === undefined || word.bytes.length !== end - start) return undefined;
  for (let index = start; index < end; index++)
    if (bytes[index] !== word.bytes[index - start]) return undefined;
  return word.means;
}

const encoder = new TextEncoder();
const [TRUE, FALSE] = [encoder.encode("true"), encoder.encode("false")];
const [OPEN, CLOSE, QUOTE, COLON, COMMA] = [0x7b, 0x7d, 0x22, 0x3a, 0x2c] as const;
const [SPACE, BACKSLASH, ZERO, POINT, CARRIAGE_RETURN] = [0x20, 0x5c, 0x30, 0x2e, 0x0d] as const;
/** As many digits as a number holds exactly, with their point. */
const DIGITS_MAX = 15;
