import { arrivesTooLate } from "../errors.js";
import type { Bound } from "../model/bound.js";
import type { Basis, ChannelRule, HoldRule, Step } from "../model/rulebook.js";
import { DAY_MS, formatDay, LAST_DAY } from "../time/day.js";
import type { Instant } from "../time/instant.js";
import { MARK, type Move } from "./move.js";
import { compilePath, type Path, type Surroundings, travel } from "./path.js";
import type { Wait } from "./wait.js";

/** A route composed three times, with each step's earliest, expected and latest parameters. */
export interface Route {
  readonly rule: ChannelRule;
  readonly basis: Basis;
  readonly paths: Readonly<Record<Bound, Path>>;
}

/** Three moves with one range of entries: every entry in [from, until) is treated alike at every bound. */
export interface RoutePiece {
  readonly from: Instant;
  readonly until: Instant;
  readonly earliest: Move;
  readonly expected: Move;
  readonly latest: Move;
  /** The marks of all three moves: a sum of `MARK`s. */
  readonly marks: number;
  readonly refused: boolean;
  /** The names of the rule, the holds and the windows that acted on the expected path, in that order. */
  readonly acted: readonly string[];
  /** What money that enters at `from` waits for on the expected path. */
  readonly waits: readonly Wait[];
}

export function compileRoute(rule: ChannelRule, holds: readonly HoldRule[], around: Surroundings): Route {
  const steps = rule.event.type === "route" ? rule.event.params.steps : [];
  const pathAt = (bound: Bound): Path => compilePath(steps, holds, around, bound);
  const published =
    [rule, ...holds].every(({ basis }) => basis === "published") &&
    !steps.some((step) => rests(step, around));
  return {
    rule,
    basis: published ? "published" : "assumed",
    paths: { earliest: pathAt("earliest"), expected: pathAt("expected"), latest: pathAt("latest") },
  };
}

/** Whether the step's system is assumed. Most systems have no basis of their own. */
const rests = ({ system }: Step, { systems, resolve }: Surroundings): boolean =>
  system !== undefined && systems[resolve(system)]?.basis === "assumed";

/** The end of the last day that an answer may touch, because years are written with four digits. */
const END = (LAST_DAY + 1) * DAY_MS;

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
  const acted = new Set([rule.name, ...waits.flatMap((wait) => wait.rule ?? [])]);
  const moves = [earliest, expected, latest];
  if (moves.some(({ to }) => to >= END)) throw arrivesTooLate(rule.name, formatDay(LAST_DAY));
  return {
    from: at,
    until: Math.min(...moves.map((move) => lastsUntil(move, at))) as Instant,
    earliest,
    expected,
    latest,
    marks: earliest.marks | expected.marks | latest.marks,
    refused: (expected.marks & MARK.refused) !== 0,
    acted: [...acted],
    waits,
  };
}

const lastsUntil = ({ slope, to, until }: Move, at: Instant): number =>
  slope === 1 ? Math.min(until, at + (END - to)) : until;

/** When an entry at `at`, which lies in the piece, leaves at one bound. */
export function leaves(piece: RoutePiece, bound: Bound, at: Instant): Instant {
  const { slope, to } = piece[bound];
  return (slope === 1 ? to + (at - piece.from) : to) as Instant;
}
