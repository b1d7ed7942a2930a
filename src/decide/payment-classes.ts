import type { Facts } from "../model/payment.js";
import type { ChannelRule, Condition } from "../model/rulebook.js";
import type { Instant } from "../time/zone.js";
import { type Conditional, priorityOf } from "./candidate.js";
import {
  classKeyOf,
  combinationCount,
  compileDigits,
  dependsOnTime,
  digitValue,
  NO_MOMENT,
} from "./class-key.js";
import { compileLeaf, predicateOf, referencedFact } from "./leaf.js";
import type { ChannelContext } from "./moment.js";
import type { NamedConditions } from "./named-conditions.js";
import { compileNextChange, thresholdsOf } from "./thresholds.js";

/**
 * An equivalence class of payments: every condition of the channel treats them alike, whenever they are sent. The number
 * of classes depends on the rulebook, not on the number of payments.
 */
export interface PaymentClass {
  /**
   * The next instant after `at` at which the decision for these payments may change: never too late, perhaps too early.
   * `FOREVER` if there is none.
   */
  readonly nextChangeAfter: (at: Instant) => Instant;
}

/** The cache of one channel is cleared at this size. */
const CLASSES_MAX = 2000;

/** Compiles the lookup of classes for one channel. Each list of `rules` is one hit policy, by falling priority. */
export function compileClassOf(
  context: ChannelContext,
  rules: readonly (readonly ChannelRule[])[],
  others: readonly Conditional[],
  named: NamedConditions,
): (facts: Facts) => PaymentClass {
  const classes = new Map<ClassKey, PaymentClass>();
  const keyOf = compileClassKey([...rules.flat(), ...others], named);
  return (facts) => {
    const key = keyOf(facts);
    const known = classes.get(key);
    if (known !== undefined) return known;
    if (classes.size >= CLASSES_MAX) classes.clear();
    const outcomeOf = ({ conditions }: Conditional): boolean | undefined =>
      timelessOutcome(conditions, facts, named, context.channel);
    const relevant = [...rules.flatMap((list) => reachableRules(list, outcomeOf)), ...others].filter(
      (conditional) => outcomeOf(conditional) !== false,
    );
    const paymentClass = Object.freeze({
      nextChangeAfter: compileNextChange(context.zone, thresholdsOf(relevant, named)),
    });
    classes.set(key, paymentClass);
    return paymentClass;
  };
}

/** Omits the rules below the first that matches at every instant, because they never decide. */
function reachableRules(
  rules: readonly ChannelRule[],
  outcomeOf: (rule: ChannelRule) => boolean | undefined,
): readonly ChannelRule[] {
  const alwaysMatching = rules.find((rule) => rule.effective === undefined && outcomeOf(rule) === true);
  return alwaysMatching === undefined
    ? rules
    : rules.filter((rule) => priorityOf(rule) >= priorityOf(alwaysMatching));
}

/** A number if all keys of the channel are safe integers, else the digits as text. */
type ClassKey = number | string;

function compileClassKey(
  conditionals: readonly Conditional[],
  named: NamedConditions,
): (facts: Facts) => ClassKey {
  const digits = compileDigits(conditionals, named);
  if (combinationCount(digits) <= Number.MAX_SAFE_INTEGER) return (facts) => classKeyOf(digits, facts);
  return (facts) => digits.map((digit) => digitValue(digit, facts)).join(" ");
}

/** Whether a condition tree holds for a payment at every instant: true, false, or undefined if that depends on time. */
function timelessOutcome(
  tree: Condition | undefined,
  facts: Facts,
  named: NamedConditions,
  channel: string,
): boolean | undefined {
  if (tree === undefined) return true;
  const outcomeOf = (node: Condition): boolean | undefined => timelessOutcome(node, facts, named, channel);
  if ("all" in tree) return conjunction(tree.all.map(outcomeOf));
  if ("any" in tree) return negation(conjunction(tree.any.map(outcomeOf).map(negation)));
  if ("not" in tree) return negation(outcomeOf(tree.not));
  if ("condition" in tree) return outcomeOf(named[tree.condition] as Condition);
  if (tree.fact === "channel" && referencedFact(tree.value) === undefined) {
    return predicateOf(tree)(channel);
  }
  return dependsOnTime(tree) ? undefined : compileLeaf(tree)(facts, NO_MOMENT);
}

function conjunction(parts: readonly (boolean | undefined)[]): boolean | undefined {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

const negation = (outcome: boolean | undefined): boolean | undefined =>
  outcome === undefined ? undefined : !outcome;
