import { conditionMessages, type Sentence } from "../errors.js";
import type { Leaf } from "../model/rulebook.js";
import { parseTimeOfDay } from "../time/clock.js";
import { parseDay } from "../time/day.js";
import type { Fault } from "./check-shape.js";
import { type Domain, domainViolation } from "./facts.js";
import { referencedFact } from "./leaf.js";
import { DECORATORS, OPERATORS, parsePoint, splitOperator } from "./operators.js";
import { joinPath } from "./tree.js";

/** Checks that the fact, operator and value of a comparison exist and fit each other. */

/** One operand of a comparison after its decorators were applied: a fact, or a constant with its path. */
type Operand = { fact: string; domain: Domain } | { constant: unknown; path: string };

const DECORATORS_MAX = 8;

/** Expects a leaf of the right shape, as `partsOf` yields it. */
export function leafFaults(
  leaf: Leaf & { readonly path: string },
  facts: ReadonlyMap<string, Domain>,
): Fault[] {
  const names = [...facts.keys()];
  const domain = facts.get(leaf.fact);
  const right = rightOperand(leaf.value, joinPath(leaf.path, "value"), facts);
  const operatorFault = operatorIssue(leaf.operator);
  const faults: Fault[] = [];
  if (domain === undefined) {
    faults.push({
      path: joinPath(leaf.path, "fact"),
      sentence: conditionMessages.unknownFact(leaf.fact, names),
    });
  }
  if (operatorFault !== undefined)
    faults.push({ path: joinPath(leaf.path, "operator"), sentence: operatorFault });
  if ("sentence" in right) faults.push(right);
  if (faults.length > 0 || domain === undefined || "sentence" in right) return faults;
  const { decorators, operator } = splitOperator(leaf.operator);
  return comparisonFaults(
    decorators,
    operator,
    { fact: leaf.fact, domain },
    right,
    joinPath(leaf.path, "operator"),
  );
}

function rightOperand(value: unknown, path: string, facts: ReadonlyMap<string, Domain>): Operand | Fault {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { constant: value, path };
  const fact = referencedFact(value);
  if (typeof fact !== "string" || Object.keys(value).length > 1) {
    return { path, sentence: conditionMessages.notAFactReference() };
  }
  const domain = facts.get(fact);
  if (domain !== undefined) return { fact, domain };
  return { path: `${path}.fact`, sentence: conditionMessages.unknownFact(fact, [...facts.keys()]) };
}

/** Checks the names of an operator and its decorators. */
function operatorIssue(text: string): Sentence | undefined {
  const { decorators, operator } = splitOperator(text);
  if (decorators.length > DECORATORS_MAX) return conditionMessages.tooManyDecorators(DECORATORS_MAX);
  if (!OPERATORS.has(operator)) return conditionMessages.unknownOperator(operator, [...OPERATORS.keys()]);
  const unknown = decorators.find((decorator) => !(DECORATORS as readonly string[]).includes(decorator));
  return unknown === undefined ? undefined : conditionMessages.unknownDecorator(unknown, DECORATORS);
}

/** Applies the decorators to both operands, outermost first as in json-rules-engine, then checks the operator. */
function comparisonFaults(
  decorators: readonly string[],
  operator: string,
  left: Operand,
  right: Operand,
  operatorPath: string,
): Fault[] {
  const [decorator, ...rest] = decorators;
  const inner = (innerLeft: Operand, innerRight: Operand): Fault[] =>
    comparisonFaults(rest, operator, innerLeft, innerRight, operatorPath);
  switch (decorator) {
    case undefined:
      return operandFaults(operator, left, right, operatorPath);
    case "not":
      return inner(left, right);
    case "swap":
      return inner(right, left);
    case "someFact":
    case "everyFact":
      return elementFaults(left, decorator, operatorPath, (one) => inner(one, right));
    default:
      return elementFaults(right, decorator, operatorPath, (one) => inner(left, one));
  }
}

/** Checks every element of a list operand. */
function elementFaults(
  side: Operand,
  operator: string,
  operatorPath: string,
  check: (one: Operand) => Fault[],
): Fault[] {
  if ("fact" in side)
    return [{ path: operatorPath, sentence: conditionMessages.noListFact(operator, side.fact) }];
  const { constant, path } = side;
  if (!Array.isArray(constant)) return [{ path, sentence: conditionMessages.listNeeded(operator, constant) }];
  if (constant.length === 0) return [{ path, sentence: conditionMessages.emptyValues(operator) }];
  return constant.flatMap((one, index) => check({ constant: one, path: `${path}[${index}]` }));
}

/** Checks the operands of a plain operator. */
function operandFaults(operator: string, left: Operand, right: Operand, operatorPath: string): Fault[] {
  const wrongTypes = [left, right].flatMap((side) => typeFaults(operator, side, operatorPath));
  if (wrongTypes.length > 0) return wrongTypes;
  if (operator === "in" || operator === "notIn") {
    return elementFaults(right, operator, operatorPath, (one) => pairFaults(left, one, operatorPath));
  }
  if (operator === "contains" || operator === "doesNotContain") {
    return elementFaults(left, operator, operatorPath, (one) => pairFaults(one, right, operatorPath));
  }
  return operator === "within"
    ? rangeFaults(left, right, operatorPath)
    : pairFaults(left, right, operatorPath);
}

/** Checks that the operator compares facts of this type. */
function typeFaults(operator: string, side: Operand, operatorPath: string): Fault[] {
  if ("constant" in side || OPERATORS.get(operator)?.includes(side.domain.type)) return [];
  const { fact, domain } = side;
  const choices = [...OPERATORS].filter(([, types]) => types.includes(domain.type)).map(([name]) => name);
  const usable = choices.filter((name) => !name.toLowerCase().includes("contain"));
  return [
    { path: operatorPath, sentence: conditionMessages.wrongOperator(operator, fact, domain.type, usable) },
  ];
}

/** Checks two scalar operands. */
function pairFaults(left: Operand, right: Operand, operatorPath: string): Fault[] {
  if ("fact" in left)
    return "fact" in right ? factPairFaults(left, right, operatorPath) : constantFaults(left, right);
  return "fact" in right ? constantFaults(right, left) : [];
}

type FactOperand = Extract<Operand, { fact: string }>;
type ConstantOperand = Extract<Operand, { constant: unknown }>;

function factPairFaults(left: FactOperand, right: FactOperand, operatorPath: string): Fault[] {
  if (isTemporal(left.domain))
    return [{ path: operatorPath, sentence: conditionMessages.instantWithFact(left.fact) }];
  if (left.domain.type === right.domain.type) return [];
  return [{ path: operatorPath, sentence: conditionMessages.differentTypes(left.fact, right.fact) }];
}

const isTemporal = ({ type }: Domain): boolean => type === "date" || type === "time";

function constantFaults({ fact, domain }: FactOperand, { constant, path }: ConstantOperand): Fault[] {
  const sentence = isTemporal(domain)
    ? temporalIssue(domain, constant)
    : domainViolation(fact, domain, constant);
  return sentence === undefined ? [] : [{ path, sentence }];
}

function temporalIssue({ type }: Domain, constant: unknown): Sentence | undefined {
  const text = typeof constant === "string" ? constant : "";
  if (type === "date") return parseDay(text) === undefined ? conditionMessages.notADate(constant) : undefined;
  return parseTimeOfDay(text) === undefined ? conditionMessages.notATime(constant) : undefined;
}

/** Checks the range [from, until) of `within`. */
function rangeFaults(left: Operand, right: Operand, operatorPath: string): Fault[] {
  if ("fact" in right)
    return [{ path: operatorPath, sentence: conditionMessages.noListFact("within", right.fact) }];
  const { constant, path } = right;
  if (!Array.isArray(constant) || constant.length !== 2) {
    return [{ path, sentence: conditionMessages.pairNeeded(constant) }];
  }
  const faults = constant.flatMap((one, index) =>
    pairFaults(left, { constant: one, path: `${path}[${index}]` }, operatorPath),
  );
  const [from, until] = constant.map(String) as [string, string];
  if (faults.length > 0 || (parsePoint(from) as number) < (parsePoint(until) as number)) return faults;
  return [{ path, sentence: conditionMessages.emptyRange(from, until) }];
}
