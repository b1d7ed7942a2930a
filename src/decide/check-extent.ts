import { conditionSays, type Problem } from "../errors.js";
import type { Locate } from "../model/place.js";
import type { ChannelFile, Condition, Leaf, Rulebook } from "../model/rulebook.js";
import type { Conditional } from "./candidate.js";
import { type Extent, extentOf } from "./named.js";
import { partsOf } from "./tree.js";

/**
 * How many conditions a channel tests, its own and those of windows and holds, which are tested on every channel. All of
 * them are tested again and again, and the constants of a fact are compared with every comparison of it.
 */

const CHANNEL_MAX = 50_000;
/** Of all channels together. */
const TOTAL_MAX = 1_000_000;
/** Comparisons of one fact in one channel, times the constants in them. */
const PRODUCT_MAX = 5_000_000;
/** Times of day at which some condition of a channel may turn: each of them cuts every day. */
const TIMES_MAX = 500;

/** Expects conditions without other faults, so that names lead somewhere and never in circles. */
export function extentProblems(rulebook: Rulebook, locate: Locate): Problem[] {
  const memory = new Map<string, Extent>();
  const sizeOf = (list: readonly Conditional[]): number =>
    list.reduce((sum, { conditions }) => sum + extentOf(conditions, rulebook.conditions, memory).size, 0);
  const shared: readonly Conditional[] = [...rulebook.windows, ...rulebook.holds];
  const sharedSize = sizeOf(shared);
  let total = 0;
  return Object.values(rulebook.channels).flatMap((channel) => {
    const size = sizeOf(channel.rules) + sharedSize;
    const place = { ...locate(channel), name: channel.channel };
    if (size > CHANNEL_MAX) return [{ ...place, ...conditionSays.tooManyOfChannel(size, CHANNEL_MAX) }];
    total += size;
    if (total > TOTAL_MAX) return [{ ...place, ...conditionSays.tooManyOfAll(TOTAL_MAX) }];
    return comparisonProblems(channel, shared, rulebook).map((sentence) => ({ ...place, ...sentence }));
  });
}

interface Compared {
  readonly questions: Set<string>;
  readonly constants: Set<unknown>;
}

function comparisonProblems(channel: ChannelFile, shared: readonly Conditional[], { conditions }: Rulebook) {
  const byFact = new Map<string, Compared>();
  const seen = new Set<string>();
  const gather = (tree: Condition | undefined): void => {
    for (const part of partsOf(tree)) {
      if (!("condition" in part)) add(byFact, part);
      else if (!seen.has(part.condition)) {
        seen.add(part.condition);
        gather(conditions[part.condition]);
      }
    }
  };
  for (const one of [...channel.rules, ...shared]) gather(one.conditions);
  return [...byFact].flatMap(([fact, { questions, constants }]) => {
    if (fact === "initiated.time" && constants.size > TIMES_MAX)
      return [conditionSays.tooManyTimes(constants.size, TIMES_MAX)];
    if (questions.size * constants.size <= PRODUCT_MAX) return [];
    return [conditionSays.tooManyComparisons(fact, questions.size, constants.size, PRODUCT_MAX)];
  });
}

function add(byFact: Map<string, Compared>, { fact, operator, value }: Leaf): void {
  const compared = byFact.get(fact) ?? { questions: new Set(), constants: new Set() };
  byFact.set(fact, compared);
  compared.questions.add(JSON.stringify([operator, value]));
  for (const constant of [value].flat(Number.POSITIVE_INFINITY)) compared.constants.add(constant);
}
