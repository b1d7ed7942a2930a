import type { Facts } from "../model/payment.js";
import type { ChannelRule, Condition } from "../model/rulebook.js";
import type { Instant } from "../time/zone.js";
import { type Conditional, priorityOf } from "./candidate.js";
import { combinationsOf, digitIn, digitsOf, looksAtTime, NO_MOMENT, numberIn } from "./class-key.js";
import { compileLeaf, predicateOf, referredFact } from "./leaf.js";
import type { Frame } from "./moment.js";
import { changes, thresholdsOf } from "./thresholds.js";

/**
 * Payments fall into classes: those of one class are treated alike by every condition of their channel, whenever they
 * are sent. A class is told by the answers to the questions that conditions ask of the payment alone, so there are as
 * many classes as a rulebook can tell apart, and not as many as there are payments.
 */

/** Payments that are decided alike whenever they are sent. */
export interface PaymentClass {
  /** The next instant after `at` at which their decision may change; never too late, `FOREVER` where there is none. */
  readonly changesAfter: (at: Instant) => Instant;
}

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

/** The places of all digits in one, as far as a whole number holds them. */
type ClassKey = number | string;

/** Prepares the telling of classes; equal payments, and all that no condition can tell apart, get equal keys. */
function classKeys(conditionals: readonly Conditional[], named: Named): (facts: Facts) => ClassKey {
  const digits = digitsOf(conditionals, named);
  if (combinationsOf(digits) <= Number.MAX_SAFE_INTEGER) return (facts) => numberIn(digits, facts);
  return (facts) => digits.map((digit) => digitIn(digit, facts)).join(" ");
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
