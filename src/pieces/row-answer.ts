import type { Arrival, Cause, Segment } from "../model/answers.js";
import type { Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";
import { ROW, TOLD, UNKNOWN } from "./cache.js";
import type { Stretch } from "./piece.js";
import type { Subject } from "./query.js";
import { arrivalOf, type Kind, type Told } from "./row-texts.js";
import type { View } from "./snapshot.js";
import { segmentBetween } from "./timeline.js";
import { fewSegments, type Outline, outlineOf, timelineIn } from "./timeline-template.js";

/**
 * What the answers of a row say, told when one is first asked for. What many rows say is one object for all of them, and
 * the rest lies close together: what many payments ask for in turn is seldom at hand in the machine's memory. So four
 * things stand in `told` for each row: what it shares with others, its rules, the rule of its first segment, and the
 * segment after that. Where these are not all that there is to tell of its segments, its outline stands in the last place.
 */

const [RULES, RULE, REST] = [1, 2, 3] as const;

/** What the answers of a row say; undefined where payments are refused, and where the row is not known. */
export function toldAt(subject: Subject, row: number): Told | undefined {
  if (row === UNKNOWN) return undefined;
  return toldBefore(subject.view, row) ?? tell(subject, row);
}

/** The same of a known row; undefined too where it was never asked for. */
export const toldBefore = ({ memory }: View, row: number): Told | undefined =>
  memory.told[row * TOLD] as Told | undefined;

/** The answer for a payment of the row that is sent at `at`; `sent` is the text of that. */
export function arrivalTold(
  { memory, rulebook }: View,
  zone: Zone,
  row: number,
  told: Told,
  at: Instant,
  sent: string,
): Arrival {
  const rules = memory.told[row * TOLD + RULES] as string[];
  const rule = memory.told[row * TOLD + RULE] as string;
  const rest = memory.told[row * TOLD + REST];
  const timeline = timelineAt(told, rule, rest, at, sent, zone);
  return arrivalOf(told.kind, told, rules, at, sent, timeline, zone, rulebook.version);
}

function timelineAt(
  { kind, firstEnds }: Told,
  rule: string,
  rest: unknown,
  at: Instant,
  sent: string,
  zone: Zone,
): Segment[] {
  if (kind.segments === 0) return [];
  if (kind.segments === undefined) return timelineIn(rest as Outline, at, sent, zone);
  const { system, cause, name, calendar } = kind;
  const first = segmentBetween(sent, firstEnds as string, system, cause as Cause, name, calendar, rule);
  return kind.segments === 1 ? [first] : [first, rest as Segment];
}

/** The outline of a row; undefined where it has none. */
export function outlineAt(subject: Subject, row: number): Outline | undefined {
  if (row === UNKNOWN) return undefined;
  const { outlines } = subject.view.memory;
  outlines[row] ??= outlineIn(subject, row);
  return outlines[row];
}

function tell(subject: Subject, row: number): Told | undefined {
  const outline = outlineAt(subject, row);
  if (outline === undefined) return undefined;
  const { memory } = subject.view;
  const { earliest, expected, latest, rules } = outline.said;
  const few = fewSegments(outline);
  const first = few?.[0];
  const kind = shared(memory.kinds, kindOf(outline, few));
  const told = shared(memory.arrivals, { kind, earliest, expected, latest, firstEnds: first?.to });
  const place = row * TOLD;
  memory.told[place] = told;
  memory.told[place + RULES] = shared(memory.ruleLists, rules);
  memory.told[place + RULE] = first?.rule;
  memory.told[place + REST] = few === undefined ? outline : few[1];
  return told;
}

function kindOf({ said, settled }: Outline, few: readonly Segment[] | undefined): Kind {
  const { outcome, certainty, basis } = said;
  const { cause, system, name, calendar } = few?.[0] ?? NOTHING;
  return { outcome, certainty, basis, settled, segments: few?.length, cause, system, name, calendar };
}

const NOTHING: Partial<Segment> = {};

function shared<T extends object>(known: Map<string, T>, one: T): T {
  const key = JSON.stringify(Object.values(one));
  const found = known.get(key);
  if (found === undefined) known.set(key, one);
  return found ?? one;
}

function outlineIn({ view, zone }: Subject, row: number): Outline | undefined {
  const { stretches, rows } = view.memory;
  const { refused, taken, settled } = stretches[row] as Stretch;
  if (refused || taken === undefined) return undefined;
  const until = rows[row * ROW] as Instant;
  const { outline } = taken;
  if (outline?.settled !== settled || outline.until !== until)
    taken.outline = outlineOf(taken, settled, until, zone);
  return taken.outline;
}
