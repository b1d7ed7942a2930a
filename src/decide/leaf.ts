import type { Facts } from "../model/payment.js";
import type { Leaf } from "../model/rulebook.js";
import { derivedReader, type Moment } from "./moment.js";
import { type Compare, pointsOf, resolveOperator } from "./operators.js";

/** One comparison as a closure. */

/** Whether something holds for a payment's facts at its initiation instant. */
export type Test = (facts: Facts, moment: Moment) => boolean;

type Predicate = (fact: unknown) => boolean;

/**
 * The comparison that a leaf makes, with its operator resolved once. A fact that the payment lacks is undefined, as
 * with the engine's `allowUndefinedFacts`: it equals nothing, so `notEqual` and `notIn` hold.
 */
export function compileLeaf(leaf: Leaf): Test {
  const other = referredFact(leaf.value);
  if (other === undefined) return withPredicate(leaf.fact, predicateOf(leaf));
  const compare = compareOf(leaf);
  const [left, right] = [readerOf(leaf.fact), readerOf(other)];
  return (facts, moment) => compare(left(facts, moment), right(facts, moment));
}

/** What a leaf with a constant value asks of its fact. */
export function predicateOf(leaf: Leaf): Predicate {
  const value = isPointInTime(leaf.fact) ? pointsOf(leaf.value) : leaf.value;
  const compare = compareOf(leaf);
  return specialised(leaf.operator, value, compare) ?? ((fact) => compare(fact, value));
}

/** The fact that a value `{ "fact": name }` refers to. */
export function referredFact(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, "fact")) return undefined;
  return (value as { fact: string }).fact;
}

export const isPointInTime = (fact: string): boolean =>
  fact === "initiated.date" || fact === "initiated.time";

function withPredicate(fact: string, predicate: Predicate): Test {
  const derived = derivedReader(fact);
  return derived === undefined
    ? (facts) => predicate(facts[fact])
    : (_, moment) => predicate(derived(moment));
}

export function readerOf(fact: string): (facts: Facts, moment: Moment) => unknown {
  const derived = derivedReader(fact);
  return derived === undefined ? (facts) => facts[fact] : (_, moment) => derived(moment);
}

function compareOf(leaf: Leaf): Compare {
  const compare = resolveOperator(leaf.operator);
  if (compare === undefined)
    throw new TypeError(`no operator ${leaf.operator}: the rulebook was not checked`);
  return compare;
}

/**
 * The same answers as the engine's operator, without its detour over text for every number. What it would answer for
 * other types of facts is left to it.
 */
function specialised(operator: string, value: unknown, compare: Compare): Predicate | undefined {
  if (operator.startsWith("not:")) {
    const inner = specialised(operator.slice(4), value, (fact, against) => !compare(fact, against));
    return inner && ((fact) => !inner(fact));
  }
  if (operator === "equal") return (fact) => fact === value;
  if (operator === "notEqual") return (fact) => fact !== value;
  if (Array.isArray(value)) return specialisedList(operator, value);
  return typeof value === "number" ? specialisedNumber(operator, value, compare) : undefined;
}

function specialisedList(operator: string, value: readonly unknown[]): Predicate | undefined {
  if (operator === "in") return (fact) => value.indexOf(fact) !== -1;
  if (operator === "notIn") return (fact) => value.indexOf(fact) === -1;
  const [from, until] = value;
  if (operator !== "within" || typeof from !== "number" || typeof until !== "number") return undefined;
  return (fact) => (fact as number) >= from && (fact as number) < until;
}

function specialisedNumber(operator: string, value: number, compare: Compare): Predicate | undefined {
  const slow: Predicate = (fact) => fact !== undefined && compare(fact, value);
  switch (operator) {
    case "lessThan":
    case "before":
      return (fact) => (typeof fact === "number" ? fact < value : slow(fact));
    case "lessThanInclusive":
      return (fact) => (typeof fact === "number" ? fact <= value : slow(fact));
    case "greaterThan":
      return (fact) => (typeof fact === "number" ? fact > value : slow(fact));
    case "greaterThanInclusive":
    case "atOrAfter":
    case "onOrAfter":
      return (fact) => (typeof fact === "number" ? fact >= value : slow(fact));
    default:
      return undefined;
  }
}
