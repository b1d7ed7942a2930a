import { describe, expect, test } from "vitest";
import { classKeyOf, compileDigits, digitValue } from "../../src/decide/class-key.js";
import type { Leaf } from "../../src/model/rulebook.js";

const leaf = (fact: string, operator: string, value: unknown): Leaf => ({ fact, operator, value });

describe("the digits of a class key", () => {
  test("exist for facts that some comparison distinguishes, but not for time", () => {
    const rule = (...leaves: Leaf[]) => ({ conditions: { all: leaves } });
    const time = [leaf("initiated.time", "before", "12:00"), leaf("initiated.weekday", "equal", "fri")];
    const asOther = leaf("currency", "equal", { fact: "initiated.weekday" });
    expect(compileDigits([rule(...time, asOther)], {})).toEqual([]);
    expect(compileDigits([], {}, [{ fact: "x", constants: [5], holds: () => true }])).toEqual([]);
    const digits = compileDigits(
      [
        rule(leaf("count", "lessThan", 5), leaf("speed", "equal", { fact: "mode" })),
        { conditions: { condition: "n" } },
      ],
      { n: { any: [leaf("count", "lessThan", 5), leaf("speed", "equal", "regular")] } },
    );
    expect(digits.map(({ fact, base }) => [fact, base])).toEqual([
      ["count", 2],
      ["speed", 2],
      [undefined, 2],
    ]);
    const facts = { count: 4, speed: "regular", mode: "regular" };
    expect(digits.map((digit) => digitValue(digit, facts))).toEqual([1, 1, 1]);
    expect(classKeyOf(digits, facts)).toBe(7);
    expect(classKeyOf(digits, { count: 5, speed: "realtime", mode: "realtime" })).toBe(1);
  });
});
