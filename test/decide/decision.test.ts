import { describe, expect, test } from "vitest";
import { decisionInterner } from "../../src/decide/decision.js";
import { route } from "./fixture.js";

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

describe("the interner of decisions", () => {
  test("is cleared when it exceeds 5,000 decisions", () => {
    const intern = decisionInterner();
    const rules = many(10_003, (n) => route(`rule-${n}`));
    const decisionOf = (from: number) => intern(rules[from] as never, [], []);
    const one = decisionOf(0);
    for (let n = 1; n < 5_000; n++) decisionOf(n);
    expect(decisionOf(0)).toBe(one);
    decisionOf(5_000);
    const again = decisionOf(0);
    expect(again).not.toBe(one);
    expect(again).toEqual(one);
    for (let n = 5_001; n < 10_000; n++) decisionOf(n);
    expect(decisionOf(0)).toBe(again);
    decisionOf(10_000);
    expect(decisionOf(0)).not.toBe(again);
  });
});
