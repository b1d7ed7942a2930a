import { loadMessages } from "../errors.js";
import { type Bound, type Spread, spreadValue } from "../model/bound.js";
import type { Period } from "../model/schema/common.js";
import { parseClock } from "../time/clock.js";
import { parseDay } from "../time/day.js";
import { parseDuration } from "../time/duration.js";
import { type Issue, issueIf } from "./issue.js";

/** Checks the order of earliest, expected and latest, and of the ends of ranges. */

const NEIGHBOURS: readonly (readonly [Bound, Bound])[] = [
  ["earliest", "expected"],
  ["expected", "latest"],
];

/** Whether a value may precede the next one, so that the three arrivals stay in order. */
const ORDERS = {
  time: (one: string, next: string) => !(valueOrNaN(parseClock, one) > valueOrNaN(parseClock, next)),
  duration: (one: string, next: string) =>
    !(valueOrNaN(parseDuration, one) > valueOrNaN(parseDuration, next)),
  /** A later cutoff means an earlier arrival. */
  cutoff: (one: string, next: string) => !(valueOrNaN(parseClock, one) < valueOrNaN(parseClock, next)),
  lag: lagsInOrder,
};

export type Ordered = keyof typeof ORDERS;

export function spreadIssues(
  kind: Ordered,
  entity: object,
  path: string,
  spread: Spread<string> | undefined,
): Issue[] {
  if (spread === undefined) return [];
  return NEIGHBOURS.flatMap((pair) => {
    const [one, next] = pair.map((bound) => spreadValue(spread, bound)) as [string, string];
    const sentence = loadMessages.spreadOrder(kind, pair, [one, next]);
    return issueIf(!ORDERS[kind](one, next), entity, path, sentence);
  });
}

/** A period must end after it begins, or it is never in force. */
export function periodIssues(entity: { effective?: Period }, path = "effective"): Issue[] {
  const { from, until } = entity.effective ?? {};
  return rangeIssues(parseDay, entity, path, from, until);
}

/** Reports an empty or reversed half-open range. */
export function rangeIssues(
  read: (text: string) => number | undefined,
  entity: object,
  path: string,
  from: string | undefined,
  until: string | undefined,
): Issue[] {
  if (from === undefined || until === undefined) return [];
  const isReversed = valueOrNaN(read, from) >= valueOrNaN(read, until);
  return issueIf(isReversed, entity, path, loadMessages.reversed(from, until));
}

/** NaN for an unreadable text, which the schema check reports. Comparisons with it are false. */
const valueOrNaN = (read: (text: string) => number | undefined, text: string): number =>
  read(text) ?? Number.NaN;

/** D+n precedes T+m if n <= m, because m business days take at least m days. T+n before D+m is never certain. */
function lagsInOrder(one: string, next: string): boolean {
  const [unit, nextUnit] = [one[0], next[0]];
  const isComparable = unit === nextUnit || unit === "D";
  return isComparable && Number(one.slice(2)) <= Number(next.slice(2));
}
