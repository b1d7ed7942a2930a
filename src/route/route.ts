import { arrivesTooLate } from "../errors.js";
import type { Bound } from "../model/bound.js";
import type { Basis, ChannelRule, HoldRule, Step } from "../model/rulebook.js";
import { DAY_MS, formatDay, LAST_DAY } from "../time/day.js";
import type { Instant } from "../time/instant.js";
import { MARK, type Move } from "./move.js";
import { compilePath, type Path, type RouteContext, travel } from "./path.js";
import type { Wait } from "./wait.js";

/** The steps of a rule, compiled for each bound. */
export interface Route {
  readonly rule: ChannelRule;
  readonly basis: Basis;
  readonly paths: Readonly<Record<Bound, Path>>;
}

/** The moves of a route at the three bounds, over one range of entries [from, until). */
export interface RoutePiece {
  readonly from: Instant;
  readonly until: Instant;
  readonly earliest: Move;
  readonly expected: Move;
  readonly latest: Move;
  /** The marks of all three moves: a sum of `MARK`s. */
  readonly marks: number;
  readonly refused: boolean;
  /** The names of the rule, and of the holds and windows that act on the expected path. */
  readonly rules: readonly string[];
  /** The waits on the expected path of money that enters at `from`. */
  readonly waits: readonly Wait[];
}

export function compileRoute(rule: ChannelRule, holds: readonly HoldRule[], context: RouteContext): Route {
  const steps = rule.event.type === "route" ? rule.event.params.steps : [];
  const pathAt = (bound: Bound): Path => compilePath(steps, holds, context, bound);
  const published =
    [rule, ...holds].every(({ basis }) => basis === "published") &&
    !steps.some((step) => usesAssumedSystem(step, context));
  return {
    rule,
    basis: published ? "published" : "assumed",
    paths: { earliest: pathAt("earliest"), expected: pathAt("expected"), latest: pathAt("latest") },
  };
}

/** Whether the step's system is assumed. Most systems have no `basis`. */
const usesAssumedSystem = ({ system }: Step, { systems, resolve }: RouteContext): boolean =>
  system !== undefined && systems[resolve(system)]?.basis === "assumed";

/** The end of the range of dates; answers must end before it. */
const RANGE_END = (LAST_DAY + 1) * DAY_MS;

/**
 * The piece that begins at an instant: exact for the instant itself and for every later one before `until`.
 *
 * @throws QuestionError outside-coverage
 */
export function pieceFrom({ rule, paths }: Route, at: Instant): RoutePiece {
  const waits: Wait[] = [];
  const earliest = travel(paths.earliest, at);
  const latest = travel(paths.latest, at);
  const expected = travel(paths.expected, at, (wait) => waits.push(wait));
  const rules = new Set([rule.name, ...waits.flatMap((wait) => wait.rule ?? [])]);
  const moves = [earliest, expected, latest];
  if (moves.some(({ to }) => to >= RANGE_END)) throw arrivesTooLate(rule.name, formatDay(LAST_DAY));
  return {
    from: at,
    until: Math.min(...moves.map((move) => endOf(move, at))) as Instant,
    earliest,
    expected,
    latest,
    marks: earliest.marks | expected.marks | latest.marks,
    refused: (expected.marks & MARK.refused) !== 0,
    rules: [...rules],
    waits,
  };
}

const endOf = ({ slope, to, until }: Move, at: Instant): number =>
  slope === 1 ? Math.min(until, at + (RANGE_END - to)) : until;

/** When an entry at `at` leaves at one bound. `at` must lie in the piece. */
export function leavesAt(piece: RoutePiece, bound: Bound, at: Instant): Instant {
  const { slope, to } = piece[bound];
  return (slope === 1 ? to + (at - piece.from) : to) as Instant;
}
