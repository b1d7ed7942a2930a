import { Engine } from "json-rules-engine";
import { parseTimeOfDay } from "../time/clock.js";
import { parseDay } from "../time/day.js";
import type { FactType } from "./facts.js";

/** The operators of json-rules-engine, and our own for dates and times. */

export type Compare = (fact: unknown, value: unknown) => boolean;

const SCALARS: readonly FactType[] = ["string", "number", "boolean"];

/** Every operator that a rule may use, with the types of facts that it compares. */
export const OPERATORS: ReadonlyMap<string, readonly FactType[]> = new Map([
  ["equal", SCALARS],
  ["notEqual", SCALARS],
  ["in", SCALARS],
  ["notIn", SCALARS],
  ["contains", SCALARS],
  ["doesNotContain", SCALARS],
  ["lessThan", ["number"]],
  ["lessThanInclusive", ["number"]],
  ["greaterThan", ["number"]],
  ["greaterThanInclusive", ["number"]],
  ["within", ["date", "time"]],
  ["before", ["date", "time"]],
  ["atOrAfter", ["time"]],
  ["onOrAfter", ["date"]],
]);

export const DECORATORS = ["not", "someValue", "everyValue", "someFact", "everyFact", "swap"] as const;
export type Decorator = (typeof DECORATORS)[number];

/** `not:someValue:within` is the operator `within`, decorated from the left: outermost first. */
export function splitOperator(text: string): { decorators: string[]; operator: string } {
  const parts = text.split(":");
  return { decorators: parts.slice(0, -1), operator: parts.at(-1) ?? "" };
}

/** The number that a date or time of day stands for: days since 1970, or milliseconds since midnight. */
export const pointOf = (text: string): number | undefined => parseDay(text) ?? parseTimeOfDay(text);

/** A value of our own operators with its texts read, whatever lists a decorator puts around them. */
export function pointsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointsOf);
  return typeof value === "string" ? (pointOf(value) ?? Number.NaN) : value;
}

const point = (value: unknown): number => Number(typeof value === "string" ? pointOf(value) : value);

const TEMPORAL: Readonly<Record<string, Compare>> = {
  within: (fact, value) =>
    Array.isArray(value) && point(fact) >= point(value[0]) && point(fact) < point(value[1]),
  before: (fact, value) => point(fact) < point(value),
  atOrAfter: (fact, value) => point(fact) >= point(value),
  onOrAfter: (fact, value) => point(fact) >= point(value),
};

/**
 * Teaches an engine of json-rules-engine our operators, so that a rule of a rulebook stays a rule there: they compare
 * the texts `YYYY-MM-DD` and `HH:MM[:SS[.mmm]]`, and `within` is a half-open range [from, until).
 */
export function registerOperators(engine: Engine): void {
  for (const [name, compare] of Object.entries(TEMPORAL)) engine.addOperator(name, compare);
}

/** What json-rules-engine keeps but does not type; a test holds it to this. */
interface OperatorMap {
  get(name: string): { evaluate: Compare } | null;
}

let operators: OperatorMap | undefined;

/** An operator with its decorators as json-rules-engine itself understands it, or undefined where it does not. */
export function resolveOperator(text: string): Compare | undefined {
  operators ??= privateOperators();
  const operator = operators.get(text);
  return operator === null ? undefined : (fact, value) => operator.evaluate(fact, value);
}

function privateOperators(): OperatorMap {
  const engine = new Engine();
  registerOperators(engine);
  return (engine as unknown as { operators: OperatorMap }).operators;
}
