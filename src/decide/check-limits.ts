import { conditionMessages, type Problem } from "../errors.js";
import type { Locate } from "../model/place.js";
import type { ChannelFile, Condition, Leaf, Rulebook } from "../model/rulebook.js";
import type { Conditional } from "./candidate.js";
import { type Extent, extentOf } from "./named-conditions.js";
import { partsOf } from "./tree.js";

/**
 * Limits the number of conditions. A channel evaluates its own and those of all windows and holds. Computing class ids
 * evaluates each comparison of a fact for every constant of that fact, so that effort is limited too.
 */

/** Conditions of one channel, counting those of windows and holds. */
const CHANNEL_MAX = 50_000;
/** Conditions of all channels together. */
const TOTAL_MAX = 1_000_000;
/**
 * Per fact and channel: the number of constants times the effort of all comparisons. That allows about 2,000 comparisons
 * with one value each, or one comparison with a list of 7,000.
 */
const EFFORT_MAX = 50_000_000;
/** The fixed effort of a comparison; each of its constants adds 1. */
const EFFORT_EACH = 10;
/** Times of day at which conditions of a channel may change. Each of them splits every day. */
const TIMES_MAX = 500;

/** Expects conditions without other faults: every name exists, and references have no cycles. */
export function limitProblems(rulebook: Rulebook, locate: Locate): Problem[] {
  const extents = new Map<string, Extent>();
  const sizeOf = (conditionals: readonly Conditional[]): number =>
    conditionals.reduce(
      (sum, { conditions }) => sum + extentOf(conditions, rulebook.conditions, extents).size,
      0,
    );
  const shared: readonly Conditional[] = [...rulebook.windows, ...rulebook.holds];
  const sharedSize = sizeOf(shared);
  let total = 0;
  return Object.values(rulebook.channels).flatMap((channel) => {
    const size = sizeOf(channel.rules) + sharedSize;
    const place = { ...locate(channel), name: channel.channel };
    if (size > CHANNEL_MAX) return [{ ...place, ...conditionMessages.tooManyOfChannel(size, CHANNEL_MAX) }];
    total += size;
    if (total > TOTAL_MAX) return [{ ...place, ...conditionMessages.tooManyOfAll(TOTAL_MAX) }];
    return comparisonProblems(channel, shared, rulebook).map((sentence) => ({ ...place, ...sentence }));
  });
}

/** The comparisons of one fact. */
interface FactUsage {
  readonly comparisons: Set<string>;
  readonly constants: Set<unknown>;
  effort: number;
}

function comparisonProblems(channel: ChannelFile, shared: readonly Conditional[], { conditions }: Rulebook) {
  const byFact = new Map<string, FactUsage>();
  const seen = new Set<string>();
  const collect = (tree: Condition | undefined): void => {
    for (const part of partsOf(tree)) {
      if (!("condition" in part)) addComparison(byFact, part);
      else if (!seen.has(part.condition)) {
        seen.add(part.condition);
        collect(conditions[part.condition]);
      }
    }
  };
  for (const conditional of [...channel.rules, ...shared]) collect(conditional.conditions);
  return [...byFact].flatMap(([fact, { comparisons, constants, effort }]) => {
    if (fact === "initiated.time" && constants.size > TIMES_MAX)
      return [conditionMessages.tooManyTimes(constants.size, TIMES_MAX)];
    if (effort * constants.size <= EFFORT_MAX) return [];
    return [conditionMessages.tooManyComparisons(fact, comparisons.size, constants.size)];
  });
}

function addComparison(byFact: Map<string, FactUsage>, { fact, operator, value }: Leaf): void {
  const usage: FactUsage = byFact.get(fact) ?? { comparisons: new Set(), constants: new Set(), effort: 0 };
  byFact.set(fact, usage);
  const comparison = JSON.stringify([operator, value]);
  if (usage.comparisons.has(comparison)) return;
  usage.comparisons.add(comparison);
  const constants: unknown[] = [value].flat(Number.POSITIVE_INFINITY);
  usage.effort += EFFORT_EACH + constants.length;
  for (const constant of constants) usage.constants.add(constant);
}
