import type { Segment } from "../model/answers.js";
import { type Path, travel } from "../route/path.js";
import type { Route, RoutePiece } from "../route/route.js";
import type { Wait } from "../route/wait.js";
import { formatInstant, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";
import type { ByteTemplate, JsonTemplate } from "./json-template.js";
import type { RowTexts } from "./row-texts.js";
import { segmentBetween, segmentOf, timelineOf } from "./timeline.js";

/** One timeline for all payments of a row: each boundary is fixed, or moves with the send time. */

/** A piece of a route, and the texts that its answers share. */
export interface TemplateSource {
  readonly route: Route;
  readonly piece: RoutePiece;
  readonly texts: RowTexts;
}

/** The timeline that all answers of a row share; the row ends at `until`. */
export interface TimelineTemplate {
  readonly until: Instant;
  readonly texts: RowTexts;
  readonly route: Route;
  /** Whether no decision changes before these payments arrive, so that none is overtaken. */
  readonly settled: boolean;
  /** Of a payment sent at the beginning of the row; undefined if the timelines differ in more than moving instants. */
  readonly segments: readonly Segment[] | undefined;
  readonly moving: readonly MovingSegment[];
  /** As JSON text, and as bytes with and without the timeline; each built when first asked for. */
  json: JsonTemplate | undefined;
  bytes: ByteTemplate | undefined;
  shortBytes: ByteTemplate | undefined;
}

/** A segment with moving boundaries: how many milliseconds after the send time each lies; undefined if fixed. */
export interface MovingSegment {
  readonly index: number;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** The template of a row that begins with a piece of a route and ends at `until`, within that piece and one local day. */
export function timelineTemplateOf(
  routeAnswer: TemplateSource,
  settled: boolean,
  until: Instant,
  zone: Zone,
): TimelineTemplate {
  const { texts, route, piece } = routeAnswer;
  const last = waitsOf(route.paths.expected, (until - 1) as Instant);
  const { from, waits: first } = piece;
  const moving = first.length === last.length ? movingSegmentsOf(first, last, from, until) : undefined;
  return {
    until,
    texts,
    route,
    settled,
    segments: moving && first.map((wait) => Object.freeze(segmentOf(wait, route.rule.name, zone))),
    moving: moving === undefined ? [] : sharedMoving(moving),
    json: undefined,
    bytes: undefined,
    shortBytes: undefined,
  };
}

/** The segments, if there are at most two and only the start of the first moves. */
export function fewSegments({ segments, moving }: TimelineTemplate): readonly Segment[] | undefined {
  if (segments === undefined || segments.length > 2) return undefined;
  return segments.length === 0 || moving === START_MOVES ? segments : undefined;
}

/** Usually only the start moves; then all templates share one list. */
const START_MOVES: readonly MovingSegment[] = [{ index: 0, from: 0, to: undefined }];

function sharedMoving(moving: readonly MovingSegment[]): readonly MovingSegment[] {
  const [first] = moving;
  return moving.length === 1 && first?.index === 0 && first.from === 0 && first.to === undefined
    ? START_MOVES
    : moving;
}

/** The timeline of a payment sent at `at`; `sent` is the text of that instant. Fixed segments are shared, and frozen. */
export function fillTimeline(template: TimelineTemplate, at: Instant, sent: string, zone: Zone): Segment[] {
  const { segments, moving, route } = template;
  if (segments === undefined) return timelineOf(route.paths.expected, at, route.rule.name, zone);
  const timeline = segments.slice();
  for (let place = 0; place < moving.length; place++) {
    const moves = moving[place] as MovingSegment;
    const segment = segments[moves.index] as Segment;
    const { system, cause, name, calendar, rule } = segment;
    const from = moves.from === undefined ? segment.from : movedText(moves.from, at, sent, zone);
    const to = moves.to === undefined ? segment.to : movedText(moves.to, at, sent, zone);
    timeline[moves.index] = segmentBetween(from, to, system, cause, name, calendar, rule);
  }
  return timeline;
}

const movedText = (afterMs: number, at: Instant, sent: string, zone: Zone): string =>
  afterMs === 0 ? sent : formatInstant(zone, (at + afterMs) as Instant);

/**
 * Compares the waits of the first and the last send time; undefined if they differ in kind. A boundary never moves back,
 * and never faster than the send time. So a boundary that is equal for both is fixed, and one that moved by their full
 * distance moves with the send time.
 */
function movingSegmentsOf(
  first: readonly Wait[],
  last: readonly Wait[],
  from: Instant,
  until: Instant,
): MovingSegment[] | undefined {
  const moving: MovingSegment[] = [];
  const distance = until - 1 - from;
  for (const [index, wait] of first.entries()) {
    const other = last[index] as Wait;
    const moves = (boundary: "from" | "to"): boolean => other[boundary] - wait[boundary] === distance;
    const stays = (boundary: "from" | "to"): boolean => other[boundary] === wait[boundary];
    const known = (["from", "to"] as const).every((boundary) => stays(boundary) || moves(boundary));
    if (!known || !sameKind(wait, other)) return undefined;
    const afterMs = (boundary: "from" | "to"): number | undefined =>
      stays(boundary) && distance > 0 ? undefined : wait[boundary] - from;
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

const sameKind = (one: Wait, other: Wait): boolean =>
  one.cause === other.cause &&
  one.system === other.system &&
  one.name === other.name &&
  one.calendar === other.calendar &&
  one.rule === other.rule;
