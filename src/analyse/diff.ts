import type { Decider } from "../decide/decider.js";
import type { Facts } from "../model/payment.js";
import type { Rulebook } from "../model/rulebook.js";
import { type Subject, subjectOf } from "../pieces/query.js";
import type { View } from "../pieces/snapshot.js";
import type { Clock } from "../time/clock.js";
import { addDays, type Day } from "../time/day.js";
import type { Instant } from "../time/instant.js";
import { instantOf } from "../time/zone.js";
import { viewAhead } from "./ahead.js";
import { classesOf, type Member } from "./classes.js";
import { canonical } from "./same.js";
import { type Shift, shiftsBetween, weightOf } from "./shifts.js";
import { type Treatment, treatmentsOf } from "./treatments.js";

/** What a change of rules does to arrivals: the profiles of two rulebooks, subtracted. */

/** Payments that move alike. */
export interface Move {
  readonly channel: string;
  /** One of the classes that move so, as a payment without `initiatedAt`, and how many more there are. */
  readonly payment: Readonly<Record<string, unknown>>;
  readonly moreClasses: number;
  /** When such a payment must be sent to move, and by how much it does. */
  readonly shifts: readonly Shift[];
  /** Milliseconds of sending times, each counted by how far its arrival moves. */
  readonly weight: number;
}

export interface ChannelDifference {
  readonly channel: string;
  /** `undecided`: it tells too many combinations of facts apart, or compares facts with each other. */
  readonly status: "same" | "moved" | "added" | "removed" | "undecided";
  readonly classes: number;
  /** The weightiest first. */
  readonly moves: readonly Move[];
}

/** Every channel of either rulebook, for payments that are sent in the days [from, from + days). */
export function differencesBetween(
  before: Rulebook,
  after: Rulebook,
  from: Day,
  days: number,
): ChannelDifference[] {
  const views = [viewAhead(before, from), viewAhead(after, from)] as const;
  const channels = new Set([...Object.keys(before.channels), ...Object.keys(after.channels)]);
  return [...channels].sort().map((channel) => {
    const alone = { channel, classes: 0, moves: [] };
    if (!Object.hasOwn(after.channels, channel)) return { ...alone, status: "removed" };
    if (!Object.hasOwn(before.channels, channel)) return { ...alone, status: "added" };
    if (sameInputs(views, channel)) return { ...alone, status: "same" };
    return inChannel(views, channel, from, days);
  });
}

/** Whether everything that an answer on this channel may depend on is the same text. */
function sameInputs([before, after]: readonly [View, View], channel: string): boolean {
  const inputs = ({ rulebook }: View): string => {
    const { calendars, facts, systems, conditions, windows, holds, channels } = rulebook;
    const { examples: _, ...file } = channels[channel] ?? { examples: [] };
    return canonical([calendars, facts, systems, conditions, windows, holds, file]);
  };
  return inputs(before) === inputs(after);
}

function inChannel(
  views: readonly [View, View],
  channel: string,
  from: Day,
  days: number,
): ChannelDifference {
  const { members, tooMany, vague } = classesOf(views, channel, from, addDays(from, days));
  const moves = new Map<string, Move>();
  for (const member of members) {
    const shifts = shiftsOf(views, channel, member, from, days);
    if (shifts.length === 0) continue;
    const key = JSON.stringify(shifts);
    const known = moves.get(key);
    const payment = known?.payment ?? member.payment;
    const moreClasses = known === undefined ? 0 : known.moreClasses + 1;
    moves.set(key, { channel, payment, moreClasses, shifts, weight: known?.weight ?? weightOf(shifts) });
  }
  const sorted = [...moves.values()].sort((one, other) => other.weight - one.weight);
  const open = tooMany !== undefined || (vague && sorted.length === 0);
  return {
    channel,
    status: open ? "undecided" : sorted.length > 0 ? "moved" : "same",
    classes: members.length,
    moves: sorted,
  };
}

/** Both horizons begin at midnight of the new channel's zone. */
function shiftsOf(
  views: readonly [View, View],
  channel: string,
  { read }: Member,
  from: Day,
  days: number,
): Shift[] {
  const { zone } = views[1].deciders.get(channel) as Decider;
  const [start, end] = [from, addDays(from, days)].map((day) => instantOf(zone, day, 0 as Clock));
  const [before, after] = views.map((view, index): Treatment[] => {
    const subject: Subject = subjectOf(view, channel, read[index] as Facts);
    return treatmentsOf(subject, start as Instant, end as Instant);
  });
  return shiftsBetween(before ?? [], after ?? []);
}

/** Whether delays are judged by the same verdicts, codes and reported holds; what differs in them moves no arrival. */
export function judgeAlike(before: Rulebook, after: Rulebook): boolean {
  const judging = ({ verdicts, reasons, holds }: Rulebook): string =>
    canonical([verdicts, reasons, holds.filter(({ inFlight }) => inFlight === true)]);
  return judging(before) === judging(after);
}
