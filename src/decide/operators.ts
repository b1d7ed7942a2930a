import { Engine } from "json-rules-engine";
import { parseTimeOfDay } from "../time/clock.js";
import { parseDay } from "../time/day.js";
import type { FactType } from "./facts.js";

/** The operators of json-rules-engine and our own for dates and times. */

export type Compare = (fact: unknown, value: unknown) => boolean;

const SCALARS: readonly FactType[] = ["string", "number", "boolean"];

/** The operators that rules may use, with the types of facts that they compare. */
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

/** Splits an operator such as `not:someValue:within` into `within` and its decorators, outermost first. */
export function splitOperator(text: string): { decorators: string[]; operator: string } {
  const parts = text.split(":");
  return { decorators: parts.slice(0, -1), operator: parts.at(-1) ?? "" };
}

/** Parses a date to days since 1970-01-01, or a time of day to milliseconds since midnight. */
export const parsePoint = (text: string): number | undefined => parseDay(text) ?? parseTimeOfDay(text);

/** Parses the dates and times in a value, which may be a list or nested lists. */
export function parsePoints(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(parsePoints);
  return typeof value === "string" ? (parsePoint(value) ?? Number.NaN) : value;
}

const pointOf = (value: unknown): number => Number(typeof value === "string" ? parsePoint(value) : value);

const TEMPORAL: Readonly<Record<string, Compare>> = {
  within: (fact, value) =>
    Array.isArray(value) && pointOf(fact) >= pointOf(value[0]) && pointOf(fact) < pointOf(value[1]),
  before: (fact, value) => pointOf(fact) < pointOf(value),
  atOrAfter: (fact, value) => pointOf(fact) >= pointOf(value),
  onOrAfter: (fact, value) => pointOf(fact) >= pointOf(value),
};

/**
 * Adds our operators to an engine of json-rules-engine, so that rulebooks also work there. They compare texts of the
 * forms `YYYY-MM-DD` and `HH:MM[:SS[.mmm]]`; `within` is a half-open range [from, until).
 */
export function registerOperators(engine: Engine): void {
  for (const [name, compare] of Object.entries(TEMPORAL)) engine.addOperator(name, compare);
}

/** An untyped private field of json-rules-engine. A test checks that it exists. */
interface OperatorMap {
  get(name: string): { evaluate: Compare } | null;
}

let operators: OperatorMap | undefined;

/** An operator with decorators as json-rules-engine evaluates it; undefined if there is none of that name. */
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
