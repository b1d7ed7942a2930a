import type { FactValue } from "../model/payment.js";

/**
 * The values of one fact, cut at every value that a condition compares it with. Operators only ask how a fact compares
 * with those, so all values of a cell answer every question about the fact alike.
 */
export interface Partition {
  readonly fact: string;
  /** How many cells are told apart; their numbers are 0 to `cells - 1`. */
  readonly cells: number;
  readonly cellOf: (value: FactValue | undefined) => number;
  /** The numbers at which it is cut, in order. */
  readonly cuts: readonly number[];
}

/** A comparison of a fact with constants. */
export interface Question {
  /** All constants that it compares with, whatever lists they stand in. */
  readonly constants: readonly unknown[];
  readonly answer: (value: FactValue | undefined) => boolean;
}

export function partitionOf(fact: string, questions: readonly Question[]): Partition {
  const constants = new Set(questions.flatMap((question) => question.constants));
  const numbers = [...constants].filter((one) => typeof one === "number").sort((one, other) => one - other);
  const others = [...constants].filter((one) => typeof one === "string" || typeof one === "boolean");
  const witnesses = [undefined, unlike(others), ...others, ...numberWitnesses(numbers)];
  const { ids, count } = alikeBy(witnesses.map((witness) => questions.map(({ answer }) => answer(witness))));
  const listed = new Map<unknown, number>(others.map((one, index) => [one, ids[index + 2] as number]));
  const [absent, unlisted] = ids as [number, number];
  const firstNumber = others.length + 2;
  return {
    fact,
    cells: count,
    cuts: numbers,
    cellOf: (value) => {
      if (typeof value === "number") return ids[firstNumber + placeOf(numbers, value)] as number;
      return value === undefined ? absent : (listed.get(value) ?? unlisted);
    },
  };
}

/** A text that is none of the constants. */
function unlike(constants: readonly unknown[]): string {
  let text = "other";
  while (constants.includes(text)) text += "-";
  return text;
}

/** One number for each place: below, at and between the cuts, and above. */
function numberWitnesses(cuts: readonly number[]): number[] {
  const [first = 0] = cuts;
  const after = cuts.map((cut, index) => [cut, between(cut, cuts[index + 1])]);
  return [first - 1, ...after.flat()];
}

const between = (cut: number, next: number | undefined): number =>
  next === undefined ? cut + Math.max(1, Math.abs(cut)) : cut + (next - cut) / 2;

/** 0 below all cuts; 2i + 1 at cut i, and 2i + 2 above it. */
function placeOf(cuts: readonly number[], value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low > 0 && cuts[low - 1] === value ? low * 2 - 1 : low * 2;
}

/** The same id for rows that are alike. */
function alikeBy(rows: readonly (readonly boolean[])[]): { ids: number[]; count: number } {
  const known = new Map<string, number>();
  const ids = rows.map((row) => {
    const text = row.map(Number).join("");
    const id = known.get(text) ?? known.size;
    known.set(text, id);
    return id;
  });
  return { ids, count: known.size };
}
