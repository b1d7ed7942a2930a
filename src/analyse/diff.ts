import type { Decider } from "../decide/decider.js";
import type { Facts } from "../model/payment.js";
import type { Rulebook } from "../model/rulebook.js";
import { type Query, queryOf } from "../pieces/query.js";
import type { Snapshot } from "../pieces/snapshot.js";
import type { Clock } from "../time/clock.js";
import { addDays, type Day } from "../time/day.js";
import type { Instant } from "../time/instant.js";
import { instantOf } from "../time/zone.js";
import { canonicalJson } from "./equivalence.js";
import { compileFutureSnapshot } from "./future-snapshot.js";
import { type ClassMember, paymentClassesOf } from "./payment-classes.js";
import { type Shift, shiftsBetween, weightOf } from "./shifts.js";
import { type Treatment, treatmentsOf } from "./treatments.js";

/** How a change of rules moves arrivals: the profile of the new rulebook minus that of the old one. */

/** Payments that move alike. */
export interface Move {
  readonly channel: string;
  /** A payment of one class that moves so, without `initiatedAt`. */
  readonly payment: Readonly<Record<string, unknown>>;
  /** The number of further classes that move alike. */
  readonly moreClasses: number;
  /** The sending times at which the payment moves, and by how much. */
  readonly shifts: readonly Shift[];
  /** The total length of the shifts (milliseconds), each weighted by its largest delta (milliseconds). */
  readonly weight: number;
}

export interface ChannelDifference {
  readonly channel: string;
  /** `undecided`: the channel distinguishes too many combinations of facts, or compares two facts. */
  readonly status: "same" | "moved" | "added" | "removed" | "undecided";
  readonly classes: number;
  /** The move with the largest weight first. */
  readonly moves: readonly Move[];
}

/** Compares every channel of either rulebook for payments sent on the days [from, from + days). */
export function differencesBetween(
  before: Rulebook,
  after: Rulebook,
  from: Day,
  days: number,
): ChannelDifference[] {
  const snapshots = [compileFutureSnapshot(before, from), compileFutureSnapshot(after, from)] as const;
  const channels = new Set([...Object.keys(before.channels), ...Object.keys(after.channels)]);
  return [...channels].sort().map((channel) => {
    const unmoved = { channel, classes: 0, moves: [] };
    if (!Object.hasOwn(after.channels, channel)) return { ...unmoved, status: "removed" };
    if (!Object.hasOwn(before.channels, channel)) return { ...unmoved, status: "added" };
    if (haveSameInputs(snapshots, channel)) return { ...unmoved, status: "same" };
    return compareChannel(snapshots, channel, from, days);
  });
}

/** Whether everything that affects answers on the channel is identical in both rulebooks. */
function haveSameInputs([before, after]: readonly [Snapshot, Snapshot], channel: string): boolean {
  const inputs = ({ rulebook }: Snapshot): string => {
    const { calendars, facts, systems, conditions, windows, holds, channels } = rulebook;
    const { examples: _, ...file } = channels[channel] ?? { examples: [] };
    return canonicalJson([calendars, facts, systems, conditions, windows, holds, file]);
  };
  return inputs(before) === inputs(after);
}

function compareChannel(
  snapshots: readonly [Snapshot, Snapshot],
  channel: string,
  from: Day,
  days: number,
): ChannelDifference {
  const { members, tooManyCombinations, comparesFacts } = paymentClassesOf(
    snapshots,
    channel,
    from,
    addDays(from, days),
  );
  const moves = new Map<string, Move>();
  for (const member of members) {
    const shifts = shiftsOf(snapshots, channel, member, from, days);
    if (shifts.length === 0) continue;
    const key = JSON.stringify(shifts);
    const known = moves.get(key);
    const payment = known?.payment ?? member.payment;
    const moreClasses = known === undefined ? 0 : known.moreClasses + 1;
    moves.set(key, { channel, payment, moreClasses, shifts, weight: known?.weight ?? weightOf(shifts) });
  }
  const sorted = [...moves.values()].sort((one, other) => other.weight - one.weight);
  const undecided = tooManyCombinations !== undefined || (comparesFacts && sorted.length === 0);
  return {
    channel,
    status: undecided ? "undecided" : sorted.length > 0 ? "moved" : "same",
    classes: members.length,
    moves: sorted,
  };
}

/** Both periods begin at midnight in the zone of the new channel. */
function shiftsOf(
  snapshots: readonly [Snapshot, Snapshot],
  channel: string,
  { factsByRulebook }: ClassMember,
  from: Day,
  days: number,
): Shift[] {
  const { zone } = snapshots[1].deciders.get(channel) as Decider;
  const [start, end] = [from, addDays(from, days)].map((day) => instantOf(zone, day, 0 as Clock));
  const [before, after] = snapshots.map((snapshot, index): Treatment[] => {
    const query: Query = queryOf(snapshot, channel, factsByRulebook[index] as Facts);
    return treatmentsOf(query, start as Instant, end as Instant);
  });
  return shiftsBetween(before ?? [], after ?? []);
}

/** Whether verdicts, codes and reported holds are the same. They decide how delays are judged, and move no arrival. */
export function judgeDelaysAlike(before: Rulebook, after: Rulebook): boolean {
  const judgingInputs = ({ verdicts, reasons, holds }: Rulebook): string =>
    canonicalJson([verdicts, reasons, holds.filter(({ inFlight }) => inFlight === true)]);
  return judgingInputs(before) === judgingInputs(after);
}
