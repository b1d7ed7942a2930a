import { BOUNDS } from "../model/bound.js";
import { formatInstant, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";
import { arrive } from "./arrival.js";
import { type Outline, type OutlinedSegment, outlinesOf, type Point } from "./outline.js";
import { soonerThan } from "./sooner.js";
import { knownRowAt, lineOf, type Stretch, type Taken } from "./stretch.js";
import type { Subject } from "./subject.js";
import { dayIn, startOf, type Table } from "./table.js";

/** Answers as JSON text: for all payments of an outline the text is the same but for the instants that move. */
export interface Form {
  /** One more than there are points. */
  readonly texts: readonly string[];
  readonly points: readonly Point[];
}

/** The text that `JSON.stringify` makes of the answer for a payment that is sent at `at`. */
export function arrivalJson(subject: Subject, at: Instant): string {
  const row = knownRowAt(subject, at);
  const stretch = subject.table.stretches[row];
  if (stretch?.taken === undefined || stretch.refused || soonerThan(subject, stretch, at) !== undefined) {
    return JSON.stringify(arrive(subject, at));
  }
  const outline = outlineAt(subject.table, row, at, stretch, subject.decider.zone);
  if (!("form" in outline)) outline.form = formOf(subject, stretch, stretch.taken, outline.segments);
  return outline.form === undefined
    ? JSON.stringify(arrive(subject, at))
    : written(outline.form, at, subject.decider.zone);
}

export type FormedOutline = Outline & { form?: Form | undefined };

/** The outline of the timelines of a row that holds for payments sent at `at`. */
function outlineAt(
  table: Table,
  row: number,
  at: Instant,
  { from, until, taken }: Stretch,
  zone: Zone,
): FormedOutline {
  let outlines = table.outlines[row];
  if (outlines === undefined) {
    const day = dayIn(table, at);
    const start = Math.max(from, startOf(table, day)) as Instant;
    const end = Math.min(until, startOf(table, day + 1)) as Instant;
    const { paths, rule } = (taken as Taken).route;
    outlines = outlinesOf(paths.expected, start, end, rule.name, zone);
    table.outlines[row] = outlines;
  }
  return outlines.find((outline) => at < outline.until) as FormedOutline;
}

function written({ texts, points }: Form, at: Instant, zone: Zone): string {
  let text = texts[0] as string;
  let index = 1;
  for (const { value } of points) text += formatInstant(zone, (at + value) as Instant) + texts[index++];
  return text;
}

/** Writes an answer with a mark for every instant that moves, and cuts the text there. */
function formOf(
  { view, decider: { zone } }: Subject,
  stretch: Stretch,
  { said }: Taken,
  segments: readonly OutlinedSegment[] | undefined,
): Form | undefined {
  if (segments === undefined) return undefined;
  const points: Point[] = [];
  const mark = (point: Point): string => {
    if (point.slope === 0) return formatInstant(zone, point.value as Instant);
    points.push(point);
    return MARK;
  };
  const [earliest, expected, latest] = BOUNDS.map((bound) => mark(lineOf(stretch, bound)));
  const { outcome, certainty, basis, rules } = said;
  const timeline = segments.map(({ from, to, segment }) => ({ ...segment, from: mark(from), to: mark(to) }));
  const { version } = view.rulebook;
  const text = JSON.stringify({
    outcome,
    earliest,
    expected,
    latest,
    certainty,
    basis,
    rules,
    timeline,
    version,
  });
  const texts = text.split(MARK);
  return texts.length === points.length + 1 ? { texts, points } : undefined;
}

/** JSON writes it as it is. A name that holds it, which nobody gives, would only cost the short cut. */
const MARK = "\uE000instant\uE000";
