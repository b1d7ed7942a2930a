import type { Segment } from "../model/answers.js";
import { type Path, travel } from "../route/path.js";
import type { Route } from "../route/route.js";
import type { Wait } from "../route/wait.js";
import { formatInstant, type Instant } from "../time/instant.js";
import { dayMayEnd, type Zone } from "../time/zone.js";
import type { ByteForm, Form } from "./form.js";
import type { Said } from "./said.js";
import type { Taken } from "./stretch.js";
import { segmentOf, timelineOf } from "./timeline.js";

/** The timelines of all payments sent within some stretch, told once: every boundary stays, or moves with the sending. */

/**
 * All that the answers for the sending times [from, until) say alike, in one object, because what many payments ask for
 * in turn is seldom at hand in the machine's memory.
 */
export interface Outline extends Said {
  readonly from: Instant;
  readonly until: Instant;
  /** Whether nothing is decided anew before the money of these payments arrives, so that none is overtaken. */
  readonly settled: boolean;
  readonly route: Route;
  /** The only segment, where there is but one and nothing moves but its beginning, as most often. */
  readonly alone: Segment | undefined;
  /** As for a payment that is sent at `from`; undefined where the timelines have not one form. */
  readonly segments: readonly Segment[] | undefined;
  readonly moving: readonly Moving[];
  /** The same as JSON, and in bytes with the timeline and without it, each made when first asked for. */
  form: Form | undefined;
  bytes: ByteForm | undefined;
  shortBytes: ByteForm | undefined;
  /** What holds from `until` on, within the same row of memory. */
  readonly next: Outline | undefined;
}

/** A segment whose boundaries move: how many milliseconds after the sending each lies, where it is not fixed. */
export interface Moving {
  readonly index: number;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/**
 * The outlines over [from, until), within which a route is one piece. Segments are told apart at local midnights, so
 * these are where the form may change.
 */
export function outlinesOf(taken: Taken, settled: boolean, until: Instant, zone: Zone): Outline {
  const { said, route, piece } = taken;
  return outlineFrom({ said, route, settled, zone }, piece.from, until, piece.waits);
}

interface Setting {
  readonly said: Said;
  readonly route: Route;
  readonly settled: boolean;
  readonly zone: Zone;
}

/** The outline that begins at an instant, where the waits are known, and those behind it. */
function outlineFrom(setting: Setting, from: Instant, until: Instant, first: readonly Wait[]): Outline {
  const { said, route, settled, zone } = setting;
  const end = Math.min(dayMayEnd(zone, from), until) as Instant;
  const path = route.paths.expected;
  const last = waitsOf(path, (end - 1) as Instant);
  const moving = first.length === last.length ? movingOf(first, last, from, end) : undefined;
  const { outcome, certainty, basis, rules, earliest, expected, latest } = said;
  const segments = moving && first.map((wait) => Object.freeze(segmentOf(wait, route.rule.name, zone)));
  const shared = moving === undefined ? [] : sharedMoving(moving);
  // Key by key: the engine gives objects that are spread together many hidden shapes, and asks all of them slowly.
  return {
    until: end,
    alone: shared === SENDING && first.length === 1 ? segments?.[0] : undefined,
    segments,
    moving: shared,
    earliest,
    expected,
    latest,
    outcome,
    certainty,
    basis,
    rules,
    settled,
    form: undefined,
    bytes: undefined,
    shortBytes: undefined,
    from,
    route,
    next: end < until ? outlineFrom(setting, end, until, waitsOf(path, end)) : undefined,
  };
}

/** Nearly always nothing moves but the beginning; then all outlines share one list. */
const SENDING: readonly Moving[] = [{ index: 0, from: 0, to: undefined }];

function sharedMoving(moving: readonly Moving[]): readonly Moving[] {
  const [first] = moving;
  return moving.length === 1 && first?.index === 0 && first.from === 0 && first.to === undefined
    ? SENDING
    : moving;
}

/** The timeline of a payment that is sent at `at`; `sent` is the text of that. Segments that stay are shared, and frozen. */
export function timelineIn(outline: Outline, at: Instant, sent: string, zone: Zone): Segment[] {
  const { alone, segments, moving, route } = outline;
  if (alone !== undefined) return [between(sent, alone.to, alone)];
  if (segments === undefined) return timelineOf(route.paths.expected, at, route.rule.name, zone);
  const timeline = segments.slice();
  for (let place = 0; place < moving.length; place++) {
    const { index, from, to } = moving[place] as Moving;
    const segment = segments[index] as Segment;
    timeline[index] = between(
      from === undefined ? segment.from : moved(from, at, sent, zone),
      to === undefined ? segment.to : moved(to, at, sent, zone),
      segment,
    );
  }
  return timeline;
}

/** The same segment between other instants. Most have no name, and are quickly written out. */
function between(from: string, to: string, segment: Segment): Segment {
  const { system, cause, name, calendar, rule } = segment;
  if (name !== undefined || calendar !== undefined || system === undefined) return { ...segment, from, to };
  return { from, to, system, cause, rule };
}

const moved = (afterMs: number, at: Instant, sent: string, zone: Zone): string =>
  afterMs === 0 ? sent : formatInstant(zone, (at + afterMs) as Instant);

/**
 * What moves of waits that go by pairs; undefined where a pair is not alike. Boundaries never move back and never faster
 * than the sending. So one that is the same for the first and the last sending time stays, and one that moved as far as
 * they lie apart moves with the sending.
 */
function movingOf(
  first: readonly Wait[],
  last: readonly Wait[],
  from: Instant,
  until: Instant,
): Moving[] | undefined {
  const moving: Moving[] = [];
  const apart = until - 1 - from;
  for (const [index, wait] of first.entries()) {
    const twin = last[index] as Wait;
    const moves = (boundary: "from" | "to"): boolean => twin[boundary] - wait[boundary] === apart;
    const stays = (boundary: "from" | "to"): boolean => twin[boundary] === wait[boundary];
    const known = (["from", "to"] as const).every((boundary) => stays(boundary) || moves(boundary));
    if (!known || !alike(wait, twin)) return undefined;
    const afterMs = (boundary: "from" | "to"): number | undefined =>
      stays(boundary) && apart > 0 ? undefined : wait[boundary] - from;
    const [start, end] = [afterMs("from"), afterMs("to")];
    if (start !== undefined || end !== undefined) moving.push({ index, from: start, to: end });
  }
  return moving;
}

function waitsOf(path: Path, at: Instant): Wait[] {
  const waits: Wait[] = [];
  travel(path, at, (wait) => waits.push(wait));
  return waits;
}

const alike = (one: Wait, other: Wait): boolean =>
  one.cause === other.cause &&
  one.system === other.system &&
  one.name === other.name &&
  one.calendar === other.calendar &&
  one.rule === other.rule;
