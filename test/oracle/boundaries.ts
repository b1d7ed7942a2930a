import type { Piece, PieceBound } from "../../src/index.js";
import type { Payment } from "../../src/model/payment.js";
import { answerOrError, type Disagreement, disagreementOf, type Implementations } from "./comparison.js";
import { decide } from "./decide.js";
import { arrivesAt } from "./latest-send.js";
import { DAY, lengthOf } from "./local-time.js";

/**
 * Checks the boundaries between pieces of profiles of the shipped pack in 2025 and 2026: one millisecond before, at and
 * after each. The oracle has no notion of pieces.
 */

const FIRST = Date.parse("2025-01-01T00:00:00+08:00");
const LAST = Date.parse("2027-01-01T00:00:00+08:00");
export const YEARS = { from: FIRST, to: LAST };
/** The number of days in `YEARS`. */
export const DAYS = (LAST - FIRST) / DAY;
const BOUNDS = ["earliest", "expected", "latest"] as const;

export interface Profile {
  readonly payment: Payment;
  readonly pieces: readonly Piece[];
}

/** Profiles of a channel's example payments. Examples with equal profiles count once. */
export function profilesOf(
  { book, timetable }: Implementations,
  channel: string,
  span: typeof YEARS,
): Profile[] {
  const kinds = new Map<string, Profile>();
  for (const { payment: example } of book.channels[channel]?.examples ?? []) {
    const payment = { ...example, channel, initiatedAt: span.from } as unknown as Payment;
    const pieces = answerOrError(() => timetable.profile(payment, span));
    const key = JSON.stringify(pieces);
    if (!("error" in pieces) && !kinds.has(key)) kinds.set(key, { payment, pieces });
  }
  return [...kinds.values()];
}

/** Compares the oracle with the piece of the profile that contains an instant, and with a single answer. */
export function compareAt(
  { book, timetable }: Implementations,
  { payment, pieces }: Profile,
  n: number,
  offset: number,
): Disagreement | undefined {
  const at = Date.parse((pieces[n] as Piece).from) + offset;
  const piece = pieces[offset < 0 ? n - 1 : n];
  if (piece === undefined) return undefined;
  const query = { book, payment: { ...payment, initiatedAt: at } };
  const engine = {
    rule: piece.rule,
    refused: piece.outcome === "refused",
    ends: piece.outcome === "refused" ? [] : BOUNDS.map((bound) => endOf(piece[bound], at)),
  };
  const single = timetable.when(query.payment);
  const oracle = answerOrError(() => {
    const { name: rule } = decide({ book, bound: "expected", asOf: undefined }, payment, at);
    const ends = BOUNDS.map((bound) => arrivesAt(query, at, bound));
    const refused = ends[1] === undefined;
    return { rule, refused, ends: refused ? [] : ends };
  });
  const answer = { rule: single.rules[0], refused: single.outcome === "refused" };
  const ends = answer.refused ? [] : BOUNDS.map((bound) => Date.parse(single[bound]));
  return (
    disagreementOf(`piece ${n} ${offset}`, query.payment, oracle, engine) ??
    disagreementOf(`boundary ${n} ${offset}`, query.payment, oracle, { ...answer, ends })
  );
}

const endOf = (bound: PieceBound, at: number): number =>
  "at" in bound ? Date.parse(bound.at) : at + lengthOf(bound.after);
