import { describe, expect, test, vi } from "vitest";
import { parseAmount } from "../../src/payment/amount.js";

const resultOf = (given: unknown): number | string => {
  const amount = parseAmount(given);
  return typeof amount === "number" ? amount : amount.what.replace(/^`.*` (is|has) /, "");
};

describe("parseAmount", () => {
  test.each([
    ["9", 9],
    ["0.5", 0.5],
    ["90.09", 90.09],
    ["123456789012345", 123456789012345],
    ["0000000000000000.5", 0.5],
    ["00000000000000000000", 0],
    ["0.12345678901234500000", 0.123456789012345],
    ["12345678901234500", 12345678901234500],
    [123456789012345, 123456789012345],
    [12345678901234500, 12345678901234500],
    [0.000001, 0.000001],
  ])("parses %s", (given, amount) => {
    expect(resultOf(given)).toBe(amount);
  });

  test.each([
    ["1234567890123456", "more than 15 significant digits and would be rounded"],
    ["0000000000000001.00000000000000005", "more than 15 significant digits and would be rounded"],
    ["0.1234567890123456", "more than 15 significant digits and would be rounded"],
    [1234567890123456, "more than 15 significant digits and would be rounded"],
    ["-12", "negative"],
    ["-12.50", "negative"],
    ["1,000", "commas in it"],
    ["1,000.00", "commas in it"],
    ["12,34.5", "commas in it"],
  ])("rejects `%s`: %s", (given, what) => {
    expect(resultOf(given)).toBe(what);
  });

  test.each([
    "-12x",
    "x-12",
    "-12.",
    "-12.5x",
    "-.5",
    "-1a.5",
    "-12.x",
    "--1",
    ",1",
    "1,0.",
    "1,0.x",
    "1,0x",
    "x1,0",
    ".5",
    "5.",
    "1.2.3",
    "1..2",
    "+1",
    ":",
    "/",
    "1:",
    "1/",
    ".",
  ])("rejects `%s`: not a decimal amount", (given) => {
    expect(resultOf(given)).toBe("not a decimal amount");
  });
});

describe("the fast path of parseAmount", () => {
  /** How often `act` calls a method. */
  function calls<T extends object>(object: T, method: keyof T & string, act: () => void): number {
    const spy = vi.spyOn(object as Record<string, () => unknown>, method);
    act();
    const { length } = spy.mock.calls;
    spy.mockRestore();
    return length;
  }

  test.each(["0", "5", "09", "1000.00", "12.34", "0.00", "999999999999999", "1234567890123.4"])(
    "parses `%s` without a regular expression",
    (text) => {
      let amount: unknown;
      expect(
        calls(RegExp.prototype, "test", () => {
          amount = parseAmount(text);
        }),
      ).toBe(0);
      expect(amount).toBe(Number.parseFloat(text));
    },
  );

  test.each([0, 1, 1000, 12.5, 0.25])("checks %d without formatting it", (amount) => {
    expect(calls(Number.prototype, "toPrecision", () => parseAmount(amount))).toBe(0);
    expect(calls(Number.prototype, "toPrecision", () => parseAmount(0.001))).toBe(1);
  });
});
