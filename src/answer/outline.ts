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
  /** What the only segment says, where there is but one, it is plain, and nothing moves but its beginning, as most often. */
  readonly cause: Segment["cause"] | undefined;
  readonly to: string | undefined;
  readonly system: string | undefined;
  readonly rule: string | undefined;
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
  const [only] = segments ?? [];
  const alone = shared === SENDING && first.length === 1 && isPlain(only) ? only : undefined;
  return Object.assign(spareOutline(), {
    next: end < until ? outlineFrom(setting, end, until, waitsOf(path, end)) : undefined,
    cause: alone?.cause,
    to: alone?.to,
    system: alone?.system,
    rule: alone?.rule,
    outcome,
    earliest,
    expected,
    latest,
    certainty,
    basis,
    rules,
    settled,
    segments,
    moving: shared,
    from,
    until: end,
    route,
  });
}

/**
 * Outlines are made many at once, so that they lie close together: where many payments are asked about in turn, most of
 * an answer's time is waiting for memory that is not at hand.
 */
const spare: Blank[] = [];
const MADE_AT_ONCE = 256;

type Blank = Record<keyof Outline, undefined>;

function spareOutline(): Outline {
  if (spare.length === 0) spare.push(...Array.from({ length: MADE_AT_ONCE }, blank));
  return spare.pop() as unknown as Outline;
}

/**
 * What each answer looks at comes first. All have one shape: the engine gives objects that are spread together many, and
 * asks all of them slowly.
 */
const blank = (): Blank => ({
  next: undefined,
  cause: undefined,
  to: undefined,
  system: undefined,
  rule: undefined,
  outcome: undefined,
  earliest: undefined,
  expected: undefined,
  latest: undefined,
  certainty: undefined,
  basis: undefined,
  rules: undefined,
  settled: undefined,
  segments: undefined,
  moving: undefined,
  form: undefined,
  bytes: undefined,
  shortBytes: undefined,
  from: undefined,
  until: undefined,
  route: undefined,
});

/** Most segments name nothing but their system. */
const isPlain = (segment: Segment | undefined): boolean =>
  segment?.name === undefined && segment?.calendar === undefined;

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
  const { cause, to, system, rule } = outline;
  if (cause !== undefined) return [plainSegment(sent, to as string, system, cause, rule as string)];
  const { segments, moving, route } = outline;
  if (segments === undefined) return timelineOf(route.paths.expected, at, route.rule.name, zone);
  const timeline = segments.slice();
  for (let place = 0; place < moving.length; place++) {
    const moves = moving[place] as Moving;
    const segment = segments[moves.index] as Segment;
    timeline[moves.index] = between(
      moves.from === undefined ? segment.from : moved(moves.from, at, sent, zone),
      moves.to === undefined ? segment.to : moved(moves.to, at, sent, zone),
      segment,
    );
  }
  return timeline;
}

/** The same segment between other instants. */
function between(from: string, to: string, segment: Segment): Segment {
  const { system, cause, rule } = segment;
  return isPlain(segment) ? plainSegment(from, to, system, cause, rule) : { ...segment, from, to };
}

/** Objects that are spread together are slow to make. */
const plainSegment = (
  from: string,
  to: string,
  system: string | undefined,
  cause: Segment["cause"],
  rule: string,
): Segment => (system === undefined ? { from, to, cause, rule } : { from, to, system, cause, rule });

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
