import type { Bound } from "../model/bound.js";
import type { ChannelRule } from "../model/rulebook.js";
import { leaves } from "../route/route.js";
import type { Instant } from "../time/instant.js";
import type { Outline, Travelled } from "./timeline-template.js";

/** Sending times [from, until) that are decided alike and take the same piece of a route. */
export interface Stretch {
  readonly from: Instant;
  readonly until: Instant;
  /** The rule that decides. */
  readonly rule: ChannelRule;
  /** Not taken at these times; `taken` is then what one sent when it would be takes, if that is ever. */
  readonly refused: boolean;
  readonly taken: Taken | undefined;
  /** Whether nothing is decided anew before the money of these payments arrives, so that none is overtaken. */
  readonly settled: boolean;
}

/** A piece of a route; one and the same for all payments that take the route, however they are numbered. */
export interface Taken extends Travelled {
  /** An instant at which it is taken: of a refused payment the first one. */
  readonly at: Instant;
  /** What answers say alike, as it was last drawn. */
  outline: Outline | undefined;
  /** What `assess` remembers of the piece; nobody else reads or fills it. */
  assessCache: object | undefined;
}

/** When a payment sent at `at`, which lies in the stretch, arrives; one that is never taken never leaves the payer. */
export function arrivesAt({ refused, taken }: Stretch, bound: Bound, at: Instant): Instant {
  return taken === undefined ? at : leaves(taken.piece, bound, refused ? taken.at : at);
}

/** The same at every bound. */
export const arrivalsOf = (stretch: Stretch, at: Instant): Readonly<Record<Bound, Instant>> => ({
  earliest: arrivesAt(stretch, "earliest", at),
  expected: arrivesAt(stretch, "expected", at),
  latest: arrivesAt(stretch, "latest", at),
});

/** Slope 0: all arrive at `value`. Slope 1: all arrive `value` milliseconds after they are sent. */
export interface Line {
  readonly slope: 0 | 1;
  readonly value: number;
}

/** The arrivals of a stretch at one bound. */
export function lineOf(stretch: Stretch, bound: Bound): Line {
  const { from, refused, taken } = stretch;
  const value = arrivesAt(stretch, bound, from);
  const together = taken !== undefined && (refused || taken.piece[bound].slope === 0);
  return together ? { slope: 0, value } : { slope: 1, value: value - from };
}

/** The numbers of a row of memory, which ends at `end`: with its stretch, or earlier with a local day. */
export function numbersOf(stretch: Stretch, end: Instant): number[] {
  const [earliest, expected, latest] = [
    lineOf(stretch, "earliest"),
    lineOf(stretch, "expected"),
    lineOf(stretch, "latest"),
  ];
  // biome-ignore format: a pair for each bound
  return [end, earliest.value, earliest.slope, expected.value, expected.slope, latest.value, latest.slope];
}
