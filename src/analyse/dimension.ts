import type { Domain } from "../decide/facts.js";
import { predicateOf } from "../decide/leaf.js";
import type { FactValue } from "../model/payment.js";
import type { Condition, Leaf } from "../model/rulebook.js";
import { type NumberRange, numberRanges } from "./number-ranges.js";

/** The values of one fact, partitioned into cells. Within a cell, no comparison with a constant distinguishes values. */
export interface Dimension {
  readonly fact: string;
  readonly cells: readonly Cell[];
  /** The index of the cell that contains a value; -1 if the value is outside the fact's domain. */
  readonly indexOf: (value: FactValue | undefined) => number;
  /** For kinds of days, the index of the cell of days that the calendar does not know. */
  readonly unknownCell?: number;
  /**
   * For cells that are adjacent ranges, the condition that holds in cells `first` to `last`; undefined if it cannot be
   * expressed. The cell of the absent value comes after the ranges.
   */
  readonly rangeCondition?: (first: number, last: number) => Condition | undefined;
}

export interface Cell {
  /** A representative of the cell; undefined if the fact is absent or unknown. */
  readonly value: FactValue | undefined;
  /** The condition that holds in this cell only; undefined if it cannot be expressed. */
  readonly condition: Condition | undefined;
}

export type StatedDomain = Domain & { readonly default?: FactValue };

/** Partitions the values of a fact by `leaves`, its comparisons with constants. */
export function partitionFact(fact: string, domain: StatedDomain, leaves: readonly Leaf[]): Dimension {
  const mayBeAbsent = domain.default === undefined && fact !== "amount";
  if (domain.type === "number") return partitionNumbers(fact, domain, leaves, mayBeAbsent);
  if (domain.type === "boolean") return partitionValues(fact, [false, true], leaves, mayBeAbsent);
  const mentioned = leaves.flatMap(({ value }) => scalarsIn(value)).filter((one) => typeof one === "string");
  const declared = domain.values ?? [];
  if (domain.values !== undefined && domain.open !== true)
    return partitionValues(fact, declared, leaves, mayBeAbsent);
  const named = [...new Set([...declared, ...mentioned])];
  return partitionValues(fact, named, leaves, mayBeAbsent, nameOutside(named));
}

/** Partitions strings or booleans. `other` represents all values that are not named. */
export function partitionValues(
  fact: string,
  named: readonly FactValue[],
  leaves: readonly Leaf[],
  mayBeAbsent: boolean,
  other?: string,
): Dimension {
  const values = [...(mayBeAbsent ? [undefined] : []), ...named, ...(other === undefined ? [] : [other])];
  const groups = groupBy(values, answersOf(leaves));
  const all = [...named, ...(other === undefined ? [] : [other])];
  const cellIndexes = new Map(groups.flatMap((list, index) => list.map((value) => [value, index] as const)));
  return {
    fact,
    cells: groups.map((list) => ({
      value: list[0],
      condition: valuesCondition(fact, list, all, mayBeAbsent, other),
    })),
    indexOf: (value) => cellIndexes.get(value) ?? cellIndexes.get(other) ?? -1,
  };
}

function valuesCondition(
  fact: string,
  list: readonly (FactValue | undefined)[],
  all: readonly FactValue[],
  mayBeAbsent: boolean,
  other: string | undefined,
): Condition | undefined {
  const [includesAbsent, includesOther] = [
    list.includes(undefined),
    other !== undefined && list.includes(other),
  ];
  const outside = all.filter((value) => value !== other && !list.includes(value));
  if (!includesAbsent && !includesOther) return membershipCondition(fact, "equal", "in", list as FactValue[]);
  // `notIn` also holds for absent and unnamed values, so this cell must contain both, as far as they are possible.
  const isComplement = (includesAbsent || !mayBeAbsent) && (includesOther || other === undefined);
  return isComplement ? membershipCondition(fact, "notEqual", "notIn", outside) : undefined;
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return [...groups.values()];
}

const membershipCondition = (
  fact: string,
  one: string,
  several: string,
  values: readonly FactValue[],
): Condition =>
  values.length === 1
    ? { fact, operator: one, value: values[0] }
    : { fact, operator: several, value: values };

function partitionNumbers(
  fact: string,
  domain: StatedDomain,
  leaves: readonly Leaf[],
  mayBeAbsent: boolean,
): Dimension {
  const thresholds = leaves.flatMap(({ value }) => scalarsIn(value)).filter((one) => typeof one === "number");
  const ranges = numberRanges(thresholds, domain, answersOf(leaves));
  const cells: Cell[] = ranges.map((range) => ({ value: range.value, condition: range.condition(fact) }));
  if (mayBeAbsent) cells.push({ value: undefined, condition: undefined });
  return {
    fact,
    cells,
    rangeCondition: (first, last) => (ranges[first] as NumberRange).condition(fact, ranges[last]),
    indexOf: (value) => {
      if (value === undefined) return mayBeAbsent ? cells.length - 1 : -1;
      return ranges.findIndex((range) => typeof value === "number" && range.has(value));
    },
  };
}

/** Compiles a key of the results of all comparisons with a value. */
const answersOf = (leaves: readonly Leaf[]): ((value: FactValue | undefined) => string) => {
  const predicates = leaves.map(predicateOf);
  return (value) => predicates.map((holds) => (holds(value) ? "1" : "0")).join("");
};

/** The strings, numbers and booleans in a value, however deeply lists nest them. */
export const scalarsIn = (value: unknown): FactValue[] => {
  if (Array.isArray(value)) return value.flatMap(scalarsIn);
  return ["string", "number", "boolean"].includes(typeof value) ? [value as FactValue] : [];
};

/** A string that is not among `named`. */
function nameOutside(named: readonly FactValue[]): string {
  let other = "other";
  while (named.includes(other)) other = `an${other}`;
  return other;
}
