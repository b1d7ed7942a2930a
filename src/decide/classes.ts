import type { Facts } from "../model/payment.js";
import type { ChannelRule, Condition, Leaf } from "../model/rulebook.js";
import type { Instant } from "../time/zone.js";
import { type Conditional, priorityOf } from "./candidate.js";
import { compileLeaf, predicateOf, referredFact } from "./leaf.js";
import { derivedReader, type Frame, type Moment } from "./moment.js";
import { type Partition, partitionOf, type Question } from "./partition.js";
import { changes, thresholdsOf } from "./thresholds.js";
import { partsOf } from "./tree.js";

/**
 * Payments fall into classes: those of one class are treated alike by every condition of their channel, whenever they
 * are sent. A class is told by the answers to the questions that conditions ask of the payment alone, so there are as
 * many classes as a rulebook can tell apart, and not as many as there are payments.
 */

/** Payments that are decided alike whenever they are sent. */
export interface PaymentClass {
  /** Its own among all classes, of whatever rulebook: no two classes that are ever told apart share one. */
  readonly number: number;
  /** The next instant after `at` at which their decision may change; never too late, `FOREVER` where there is none. */
  readonly changesAfter: (at: Instant) => Instant;
}

let classCount = 0;

/** How many classes of one channel are remembered; past that all are forgotten and begun anew. */
const CLASSES_MAX = 2000;

/** Prepares the telling of classes for one channel; `rules` are given by hit policy, each list by falling priority. */
export function classifier(
  frame: Frame,
  rules: readonly (readonly ChannelRule[])[],
  others: readonly Conditional[],
  named: Named,
): (facts: Facts) => PaymentClass {
  const classes = new Map<ClassKey, PaymentClass>();
  const keyOf = classKeys([...rules.flat(), ...others], named);
  return (facts) => {
    const key = keyOf(facts);
    const known = classes.get(key);
    if (known !== undefined) return known;
    if (classes.size >= CLASSES_MAX) classes.clear();
    const say = (one: Conditional): boolean | undefined =>
      atAnyTime(one.conditions, facts, named, frame.channel);
    const matter = [...rules.flatMap((list) => decisive(list, say)), ...others].filter(
      (one) => say(one) !== false,
    );
    const found = Object.freeze({
      number: classCount++,
      changesAfter: changes(frame.zone, thresholdsOf(matter, named)),
    });
    classes.set(key, found);
    return found;
  };
}

/** The rules down to the first that matches at any time: those below it never decide. */
function decisive(
  rules: readonly ChannelRule[],
  say: (rule: ChannelRule) => boolean | undefined,
): readonly ChannelRule[] {
  const certain = rules.find((rule) => rule.effective === undefined && say(rule) === true);
  return certain === undefined ? rules : rules.filter((rule) => priorityOf(rule) >= priorityOf(certain));
}

type Named = Readonly<Record<string, Condition>>;

/** The cells of all facts, and the answers that are not about one fact, packed. */
type ClassKey = number | string;

/** Prepares the telling of classes; equal payments, and all that no condition can tell apart, get equal keys. */
function classKeys(conditionals: readonly Conditional[], named: Named): (facts: Facts) => ClassKey {
  const leaves = leavesOf(conditionals, named);
  const digits = [...partitionsOf(leaves).map(cellDigit), ...leaves.filter(comparesFacts).map(answerDigit)];
  const combinations = digits.reduce((product, { base }) => product * base, 1);
  if (combinations > Number.MAX_SAFE_INTEGER) return (facts) => digits.map(({ of }) => of(facts)).join(" ");
  return (facts) => {
    let key = 0;
    for (const { base, of } of digits) key = key * base + of(facts);
    return key;
  };
}

/** One place of a key, in a number system of its own: 0 to `base - 1`. */
interface Digit {
  readonly base: number;
  readonly of: (facts: Facts) => number;
}

const cellDigit = ({ fact, cells, cellOf }: Partition): Digit => ({
  base: cells,
  of: (facts) => cellOf(facts[fact]),
});

function answerDigit(leaf: Leaf): Digit {
  const test = compileLeaf(leaf);
  return { base: 2, of: (facts) => (test(facts, NO_MOMENT) ? 1 : 0) };
}

/** Facts that nothing tells apart are left out. */
function partitionsOf(leaves: readonly Leaf[]): Partition[] {
  const byFact = new Map<string, Question[]>();
  for (const leaf of leaves.filter((one) => !comparesFacts(one))) {
    const question = { constants: [leaf.value].flat(Infinity), answer: predicateOf(leaf) };
    byFact.set(leaf.fact, [...(byFact.get(leaf.fact) ?? []), question]);
  }
  return [...byFact]
    .map(([fact, questions]) => partitionOf(fact, questions))
    .filter(({ cells }) => cells > 1);
}

const comparesFacts = (leaf: Leaf): boolean => referredFact(leaf.value) !== undefined;

/** Questions about the payment alone never look at the moment. */
const NO_MOMENT = Object.freeze({}) as Moment;

/** The comparisons of trees that do not depend on when a payment is sent, each once. */
function leavesOf(conditionals: readonly Conditional[], named: Named): Leaf[] {
  const leaves = new Map<string, Leaf>();
  const gather = (tree: Condition | undefined): void => {
    for (const part of partsOf(tree)) {
      if ("condition" in part) gather(named[part.condition]);
      else if (!looksAtTime(part)) leaves.set(JSON.stringify([part.fact, part.operator, part.value]), part);
    }
  };
  for (const { conditions } of conditionals) gather(conditions);
  return [...leaves.values()];
}

function looksAtTime({ fact, value }: { fact: string; value: unknown }): boolean {
  const other = referredFact(value);
  return derivedReader(fact) !== undefined || (other !== undefined && derivedReader(other) !== undefined);
}

/**
 * What can be said of a tree for a payment at whatever time: true, false, or undefined where it depends on the time.
 */
function atAnyTime(
  tree: Condition | undefined,
  facts: Facts,
  named: Named,
  channel: string,
): boolean | undefined {
  if (tree === undefined) return true;
  const say = (node: Condition): boolean | undefined => atAnyTime(node, facts, named, channel);
  if ("all" in tree) return conjunction(tree.all.map(say));
  if ("any" in tree) return inverse(conjunction(tree.any.map(say).map(inverse)));
  if ("not" in tree) return inverse(say(tree.not));
  if ("condition" in tree) return say(named[tree.condition] as Condition);
  if (tree.fact === "channel" && referredFact(tree.value) === undefined) {
    return predicateOf(tree)(channel);
  }
  return looksAtTime(tree) ? undefined : compileLeaf(tree)(facts, NO_MOMENT);
}

function conjunction(parts: readonly (boolean | undefined)[]): boolean | undefined {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

const inverse = (said: boolean | undefined): boolean | undefined => (said === undefined ? undefined : !said);
