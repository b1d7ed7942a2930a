import { BOUNDS } from "../model/bound.js";
import { formatInstant, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";
import type { Outline } from "./outline.js";

/** Answers as JSON text: for all payments of an outline the text is the same but for the instants that move. */
export interface Form {
  /** One more than there are gaps between them. */
  readonly texts: readonly string[];
  /** What stands in the gaps: instants so many milliseconds after the sending. */
  readonly afterMs: readonly number[];
}

export function written({ texts, afterMs }: Form, at: Instant, sent: string, zone: Zone): string {
  let text = texts[0] as string;
  for (let gap = 0; gap < afterMs.length; gap++) {
    const after = afterMs[gap] as number;
    text += after === 0 ? sent : formatInstant(zone, (at + after) as Instant);
    text += texts[gap + 1];
  }
  return text;
}

/** Writes an answer with a mark for every instant that moves, and cuts the text there. */
export function formOf(outline: Outline, version: string): Form | undefined {
  const { segments, moving, outcome, certainty, basis, rules } = outline;
  if (segments === undefined) return undefined;
  const afterMs: number[] = [];
  const mark = (after: number): string => {
    afterMs.push(after);
    return MARK;
  };
  const [earliest, expected, latest] = BOUNDS.map((bound) => {
    const text = outline[bound];
    return typeof text === "string" ? text : mark(text);
  });
  const timeline = segments.slice();
  for (const { index, from, to } of moving) {
    const { from: fixedFrom, to: fixedTo, ...rest } = segments[index] as (typeof timeline)[number];
    timeline[index] = {
      from: from === undefined ? fixedFrom : mark(from),
      to: to === undefined ? fixedTo : mark(to),
      ...rest,
    };
  }
  const answer = { outcome, earliest, expected, latest, certainty, basis, rules, timeline, version };
  const texts = JSON.stringify(answer).split(MARK);
  return texts.length === afterMs.length + 1 ? { texts, afterMs } : undefined;
}

/** JSON writes it as it is. A name that holds it, which nobody gives, would only cost the short cut. */
const MARK = "\uE000instant\uE000";
