import { Operator } from "json-rules-engine";
import { afterEach, describe, expect, test, vi } from "vitest";
import { compileLeaf, predicateOf, referencedFact } from "../../src/decide/leaf.js";
import { type Compare, parsePoints, resolveOperator } from "../../src/decide/operators.js";
import type { Leaf } from "../../src/model/rulebook.js";

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

const leaf = (fact: string, operator: string, value: unknown): Leaf => ({ fact, operator, value });

afterEach(() => {
  vi.restoreAllMocks();
});

/** The types of json-rules-engine omit `evaluate`. */
const engineOperator = Operator.prototype as unknown as { evaluate: Compare };

describe("compileLeaf and predicateOf", () => {
  test("referencedFact needs an object with an own property `fact`", () => {
    expect([null, undefined, "fact", 5, {}, [], Object.create({ fact: "x" })].map(referencedFact)).toEqual(
      many(7, () => undefined),
    );
    expect(referencedFact({ fact: "x" })).toBe("x");
  });

  test("reject an unknown operator, which the check of the rulebook would report", () => {
    expect(() => compileLeaf(leaf("amount", "nope", 5))).toThrow(
      new TypeError("no operator nope: the rulebook was not checked"),
    );
  });

  test("fall back to json-rules-engine for facts that are not numbers", () => {
    const facts = [true, null, undefined, "4", "4x", "", Number.NaN, -0];
    expect(facts.map(predicateOf(leaf("x", "lessThan", 5)))).toEqual([
      ...[false, false, false, true, false, false, false, true],
    ]);
    expect(facts.map(predicateOf(leaf("x", "greaterThanInclusive", 0)))).toEqual([
      ...[false, false, false, true, false, false, false, true],
    ]);
    for (const range of [
      ["00:00", 60_000],
      [0, "00:01"],
      ["00:00", "00:01"],
      [0, 60_000],
    ]) {
      const within = predicateOf(leaf("x", "within", range));
      expect([0, 59_999, 60_000, -1].map(within)).toEqual([true, true, false, false]);
    }
    expect(predicateOf(leaf("x", "within", ["00:00", 60_000]))("00:00")).toBe(true);
    expect(predicateOf(leaf("x", "within", [0, "00:01"]))("00:00:59")).toBe(true);
  });

  test.each([
    ["equal", 5],
    ["equal", "x"],
    ["notEqual", true],
    ["in", [5, "x"]],
    ["notIn", [5]],
    ["lessThan", 5],
    ["lessThanInclusive", 5],
    ["greaterThan", 5],
    ["greaterThanInclusive", 5],
    ["not:equal", 5],
    ["not:in", [5]],
    ["not:lessThan", 5],
    ["not:not:greaterThan", 5],
  ])("%s %j avoids json-rules-engine for numbers and missing facts", (operator, value) => {
    const evaluate = vi.spyOn(engineOperator, "evaluate");
    const predicate = predicateOf(leaf("x", operator, value));
    const engine = resolveOperator(operator);
    const facts = [4, 5, 6, undefined];
    const answers = facts.map(predicate);
    expect(evaluate).not.toHaveBeenCalled();
    expect(answers).toEqual(facts.map((fact) => engine?.(fact, value)));
    expect(evaluate).toHaveBeenCalled();
  });

  test.each([
    ["initiated.date", "before", "1970-01-06"],
    ["initiated.date", "onOrAfter", "1970-01-06"],
    ["initiated.date", "within", ["1970-01-05", "1970-01-06"]],
    ["initiated.time", "before", "12:00"],
    ["initiated.time", "atOrAfter", "12:00"],
    ["initiated.time", "not:within", ["08:00", "12:00"]],
  ])("%s %s %j avoids json-rules-engine for dates and times", (fact, operator, value) => {
    const evaluate = vi.spyOn(engineOperator, "evaluate");
    const predicate = predicateOf({ fact, operator, value });
    for (const point of [0, 4, 5, 43_200_000]) predicate(point);
    expect(evaluate).not.toHaveBeenCalled();
  });

  test("parsePoints parses dates and times in nested lists", () => {
    expect(parsePoints("1970-01-03")).toBe(2);
    expect(parsePoints([["00:01"], "1970-01-02"])).toEqual([[60_000], 1]);
    expect(parsePoints(5)).toBe(5);
    expect(parsePoints("noon")).toBeNaN();
  });
});

describe("comparisons near the constant", () => {
  test.each([
    ["lessThan", 5, [true, false, false]],
    ["lessThanInclusive", 5, [true, true, false]],
    ["greaterThan", 5, [false, false, true]],
    ["greaterThanInclusive", 5, [false, true, true]],
    ["not:lessThan", 5, [false, true, true]],
    ["in", [5, 7], [false, true, false]],
    ["notIn", [5, 7], [true, false, true]],
    ["equal", 5, [false, true, false]],
    ["notEqual", 5, [true, false, true]],
  ])("%s %j", (operator, value, expected) => {
    const predicate = predicateOf({ fact: "amount", operator, value });
    expect([4, 5, 6].map(predicate)).toEqual(expected);
  });

  test.each([
    ["initiated.date", "before", "1970-01-06", [true, false, false]],
    ["initiated.date", "onOrAfter", "1970-01-06", [false, true, true]],
    ["initiated.date", "within", ["1970-01-05", "1970-01-06"], [true, false, false]],
    ["initiated.date", "within", ["1970-01-06", "1970-01-07"], [false, true, false]],
    ["initiated.date", "someValue:before", ["1970-01-06"], [true, false, false]],
    ["initiated.time", "before", "00:00:00.005", [true, false, false]],
    ["initiated.time", "atOrAfter", "00:00:00.005", [false, true, true]],
  ])("%s %s %j", (fact, operator, value, expected) => {
    const predicate = predicateOf({ fact, operator, value });
    expect([4, 5, 6].map(predicate)).toEqual(expected);
  });
});
