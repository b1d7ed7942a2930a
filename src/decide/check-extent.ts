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
/**
 * For one fact in one channel: the constants that it is compared with, each of which is held against every comparison,
 * times the effort of all comparisons. Some 2,000 comparisons with a value each, or one with a list of 7,000.
 */
const EFFORT_MAX = 50_000_000;
/** What a comparison costs whatever it compares with, counted in values of a list. */
const EFFORT_EACH = 10;
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
  effort: number;
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
  return [...byFact].flatMap(([fact, { questions, constants, effort }]) => {
    if (fact === "initiated.time" && constants.size > TIMES_MAX)
      return [conditionSays.tooManyTimes(constants.size, TIMES_MAX)];
    if (effort * constants.size <= EFFORT_MAX) return [];
    return [conditionSays.tooManyComparisons(fact, questions.size, constants.size)];
  });
}

function add(byFact: Map<string, Compared>, { fact, operator, value }: Leaf): void {
  const compared: Compared = byFact.get(fact) ?? { questions: new Set(), constants: new Set(), effort: 0 };
  byFact.set(fact, compared);
  const question = JSON.stringify([operator, value]);
  if (compared.questions.has(question)) return;
  compared.questions.add(question);
  const constants: unknown[] = [value].flat(Number.POSITIVE_INFINITY);
  compared.effort += EFFORT_EACH + constants.length;
  for (const constant of constants) compared.constants.add(constant);
}
