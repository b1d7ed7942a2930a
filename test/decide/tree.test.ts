import { describe, expect, test } from "vitest";
import { partsOf } from "../../src/decide/tree.js";
import type { Leaf } from "../../src/model/rulebook.js";

const small: Leaf = { fact: "amount", operator: "lessThan", value: 5 };

describe("the parts of a tree", () => {
  test("are comparisons and references only", () => {
    const tree = {
      all: [small, { not: { condition: "a" } }, { any: [{ ...small, fact: "count" }] }, 5, null],
    };
    expect([...partsOf(tree)]).toEqual([
      { ...small, path: "all[0]" },
      { condition: "a", path: "all[1].not" },
      { ...small, fact: "count", path: "all[2].any[0]" },
    ]);
    for (const one of [
      { fact: "x" },
      { operator: "x" },
      { fact: 5, operator: "x" },
      { fact: "x", operator: 5 },
      { condition: 5 },
      [small],
      "x",
      undefined,
    ])
      expect([...partsOf(one)]).toEqual([]);
  });
});
