import { describe, expect, test } from "vitest";
import { partitionOf } from "../../src/decide/partition.js";
import type { FactValue } from "../../src/model/payment.js";

describe("the cells of a partition", () => {
  const comparison = (operator: string, value: number | string) => ({
    constants: [value],
    holds: (fact: FactValue | undefined): boolean =>
      operator === "=" ? fact === value : typeof fact === "number" && fact > (value as number),
  });

  test("differ exactly if some comparison differs, for values below, at, between and above the cuts", () => {
    for (const cuts of [[0], [5], [1, 2, 10], [2, 1], [-7, -3, 1e15], [0, 0.5, 1]]) {
      for (const operators of [["="], [">"], ["=", ">"]]) {
        const comparisons = cuts.flatMap((cut) => operators.map((operator) => comparison(operator, cut)));
        const { cellOf, cells, cuts: sorted } = partitionOf("amount", comparisons);
        const at = [...cuts].sort((one, other) => one - other);
        const values = [-1e16, ...at.flatMap((cut) => [cut - 0.25, cut, cut + 0.25]), 5e15, undefined, "x"];
        const row = (value: FactValue | undefined): string =>
          comparisons.map(({ holds }) => holds(value)).join();
        expect(sorted).toEqual(at);
        expect(cells).toBe(new Set(values.map(row)).size);
        for (const one of values)
          for (const other of values) expect(cellOf(one) === cellOf(other)).toBe(row(one) === row(other));
      }
    }
  });

  test("are numbered in the order: absent, unlisted, listed, numbers ascending", () => {
    const numbers = partitionOf("amount", [comparison(">", 5), comparison("=", 7), comparison("=", 5)]);
    expect([undefined, "x", 4, 5, 6, 7, 8].map(numbers.cellOf)).toEqual([0, 0, 0, 1, 2, 3, 2]);
    const texts = partitionOf("bank", [
      comparison("=", "other"),
      comparison("=", "b"),
      comparison("=", "other-"),
    ]);
    expect([undefined, "x", "other", "b", "other-", "other--", 5].map(texts.cellOf)).toEqual([
      0, 0, 1, 2, 3, 0, 0,
    ]);
    expect(texts.cuts).toEqual([]);
  });

  test("distinguish absent and unlisted values if a comparison does", () => {
    const { cellOf, cells } = partitionOf("bank", [
      { constants: [true], holds: (value) => value === undefined },
    ]);
    expect(cells).toBe(2);
    expect(cellOf(undefined)).not.toBe(cellOf("x"));
    expect(cellOf("x")).toBe(cellOf(true));
  });
});
