import type { Cause, Segment } from "../model/answers.js";
import type { Instant } from "../time/instant.js";
import { type Memory, ROW, TOLD, UNKNOWN } from "./memory.js";
import { loneSegment, type Outline, outlineOf, timelineIn } from "./outline.js";
import type { ArrivalText, ArrivalTexts, Said } from "./said.js";
import type { Stretch } from "./stretch.js";
import type { Subject } from "./subject.js";
import { segmentBetween } from "./timeline.js";

/**
 * What the answers of a row say, told when one is first asked for. What many rows say is one object for all of them, and
 * the rest lies close together: what many payments ask for in turn is seldom at hand in the machine's memory. So six
 * things stand in `told` for each row: its kind, the texts of its three arrivals, its rules, and then the rule of its
 * only segment or, where it has not just one, its outline.
 */

/** What is said of the answer as a whole. */
export interface Kind extends Pick<Said, "outcome" | "certainty" | "basis"> {
  readonly settled: boolean;
  /** How many segments there are; one only where nothing of it moves but its beginning, as most often. */
  readonly segments: "none" | "one" | "several";
  /** What the only one says beside its ends and its rule. */
  readonly cause: Cause | undefined;
  readonly system: string | undefined;
  readonly name: string | undefined;
  readonly calendar: string | undefined;
}

/** What the answers of a row say: its kind, or undefined where payments are refused, and where the row is not known. */
export function kindAt(subject: Subject, row: number): Kind | undefined {
  if (row === UNKNOWN) return undefined;
  return (subject.view.memory.told[row * TOLD] as Kind | undefined) ?? tell(subject, row);
}

export function textsAt({ told }: Memory, row: number): ArrivalTexts {
  const place = row * TOLD;
  return {
    earliest: told[place + 1] as ArrivalText,
    expected: told[place + 2] as ArrivalText,
    latest: told[place + 3] as ArrivalText,
  };
}

export const rulesAt = ({ told }: Memory, row: number): string[] => told[row * TOLD + 4] as string[];

/** The timeline of a payment of the row that is sent at `at`; `sent` is the text of that. */
export function timelineAt(
  { view, zone }: Subject,
  row: number,
  kind: Kind,
  at: Instant,
  sent: string,
): Segment[] {
  if (kind.segments === "none") return [];
  const more = view.memory.told[row * TOLD + 5];
  if (kind.segments === "several") return timelineIn(more as Outline, at, sent, zone);
  // Segments join up to the arrival.
  const to = textsAt(view.memory, row).expected as string;
  const { system, name, calendar } = kind;
  return [
    segmentBetween(sent, to, { system, cause: kind.cause as Cause, name, calendar, rule: more as string }),
  ];
}

/** The outline of a row; undefined where it has none. */
export function outlineAt(subject: Subject, row: number): Outline | undefined {
  if (row === UNKNOWN) return undefined;
  const { outlines } = subject.view.memory;
  outlines[row] ??= outlineIn(subject, row);
  return outlines[row];
}

function tell(subject: Subject, row: number): Kind | undefined {
  const outline = outlineAt(subject, row);
  if (outline === undefined) return undefined;
  const { told, kinds } = subject.view.memory;
  const { earliest, expected, latest, rules } = outline.said;
  const kind = sameKind(kinds, kindOf(outline));
  const place = row * TOLD;
  told[place] = kind;
  told[place + 1] = earliest;
  told[place + 2] = expected;
  told[place + 3] = latest;
  told[place + 4] = rules;
  told[place + 5] = kind.segments === "one" ? outline.segments?.[0]?.rule : outline;
  return kind;
}

function kindOf(outline: Outline): Kind {
  const { outcome, certainty, basis } = outline.said;
  const { settled } = outline;
  const only = loneSegment(outline);
  const segments = outline.segments?.length === 0 ? "none" : only === undefined ? "several" : "one";
  const { cause, system, name, calendar } = only ?? NOTHING;
  return { outcome, certainty, basis, settled, segments, cause, system, name, calendar };
}

const NOTHING: Partial<Segment> = {};

function sameKind(kinds: Memory["kinds"], kind: Kind): Kind {
  const key = JSON.stringify(Object.values(kind));
  const known = kinds.get(key);
  if (known === undefined) kinds.set(key, kind);
  return known ?? kind;
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
