import { QuestionError, spanMessages } from "../errors.js";
import type { PieceBound, Piece as PublicPiece } from "../model/answers.js";
import { BOUNDS, type Bound } from "../model/bound.js";
import { type Line, lineOf, type Piece } from "../pieces/piece.js";
import { piecesBetween } from "../pieces/piece-lookup.js";
import type { Query } from "../pieces/query.js";
import { DAY_MS } from "../time/day.js";
import { formatDuration } from "../time/duration.js";
import { formatInstant, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";

/** Adjacent pieces with the same rule and arrivals, merged. */
export interface Span {
  readonly from: Instant;
  readonly until: Instant;
  readonly rule: string;
  readonly refused: boolean;
  readonly lines: Readonly<Record<Bound, Line>>;
}

/** The limits of a profile: about ten years, and more pieces than anyone reads. */
export const DAYS_MAX = 3660;
const PIECES_MAX = 100_000;

/**
 * The exact pieces over [from, to), across changes of rule.
 *
 * @throws QuestionError bad-time if the range is too long
 */
export function profileOf(query: Query, from: Instant, to: Instant): PublicPiece[] {
  const days = Math.ceil((to - from) / DAY_MS);
  if (days > DAYS_MAX) throw new QuestionError("bad-time", "to", spanMessages.tooLong(days, DAYS_MAX));
  const { zone } = query;
  const pieces: PublicPiece[] = [];
  for (const span of spans(query, from, to)) {
    if (pieces.length >= PIECES_MAX)
      throw new QuestionError("bad-time", "to", spanMessages.tooManyPieces(PIECES_MAX));
    pieces.push(pieceOf(span, zone));
  }
  return pieces;
}

/** The spans over [from, to), clipped to it. */
export function* spans(query: Query, from: Instant, to: Instant): Generator<Span> {
  let last: Span | undefined;
  for (const piece of piecesBetween(query, from, to)) {
    const span = spanOf(piece, last === undefined ? from : piece.from);
    if (last !== undefined && continues(last, span)) {
      last = { ...last, until: span.until };
      continue;
    }
    if (last !== undefined) yield last;
    last = span;
  }
  if (last !== undefined) yield { ...last, until: to };
}

function spanOf(piece: Piece, from: Instant): Span {
  const { until, rule, refused } = piece;
  const lines = Object.fromEntries(BOUNDS.map((bound) => [bound, lineOf(piece, bound)])) as Span["lines"];
  return { from, until, rule: rule.name, refused, lines };
}

const continues = (one: Span, next: Span): boolean =>
  one.rule === next.rule &&
  one.refused === next.refused &&
  BOUNDS.every((bound) => {
    const [a, b] = [one.lines[bound], next.lines[bound]];
    return a.slope === b.slope && a.value === b.value;
  });

function pieceOf({ from, until, rule, refused, lines }: Span, zone: Zone): PublicPiece {
  const boundOf = (bound: Bound): PieceBound => {
    const { slope, value } = lines[bound];
    return slope === 0 ? { at: formatInstant(zone, value as Instant) } : { after: formatDuration(value) };
  };
  return {
    from: formatInstant(zone, from),
    to: formatInstant(zone, until),
    rule,
    earliest: boundOf("earliest"),
    expected: boundOf("expected"),
    latest: boundOf("latest"),
    ...(refused && { outcome: "refused" as const }),
  };
}
