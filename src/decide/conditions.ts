import { Rule, type TopLevelCondition } from "json-rules-engine";
import type { Condition } from "../model/rulebook.js";
import { compileLeaf, predicateOf, referredFact, type Test } from "./leaf.js";

/** Condition trees as closures. */

export const ALWAYS: Test = () => true;
export const NEVER: Test = () => false;

/** Compiles trees for one channel; a named condition is compiled once for all the trees that refer to it. */
export type CompileConditions = (conditions: Condition | undefined) => Test;

/**
 * `named` are the trees of conditions.json. What a channel's name alone settles is settled here, so that a hold of
 * another channel costs nothing: such trees become `ALWAYS` or `NEVER`.
 */
export function conditionCompiler(
  named: Readonly<Record<string, Condition>>,
  channel: string,
): CompileConditions {
  const memory = new Map<string, Test>();
  const reference = (name: string): Test => {
    const known = memory.get(name) ?? compile(parse(named[name] as Condition));
    memory.set(name, known);
    return known;
  };
  const compile = (node: Condition): Test => {
    if ("all" in node) return every(node.all.map(compile));
    if ("any" in node) return some(node.any.map(compile));
    if ("not" in node) return negate(compile(node.not));
    if ("condition" in node) return reference(node.condition);
    if (node.fact !== "channel" || referredFact(node.value) !== undefined) return compileLeaf(node);
    return predicateOf(node)(channel) ? ALWAYS : NEVER;
  };
  return (conditions) => (conditions === undefined ? ALWAYS : compile(parse(conditions)));
}

/**
 * The tree as json-rules-engine reads it, which is given a copy because it writes into what it is given.
 *
 * @throws Error where the engine does not take it; its message is for people.
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
  const open = tests.filter((test) => test !== ALWAYS);
  const [first, second] = open;
  if (first === undefined) return ALWAYS;
  if (second === undefined) return first;
  if (open.length === 2) return (facts, moment) => first(facts, moment) && second(facts, moment);
  return (facts, moment) => {
    for (const test of open) if (!test(facts, moment)) return false;
    return true;
  };
}

function some(tests: readonly Test[]): Test {
  if (tests.includes(ALWAYS)) return ALWAYS;
  const open = tests.filter((test) => test !== NEVER);
  const [first, second] = open;
  if (first === undefined) return NEVER;
  if (second === undefined) return first;
  if (open.length === 2) return (facts, moment) => first(facts, moment) || second(facts, moment);
  return (facts, moment) => {
    for (const test of open) if (test(facts, moment)) return true;
    return false;
  };
}
