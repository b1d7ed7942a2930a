import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { predicateOf } from "../../src/decide/leaf.js";
import { resolveOperator } from "../../src/decide/operators.js";

const DEFAULTS = ["equal", "notEqual", "in", "notIn", "contains", "doesNotContain"];
const ORDERINGS = ["lessThan", "lessThanInclusive", "greaterThan", "greaterThanInclusive"];

const number = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double(),
  fc.constantFrom(Number.NaN, Infinity, -0),
);
const text = fc.constantFrom("", "a", "b", "1", "-2", "1e3", "NaN", "Infinity");
const scalar = fc.oneof(number, text, fc.boolean());
/** Valid and invalid values of facts. */
const anything = fc.oneof(scalar, fc.constantFrom(undefined, null), fc.array(scalar, { maxLength: 2 }));

describe("the fast predicates", () => {
  test("agree with json-rules-engine for facts of any type", () => {
    const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }));
    const operator = fc
      .tuple(fc.constantFrom("", "not:", "not:not:"), fc.constantFrom(...DEFAULTS, ...ORDERINGS))
      .map(([decorator, name]) => decorator + name);
    fc.assert(
      fc.property(operator, anything, value, (name, fact, against) => {
        // With a text, `in` and `notIn` search for a substring, which rulebooks may not do.
        fc.pre(!/in$/i.test(name) || name.includes("ontain") || Array.isArray(against));
        const engine = resolveOperator(name);
        const leaf = { fact: "amount", operator: name, value: against };
        expect(predicateOf(leaf)(fact)).toBe(engine?.(fact, against));
      }),
      { numRuns: 20_000 },
    );
  });
});

describe("the operators for dates and times", () => {
  const holds = (operator: string, fact: string, value: unknown): boolean | undefined =>
    resolveOperator(operator)?.(fact, value);

  test.each([
    ["within", "08:30", ["08:30", "17:00"], true],
    ["within", "16:59:59.999", ["08:30", "17:00"], true],
    ["within", "17:00", ["08:30", "17:00"], false],
    ["within", "08:29:59.999", ["08:30", "17:00"], false],
    ["within", "23:59:59.999", ["23:00", "24:00"], true],
    ["within", "2026-02-28", ["2026-02-14", "2026-03-01"], true],
    ["within", "2026-03-01", ["2026-02-14", "2026-03-01"], false],
    ["before", "09:59", "10:00", true],
    ["before", "10:00", "10:00", false],
    ["before", "2025-12-31", "2026-01-01", true],
    ["atOrAfter", "23:50", "23:50", true],
    ["atOrAfter", "23:49:59.999", "23:50", false],
    ["onOrAfter", "2026-01-01", "2026-01-01", true],
    ["onOrAfter", "2025-12-31", "2026-01-01", false],
    ["not:within", "17:00", ["08:30", "17:00"], true],
    ["before", "nonsense", "10:00", false],
    ["within", "10:00", "10:00", false],
  ])("%s: %s compared with %j is %s", (operator, fact, value, expected) => {
    expect(holds(operator, fact, value)).toBe(expected);
  });
});
