import type { Segment } from "../model/answers.js";
import { type Path, travel } from "../route/path.js";
import type { Wait } from "../route/wait.js";
import type { Clock } from "../time/clock.js";
import { addDays } from "../time/day.js";
import { type Instant, instantOf, localDay, type Zone } from "../time/zone.js";
import { segmentOf } from "./timeline.js";

/** The timelines of all payments sent within some stretch, told once: every boundary stays, or moves with the sending. */

/** Slope 0: the instant `value`. Slope 1: so many milliseconds after the sending. */
export interface Point {
  readonly slope: 0 | 1;
  readonly value: number;
}

export interface OutlinedSegment {
  readonly from: Point;
  readonly to: Point;
  readonly segment: Segment;
}

/** Holds for the sending times [from, until). */
export interface Outline {
  readonly from: Instant;
  readonly until: Instant;
  /** Undefined where the timelines have not one form: each has to be worked out for itself. */
  readonly segments: readonly OutlinedSegment[] | undefined;
}

/**
 * The outlines over [from, until), within which a path is one piece. Segments are told apart at local midnights, so
 * these are where the form may change.
 */
export function outlinesOf(path: Path, from: Instant, until: Instant, rule: string, zone: Zone): Outline[] {
  const outlines: Outline[] = [];
  for (let start = from; start < until; ) {
    const midnight = instantOf(zone, addDays(localDay(zone, start), 1), 0 as Clock);
    const end = midnight > start && midnight < until ? midnight : until;
    outlines.push({ from: start, until: end, segments: outlineOf(path, start, end, rule, zone) });
    start = end;
  }
  return outlines;
}

/**
 * Boundaries never move back and never faster than the sending. So one that is the same for the first and the last
 * sending time stays, and one that moved as far as they lie apart moves with the sending.
 */
function outlineOf(
  path: Path,
  from: Instant,
  until: Instant,
  rule: string,
  zone: Zone,
): OutlinedSegment[] | undefined {
  const last = (until - 1) as Instant;
  const [first, other] = [waitsOf(path, from), waitsOf(path, last)];
  if (first.length !== other.length) return undefined;
  const segments: OutlinedSegment[] = [];
  for (const [index, wait] of first.entries()) {
    const twin = other[index] as Wait;
    const [start, end] = [pointOf(wait.from, twin.from, from, last), pointOf(wait.to, twin.to, from, last)];
    if (start === undefined || end === undefined || !alike(wait, twin)) return undefined;
    segments.push({ from: start, to: end, segment: segmentOf(wait, rule, zone) });
  }
  return segments;
}

function waitsOf(path: Path, at: Instant): Wait[] {
  const waits: Wait[] = [];
  travel(path, at, (wait) => waits.push(wait));
  return waits;
}

function pointOf(early: Instant, late: Instant, from: Instant, last: Instant): Point | undefined {
  if (early === late) return { slope: 0, value: early };
  return late - early === last - from ? { slope: 1, value: early - from } : undefined;
}

const alike = (one: Wait, other: Wait): boolean =>
  one.cause === other.cause &&
  one.system === other.system &&
  one.name === other.name &&
  one.calendar === other.calendar &&
  one.rule === other.rule;
