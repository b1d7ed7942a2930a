import { conditionSays, type Sentence } from "../errors.js";
import type { Leaf } from "../model/rulebook.js";
import { parseTimeOfDay } from "../time/clock.js";
import { parseDay } from "../time/day.js";
import type { Fault } from "./check-shape.js";
import { type Domain, misfit } from "./facts.js";
import { referredFact } from "./leaf.js";
import { DECORATORS, OPERATORS, pointOf, splitOperator } from "./operators.js";
import { under } from "./tree.js";

/** Whether a comparison can ever be what its author meant. */

/** One side of a comparison, as the decorators shift it about: a fact, or a constant with its path. */
type Side = { fact: string; domain: Domain } | { constant: unknown; path: string };

const MAX_DECORATORS = 8;

/** A leaf of the right shape, as `partsOf` gives it. */
export function leafFaults(
  leaf: Leaf & { readonly path: string },
  facts: ReadonlyMap<string, Domain>,
): Fault[] {
  const names = [...facts.keys()];
  const domain = facts.get(leaf.fact);
  const right = rightSide(leaf.value, under(leaf.path, "value"), facts);
  const operatorFault = faultOfOperator(leaf.operator);
  const faults: Fault[] = [];
  if (domain === undefined) {
    faults.push({ path: under(leaf.path, "fact"), sentence: conditionSays.unknownFact(leaf.fact, names) });
  }
  if (operatorFault !== undefined)
    faults.push({ path: under(leaf.path, "operator"), sentence: operatorFault });
  if ("sentence" in right) faults.push(right);
  if (faults.length > 0 || domain === undefined || "sentence" in right) return faults;
  const { decorators, operator } = splitOperator(leaf.operator);
  return compared(decorators, operator, { fact: leaf.fact, domain }, right, under(leaf.path, "operator"));
}

function rightSide(value: unknown, path: string, facts: ReadonlyMap<string, Domain>): Side | Fault {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { constant: value, path };
  const fact = referredFact(value);
  if (typeof fact !== "string" || Object.keys(value).length > 1) {
    return { path, sentence: conditionSays.notAFactReference() };
  }
  const domain = facts.get(fact);
  if (domain !== undefined) return { fact, domain };
  return { path: `${path}.fact`, sentence: conditionSays.unknownFact(fact, [...facts.keys()]) };
}

function faultOfOperator(text: string): Sentence | undefined {
  const { decorators, operator } = splitOperator(text);
  if (decorators.length > MAX_DECORATORS) return conditionSays.tooManyDecorators(MAX_DECORATORS);
  if (!OPERATORS.has(operator)) return conditionSays.unknownOperator(operator, [...OPERATORS.keys()]);
  const unknown = decorators.find((one) => !(DECORATORS as readonly string[]).includes(one));
  return unknown === undefined ? undefined : conditionSays.unknownDecorator(unknown, DECORATORS);
}

/** Plays the decorators on the two sides, outermost first, as the engine does, down to the bare comparisons. */
function compared(
  decorators: readonly string[],
  operator: string,
  left: Side,
  right: Side,
  at: string,
): Fault[] {
  const [decorator, ...rest] = decorators;
  const inner = (one: Side, other: Side): Fault[] => compared(rest, operator, one, other, at);
  switch (decorator) {
    case undefined:
      return operands(operator, left, right, at);
    case "not":
      return inner(left, right);
    case "swap":
      return inner(right, left);
    case "someFact":
    case "everyFact":
      return eachOf(left, decorator, at, (one) => inner(one, right));
    default:
      return eachOf(right, decorator, at, (one) => inner(left, one));
  }
}

function eachOf(side: Side, operator: string, at: string, check: (one: Side) => Fault[]): Fault[] {
  if ("fact" in side) return [{ path: at, sentence: conditionSays.noListFact(operator, side.fact) }];
  const { constant, path } = side;
  if (!Array.isArray(constant)) return [{ path, sentence: conditionSays.listNeeded(operator, constant) }];
  if (constant.length === 0) return [{ path, sentence: conditionSays.emptyValues(operator) }];
  return constant.flatMap((one, index) => check({ constant: one, path: `${path}[${index}]` }));
}

function operands(operator: string, left: Side, right: Side, at: string): Fault[] {
  const misused = [left, right].flatMap((side) => misuse(operator, side, at));
  if (misused.length > 0) return misused;
  if (operator === "in" || operator === "notIn") {
    return eachOf(right, operator, at, (one) => pair(left, one, at));
  }
  if (operator === "contains" || operator === "doesNotContain") {
    return eachOf(left, operator, at, (one) => pair(one, right, at));
  }
  return operator === "within" ? range(left, right, at) : pair(left, right, at);
}

/** An operator that does not compare this type of fact. */
function misuse(operator: string, side: Side, at: string): Fault[] {
  if ("constant" in side || OPERATORS.get(operator)?.includes(side.domain.type)) return [];
  const { fact, domain } = side;
  const choices = [...OPERATORS].filter(([, types]) => types.includes(domain.type)).map(([name]) => name);
  const usable = choices.filter((name) => !name.toLowerCase().includes("contain"));
  return [{ path: at, sentence: conditionSays.wrongOperator(operator, fact, domain.type, usable) }];
}

function pair(left: Side, right: Side, at: string): Fault[] {
  if ("fact" in left) return "fact" in right ? twoFacts(left, right, at) : constantFor(left, right);
  return "fact" in right ? constantFor(right, left) : [];
}

type FactSide = Extract<Side, { fact: string }>;
type ConstantSide = Extract<Side, { constant: unknown }>;

function twoFacts(left: FactSide, right: FactSide, at: string): Fault[] {
  if (isTemporal(left.domain)) return [{ path: at, sentence: conditionSays.instantWithFact(left.fact) }];
  if (left.domain.type === right.domain.type) return [];
  return [{ path: at, sentence: conditionSays.differentTypes(left.fact, right.fact) }];
}

const isTemporal = ({ type }: Domain): boolean => type === "date" || type === "time";

function constantFor({ fact, domain }: FactSide, { constant, path }: ConstantSide): Fault[] {
  const sentence = isTemporal(domain) ? notATime(domain, constant) : misfit(fact, domain, constant);
  return sentence === undefined ? [] : [{ path, sentence }];
}

function notATime({ type }: Domain, constant: unknown): Sentence | undefined {
  const text = typeof constant === "string" ? constant : "";
  if (type === "date") return parseDay(text) === undefined ? conditionSays.notADate(constant) : undefined;
  return parseTimeOfDay(text) === undefined ? conditionSays.notATime(constant) : undefined;
}

function range(left: Side, right: Side, at: string): Fault[] {
  if ("fact" in right) return [{ path: at, sentence: conditionSays.noListFact("within", right.fact) }];
  const { constant, path } = right;
  if (!Array.isArray(constant) || constant.length !== 2) {
    return [{ path, sentence: conditionSays.pairNeeded(constant) }];
  }
  const faults = constant.flatMap((one, index) =>
    pair(left, { constant: one, path: `${path}[${index}]` }, at),
  );
  const [from, until] = constant.map(String) as [string, string];
  if (faults.length > 0 || (pointOf(from) as number) < (pointOf(until) as number)) return faults;
  return [{ path, sentence: conditionSays.emptyRange(from, until) }];
}
