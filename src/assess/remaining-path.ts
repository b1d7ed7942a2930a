import type { Bound } from "../model/bound.js";
import type { HoldRule, MilestoneName } from "../model/rulebook.js";
import { arrivalsIn, UNKNOWN } from "../pieces/cache.js";
import { arrivalsOf, type Stretch } from "../pieces/piece.js";
import { knownRowAt, stretchIn } from "../pieces/piece-lookup.js";
import type { Subject } from "../pieces/query.js";
import { type Leg, MILESTONES, type Path, placeOf } from "../route/path.js";
import type { Report } from "../route/wait.js";
import type { Instant } from "../time/instant.js";

/** The legs that a payment has before it, so that the part still to come can be travelled by itself. */
export interface Way {
  readonly subject: Subject;
  readonly stretch: Stretch;
  readonly paths: Readonly<Record<Bound, Path>>;
  /** When the money enters the first leg: when it was sent, or, where it was refused, when it would be taken. */
  readonly entry: Instant;
  /** When it arrives. */
  readonly times: Readonly<Record<Bound, Instant>>;
}

const NOWHERE: Path = { legs: [] };

export const wayFrom = (subject: Subject, at: Instant): Way => wayIn(subject, knownRowAt(subject, at), at);

/** The same where the row of memory is known that it lies in. */
export function wayIn(subject: Subject, row: number, at: Instant): Way {
  const stretch = stretchIn(subject, row, at);
  const { refused, taken } = stretch;
  const paths = taken?.route.paths ?? { earliest: NOWHERE, expected: NOWHERE, latest: NOWHERE };
  const times = row === UNKNOWN ? arrivalsOf(stretch, at) : arrivalsIn(subject.view.memory, row, at);
  return { subject, stretch, paths, entry: refused && taken !== undefined ? taken.at : at, times };
}

/** When money that enters leg `from` at `at` enters leg `to`; without `to`, when it leaves the last one. */
export function through(
  path: Path,
  from: number,
  at: Instant,
  to = path.legs.length,
  report?: Report,
): Instant {
  let now = at;
  for (let leg = from; leg < to; leg++) now = (path.legs[leg] as Leg).advance(now, report).to;
  return now;
}

/**
 * The leg that money is before once a milestone is reached: the one behind the first that reaches it; where none does,
 * the first that reaches more.
 */
export function legAfter({ paths }: Way, milestone: MilestoneName): number {
  const { legs } = paths.expected;
  const rank = MILESTONES.indexOf(milestone);
  const reaches = (leg: Leg): boolean =>
    leg.milestone !== undefined && MILESTONES.indexOf(leg.milestone) >= rank;
  const found = legs.findIndex(reaches);
  if (found === -1) return legs.length;
  return legs[found]?.milestone === milestone ? found + 1 : found;
}

/** The leg that a hold stands before, for money that is at leg `from`. */
export const legOfHold = ({ paths }: Way, hold: HoldRule, from: number): number =>
  Math.max(from, placeOf(hold, paths.expected.legs));
