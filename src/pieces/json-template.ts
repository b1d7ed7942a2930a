import { formatInstant, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";

/** Answers as JSON: for all payments of an outline the text is the same but for the instants that move. */
export interface JsonTemplate {
  /** One more than there are gaps between them. */
  readonly texts: readonly string[];
  /** What stands in the gaps: instants so many milliseconds after the sending. */
  readonly afterMs: readonly number[];
}

/** The same in UTF-8. */
export interface ByteTemplate {
  /** With room in the gaps for instants of `INSTANT_BYTES`. */
  readonly bytes: Uint8Array;
  /** Where the gaps begin. */
  readonly gaps: readonly number[];
  readonly afterMs: readonly number[];
}

/** When a payment is sent, and how answers write that, as far as it is known. */
export interface Sent {
  readonly at: Instant;
  readonly initiatedAtText: string | undefined;
  /** Bytes in which it stands like that, of `INSTANT_BYTES`, and where. */
  readonly sourceBytes: Uint8Array | undefined;
  readonly sourceOffset: number;
}

/** Of an instant without milliseconds. */
export const INSTANT_BYTES = "2026-02-13T23:00:00+08:00".length;

/** There is not enough room. */
export const NO_ROOM = -1;

/** The answer for a payment that is sent at `at`, whose text is `sent`. */
export function fillTemplate(
  { texts, afterMs }: JsonTemplate,
  at: Instant,
  sent: string,
  zone: Zone,
): string {
  let text = texts[0] as string;
  for (let gap = 0; gap < afterMs.length; gap++) {
    const after = afterMs[gap] as number;
    text += after === 0 ? sent : formatInstant(zone, (at + after) as Instant);
    text += texts[gap + 1];
  }
  return text;
}

/** The same into a buffer; tells where it ends there, or `NO_ROOM`. */
export function fillTemplateInto(
  form: ByteTemplate,
  sent: Sent,
  zone: Zone,
  into: Uint8Array,
  start: number,
): number {
  const { bytes, gaps, afterMs } = form;
  const end = start + bytes.length;
  if (end > into.length) return NO_ROOM;
  into.set(bytes, start);
  for (let gap = 0; gap < gaps.length; gap++) {
    const after = afterMs[gap] as number;
    const place = start + (gaps[gap] as number);
    if (after === 0 && sent.sourceBytes !== undefined) {
      for (let index = 0; index < INSTANT_BYTES; index++)
        into[place + index] = sent.sourceBytes[sent.sourceOffset + index] as number;
      continue;
    }
    const text = textAfter(sent, after, zone);
    if (text.length !== INSTANT_BYTES) return fillWithLongInstants(form, sent, zone, into, start);
    put(text, into, place);
  }
  return end;
}

/** The same where instants have milliseconds, so that not all have one length. */
function fillWithLongInstants(
  { bytes, gaps, afterMs }: ByteTemplate,
  sent: Sent,
  zone: Zone,
  into: Uint8Array,
  start: number,
): number {
  const texts = afterMs.map((after) => textAfter(sent, after, zone));
  const more = texts.reduce((sum, text) => sum + text.length - INSTANT_BYTES, 0);
  if (start + bytes.length + more > into.length) return NO_ROOM;
  let end = start;
  let from = 0;
  const copy = (to: number): void => {
    into.set(bytes.subarray(from, to), end);
    end += to - from;
    from = to + INSTANT_BYTES;
  };
  for (const [gap, text] of texts.entries()) {
    copy(gaps[gap] as number);
    put(text, into, end);
    end += text.length;
  }
  copy(bytes.length);
  return end;
}

const textAfter = ({ at, initiatedAtText }: Sent, afterMs: number, zone: Zone): string =>
  afterMs === 0 && initiatedAtText !== undefined
    ? initiatedAtText
    : formatInstant(zone, (at + afterMs) as Instant);

/** Instants have no characters of more than one byte. */
function put(text: string, into: Uint8Array, place: number): void {
  for (let index = 0; index < text.length; index++) into[place + index] = text.charCodeAt(index);
}

const encoder = new TextEncoder();

export function encodedInto(text: string, into: Uint8Array, start: number): number {
  const { read, written: bytes } = encoder.encodeInto(text, into.subarray(start));
  return read === text.length ? start + bytes : NO_ROOM;
}
