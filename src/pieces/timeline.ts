import type { Cause, Segment } from "../model/answers.js";
import { type Path, travel } from "../route/path.js";
import type { Wait } from "../route/wait.js";
import { formatInstant, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";

/** The expected path of a payment as segments that join up from `at` to the arrival. */
export function timelineOf(path: Path, at: Instant, rule: string, zone: Zone): Segment[] {
  const waits: Wait[] = [];
  travel(path, at, (wait) => waits.push(wait));
  return waits.map((wait) => segmentOf(wait, rule, zone));
}

/** When each milestone of a path is reached by a payment that enters it at `at`. */
export function milestonesOf(path: Path, at: Instant): { milestone: string; at: Instant }[] {
  const reached: { milestone: string; at: Instant }[] = [];
  let now = at;
  for (const leg of path.legs) {
    now = leg.advance(now).to;
    if (leg.milestone !== undefined) reached.push({ milestone: leg.milestone, at: now });
  }
  return reached;
}

export function segmentOf(wait: Wait, usual: string, zone: Zone): Segment {
  const { system, cause, name, calendar, rule = usual } = wait;
  const from = formatInstant(zone, wait.from);
  return segmentBetween(from, formatInstant(zone, wait.to), system, cause, name, calendar, rule);
}

/** Leaves out keys without a value. The common shapes are written out because object spread is slow. */
export function segmentBetween(
  from: string,
  to: string,
  system: string | undefined,
  cause: Cause,
  name: string | undefined,
  calendar: string | undefined,
  rule: string,
): Segment {
  if (name === undefined && calendar === undefined)
    return system === undefined ? { from, to, cause, rule } : { from, to, system, cause, rule };
  if (system !== undefined && name !== undefined && calendar !== undefined)
    return { from, to, system, cause, name, calendar, rule };
  return {
    from,
    to,
    ...(system !== undefined && { system }),
    cause,
    ...(name !== undefined && { name }),
    ...(calendar !== undefined && { calendar }),
    rule,
  };
}
