import type { FactDigit } from "../decide/class-key.js";
import type { FactValue } from "../model/payment.js";
import type { Field, Fields } from "./fields.js";

/**
 * The weight of each fact value: how much it adds to the class id of a payment. The tables span all channels, which
 * avoids a cache miss per channel.
 */
export interface ClassWeights {
  /** By field index, then channel index; undefined if the fact has no influence on the class. */
  readonly byField: readonly (FactWeights | undefined)[][];
  /** Same indexes: where the fact's step function begins in `steps`; 0 if it has none. */
  readonly stepStarts: readonly Int32Array[];
  /** Step functions of numeric facts: the weight of the smallest values, then (start, weight) per step, then NaN. */
  readonly steps: number[];
}

/** The weights of one fact on one channel. */
export interface FactWeights {
  /** By listed value of the fact; undefined if the fact lists none. */
  readonly listed: ReadonlyMap<unknown, number> | undefined;
  /** Numbers at which the weight may change, ascending. */
  readonly cuts: readonly number[];
  readonly weightFor: (value: FactValue) => number;
}

/** Tables for a number of channels, none of which is registered yet. */
export const emptyClassWeights = ({ all }: Fields, channels: number): ClassWeights => ({
  byField: all.map(() => Array.from({ length: channels }, () => undefined)),
  stepStarts: all.map(() => new Int32Array(channels)),
  steps: [Number.NaN],
});

/** Weights by listed value. */
export const listedWeights = (
  { byField }: ClassWeights,
  { index, domain }: Field,
  channelIndex: number,
): FactWeights["listed"] => (domain.type === "number" ? undefined : byField[index]?.[channelIndex]?.listed);

/** How much a valid value adds to the class id. */
export function weightOf(
  { byField, stepStarts, steps }: ClassWeights,
  { index }: Field,
  channelIndex: number,
  value: FactValue,
): number {
  let step = stepStarts[index]?.[channelIndex] as number;
  if (step === 0) return byField[index]?.[channelIndex]?.weightFor(value) ?? 0;
  while ((value as number) >= (steps[step + 1] as number)) step += 2;
  // `| 0` tells V8 that the weight is an integer; a double would be boxed.
  return (steps[step] as number) | 0;
}

/** Registers a channel whose class ids are sums of these digits. */
export function addChannelWeights(
  weights: ClassWeights,
  channelIndex: number,
  digits: readonly FactDigit[],
  fields: Fields,
): void {
  const placeValues = placeValuesOf(digits);
  for (const field of fields.all) {
    const digit = digits.find(({ fact }) => fact === field.name);
    const placeValue = digit && placeValues.get(digit);
    const factWeights =
      digit && factWeightsOf(digit, field, placeValue as number, fields.defaults[field.name]);
    (weights.byField[field.index] as (FactWeights | undefined)[])[channelIndex] = factWeights;
    (weights.stepStarts[field.index] as Int32Array)[channelIndex] =
      factWeights === undefined ? 0 : addSteps(weights, field, factWeights);
  }
}

/** Appends the step function of a numeric fact. Returns where it begins; 0 if the fact gets none. */
function addSteps({ steps }: ClassWeights, { domain }: Field, { cuts, weightFor }: FactWeights): number {
  if (domain.type !== "number" || cuts.length > CUTS_MAX) return 0;
  const start = steps.length;
  steps.push(...stepsOf(cuts, weightFor, domain.minimum ?? -Infinity));
  return start;
}

/** The place value of each digit in the mixed-radix class key. */
function placeValuesOf(digits: readonly FactDigit[]): ReadonlyMap<FactDigit, number> {
  let placeValue = 1;
  const placeValues = new Map<FactDigit, number>();
  for (const digit of digits.toReversed()) {
    placeValues.set(digit, placeValue);
    placeValue *= digit.base;
  }
  return placeValues;
}

function factWeightsOf(
  { digitOf, cuts }: FactDigit,
  field: Field,
  placeValue: number,
  defaultValue: FactValue | undefined,
): FactWeights {
  const weightFor = (value: FactValue): number => (digitOf(value) - digitOf(defaultValue)) * placeValue;
  const listed = listedValues(field).map((value) => [value, weightFor(value)] as const);
  return { listed: listed.length === 0 ? undefined : new Map(listed), cuts, weightFor };
}

const listedValues = ({ domain }: Field): FactValue[] =>
  domain.type === "boolean" ? [true, false] : [...(domain.values ?? [])];

/** A linear scan is fast up to this many cuts. Facts with more use `weightFor`, a binary search. */
const CUTS_MAX = 16;

/** Samples one number between any two cuts. Omits steps that end below the fact's minimum. */
function stepsOf(cuts: readonly number[], weightFor: (value: number) => number, minimum: number): number[] {
  const [first = 0] = cuts;
  let steps = [weightFor(first - Math.max(1, Math.abs(first)))];
  const add = (from: number, sample: number): void => {
    if (weightFor(sample) === steps.at(-1)) return;
    if (from <= minimum) steps = [weightFor(sample)];
    else steps.push(from, weightFor(sample));
  };
  for (const [index, cut] of cuts.entries()) {
    const next = cuts[index + 1] ?? cut + 2 * Math.max(1, Math.abs(cut));
    add(cut, cut);
    add(justAbove(cut), cut + (next - cut) / 2);
  }
  return [...steps, Number.NaN];
}

/** The next greater double. Cuts are never -0. */
function justAbove(number: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, number);
  bits.setBigInt64(0, bits.getBigInt64(0) + (number < 0 ? -1n : 1n));
  return bits.getFloat64(0);
}
