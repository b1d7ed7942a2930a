import { QuestionError, spanSays } from "../errors.js";
import type { Piece, PieceBound } from "../model/answers.js";
import { BOUNDS, type Bound } from "../model/bound.js";
import { type Line, lineOf, type Stretch } from "../pieces/piece.js";
import { stretches } from "../pieces/piece-lookup.js";
import type { Subject } from "../pieces/query.js";
import { DAY_MS } from "../time/day.js";
import { formatDuration } from "../time/duration.js";
import { formatInstant, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";

/** Sending times that are treated alike, merged as far as they continue each other. */
export interface Span {
  readonly from: Instant;
  readonly until: Instant;
  readonly rule: string;
  readonly refused: boolean;
  readonly lines: Readonly<Record<Bound, Line>>;
}

/** How long a profile may be, in days, and of how many pieces; some ten years, and more pieces than anyone reads. */
export const DAYS_MAX = 3660;
const PIECES_MAX = 100_000;

/**
 * The exact pieces over [from, to), across changes of rule.
 *
 * @throws QuestionError bad-time where that is too long
 */
export function profileOf(subject: Subject, from: Instant, to: Instant): Piece[] {
  const days = Math.ceil((to - from) / DAY_MS);
  if (days > DAYS_MAX) throw new QuestionError("bad-time", "to", spanSays.tooLong(days, DAYS_MAX));
  const { zone } = subject;
  const pieces: Piece[] = [];
  for (const span of spans(subject, from, to)) {
    if (pieces.length >= PIECES_MAX)
      throw new QuestionError("bad-time", "to", spanSays.tooManyPieces(PIECES_MAX));
    pieces.push(pieceOf(span, zone));
  }
  return pieces;
}

/** The spans over [from, to), the first and the last cut to it. */
export function* spans(subject: Subject, from: Instant, to: Instant): Generator<Span> {
  let last: Span | undefined;
  for (const stretch of stretches(subject, from, to)) {
    const span = spanOf(stretch, last === undefined ? from : stretch.from);
    if (last !== undefined && continues(last, span)) {
      last = { ...last, until: span.until };
      continue;
    }
    if (last !== undefined) yield last;
    last = span;
  }
  if (last !== undefined) yield { ...last, until: to };
}

function spanOf(stretch: Stretch, from: Instant): Span {
  const { until, rule, refused } = stretch;
  const lines = Object.fromEntries(BOUNDS.map((bound) => [bound, lineOf(stretch, bound)])) as Span["lines"];
  return { from, until, rule: rule.name, refused, lines };
}

const continues = (one: Span, next: Span): boolean =>
  one.rule === next.rule &&
  one.refused === next.refused &&
  BOUNDS.every((bound) => {
    const [a, b] = [one.lines[bound], next.lines[bound]];
    return a.slope === b.slope && a.value === b.value;
  });

function pieceOf({ from, until, rule, refused, lines }: Span, zone: Zone): Piece {
  const said = (bound: Bound): PieceBound => {
    const { slope, value } = lines[bound];
    return slope === 0 ? { at: formatInstant(zone, value as Instant) } : { after: formatDuration(value) };
  };
  return {
    from: formatInstant(zone, from),
    to: formatInstant(zone, until),
    rule,
    earliest: said("earliest"),
    expected: said("expected"),
    latest: said("latest"),
    ...(refused && { outcome: "refused" as const }),
  };
}
