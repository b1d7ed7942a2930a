import { BOUNDS } from "../model/bound.js";
import { type ByteTemplate, INSTANT_BYTES, type JsonTemplate } from "./json-template.js";
import type { MovingSegment, TimelineTemplate } from "./timeline-template.js";

/** Writes the answer with a mark for every instant that moves, and splits the text at the marks. */
export function jsonTemplateOf(
  template: TimelineTemplate,
  version: string,
  withTimeline: boolean,
): JsonTemplate | undefined {
  const { segments, moving, texts } = template;
  const { outcome, certainty, basis, rules } = texts;
  if (segments === undefined && withTimeline) return undefined;
  const afterMs: number[] = [];
  const mark = (after: number): string => {
    afterMs.push(after);
    return MARK;
  };
  const [earliest, expected, latest] = BOUNDS.map((bound) => {
    const text = texts[bound];
    return typeof text === "string" ? text : mark(text);
  });
  const timeline = withTimeline ? markedTimeline(segments ?? [], moving, mark) : undefined;
  const answer = { outcome, earliest, expected, latest, certainty, basis, rules, timeline, version };
  const parts = JSON.stringify(answer).split(MARK);
  return parts.length === afterMs.length + 1 ? { texts: parts, afterMs } : undefined;
}

function markedTimeline(
  segments: NonNullable<TimelineTemplate["segments"]>,
  moving: readonly MovingSegment[],
  mark: (after: number) => string,
): NonNullable<TimelineTemplate["segments"]> {
  const timeline = segments.slice();
  for (const { index, from, to } of moving) {
    const { from: fixedFrom, to: fixedTo, ...rest } = segments[index] as (typeof timeline)[number];
    const start = from === undefined ? fixedFrom : mark(from);
    timeline[index] = { from: start, to: to === undefined ? fixedTo : mark(to), ...rest };
  }
  return timeline;
}

const encoder = new TextEncoder();

export function byteTemplateOf({ texts, afterMs }: JsonTemplate): ByteTemplate {
  const bytes = encoder.encode(texts.join(" ".repeat(INSTANT_BYTES)));
  const gaps: number[] = [];
  let length = 0;
  for (const text of texts.slice(0, -1)) {
    length += encoder.encode(text).length;
    gaps.push(length);
    length += INSTANT_BYTES;
  }
  return { bytes, gaps, afterMs };
}

/** ASCII that JSON does not escape. A name that contains it only loses the fast path. */
const MARK = "<instant>";
