import type { FactDigit } from "../decide/class-key.js";
import type { FactValue } from "../model/payment.js";
import type { Field, Fields } from "./fields.js";

/**
 * What the values of facts add to the number of a payment, in tables of all channels: of a thousand channels hardly one
 * is at hand in the machine's memory, and what lies close together is found sooner.
 */
export interface Shares {
  /** By index of the field, by place of the channel; undefined where the values of the fact add nothing. */
  readonly byField: readonly (Share | undefined)[][];
  /** In the same order where the steps of a number begin; 0 where it is not told by steps. */
  readonly begins: readonly Int32Array[];
  /**
   * What the least numbers that the fact may have add; then for each step the number at which it begins, and what those
   * from there add; then NaN.
   */
  readonly steps: number[];
}

export interface Share {
  /** Values that are listed, each one that the fact may have; undefined where there are none. */
  readonly listed: ReadonlyMap<unknown, number> | undefined;
  /** The numbers at which what is added may change. */
  readonly cuts: readonly number[];
  readonly of: (value: FactValue) => number;
}

/** Those of so many channels, of which none is known yet. */
export const noShares = ({ all }: Fields, channels: number): Shares => ({
  byField: all.map(() => Array.from({ length: channels }, () => undefined)),
  begins: all.map(() => new Int32Array(channels)),
  steps: [Number.NaN],
});

/** What the listed values of a fact add, where any are listed. */
export const listedIn = ({ byField }: Shares, { index, domain }: Field, place: number): Share["listed"] =>
  domain.type === "number" ? undefined : byField[index]?.[place]?.listed;

/** What a value adds to the number of its payment. */
export function shareIn(
  { byField, begins, steps }: Shares,
  { index }: Field,
  place: number,
  value: FactValue,
): number {
  let step = begins[index]?.[place] as number;
  if (step === 0) return byField[index]?.[place]?.of(value) ?? 0;
  while ((value as number) >= (steps[step + 1] as number)) step += 2;
  // A whole number, as the engine should know: it keeps all others in a box each.
  return (steps[step] as number) | 0;
}

/** Adds those of the channel at a place, whose digits make its numbers. */
export function addShares(shares: Shares, place: number, digits: readonly FactDigit[], fields: Fields): void {
  const weights = weightsOf(digits);
  for (const field of fields.all) {
    const digit = digits.find(({ fact }) => fact === field.name);
    const weight = digit && weights.get(digit);
    const share = digit && shareOf(digit, field, weight as number, fields.blank[field.name]);
    (shares.byField[field.index] as (Share | undefined)[])[place] = share;
    (shares.begins[field.index] as Int32Array)[place] =
      share === undefined ? 0 : addSteps(shares, field, share);
  }
}

/** Where the steps begin; 0 where the fact is not told by steps. */
function addSteps({ steps }: Shares, { domain }: Field, { cuts, of }: Share): number {
  if (domain.type !== "number" || cuts.length > CUTS_MAX) return 0;
  const begin = steps.length;
  steps.push(...stepsOf(cuts, of, domain.minimum ?? -Infinity));
  return begin;
}

/** How much one more at each place adds. */
function weightsOf(digits: readonly FactDigit[]): ReadonlyMap<FactDigit, number> {
  let weight = 1;
  const weights = new Map<FactDigit, number>();
  for (const digit of digits.toReversed()) {
    weights.set(digit, weight);
    weight *= digit.base;
  }
  return weights;
}

function shareOf({ of, cuts }: FactDigit, field: Field, weight: number, blank: FactValue | undefined): Share {
  const share = (value: FactValue): number => (of(value) - of(blank)) * weight;
  const listed = listedValues(field).map((value) => [value, share(value)] as const);
  return { listed: listed.length === 0 ? undefined : new Map(listed), cuts, of: share };
}

const listedValues = ({ domain }: Field): FactValue[] =>
  domain.type === "boolean" ? [true, false] : [...(domain.values ?? [])];

/** More cuts are searched by halves. */
const CUTS_MAX = 16;

/** A number between two cuts stands for all others there. No step ends before the least number that there may be. */
function stepsOf(cuts: readonly number[], share: (value: number) => number, least: number): number[] {
  const [first = 0] = cuts;
  let steps = [share(first - Math.max(1, Math.abs(first)))];
  const add = (from: number, inside: number): void => {
    if (share(inside) === steps.at(-1)) return;
    if (from <= least) steps = [share(inside)];
    else steps.push(from, share(inside));
  };
  for (const [index, cut] of cuts.entries()) {
    const next = cuts[index + 1] ?? cut + 2 * Math.max(1, Math.abs(cut));
    add(cut, cut);
    add(justAbove(cut), cut + (next - cut) / 2);
  }
  return [...steps, Number.NaN];
}

/** The least number that is greater; no cut is -0. */
function justAbove(number: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, number);
  bits.setBigInt64(0, bits.getBigInt64(0) + (number < 0 ? -1n : 1n));
  return bits.getFloat64(0);
}
