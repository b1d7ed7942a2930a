import type { Bound } from "../model/bound.js";
import type { ChannelRule } from "../model/rulebook.js";
import { leavesAt } from "../route/route.js";
import type { Instant } from "../time/instant.js";
import type { TemplateSource, TimelineTemplate } from "./timeline-template.js";

/** Send times [from, until) with the same decision and the same piece of a route. */
export interface Piece {
  readonly from: Instant;
  readonly until: Instant;
  /** The rule that decides. */
  readonly rule: ChannelRule;
  /** Whether payments are refused at these times. `routeAnswer` is then for the first time at which they are accepted, if any. */
  readonly refused: boolean;
  readonly routeAnswer: RouteAnswer | undefined;
  /** Whether no decision changes before these payments arrive, so that none is overtaken. */
  readonly settled: boolean;
}

/** A piece of a route and the parts that its answers share; one object for all classes that take the route. */
export interface RouteAnswer extends TemplateSource {
  /** The send time at which the piece begins. */
  readonly at: Instant;
  /** The timeline template that was last built. */
  template: TimelineTemplate | undefined;
  /** The cache of `assess`; only assess/assess-cache.ts reads or fills it. */
  assessCache: object | undefined;
}

/** When a payment sent at `at` arrives. `at` must lie in the piece. A payment that is never accepted does not move. */
export function arrivesAt({ refused, routeAnswer }: Piece, bound: Bound, at: Instant): Instant {
  return routeAnswer === undefined ? at : leavesAt(routeAnswer.piece, bound, refused ? routeAnswer.at : at);
}

/** The same at every bound. */
export const arrivalsOf = (piece: Piece, at: Instant): Readonly<Record<Bound, Instant>> => ({
  earliest: arrivesAt(piece, "earliest", at),
  expected: arrivesAt(piece, "expected", at),
  latest: arrivesAt(piece, "latest", at),
});

/** Slope 0: all arrive at `value`. Slope 1: all arrive `value` milliseconds after they are sent. */
export interface Line {
  readonly slope: 0 | 1;
  readonly value: number;
}

/** The arrivals of a piece at one bound. */
export function lineOf(piece: Piece, bound: Bound): Line {
  const { from, refused, routeAnswer } = piece;
  const value = arrivesAt(piece, bound, from);
  const together = routeAnswer !== undefined && (refused || routeAnswer.piece[bound].slope === 0);
  return together ? { slope: 0, value } : { slope: 1, value: value - from };
}

/** The numbers of a cache row that ends at `end`: with its piece, or earlier at a local midnight. */
export function numbersOf(piece: Piece, end: Instant): number[] {
  const [earliest, expected, latest] = [
    lineOf(piece, "earliest"),
    lineOf(piece, "expected"),
    lineOf(piece, "latest"),
  ];
  // biome-ignore format: a pair for each bound
  return [end, earliest.value, earliest.slope, expected.value, expected.slope, latest.value, latest.slope];
}
