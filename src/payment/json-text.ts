import { domainViolation } from "../decide/facts.js";
import type { JsonText } from "../model/payment.js";
import { isCanonicalInstant, parseInstantBytes } from "../time/instant.js";
import type { Instant } from "../time/zone.js";
import { type FactWeights, weightOf } from "./class-weights.js";
import type { Classifier, Classifiers } from "./classifier.js";
import type { Field } from "./fields.js";
import {
  HASH_START,
  hashByte,
  type PaymentKey,
  type ReaderTables,
  readerTablesOf,
  type TextTable,
  weightTableOf,
} from "./text-tables.js";

/**
 * Reads payments directly from the bytes of JSON text, without creating objects or strings. Only plain text is supported:
 * ASCII without escapes, known keys and valid values. All other texts, and all errors, are left to the object reader, so
 * that the rules of validity exist once.
 */

/** The result of reading a plain payment. */
export interface PlainPayment {
  readonly classifier: Classifier;
  readonly at: Instant;
  readonly classId: number;
  /** Byte offset of the `initiatedAt` text, if it is in the format of answers. */
  readonly initiatedAtOffset: number | undefined;
}

/** The state of reading one text. */
interface Cursor {
  readonly bytes: Uint8Array;
  readonly to: number;
  at: number;
  classifier: Classifier | undefined;
  initiatedAt: Instant | undefined;
  initiatedAtFrom: number;
  initiatedAtTo: number;
  classId: number;
  /** A bit set of stated fields. A payment that states a field twice is not plain. */
  stated: number;
  hasAmount: boolean;
  /** The string that was read last, without quotes: start and end offset, and hash. */
  start: number;
  end: number;
  hash: number;
}

/** `Cursor.stated` has one bit per field. */
const FIELDS_MAX = 31;

/** Compiles a reader that returns undefined for text that is not plain. */
export function compilePlainReader(
  classifiers: Classifiers,
  channels: readonly string[],
): (text: JsonText) => PlainPayment | undefined {
  const { fields } = classifiers;
  if (fields.all.length > FIELDS_MAX || fields.defaults.amount !== undefined) return () => undefined;
  const tables = readerTablesOf(fields, channels);
  return ({ bytes, from, to }) => {
    const cursor: Cursor = {
      bytes,
      to,
      at: from,
      classifier: undefined,
      initiatedAt: undefined,
      initiatedAtFrom: 0,
      initiatedAtTo: 0,
      classId: 0,
      stated: 0,
      hasAmount: false,
      start: from,
      end: from,
      hash: 0,
    };
    if (!readObject(cursor, tables.keys, tables, classifiers)) return undefined;
    const { classifier, initiatedAt, classId, hasAmount } = cursor;
    if (classifier === undefined || initiatedAt === undefined || !hasAmount || !isAtEnd(cursor))
      return undefined;
    const { initiatedAtFrom, initiatedAtTo } = cursor;
    const isWritten = isCanonicalInstant(bytes, initiatedAtFrom, initiatedAtTo, classifier.zone, initiatedAt);
    return {
      classifier,
      at: initiatedAt,
      classId,
      initiatedAtOffset: isWritten ? initiatedAtFrom : undefined,
    };
  };
}

/** Allows trailing spaces and the carriage return of a CRLF line. */
function isAtEnd(cursor: Cursor): boolean {
  if (peek(cursor) === CARRIAGE_RETURN) cursor.at++;
  return cursor.at === cursor.to;
}

/** Reads `{ key: value, ... }` and stops behind the closing brace. */
function readObject(
  cursor: Cursor,
  keys: TextTable<PaymentKey>,
  tables: ReaderTables,
  classifiers: Classifiers,
): boolean {
  if (nextByte(cursor) !== OPEN) return false;
  for (;;) {
    const key = nextText(cursor) ? lookUp(cursor, keys) : undefined;
    if (key === undefined || nextByte(cursor) !== COLON) return false;
    if (!readValue(cursor, key, tables, classifiers)) return false;
    const next = nextByte(cursor);
    if (next !== COMMA) return next === CLOSE;
  }
}

function readValue(cursor: Cursor, key: PaymentKey, tables: ReaderTables, classifiers: Classifiers): boolean {
  if (key === "channel") return readChannel(cursor, tables, classifiers);
  if (key === "initiatedAt") return readInitiatedAt(cursor);
  if (key === "references") return skipReferences(cursor);
  const group = tables.groups.get(key);
  if (group !== undefined && peek(cursor) === OPEN) return readObject(cursor, group, tables, classifiers);
  return key.field !== undefined && readFact(cursor, key.field, tables);
}

/** Weights depend on the channel, so that a payment is plain only if the channel precedes its facts. */
function readChannel(cursor: Cursor, { channels }: ReaderTables, classifiers: Classifiers): boolean {
  const name = nextText(cursor) ? lookUp(cursor, channels) : undefined;
  const classifier = name === undefined ? undefined : classifiers.get(name);
  if (classifier === undefined || classifier.baseId === 0 || cursor.classifier !== undefined) return false;
  cursor.classifier = classifier;
  cursor.classId = classifier.baseId;
  return true;
}

function readInitiatedAt(cursor: Cursor): boolean {
  if (!nextText(cursor) || cursor.initiatedAt !== undefined) return false;
  cursor.initiatedAtFrom = cursor.start;
  cursor.initiatedAtTo = cursor.end;
  cursor.initiatedAt = parseInstantBytes(cursor.bytes, cursor.start, cursor.end);
  return cursor.initiatedAt !== undefined;
}

/** References are strings by name. Answers do not need them. */
function skipReferences(cursor: Cursor): boolean {
  if (nextByte(cursor) !== OPEN) return false;
  for (;;) {
    if (!nextText(cursor) || nextByte(cursor) !== COLON || !nextText(cursor)) return false;
    const next = nextByte(cursor);
    if (next !== COMMA) return next === CLOSE;
  }
}

function readFact(cursor: Cursor, field: Field, tables: ReaderTables): boolean {
  const bit = 1 << field.index;
  if (cursor.classifier === undefined || (cursor.stated & bit) !== 0) return false;
  cursor.stated |= bit;
  const { classifiers, channelIndex } = cursor.classifier;
  const weights = classifiers.weights.byField[field.index]?.[channelIndex];
  if (field.name === "amount") return readAmount(cursor, field, cursor.classifier);
  if (peek(cursor) !== QUOTE) return field.domain.type === "boolean" && readBoolean(cursor, weights);
  if (!nextText(cursor) || field.domain.type !== "string") return false;
  if (weights !== undefined) return addWeight(cursor, lookUp(cursor, weightTableOf(weights, tables)));
  const values = tables.values[field.index];
  return values === undefined || lookUp(cursor, values) === true;
}

function addWeight(cursor: Cursor, weight: number | undefined): boolean {
  if (weight === undefined) return false;
  cursor.classId += weight;
  return true;
}

function readBoolean(cursor: Cursor, weights: FactWeights | undefined): boolean {
  const value = [true, false].find((one) => skipIfNext(cursor, one ? TRUE : FALSE));
  if (value === undefined) return false;
  return weights === undefined || addWeight(cursor, weights.listed?.get(value));
}

function skipIfNext(cursor: Cursor, text: Uint8Array): boolean {
  peek(cursor);
  for (let index = 0; index < text.length; index++) {
    if (cursor.bytes[cursor.at + index] !== text[index]) return false;
  }
  cursor.at += text.length;
  return true;
}

/** Reads an amount of at most 15 characters, with or without quotes; its number is exact. */
function readAmount(cursor: Cursor, field: Field, { classifiers, channelIndex }: Classifier): boolean {
  const quoted = peek(cursor) === QUOTE;
  if (quoted) cursor.at++;
  const from = cursor.at;
  const amount = nextNumber(cursor);
  const length = cursor.at - from;
  if (length === 0 || length > DIGITS_MAX || Number.isNaN(amount)) return false;
  if (quoted ? cursor.bytes[cursor.at++] !== QUOTE : length > 1 && isLeadingZero(cursor.bytes, from))
    return false;
  if (domainViolation(field.name, field.domain, amount) !== undefined) return false;
  cursor.hasAmount = true;
  cursor.classId += weightOf(classifiers.weights, field, channelIndex, amount);
  return true;
}

/** JSON does not allow numbers such as 01. */
const isLeadingZero = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === ZERO && bytes[at + 1] !== POINT;

/** Reads digits with an optional point between them. NaN if no digit follows the point. */
function nextNumber(cursor: Cursor): number {
  const { bytes } = cursor;
  let digits = 0;
  let scale = 0;
  let at = cursor.at;
  for (; ; at++) {
    const code = bytes[at] as number;
    if (code >= ZERO && code <= ZERO + 9) {
      digits = digits * 10 + code - ZERO;
      scale *= 10;
    } else if (code === POINT && scale === 0 && at > cursor.at) scale = 1;
    else break;
  }
  cursor.at = at;
  if (scale === 1) return Number.NaN;
  return scale === 0 ? digits : digits / scale;
}

/** Skips spaces and returns the next byte without consuming it. */
function peek(cursor: Cursor): number | undefined {
  while (cursor.bytes[cursor.at] === SPACE) cursor.at++;
  return cursor.bytes[cursor.at];
}

/** Skips spaces and consumes the next byte. */
function nextByte(cursor: Cursor): number | undefined {
  const byte = peek(cursor);
  cursor.at++;
  return byte;
}

/** Consumes a string of plain characters. Stores its offsets and hash in the cursor. */
function nextText(cursor: Cursor): boolean {
  if (nextByte(cursor) !== QUOTE) return false;
  const { bytes } = cursor;
  let at = cursor.at;
  let hash = HASH_START;
  for (; ; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) break;
    if (!(byte >= SPACE && byte < 0x80 && byte !== BACKSLASH)) return false;
    hash = hashByte(hash, byte);
  }
  cursor.start = cursor.at;
  cursor.end = at;
  cursor.hash = hash;
  cursor.at = at + 1;
  return true;
}

/** Looks up the string that was read last. */
function lookUp<T>({ bytes, start, end, hash }: Cursor, table: TextTable<T>): T | undefined {
  const entry = table.get(hash);
  if (entry === undefined || entry.bytes.length !== end - start) return undefined;
  for (let index = start; index < end; index++)
    if (bytes[index] !== entry.bytes[index - start]) return undefined;
  return entry.value;
}

const encoder = new TextEncoder();
const [TRUE, FALSE] = [encoder.encode("true"), encoder.encode("false")];
const [OPEN, CLOSE, QUOTE, COLON, COMMA] = [0x7b, 0x7d, 0x22, 0x3a, 0x2c] as const;
const [SPACE, BACKSLASH, ZERO, POINT, CARRIAGE_RETURN] = [0x20, 0x5c, 0x30, 0x2e, 0x0d] as const;
/** The point counts too. A double holds 15 digits exactly. */
const DIGITS_MAX = 15;
