import type { Facts } from "../model/payment.js";
import type { Leaf } from "../model/rulebook.js";
import { derivedReader, type Moment } from "./moment.js";
import { type Compare, parsePoints, resolveOperator } from "./operators.js";

/** Compiles comparisons to closures. */

/** Whether a condition holds for a payment's facts at its initiation instant. */
export type Test = (facts: Facts, moment: Moment) => boolean;

type Predicate = (fact: unknown) => boolean;

/**
 * Compiles a leaf. A fact that the payment lacks is undefined, as with `allowUndefinedFacts` of json-rules-engine: it
 * equals nothing, so `notEqual` and `notIn` hold.
 */
export function compileLeaf(leaf: Leaf): Test {
  const other = referencedFact(leaf.value);
  if (other === undefined) return factTest(leaf.fact, predicateOf(leaf));
  const compare = operatorOf(leaf);
  const [left, right] = [readerOf(leaf.fact), readerOf(other)];
  return (facts, moment) => compare(left(facts, moment), right(facts, moment));
}

/** Compiles a leaf with a constant value to a predicate on its fact. */
export function predicateOf(leaf: Leaf): Predicate {
  const value = isTemporalFact(leaf.fact) ? parsePoints(leaf.value) : leaf.value;
  const compare = operatorOf(leaf);
  return specialised(leaf.operator, value, compare) ?? ((fact) => compare(fact, value));
}

/** The name in a value `{ "fact": name }`; undefined for other values. */
export function referencedFact(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, "fact")) return undefined;
  return (value as { fact: string }).fact;
}

export const isTemporalFact = (fact: string): boolean =>
  fact === "initiated.date" || fact === "initiated.time";

function factTest(fact: string, predicate: Predicate): Test {
  const derived = derivedReader(fact);
  return derived === undefined
    ? (facts) => predicate(facts[fact])
    : (_, moment) => predicate(derived(moment));
}

export function readerOf(fact: string): (facts: Facts, moment: Moment) => unknown {
  const derived = derivedReader(fact);
  return derived === undefined ? (facts) => facts[fact] : (_, moment) => derived(moment);
}

function operatorOf(leaf: Leaf): Compare {
  const compare = resolveOperator(leaf.operator);
  if (compare === undefined)
    throw new TypeError(`no operator ${leaf.operator}: the rulebook was not checked`);
  return compare;
}

/**
 * A fast predicate that equals json-rules-engine's operator, which converts every number to text and back. Facts of
 * unexpected types fall back to that operator. Undefined if there is no fast predicate.
 */
function specialised(operator: string, value: unknown, compare: Compare): Predicate | undefined {
  if (operator.startsWith("not:")) {
    const inner = specialised(operator.slice(4), value, (fact, constant) => !compare(fact, constant));
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
  const fallback: Predicate = (fact) => fact !== undefined && compare(fact, value);
  switch (operator) {
    case "lessThan":
    case "before":
      return (fact) => (typeof fact === "number" ? fact < value : fallback(fact));
    case "lessThanInclusive":
      return (fact) => (typeof fact === "number" ? fact <= value : fallback(fact));
    case "greaterThan":
      return (fact) => (typeof fact === "number" ? fact > value : fallback(fact));
    case "greaterThanInclusive":
    case "atOrAfter":
    case "onOrAfter":
      return (fact) => (typeof fact === "number" ? fact >= value : fallback(fact));
    default:
      return undefined;
  }
}
