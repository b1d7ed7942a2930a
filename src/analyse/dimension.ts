import type { Domain } from "../decide/facts.js";
import { predicateOf } from "../decide/leaf.js";
import type { FactValue } from "../model/payment.js";
import type { Condition, Leaf } from "../model/rulebook.js";
import { numberRuns, type Run } from "./numbers.js";

/** One fact, cut into cells: in each of them every comparison with a constant turns out alike. */
export interface Dimension {
  readonly fact: string;
  readonly cells: readonly Cell[];
  /** The number of the cell that a value lies in; -1 where it lies in none, being outside the fact's domain. */
  readonly indexOf: (value: FactValue | undefined) => number;
  /** The number of the cell of days whose kind the calendar does not know, of a dimension of kinds of days. */
  readonly unknown?: number;
  /**
   * Where cells are ranges side by side: the condition that holds from the first of them to the last, undefined
   * where none can say it. The cell of an absent number stands behind them.
   */
  readonly spans?: (first: number, last: number) => Condition | undefined;
}

export interface Cell {
  /** A value that stands for all of the cell; undefined where the fact is absent, or not known. */
  readonly value: FactValue | undefined;
  /** The condition that holds in this cell and in no other of its fact; undefined where none can say it. */
  readonly says: Condition | undefined;
}

export type StatedDomain = Domain & { readonly default?: FactValue };

/** `leaves` are the comparisons of this fact with constants. */
export function cutFact(fact: string, domain: StatedDomain, leaves: readonly Leaf[]): Dimension {
  const mayBeAbsent = domain.default === undefined && fact !== "amount";
  if (domain.type === "number") return cutNumbers(fact, domain, leaves, mayBeAbsent);
  if (domain.type === "boolean") return cutValues(fact, [false, true], leaves, mayBeAbsent);
  const mentioned = leaves.flatMap(({ value }) => scalarsIn(value)).filter((one) => typeof one === "string");
  const declared = domain.values ?? [];
  if (domain.values !== undefined && domain.open !== true)
    return cutValues(fact, declared, leaves, mayBeAbsent);
  const named = [...new Set([...declared, ...mentioned])];
  return cutValues(fact, named, leaves, mayBeAbsent, otherThan(named));
}

/** Texts and booleans, those of equal answers together; `other` stands for all values that are not named. */
export function cutValues(
  fact: string,
  named: readonly FactValue[],
  leaves: readonly Leaf[],
  mayBeAbsent: boolean,
  other?: string,
): Dimension {
  const values = [...(mayBeAbsent ? [undefined] : []), ...named, ...(other === undefined ? [] : [other])];
  const lists = grouped(values, answersOf(leaves));
  const all = [...named, ...(other === undefined ? [] : [other])];
  const numbers = new Map(lists.flatMap((list, index) => list.map((value) => [value, index] as const)));
  return {
    fact,
    cells: lists.map((list) => ({ value: list[0], says: saysOf(fact, list, all, mayBeAbsent, other) })),
    indexOf: (value) => numbers.get(value) ?? numbers.get(other) ?? -1,
  };
}

function saysOf(
  fact: string,
  list: readonly (FactValue | undefined)[],
  all: readonly FactValue[],
  mayBeAbsent: boolean,
  other: string | undefined,
): Condition | undefined {
  const [absent, open] = [list.includes(undefined), other !== undefined && list.includes(other)];
  const outside = all.filter((value) => value !== other && !list.includes(value));
  if (!absent && !open) return oneOf(fact, "equal", "in", list as FactValue[]);
  // What is in no list may be absent or another value: both must lie here, or neither be possible elsewhere.
  const sameElsewhere = (absent || !mayBeAbsent) && (open || other === undefined);
  return sameElsewhere ? oneOf(fact, "notEqual", "notIn", outside) : undefined;
}

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return [...groups.values()];
}

const oneOf = (fact: string, one: string, several: string, values: readonly FactValue[]): Condition =>
  values.length === 1
    ? { fact, operator: one, value: values[0] }
    : { fact, operator: several, value: values };

function cutNumbers(
  fact: string,
  domain: StatedDomain,
  leaves: readonly Leaf[],
  mayBeAbsent: boolean,
): Dimension {
  const thresholds = leaves.flatMap(({ value }) => scalarsIn(value)).filter((one) => typeof one === "number");
  const runs = numberRuns(thresholds, domain, answersOf(leaves));
  const cells: Cell[] = runs.map((run) => ({ value: run.value, says: run.says(fact) }));
  if (mayBeAbsent) cells.push({ value: undefined, says: undefined });
  return {
    fact,
    cells,
    spans: (first, last) => (runs[first] as Run).says(fact, runs[last]),
    indexOf: (value) => {
      if (value === undefined) return mayBeAbsent ? cells.length - 1 : -1;
      return runs.findIndex((run) => typeof value === "number" && run.has(value));
    },
  };
}

/** The answers of all comparisons to a value, as a key. */
const answersOf = (leaves: readonly Leaf[]): ((value: FactValue | undefined) => string) => {
  const asks = leaves.map(predicateOf);
  return (value) => asks.map((ask) => (ask(value) ? "1" : "0")).join("");
};

/** The texts, numbers and booleans of a value, whatever lists a decorator puts around them. */
export const scalarsIn = (value: unknown): FactValue[] => {
  if (Array.isArray(value)) return value.flatMap(scalarsIn);
  return ["string", "number", "boolean"].includes(typeof value) ? [value as FactValue] : [];
};

function otherThan(named: readonly FactValue[]): string {
  let other = "other";
  while (named.includes(other)) other = `an${other}`;
  return other;
}
