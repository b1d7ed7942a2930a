import type { Facts, FactValue } from "../model/payment.js";
import type { Condition, Leaf } from "../model/rulebook.js";
import type { Conditional } from "./candidate.js";
import { compileLeaf, predicateOf, referencedFact } from "./leaf.js";
import { derivedReader, type Moment } from "./moment.js";
import type { NamedConditions } from "./named-conditions.js";
import { type Comparison, partitionOf } from "./partition.js";
import { partsOf } from "./tree.js";

/**
 * The class key of a payment: a mixed-radix number with one digit for everything that conditions ask of the payment
 * itself. Payments with equal keys satisfy the same conditions at every instant.
 */

/** A digit has its own base and takes the values 0 to `base - 1`. */
export type Digit = FactDigit | ComparisonDigit;

/** Depends on one fact. */
export interface FactDigit {
  readonly base: number;
  readonly fact: string;
  readonly digitOf: (value: FactValue | undefined) => number;
  /** Numbers at which the digit may change, ascending. */
  readonly cuts: readonly number[];
}

/** The result of comparing two facts. */
export interface ComparisonDigit {
  readonly base: number;
  readonly fact?: undefined;
  readonly digitOf: (facts: Facts) => number;
}

/** A comparison of one fact with constants. */
export interface FactComparison extends Comparison {
  readonly fact: string;
}

/** Facts whose values are all equivalent get no digit. `others` are comparisons outside of conditions. */
export function compileDigits(
  conditionals: readonly Conditional[],
  named: NamedConditions,
  others: readonly FactComparison[] = [],
): Digit[] {
  const leaves = timelessLeaves(conditionals, named);
  const withConstants = leaves.filter((leaf) => !comparesFacts(leaf)).map(comparisonOf);
  return [...factDigits([...withConstants, ...others]), ...leaves.filter(comparesFacts).map(comparisonDigit)];
}

export const digitValue = (digit: Digit, facts: Facts): number =>
  digit.fact === undefined ? digit.digitOf(facts) : digit.digitOf(facts[digit.fact]);

export const combinationCount = (digits: readonly Digit[]): number =>
  digits.reduce((product, { base }) => product * base, 1);

/** Exact only if `combinationCount` is a safe integer. */
export function classKeyOf(digits: readonly Digit[], facts: Facts): number {
  let key = 0;
  for (const digit of digits) key = key * digit.base + digitValue(digit, facts);
  return key;
}

/** Whether a comparison depends on when the payment is sent. */
export function dependsOnTime({ fact, value }: { fact: string; value: unknown }): boolean {
  const other = referencedFact(value);
  return derivedReader(fact) !== undefined || (other !== undefined && derivedReader(other) !== undefined);
}

const comparesFacts = (leaf: Leaf): boolean => referencedFact(leaf.value) !== undefined;

const comparisonOf = (leaf: Leaf): FactComparison => ({
  fact: leaf.fact,
  constants: [leaf.value].flat(Infinity),
  holds: predicateOf(leaf),
});

function factDigits(comparisons: readonly FactComparison[]): FactDigit[] {
  const byFact = new Map<string, FactComparison[]>();
  for (const comparison of comparisons)
    byFact.set(comparison.fact, [...(byFact.get(comparison.fact) ?? []), comparison]);
  return [...byFact]
    .map(([fact, group]) => partitionOf(fact, group))
    .filter(({ cells }) => cells > 1)
    .map(({ fact, cells, cellOf, cuts }) => ({ base: cells, fact, digitOf: cellOf, cuts }));
}

function comparisonDigit(leaf: Leaf): ComparisonDigit {
  const test = compileLeaf(leaf);
  return { base: 2, digitOf: (facts) => (test(facts, NO_MOMENT) ? 1 : 0) };
}

/** A placeholder for comparisons that do not depend on time. */
export const NO_MOMENT = Object.freeze({}) as Moment;

/** The distinct comparisons that do not depend on when the payment is sent. */
function timelessLeaves(conditionals: readonly Conditional[], named: NamedConditions): Leaf[] {
  const leaves = new Map<string, Leaf>();
  const collect = (tree: Condition | undefined): void => {
    for (const part of partsOf(tree)) {
      if ("condition" in part) collect(named[part.condition]);
      else if (!dependsOnTime(part)) leaves.set(JSON.stringify([part.fact, part.operator, part.value]), part);
    }
  };
  for (const { conditions } of conditionals) collect(conditions);
  return [...leaves.values()];
}
