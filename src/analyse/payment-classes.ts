import { type Conditional, candidatesOf } from "../decide/candidate.js";
import { conditionCompiler } from "../decide/conditions.js";
import type { Facts } from "../model/payment.js";
import type { Leaf, Rulebook } from "../model/rulebook.js";
import type { Snapshot } from "../pieces/snapshot.js";
import type { Day } from "../time/day.js";
import { behaviourOf, standInsOf } from "./banks.js";
import { compileDecisionKey } from "./decision-key.js";
import { combinations, defaultFacts, statedDimensions, statedPayment } from "./grid.js";
import { comparesFacts, leavesOf } from "./leaves.js";

/** One payment for each class of payments that one or two rulebooks distinguish on a channel. */

/** The largest number of combinations of facts that is enumerated. */
export const COMBINATIONS_MAX = 100_000;

export interface PaymentClasses {
  readonly members: readonly ClassMember[];
  /** The number of combinations of facts if they exceed the limit. There are no members then. */
  readonly tooManyCombinations?: number;
  /** Whether a condition compares two facts. There may be further classes then. */
  readonly comparesFacts: boolean;
}

/** One payment of a class. */
export interface ClassMember {
  /** The payment as a caller would write it, without `initiatedAt`. */
  readonly payment: Readonly<Record<string, unknown>>;
  /** Its facts as each rulebook reads them. They differ where the rulebooks have different defaults. */
  readonly factsByRulebook: readonly Facts[];
}

/** The classes of payments sent in [from, until). */
export function paymentClassesOf(
  snapshots: readonly Snapshot[],
  channel: string,
  from: Day,
  until: Day,
): PaymentClasses {
  const leaves = snapshots.flatMap(({ rulebook }) =>
    leavesOf(conditionalsOf(rulebook, channel), rulebook.conditions),
  );
  const exact = leaves.filter((leaf) => !comparesFacts(leaf));
  const { rulebook } = snapshots.at(-1) as Snapshot;
  const dimensions = statedDimensions(rulebook, [...exact, ...bankComparisons(snapshots, channel)]);
  const defaultsByRulebook = snapshots.map((snapshot) => defaultFacts(snapshot.rulebook));
  const defaults = defaultFacts(rulebook);
  const count = dimensions.reduce((product, { cells }) => product * cells.length, 1);
  const inexact = exact.length < leaves.length;
  if (count > COMBINATIONS_MAX) return { members: [], tooManyCombinations: count, comparesFacts: inexact };
  const [classes, members] = [new Set<string>(), new Map<string, ClassMember>()];
  const decisionKeys = snapshots.map((snapshot) =>
    compileDecisionKey(snapshot, channel, conditionalsOf(snapshot.rulebook, channel), from, until),
  );
  for (const facts of combinations(dimensions, defaults)) {
    for (const member of readingsOf(channel, facts, defaults, defaultsByRulebook)) {
      const readBy = (index: number): Facts => member.factsByRulebook[index] as Facts;
      const key = snapshots
        .map((snapshot, index) => snapshot.classifiers.get(channel)?.classIdOf(readBy(index)))
        .join(" ");
      if (classes.has(key)) continue;
      classes.add(key);
      const decisionKey = decisionKeys.map((decide, index) => decide(readBy(index))).join(" ");
      if (!members.has(decisionKey)) members.set(decisionKey, member);
    }
  }
  return { members: [...members.values()], comparesFacts: inexact };
}

/** If the rulebooks have different defaults for a fact, a payment may state the default or leave the fact out. */
function readingsOf(
  channel: string,
  facts: Facts,
  defaults: Facts,
  defaultsByRulebook: readonly Facts[],
): ClassMember[] {
  const unshared = Object.keys(facts).filter(
    (fact) =>
      facts[fact] === defaults[fact] && defaultsByRulebook.some((one) => one[fact] !== defaults[fact]),
  );
  const defaultsOf = (one: Facts): Facts => Object.fromEntries(unshared.map((fact) => [fact, one[fact]]));
  const leftOut: ClassMember = {
    payment: statedPayment(channel, defaults, facts),
    factsByRulebook: defaultsByRulebook.map((one) => ({ ...facts, ...defaultsOf(one) })),
  };
  if (unshared.length === 0 || unshared.some((fact) => facts[fact] === undefined)) return [leftOut];
  const stated = { ...defaults, ...Object.fromEntries(unshared.map((fact) => [fact, undefined])) };
  return [
    leftOut,
    { payment: statedPayment(channel, stated, facts), factsByRulebook: defaultsByRulebook.map(() => facts) },
  ];
}

/** All rules, windows and planned holds that may apply on the channel. */
function conditionalsOf(rulebook: Rulebook, channel: string) {
  const rules: readonly Conditional[] = rulebook.channels[channel]?.rules ?? [];
  const planned = rulebook.holds.filter(({ inFlight }) => inFlight !== true);
  const all = [...rules, ...rulebook.windows, ...planned];
  return candidatesOf(all, conditionCompiler(rulebook.conditions, channel)).map(({ rule }) => rule);
}

/** A comparison for each bank that is a system, as if a condition named it. Banks that behave alike share one. */
function bankComparisons(snapshots: readonly Snapshot[], channel: string): Leaf[] {
  const systems = [...new Set(snapshots.flatMap(({ rulebook }) => Object.keys(rulebook.systems)))];
  const behaviours = (system: string): string =>
    snapshots.map(({ rulebook }) => behaviourOf(rulebook, system)).join(" ");
  return snapshots
    .flatMap((snapshot) => standInsOf(snapshot, channel))
    .flatMap(([standIn, fact]) => {
      const known = new Set([behaviours(standIn)]);
      const others = systems
        .filter((system) => mayNameSystem(snapshots, fact, system))
        .filter((system) => !known.has(behaviours(system)) && known.add(behaviours(system)));
      return others.map((value) => ({ fact, operator: "equal", value }));
    });
}

/** A fact with a list of values names only systems in that list, even if the fact is open. */
const mayNameSystem = (snapshots: readonly Snapshot[], fact: string, system: string): boolean =>
  snapshots.some(({ rulebook }) => rulebook.facts[fact]?.values?.includes(system) ?? true);
