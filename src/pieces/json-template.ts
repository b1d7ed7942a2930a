import { formatInstant, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";

/** An answer as JSON text with gaps for the instants that move with the send time. */
export interface JsonTemplate {
  /** The texts around the gaps: one more than there are gaps. */
  readonly texts: readonly string[];
  /** For each gap, how many milliseconds after the send time its instant lies. */
  readonly afterMs: readonly number[];
}

/** The same in UTF-8. */
export interface ByteTemplate {
  /** Each gap has room for `INSTANT_BYTES`. */
  readonly bytes: Uint8Array;
  /** The offsets of the gaps. */
  readonly gaps: readonly number[];
  readonly afterMs: readonly number[];
}

/** A send time, and its text if known. */
export interface Sent {
  readonly at: Instant;
  readonly initiatedAtText: string | undefined;
  /** Bytes that contain that text, `INSTANT_BYTES` long, and its offset. */
  readonly sourceBytes: Uint8Array | undefined;
  readonly sourceOffset: number;
}

/** The length of an instant without milliseconds. */
export const INSTANT_BYTES = "2026-02-13T23:00:00+08:00".length;

/** Returned if the buffer is too small. */
export const NO_ROOM = -1;

/** The answer for a payment sent at `at`; `sent` is the text of that instant. */
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

/** Writes the same into a buffer. Returns the end offset, or `NO_ROOM`. */
export function fillTemplateInto(
  template: ByteTemplate,
  sent: Sent,
  zone: Zone,
  into: Uint8Array,
  start: number,
): number {
  const { bytes, gaps, afterMs } = template;
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
    if (text.length !== INSTANT_BYTES) return fillWithLongInstants(template, sent, zone, into, start);
    put(text, into, place);
  }
  return end;
}

/** The same for instants with milliseconds, whose lengths differ. */
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

/** Instants are ASCII. */
function put(text: string, into: Uint8Array, place: number): void {
  for (let index = 0; index < text.length; index++) into[place + index] = text.charCodeAt(index);
}

const encoder = new TextEncoder();

export function encodeInto(text: string, into: Uint8Array, start: number): number {
  const { read, written: bytes } = encoder.encodeInto(text, into.subarray(start));
  return read === text.length ? start + bytes : NO_ROOM;
}
