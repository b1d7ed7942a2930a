import { Rule, type TopLevelCondition } from "json-rules-engine";
import type { Condition } from "../model/rulebook.js";
import { compileLeaf, predicateOf, referencedFact, type Test } from "./leaf.js";

/** Compiles condition trees to closures. */

export const ALWAYS: Test = () => true;
export const NEVER: Test = () => false;

/** Compiles trees for one channel. Each named condition is compiled once. */
export type CompileConditions = (conditions: Condition | undefined) => Test;

/**
 * `named` are the trees of conditions.json. Comparisons of `channel` with constants are evaluated at compile time: trees
 * that they decide become `ALWAYS` or `NEVER`, so that rules of other channels cost nothing.
 */
export function conditionCompiler(
  named: Readonly<Record<string, Condition>>,
  channel: string,
): CompileConditions {
  const compiled = new Map<string, Test>();
  const compileReference = (name: string): Test => {
    const known = compiled.get(name) ?? compile(parse(named[name] as Condition));
    compiled.set(name, known);
    return known;
  };
  const compile = (node: Condition): Test => {
    if ("all" in node) return every(node.all.map(compile));
    if ("any" in node) return some(node.any.map(compile));
    if ("not" in node) return negate(compile(node.not));
    if ("condition" in node) return compileReference(node.condition);
    if (node.fact !== "channel" || referencedFact(node.value) !== undefined) return compileLeaf(node);
    return predicateOf(node)(channel) ? ALWAYS : NEVER;
  };
  return (conditions) => (conditions === undefined ? ALWAYS : compile(parse(conditions)));
}

/**
 * Parses a tree with json-rules-engine, which modifies its input and therefore gets a copy.
 *
 * @throws Error if the engine rejects the tree
 */
export function parse(conditions: Condition): Condition {
  const copy = structuredClone(conditions) as TopLevelCondition;
  return new Rule({ conditions: copy, event: { type: "route" } }).conditions as Condition;
}

function negate(test: Test): Test {
  if (test === ALWAYS) return NEVER;
  return test === NEVER ? ALWAYS : (facts, moment) => !test(facts, moment);
}

function every(tests: readonly Test[]): Test {
  if (tests.includes(NEVER)) return NEVER;
  const undecided = tests.filter((test) => test !== ALWAYS);
  const [first, second] = undecided;
  if (first === undefined) return ALWAYS;
  if (second === undefined) return first;
  if (undecided.length === 2) return (facts, moment) => first(facts, moment) && second(facts, moment);
  return (facts, moment) => {
    for (const test of undecided) if (!test(facts, moment)) return false;
    return true;
  };
}

function some(tests: readonly Test[]): Test {
  if (tests.includes(ALWAYS)) return ALWAYS;
  const undecided = tests.filter((test) => test !== NEVER);
  const [first, second] = undecided;
  if (first === undefined) return NEVER;
  if (second === undefined) return first;
  if (undecided.length === 2) return (facts, moment) => first(facts, moment) || second(facts, moment);
  return (facts, moment) => {
    for (const test of undecided) if (test(facts, moment)) return true;
    return false;
  };
}
