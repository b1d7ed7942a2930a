import type { Arrival, Cause, Segment } from "../model/answers.js";
import type { Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";
import { ANSWER, ROW, UNKNOWN } from "./cache.js";
import type { Piece } from "./piece.js";
import type { Query } from "./query.js";
import { arrivalFrom, type RowAnswer, type RowKind } from "./row-texts.js";
import type { Snapshot } from "./snapshot.js";
import { segmentBetween } from "./timeline.js";
import { fewSegments, fillTimeline, type TimelineTemplate, timelineTemplateOf } from "./timeline-template.js";

/**
 * The fields that all answers of a row share, built when first asked for. Equal parts are interned, and the rest is stored
 * together, which avoids cache misses. Each row has four entries in `answers`: its interned row answer, its rules, the rule
 * of its first segment, and its second segment; or the whole timeline template if there are more than two segments.
 */

const [RULES, RULE, REST] = [1, 2, 3] as const;

/** The row answer; undefined if payments are refused, or the row is not cached. */
export function rowAnswerAt(query: Query, row: number): RowAnswer | undefined {
  if (row === UNKNOWN) return undefined;
  return cachedRowAnswer(query.snapshot, row) ?? buildRowAnswer(query, row);
}

/** The row answer if it was built before. */
export const cachedRowAnswer = ({ cache }: Snapshot, row: number): RowAnswer | undefined =>
  cache.answers[row * ANSWER] as RowAnswer | undefined;

/** The arrival of a payment of the row sent at `at`; `sent` is the text of that instant. */
export function arrivalOfRow(
  { cache, rulebook }: Snapshot,
  zone: Zone,
  row: number,
  rowAnswer: RowAnswer,
  at: Instant,
  sent: string,
): Arrival {
  const rules = cache.answers[row * ANSWER + RULES] as string[];
  const rule = cache.answers[row * ANSWER + RULE] as string;
  const rest = cache.answers[row * ANSWER + REST];
  const timeline = timelineAt(rowAnswer, rule, rest, at, sent, zone);
  return arrivalFrom(rowAnswer.kind, rowAnswer, rules, at, sent, timeline, zone, rulebook.version);
}

function timelineAt(
  { kind, firstEnds }: RowAnswer,
  rule: string,
  rest: unknown,
  at: Instant,
  sent: string,
  zone: Zone,
): Segment[] {
  if (kind.segments === 0) return [];
  if (kind.segments === undefined) return fillTimeline(rest as TimelineTemplate, at, sent, zone);
  const { system, cause, name, calendar } = kind;
  const first = segmentBetween(sent, firstEnds as string, system, cause as Cause, name, calendar, rule);
  return kind.segments === 1 ? [first] : [first, rest as Segment];
}

/** The timeline template of a row, if it has one. */
export function templateAt(query: Query, row: number): TimelineTemplate | undefined {
  if (row === UNKNOWN) return undefined;
  const { templates } = query.snapshot.cache;
  templates[row] ??= buildTemplate(query, row);
  return templates[row];
}

function buildRowAnswer(query: Query, row: number): RowAnswer | undefined {
  const template = templateAt(query, row);
  if (template === undefined) return undefined;
  const { cache } = query.snapshot;
  const { earliest, expected, latest, rules } = template.texts;
  const few = fewSegments(template);
  const first = few?.[0];
  const kind = intern(cache.kinds, rowKindOf(template, few));
  const rowAnswer = intern(cache.rowAnswers, { kind, earliest, expected, latest, firstEnds: first?.to });
  const place = row * ANSWER;
  cache.answers[place] = rowAnswer;
  cache.answers[place + RULES] = intern(cache.ruleLists, rules);
  cache.answers[place + RULE] = first?.rule;
  cache.answers[place + REST] = few === undefined ? template : few[1];
  return rowAnswer;
}

function rowKindOf({ texts, settled }: TimelineTemplate, few: readonly Segment[] | undefined): RowKind {
  const { outcome, certainty, basis } = texts;
  const { cause, system, name, calendar } = few?.[0] ?? NO_SEGMENT;
  return { outcome, certainty, basis, settled, segments: few?.length, cause, system, name, calendar };
}

const NO_SEGMENT: Partial<Segment> = {};

function intern<T extends object>(known: Map<string, T>, one: T): T {
  const key = JSON.stringify(Object.values(one));
  const found = known.get(key);
  if (found === undefined) known.set(key, one);
  return found ?? one;
}

function buildTemplate({ snapshot, zone }: Query, row: number): TimelineTemplate | undefined {
  const { pieces, rows } = snapshot.cache;
  const { refused, routeAnswer, settled } = pieces[row] as Piece;
  if (refused || routeAnswer === undefined) return undefined;
  const until = rows[row * ROW] as Instant;
  const { template } = routeAnswer;
  if (template?.settled !== settled || template.until !== until)
    routeAnswer.template = timelineTemplateOf(routeAnswer, settled, until, zone);
  return routeAnswer.template;
}
