import type { Segment } from "../model/answers.js";
import { type Path, travel } from "../route/path.js";
import type { Route, RoutePiece } from "../route/route.js";
import type { Wait } from "../route/wait.js";
import { formatInstant, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";
import type { ByteTemplate, JsonTemplate } from "./json-template.js";
import type { RowTexts } from "./row-texts.js";
import { segmentBetween, segmentOf, timelineOf } from "./timeline.js";

/** The timelines of all payments sent within a row, told once: every boundary stays, or moves with the sending. */

/** A piece of a route, and what its answers say. */
export interface TemplateSource {
  readonly route: Route;
  readonly piece: RoutePiece;
  readonly texts: RowTexts;
}

/** How the answers for sending times of a row, which ends at `until`, tell the way of the money: all alike. */
export interface TimelineTemplate {
  readonly until: Instant;
  readonly texts: RowTexts;
  readonly route: Route;
  /** Whether nothing is decided anew before the money of these payments arrives, so that none is overtaken. */
  readonly settled: boolean;
  /** As for a payment that is sent as the row begins; undefined where the timelines have not one form. */
  readonly segments: readonly Segment[] | undefined;
  readonly moving: readonly MovingSegment[];
  /** The same as JSON, and in bytes with the timeline and without it, each made when first asked for. */
  json: JsonTemplate | undefined;
  bytes: ByteTemplate | undefined;
  shortBytes: ByteTemplate | undefined;
}

/** A segment whose boundaries move: how many milliseconds after the sending each lies, where it is not fixed. */
export interface MovingSegment {
  readonly index: number;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** The outline of a row that begins with a piece of a route and ends at `until`, within the piece and one local day. */
export function timelineTemplateOf(
  routeAnswer: TemplateSource,
  settled: boolean,
  until: Instant,
  zone: Zone,
): TimelineTemplate {
  const { texts: said, route, piece } = routeAnswer;
  const last = waitsOf(route.paths.expected, (until - 1) as Instant);
  const { from, waits: first } = piece;
  const moving = first.length === last.length ? movingSegmentsOf(first, last, from, until) : undefined;
  return {
    until,
    texts: said,
    route,
    settled,
    segments: moving && first.map((wait) => Object.freeze(segmentOf(wait, route.rule.name, zone))),
    moving: moving === undefined ? [] : sharedMoving(moving),
    json: undefined,
    bytes: undefined,
    shortBytes: undefined,
  };
}

/** The segments, where there are at most two and nothing moves but where the first begins. */
export function fewSegments({ segments, moving }: TimelineTemplate): readonly Segment[] | undefined {
  if (segments === undefined || segments.length > 2) return undefined;
  return segments.length === 0 || moving === SENDING ? segments : undefined;
}

/** Nearly always nothing moves but the beginning; then all outlines share one list. */
const SENDING: readonly MovingSegment[] = [{ index: 0, from: 0, to: undefined }];

function sharedMoving(moving: readonly MovingSegment[]): readonly MovingSegment[] {
  const [first] = moving;
  return moving.length === 1 && first?.index === 0 && first.from === 0 && first.to === undefined
    ? SENDING
    : moving;
}

/** The timeline of a payment that is sent at `at`; `sent` is the text of that. Segments that stay are shared, and frozen. */
export function fillTimeline(template: TimelineTemplate, at: Instant, sent: string, zone: Zone): Segment[] {
  const { segments, moving, route } = template;
  if (segments === undefined) return timelineOf(route.paths.expected, at, route.rule.name, zone);
  const timeline = segments.slice();
  for (let place = 0; place < moving.length; place++) {
    const moves = moving[place] as MovingSegment;
    const segment = segments[moves.index] as Segment;
    const { system, cause, name, calendar, rule } = segment;
    const from = moves.from === undefined ? segment.from : moved(moves.from, at, sent, zone);
    const to = moves.to === undefined ? segment.to : moved(moves.to, at, sent, zone);
    timeline[moves.index] = segmentBetween(from, to, system, cause, name, calendar, rule);
  }
  return timeline;
}

const moved = (afterMs: number, at: Instant, sent: string, zone: Zone): string =>
  afterMs === 0 ? sent : formatInstant(zone, (at + afterMs) as Instant);

/**
 * What moves of waits that go by pairs; undefined where a pair is not alike. Boundaries never move back and never faster
 * than the sending. So one that is the same for the first and the last sending time stays, and one that moved as far as
 * they lie apart moves with the sending.
 */
function movingSegmentsOf(
  first: readonly Wait[],
  last: readonly Wait[],
  from: Instant,
  until: Instant,
): MovingSegment[] | undefined {
  const moving: MovingSegment[] = [];
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
