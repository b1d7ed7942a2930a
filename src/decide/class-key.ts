import type { Facts, FactValue } from "../model/payment.js";
import type { Condition, Leaf } from "../model/rulebook.js";
import type { Conditional } from "./candidate.js";
import { compileLeaf, predicateOf, referredFact } from "./leaf.js";
import { derivedReader, type Moment } from "./moment.js";
import { partitionOf, type Question } from "./partition.js";
import { partsOf } from "./tree.js";

/** What conditions ask of payments alone, as the places of a number: payments with one number are answered alike. */

type Named = Readonly<Record<string, Condition>>;

/** One place of the number, in a number system of its own: 0 to `base - 1`. */
export type Digit = FactDigit | AnswerDigit;

/** Told by one fact alone. */
export interface FactDigit {
  readonly base: number;
  readonly fact: string;
  readonly of: (value: FactValue | undefined) => number;
  /** The numbers at which it may change. */
  readonly cuts: readonly number[];
}

/** Told by a comparison of two facts. */
export interface AnswerDigit {
  readonly base: number;
  readonly fact?: undefined;
  readonly of: (facts: Facts) => number;
}

/** A question that is asked of a fact besides those of conditions. */
export interface FactQuestion extends Question {
  readonly fact: string;
}

/** Facts that nothing tells apart have no place. */
export function digitsOf(
  conditionals: readonly Conditional[],
  named: Named,
  others: readonly FactQuestion[] = [],
): Digit[] {
  const leaves = leavesOf(conditionals, named);
  const ofConstants = leaves.filter((leaf) => !comparesFacts(leaf)).map(questionOf);
  return [...factDigits([...ofConstants, ...others]), ...leaves.filter(comparesFacts).map(answerDigit)];
}

export const digitIn = (digit: Digit, facts: Facts): number =>
  digit.fact === undefined ? digit.of(facts) : digit.of(facts[digit.fact]);

export const combinationsOf = (digits: readonly Digit[]): number =>
  digits.reduce((product, { base }) => product * base, 1);

/** All places of a number in one; exact only where there are no more combinations than whole numbers. */
export function numberIn(digits: readonly Digit[], facts: Facts): number {
  let number = 0;
  for (const digit of digits) number = number * digit.base + digitIn(digit, facts);
  return number;
}

/** Whether a comparison depends on when a payment is sent. */
export function looksAtTime({ fact, value }: { fact: string; value: unknown }): boolean {
  const other = referredFact(value);
  return derivedReader(fact) !== undefined || (other !== undefined && derivedReader(other) !== undefined);
}

const comparesFacts = (leaf: Leaf): boolean => referredFact(leaf.value) !== undefined;

const questionOf = (leaf: Leaf): FactQuestion => ({
  fact: leaf.fact,
  constants: [leaf.value].flat(Infinity),
  answer: predicateOf(leaf),
});

function factDigits(questions: readonly FactQuestion[]): FactDigit[] {
  const byFact = new Map<string, FactQuestion[]>();
  for (const question of questions)
    byFact.set(question.fact, [...(byFact.get(question.fact) ?? []), question]);
  return [...byFact]
    .map(([fact, asked]) => partitionOf(fact, asked))
    .filter(({ cells }) => cells > 1)
    .map(({ fact, cells, cellOf, cuts }) => ({ base: cells, fact, of: cellOf, cuts }));
}

function answerDigit(leaf: Leaf): AnswerDigit {
  const test = compileLeaf(leaf);
  return { base: 2, of: (facts) => (test(facts, NO_MOMENT) ? 1 : 0) };
}

/** Questions about the payment alone never look at the moment. */
export const NO_MOMENT = Object.freeze({}) as Moment;

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
