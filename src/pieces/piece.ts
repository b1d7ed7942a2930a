import type { Bound } from "../model/bound.js";
import type { ChannelRule } from "../model/rulebook.js";
import { leaves } from "../route/route.js";
import type { Instant } from "../time/instant.js";
import type { TemplateSource, TimelineTemplate } from "./timeline-template.js";

/** Sending times [from, until) that are decided alike and take the same piece of a route. */
export interface Piece {
  readonly from: Instant;
  readonly until: Instant;
  /** The rule that decides. */
  readonly rule: ChannelRule;
  /** Not taken at these times; `taken` is then what one sent when it would be takes, if that is ever. */
  readonly refused: boolean;
  readonly routeAnswer: RouteAnswer | undefined;
  /** Whether nothing is decided anew before the money of these payments arrives, so that none is overtaken. */
  readonly settled: boolean;
}

/** A piece of a route; one and the same for all payments that take the route, however they are numbered. */
export interface RouteAnswer extends TemplateSource {
  /** An instant at which it is taken: of a refused payment the first one. */
  readonly at: Instant;
  /** What answers say alike, as it was last drawn. */
  template: TimelineTemplate | undefined;
  /** What `assess` remembers of the piece; nobody else reads or fills it. */
  assessCache: object | undefined;
}

/** When a payment sent at `at`, which lies in the stretch, arrives; one that is never taken never leaves the payer. */
export function arrivesAt({ refused, routeAnswer }: Piece, bound: Bound, at: Instant): Instant {
  return routeAnswer === undefined ? at : leaves(routeAnswer.piece, bound, refused ? routeAnswer.at : at);
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

/** The arrivals of a stretch at one bound. */
export function lineOf(piece: Piece, bound: Bound): Line {
  const { from, refused, routeAnswer } = piece;
  const value = arrivesAt(piece, bound, from);
  const together = routeAnswer !== undefined && (refused || routeAnswer.piece[bound].slope === 0);
  return together ? { slope: 0, value } : { slope: 1, value: value - from };
}

/** The numbers of a row of memory, which ends at `end`: with its stretch, or earlier with a local day. */
export function numbersOf(piece: Piece, end: Instant): number[] {
  const [earliest, expected, latest] = [
    lineOf(piece, "earliest"),
    lineOf(piece, "expected"),
    lineOf(piece, "latest"),
  ];
  // biome-ignore format: a pair for each bound
  return [end, earliest.value, earliest.slope, expected.value, expected.slope, latest.value, latest.slope];
}
