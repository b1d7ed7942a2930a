import type { FactValue } from "../model/payment.js";

/**
 * A partition of the values of one fact into equivalence classes (cells): all values of a cell satisfy the same
 * comparisons. Operators only compare a fact with constants, so that cells change at those constants only.
 */
export interface Partition {
  readonly fact: string;
  /** The number of cells, which are numbered 0 to `cells - 1`. */
  readonly cells: number;
  readonly cellOf: (value: FactValue | undefined) => number;
  /** The numeric constants, ascending. */
  readonly cuts: readonly number[];
}

/** A comparison of a fact with constants. */
export interface Comparison {
  /** All constants, with lists flattened. */
  readonly constants: readonly unknown[];
  readonly holds: (value: FactValue | undefined) => boolean;
}

/** Evaluates all comparisons for one representative of every candidate cell and merges equal results. */
export function partitionOf(fact: string, comparisons: readonly Comparison[]): Partition {
  const constantSet = new Set(comparisons.flatMap(({ constants }) => constants));
  const numbers = [...constantSet].filter((one) => typeof one === "number").sort((one, other) => one - other);
  const others = [...constantSet].filter((one) => typeof one === "string" || typeof one === "boolean");
  const representatives = [undefined, unlistedText(others), ...others, ...numberRepresentatives(numbers)];
  const { ids, count } = groupEqualRows(
    representatives.map((value) => comparisons.map(({ holds }) => holds(value))),
  );
  const listed = new Map<unknown, number>(others.map((one, index) => [one, ids[index + 2] as number]));
  const [absent, unlisted] = ids as [number, number];
  const firstNumber = others.length + 2;
  return {
    fact,
    cells: count,
    cuts: numbers,
    cellOf: (value) => {
      if (typeof value === "number") return ids[firstNumber + intervalIndex(numbers, value)] as number;
      return value === undefined ? absent : (listed.get(value) ?? unlisted);
    },
  };
}

/** A text that equals none of the constants. */
function unlistedText(constants: readonly unknown[]): string {
  let text = "other";
  while (constants.includes(text)) text += "-";
  return text;
}

/** One number for each interval: below, at, between and above the cuts. */
function numberRepresentatives(cuts: readonly number[]): number[] {
  const [first = 0] = cuts;
  const atAndAbove = cuts.map((cut, index) => [cut, between(cut, cuts[index + 1])]);
  return [first - 1, ...atAndAbove.flat()];
}

const between = (cut: number, next: number | undefined): number =>
  next === undefined ? cut + Math.max(1, Math.abs(cut)) : cut + (next - cut) / 2;

/** 0 below all cuts, 2i + 1 at cut i, 2i + 2 between cut i and the next. */
function intervalIndex(cuts: readonly number[], value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low > 0 && cuts[low - 1] === value ? low * 2 - 1 : low * 2;
}

/** Gives equal rows the same id. */
function groupEqualRows(rows: readonly (readonly boolean[])[]): { ids: number[]; count: number } {
  const known = new Map<string, number>();
  const ids = rows.map((row) => {
    const text = row.map(Number).join("");
    const id = known.get(text) ?? known.size;
    known.set(text, id);
    return id;
  });
  return { ids, count: known.size };
}
