import type { DelayCause } from "../model/assessment.js";
import type { MilestoneName, Party } from "../model/rulebook.js";
import { MILESTONES } from "../route/path.js";
import type { Instant } from "../time/instant.js";

/** A payment event as parsed: what it does to the payment, and the cause and party that it names. */
export interface Event {
  readonly at: Instant;
  /** `continue` changes nothing but the cause; `end` closes the payment. */
  readonly effect: "continue" | "milestone" | "hold" | "release" | "return" | "end";
  readonly milestone?: MilestoneName;
  /** The hold that is placed or released. */
  readonly hold?: string;
  /** The end of the hold, where the event gives one. */
  readonly until?: Instant;
  readonly code?: string;
  readonly cause?: DelayCause;
  readonly who?: Party;
}

/** The order of events at one instant, so that the one that goes furthest decides. */
const EFFECTS: readonly Event["effect"][] = ["continue", "milestone", "hold", "release", "return", "end"];

/**
 * The events in order of time, each once: by effect and milestone at one instant, then by content. The result depends
 * on the set of events alone, not on their order or on repeats.
 */
export function sortEvents(events: readonly Event[]): Event[] {
  const byContent = new Map(events.map((event) => [contentOf(event), event]));
  return [...byContent]
    .sort(([key, one], [otherKey, other]) => compareEvents(one, other) || (key < otherKey ? -1 : 1))
    .map(([, event]) => event);
}

const contentOf = ({ at, effect, milestone, hold, until, code }: Event): string =>
  [at, effect, milestone, hold, until, code].join(" ");

const compareEvents = (one: Event, other: Event): number =>
  one.at - other.at ||
  EFFECTS.indexOf(one.effect) - EFFECTS.indexOf(other.effect) ||
  rankOf(one.milestone) - rankOf(other.milestone);

/** The place of a milestone in the order in which money reaches them, from 0; -1 for none. */
export const rankOf = (milestone: MilestoneName | undefined): number =>
  milestone === undefined ? -1 : MILESTONES.indexOf(milestone);
