import { expect, test } from "vitest";
import { extentOf, findCycle, namedFacts } from "../../src/decide/named-conditions.js";
import type { Condition, Leaf } from "../../src/model/rulebook.js";

const small: Leaf = { fact: "amount", operator: "lessThan", value: 5 };

test("the extent of a tree includes referenced conditions", () => {
  const named = { a: { all: [small, small] }, b: { not: { condition: "a" } } } as Record<string, Condition>;
  for (const none of [5, undefined, null, [small]])
    expect(extentOf(none, named)).toEqual({ depth: 0, size: 0 });
  expect(extentOf(small, named)).toEqual({ depth: 1, size: 1 });
  expect(extentOf({ all: [] }, named)).toEqual({ depth: 1, size: 1 });
  expect(extentOf({ all: [5, small] }, named)).toEqual({ depth: 2, size: 2 });
  expect(extentOf({ condition: "a" }, named)).toEqual({ depth: 3, size: 4 });
  expect(extentOf({ any: [{ condition: "b" }, { condition: "a" }, small] }, named)).toEqual({
    depth: 6,
    size: 12,
  });
  expect(extentOf({ condition: "c" }, named)).toEqual({ depth: 1, size: 1 });
});

test("a cycle contains only the names on it", () => {
  const to = (condition: string): Condition => ({ condition });
  const named = {
    a: { all: [small, to("b")] },
    b: { not: to("c") },
    c: { any: [to("b")] },
    d: { all: [small] },
  };
  expect(findCycle(to("a"), named)).toEqual({ path: "condition", names: ["b", "c", "b"] });
  expect(findCycle({ all: [small, to("d"), to("d"), to("c")] }, named)).toEqual({
    path: "all[3].condition",
    names: ["c", "b", "c"],
  });
  expect(findCycle({ all: [small, to("d"), to("nowhere"), to("constructor")] }, named)).toBeUndefined();
});

test("namedFacts includes facts of referenced conditions and visits each name once", () => {
  const net: Record<string, Condition> = { c0: { all: [small] } };
  for (let level = 1; level <= 60; level++) {
    const below = { condition: `c${level - 1}` };
    net[`c${level}`] = { any: [below, { ...small, fact: `fact${level}` }, below] };
  }
  expect(namedFacts("c2", net)).toEqual(new Set(["amount", "fact1", "fact2"]));
  expect(namedFacts("c60", net).size).toBe(61);
  expect(namedFacts("nowhere", net)).toEqual(new Set());
});
