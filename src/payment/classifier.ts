import { type Conditional, candidatesOf } from "../decide/candidate.js";
import {
  classKeyOf,
  combinationCount,
  compileDigits,
  type Digit,
  digitValue,
  type FactComparison,
} from "../decide/class-key.js";
import { conditionCompiler } from "../decide/conditions.js";
import type { Facts } from "../model/payment.js";
import type { ChannelFile, Rulebook } from "../model/rulebook.js";
import { type Zone, zoneNamed } from "../time/zone.js";
import { addChannelWeights, type ClassWeights, emptyClassWeights } from "./class-weights.js";
import { type Fields, fieldsOf } from "./fields.js";

/**
 * Payments in one equivalence class share a class id and get the same answers, whenever they are sent. The ids also hold
 * for earlier states of knowledge: an earlier rulebook contains a subset of the rules, so its classes are never finer.
 */

/** Computes the class ids of one channel's payments. */
export class Classifier {
  readonly channel: string;
  /** Index into the tables of `Classifiers`. */
  readonly channelIndex: number;
  /** The classifiers of the same rulebook. They share one id space. */
  readonly classifiers: Classifiers;
  classIdOf: (facts: Facts) => number;

  constructor(channel: string, channelIndex: number, classifiers: Classifiers) {
    this.channel = channel;
    this.channelIndex = channelIndex;
    this.classifiers = classifiers;
    this.classIdOf = () => Number.NaN;
  }

  get zone(): Zone {
    return this.classifiers.zones[this.channelIndex] as Zone;
  }

  get baseId(): number {
    return this.classifiers.baseIds[this.channelIndex] as number;
  }
}

/**
 * The classifiers of a rulebook. The data that reading a payment needs is stored in tables across channels, not per
 * channel object: this avoids a cache miss per channel.
 */
export interface Classifiers {
  readonly fields: Fields;
  readonly idAllocator: IdAllocator;
  readonly weights: ClassWeights;
  /** By channel index, like `zones` and `baseIds`. */
  readonly all: readonly Classifier[];
  readonly zones: readonly Zone[];
  /** Class id of a payment with default facts only; 0 if the channel's ids are not sums of weights per fact. */
  readonly baseIds: Int32Array;
  /** Compiles the classifier on first use. Undefined if there is no such channel. */
  channelIndexOf(channel: string): number | undefined;
  get(channel: string): Classifier | undefined;
}

/** Allocates class ids: a range to each channel with few classes, single ids to the payments of all others. */
export interface IdAllocator {
  nextRangeStart: number;
  /** The next single id. */
  nextId: number;
  /** Single ids by class key. */
  readonly seen: Map<string, number>;
  /** Incremented when the single ids run out and are reused. Caches keyed by class id are stale from then on. */
  generation: number;
}

/** Ranges lie below, single ids at or above. */
const RANGE_IDS_END = 2 ** 28;
/** Class ids stay below, so that they are small integers (Smi) in V8. */
const IDS_END = 2 ** 29;
/** A channel with more classes gets single ids on demand. */
const COMBINATIONS_MAX = 2 ** 24;
/** `seen` is cleared at this size. Payments that return get new ids. */
const SEEN_MAX = 100_000;

/** Class ids start at 1. */
export function compileClassifiers(rulebook: Rulebook): Classifiers {
  const fields = fieldsOf(rulebook);
  const channels = Object.keys(rulebook.channels);
  // The complement of the index until the classifier is compiled.
  const indexes = new Map(channels.map((channel, index) => [channel, ~index]));
  const all: Classifier[] = [];
  const classifiers: Classifiers = {
    fields,
    idAllocator: { nextRangeStart: 1, nextId: RANGE_IDS_END, seen: new Map(), generation: 0 },
    weights: emptyClassWeights(fields, channels.length),
    all,
    zones: Object.values(rulebook.channels).map(({ zone }) => zoneNamed(zone) as Zone),
    baseIds: new Int32Array(channels.length),
    channelIndexOf(channel) {
      const index = indexes.get(channel);
      if (index === undefined || index >= 0) return index;
      compileClassifier(all[~index] as Classifier, rulebook);
      indexes.set(channel, ~index);
      return ~index;
    },
    get(channel) {
      const index = classifiers.channelIndexOf(channel);
      return index === undefined ? undefined : all[index];
    },
  };
  for (const [index, channel] of channels.entries()) all.push(new Classifier(channel, index, classifiers));
  return classifiers;
}

function compileClassifier(classifier: Classifier, rulebook: Rulebook): void {
  const { channel, channelIndex, classifiers } = classifier;
  const file = rulebook.channels[channel] as ChannelFile;
  const comparisons = bankComparisons(rulebook, file);
  const digits = compileDigits(conditionalsOf(rulebook, file), rulebook.conditions, comparisons);
  const { classIdOf, baseId } = assignIds(classifier, digits);
  classifier.classIdOf = classIdOf;
  classifiers.baseIds[channelIndex] = baseId;
}

/** The rules, windows and planned holds that may apply on the channel. */
const conditionalsOf = (
  { windows, holds, conditions }: Rulebook,
  { channel, rules }: ChannelFile,
): Conditional[] =>
  candidatesOf<Conditional>(
    [...rules, ...windows, ...holds.filter(({ inFlight }) => inFlight !== true)],
    conditionCompiler(conditions, channel),
  ).map(({ rule }) => rule);

/** Tells apart the banks that are declared systems, if a step of the channel runs on a payment's bank. */
function bankComparisons({ systems }: Rulebook, { rules }: ChannelFile): FactComparison[] {
  const steps = rules.flatMap(({ event }) => (event.type === "route" ? event.params.steps : []));
  const used = new Set(steps.map(({ system }) => system));
  return Object.entries(systems).flatMap(([id, { fact }]) =>
    fact === undefined || !used.has(id)
      ? []
      : Object.keys(systems).map((bank) => ({ fact, constants: [bank], holds: (value) => value === bank })),
  );
}

type IdAssignment = Pick<Classifier, "classIdOf" | "baseId">;

/** Reserves a range for the channel if it has few classes. Registers weights if every digit depends on one fact. */
function assignIds(
  { channel, channelIndex, classifiers }: Classifier,
  digits: readonly Digit[],
): IdAssignment {
  const { fields, idAllocator, weights } = classifiers;
  const combinations = combinationCount(digits);
  const hasRange =
    combinations <= COMBINATIONS_MAX && idAllocator.nextRangeStart + combinations <= RANGE_IDS_END;
  const factDigits = digits.filter((digit) => digit.fact !== undefined);
  const byFact = hasRange && factDigits.length === digits.length;
  addChannelWeights(weights, channelIndex, byFact ? factDigits : [], fields);
  if (!hasRange) return assignOnDemand(channel, digits, idAllocator);
  const start = idAllocator.nextRangeStart;
  idAllocator.nextRangeStart += combinations;
  const classIdOf = (facts: Facts): number => start + classKeyOf(digits, facts);
  return { classIdOf, baseId: byFact ? classIdOf(fields.defaults) : 0 };
}

function assignOnDemand(channel: string, digits: readonly Digit[], allocator: IdAllocator): IdAssignment {
  const classIdOf = (facts: Facts): number => {
    const key = `${channel} ${digits.map((digit) => digitValue(digit, facts)).join(" ")}`;
    const known = allocator.seen.get(key);
    if (known !== undefined) return known;
    const classId = allocateId(allocator);
    allocator.seen.set(key, classId);
    return classId;
  };
  return { classIdOf, baseId: 0 };
}

function allocateId(allocator: IdAllocator): number {
  if (allocator.seen.size >= SEEN_MAX) allocator.seen.clear();
  if (allocator.nextId === IDS_END) {
    allocator.seen.clear();
    allocator.nextId = RANGE_IDS_END;
    allocator.generation++;
  }
  return allocator.nextId++;
}
