import { BOUNDS } from "../model/bound.js";
import { formatInstant, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";
import type { Moving, Outline } from "./outline.js";

/** Answers as JSON: for all payments of an outline the text is the same but for the instants that move. */
export interface Form {
  /** One more than there are gaps between them. */
  readonly texts: readonly string[];
  /** What stands in the gaps: instants so many milliseconds after the sending. */
  readonly afterMs: readonly number[];
  /** The same in UTF-8, with room in the gaps for instants of `INSTANT_BYTES`. */
  readonly bytes: Uint8Array;
  /** Where the gaps begin. */
  readonly gaps: readonly number[];
}

/** Of an instant without milliseconds. */
const INSTANT_BYTES = "2026-02-13T23:00:00+08:00".length;

/** There is not enough room. */
export const NO_ROOM = -1;

/** The answer for a payment that is sent at `at`, whose text is `sent`. */
export function written({ texts, afterMs }: Form, at: Instant, sent: string, zone: Zone): string {
  let text = texts[0] as string;
  for (let gap = 0; gap < afterMs.length; gap++) {
    const after = afterMs[gap] as number;
    text += after === 0 ? sent : formatInstant(zone, (at + after) as Instant);
    text += texts[gap + 1];
  }
  return text;
}

/** The same into a buffer; tells where it ends there, or `NO_ROOM`. */
export function writtenInto(
  form: Form,
  at: Instant,
  sent: string,
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
    const text = after === 0 ? sent : formatInstant(zone, (at + after) as Instant);
    if (text.length !== INSTANT_BYTES) return encodedInto(written(form, at, sent, zone), into, start);
    const place = start + (gaps[gap] as number);
    for (let index = 0; index < INSTANT_BYTES; index++) into[place + index] = text.charCodeAt(index);
  }
  return end;
}

const encoder = new TextEncoder();

export function encodedInto(text: string, into: Uint8Array, start: number): number {
  const { read, written: bytes } = encoder.encodeInto(text, into.subarray(start));
  return read === text.length ? start + bytes : NO_ROOM;
}

/** Writes an answer with a mark for every instant that moves, and cuts the text there. */
export function formOf(outline: Outline, version: string, withTimeline: boolean): Form | undefined {
  const { segments, moving, outcome, certainty, basis, rules } = outline;
  if (segments === undefined && withTimeline) return undefined;
  const afterMs: number[] = [];
  const mark = (after: number): string => {
    afterMs.push(after);
    return MARK;
  };
  const [earliest, expected, latest] = BOUNDS.map((bound) => {
    const text = outline[bound];
    return typeof text === "string" ? text : mark(text);
  });
  const timeline = withTimeline ? markedTimeline(segments ?? [], moving, mark) : undefined;
  const answer = { outcome, earliest, expected, latest, certainty, basis, rules, timeline, version };
  const texts = JSON.stringify(answer).split(MARK);
  return texts.length === afterMs.length + 1 ? { texts, afterMs, ...bytesOf(texts) } : undefined;
}

function markedTimeline(
  segments: NonNullable<Outline["segments"]>,
  moving: readonly Moving[],
  mark: (after: number) => string,
): NonNullable<Outline["segments"]> {
  const timeline = segments.slice();
  for (const { index, from, to } of moving) {
    const { from: fixedFrom, to: fixedTo, ...rest } = segments[index] as (typeof timeline)[number];
    const start = from === undefined ? fixedFrom : mark(from);
    timeline[index] = { from: start, to: to === undefined ? fixedTo : mark(to), ...rest };
  }
  return timeline;
}

function bytesOf(texts: readonly string[]): Pick<Form, "bytes" | "gaps"> {
  const gaps: number[] = [];
  let length = 0;
  for (const text of texts.slice(0, -1)) {
    length += encoder.encode(text).length;
    gaps.push(length);
    length += INSTANT_BYTES;
  }
  return { bytes: encoder.encode(texts.join(" ".repeat(INSTANT_BYTES))), gaps };
}

/** JSON writes it as it is. A name that holds it, which nobody gives, would only cost the short cut. */
const MARK = "\uE000instant\uE000";
