import { type Conditional, candidatesOf } from "../decide/candidate.js";
import { conditionCompiler } from "../decide/conditions.js";
import type { Facts } from "../model/payment.js";
import type { Leaf, Rulebook } from "../model/rulebook.js";
import type { View } from "../pieces/snapshot.js";
import type { Day } from "../time/day.js";
import { behaviourOf, standInsOf } from "./banks.js";
import { decisionsIn } from "./decisions.js";
import { blankFacts, combinations, statedDimensions, statedPayment } from "./grid.js";
import { comparesFacts, leavesOf } from "./leaves.js";

/** One payment for every class that one rulebook, or either of two, can tell apart on a channel. */

/** More combinations of facts than this are not gone through. */
export const COMBINATIONS_MAX = 100_000;

export interface Classes {
  readonly members: readonly Member[];
  /** How many combinations of facts there are, where they are too many to go through: then there are no members. */
  readonly tooMany?: number;
  /** Whether facts are compared with each other, so that there may be more classes than these. */
  readonly vague: boolean;
}

/** One payment of a class. */
export interface Member {
  /** As a caller would ask about it, without `initiatedAt`. */
  readonly payment: Readonly<Record<string, unknown>>;
  /** Its facts as each of the rulebooks reads them: where they differ in a default, so do the facts. */
  readonly read: readonly Facts[];
}

/** For payments that are sent in [from, until). */
export function classesOf(views: readonly View[], channel: string, from: Day, until: Day): Classes {
  const leaves = views.flatMap(({ rulebook }) =>
    leavesOf(conditionalsOf(rulebook, channel), rulebook.conditions),
  );
  const exact = leaves.filter((leaf) => !comparesFacts(leaf));
  const { rulebook } = views.at(-1) as View;
  const dimensions = statedDimensions(rulebook, [...exact, ...bankLeaves(views, channel)]);
  const blanks = views.map((view) => blankFacts(view.rulebook));
  const blank = blankFacts(rulebook);
  const count = dimensions.reduce((product, { cells }) => product * cells.length, 1);
  const vague = exact.length < leaves.length;
  if (count > COMBINATIONS_MAX) return { members: [], tooMany: count, vague };
  const [classes, members] = [new Set<string>(), new Map<string, Member>()];
  const deciding = views.map((view) =>
    decisionsIn(view, channel, conditionalsOf(view.rulebook, channel), from, until),
  );
  for (const facts of combinations(dimensions, blank)) {
    for (const member of readingsOf(channel, facts, blank, blanks)) {
      const readBy = (index: number): Facts => member.read[index] as Facts;
      const key = views.map((view, index) => view.sorters.get(channel)?.numberOf(readBy(index))).join(" ");
      if (classes.has(key)) continue;
      classes.add(key);
      const decided = deciding.map((decide, index) => decide(readBy(index))).join(" ");
      if (!members.has(decided)) members.set(decided, member);
    }
  }
  return { members: [...members.values()], vague };
}

/** A fact at a default that the rulebooks do not share is read in two ways: as it is stated, and as it is left out. */
function readingsOf(channel: string, facts: Facts, blank: Facts, blanks: readonly Facts[]): Member[] {
  const unshared = Object.keys(facts).filter(
    (fact) => facts[fact] === blank[fact] && blanks.some((one) => one[fact] !== blank[fact]),
  );
  const defaultsOf = (one: Facts): Facts => Object.fromEntries(unshared.map((fact) => [fact, one[fact]]));
  const leftOut: Member = {
    payment: statedPayment(channel, blank, facts),
    read: blanks.map((one) => ({ ...facts, ...defaultsOf(one) })),
  };
  if (unshared.length === 0 || unshared.some((fact) => facts[fact] === undefined)) return [leftOut];
  const said = { ...blank, ...Object.fromEntries(unshared.map((fact) => [fact, undefined])) };
  return [leftOut, { payment: statedPayment(channel, said, facts), read: blanks.map(() => facts) }];
}

/** All that may apply on the channel. */
function conditionalsOf(rulebook: Rulebook, channel: string) {
  const rules: readonly Conditional[] = rulebook.channels[channel]?.rules ?? [];
  const planned = rulebook.holds.filter(({ inFlight }) => inFlight !== true);
  const all = [...rules, ...rulebook.windows, ...planned];
  return candidatesOf(all, conditionCompiler(rulebook.conditions, channel)).map(({ rule }) => rule);
}

/** Banks that are systems of their own, as if a condition asked for them; of banks that behave alike only one. */
function bankLeaves(views: readonly View[], channel: string): Leaf[] {
  const systems = [...new Set(views.flatMap(({ rulebook }) => Object.keys(rulebook.systems)))];
  const behaviours = (system: string): string =>
    views.map(({ rulebook }) => behaviourOf(rulebook, system)).join(" ");
  return views
    .flatMap((view) => standInsOf(view, channel))
    .flatMap(([standIn, fact]) => {
      const known = new Set([behaviours(standIn)]);
      const others = systems
        .filter((system) => mayName(views, fact, system))
        .filter((system) => !known.has(behaviours(system)) && known.add(behaviours(system)));
      return others.map((value) => ({ fact, operator: "equal", value }));
    });
}

/** A fact that lists its values names no other system, open as it may be. */
const mayName = (views: readonly View[], fact: string, system: string): boolean =>
  views.some(({ rulebook }) => rulebook.facts[fact]?.values?.includes(system) ?? true);
