import type { Calendars } from "../calendar/compile.js";
import type { Conditional } from "../decide/candidate.js";
import { channelContextOf } from "../decide/decider.js";
import { statedFacts } from "../decide/facts.js";
import { type ChannelContext, derivedReader, type Moment } from "../decide/moment.js";
import type { Facts, FactValue } from "../model/payment.js";
import type { ChannelFile, Leaf, Rulebook } from "../model/rulebook.js";
import type { Day } from "../time/day.js";
import { formatInstant } from "../time/instant.js";
import { type Dimension, partitionFact } from "./dimension.js";
import { comparesFacts, leafText, leavesOf } from "./leaves.js";
import { instantIn, type MomentCell, type Moments, partitionMoments } from "./moments.js";

/**
 * All payments of a channel, partitioned into cells. Every rule treats the payments of a cell alike, because no
 * comparison with a constant distinguishes them. Checking one payment per cell therefore checks all payments.
 */
export interface Grid {
  readonly channel: string;
  readonly context: ChannelContext;
  /** The facts that payments state. */
  readonly stated: readonly Dimension[];
  readonly moments: Moments;
  /** The weekend days of the channel's calendar; Monday is 0. */
  readonly weekend: ReadonlySet<number>;
  /** The facts of a payment that states only its amount. */
  readonly defaults: Facts;
  /** The number of cells. */
  readonly size: number;
  /** Comparisons of two facts. The grid is inexact for them and proves nothing. */
  readonly factComparisons: readonly string[];
}

export interface GridCell {
  readonly index: number;
  readonly facts: Facts;
  readonly moment: MomentCell;
}

/** The grid of a channel's payments for a set of rules, of which one decides. */
export function buildGrid(
  rulebook: Rulebook,
  file: ChannelFile,
  rules: readonly Conditional[],
  calendars: Calendars,
  today: Day,
): Grid {
  const context = channelContextOf(file, calendars);
  const leaves = leavesOf(rules, rulebook.conditions);
  const exact = leaves.filter((leaf) => !comparesFacts(leaf));
  const stated = statedDimensions(rulebook, exact);
  const calendar = file.calendar === undefined ? undefined : calendars.get(file.calendar, "expected");
  const known = calendar && { first: calendar.first.day, last: calendar.last.day };
  const moments = partitionMoments(context, rules, exact, rulebook.conditions, known, today);
  return {
    channel: file.channel,
    context,
    stated,
    moments,
    weekend: calendar?.weekend ?? new Set(),
    defaults: defaultFacts(rulebook),
    size: stated.reduce((product, { cells }) => product * cells.length, moments.cells.length),
    factComparisons: [...new Set(leaves.filter(comparesFacts).map(leafText))],
  };
}

/** A dimension for each stated fact that `leaves` test. */
export function statedDimensions(rulebook: Rulebook, leaves: readonly Leaf[]): Dimension[] {
  const domains = statedFacts(rulebook);
  const tested = new Set(leaves.map(({ fact }) => fact).filter((fact) => derivedReader(fact) === undefined));
  return [...tested].flatMap((fact) => {
    const domain = domains.get(fact);
    const own = leaves.filter((leaf) => leaf.fact === fact);
    return domain === undefined ? [] : [partitionFact(fact, domain, own)];
  });
}

export function defaultFacts(rulebook: Rulebook): Record<string, FactValue | undefined> {
  const domains = statedFacts(rulebook);
  const defaults = Object.fromEntries([...domains].map(([name, domain]) => [name, domain.default]));
  const { minimum = 0, maximum = Infinity } = domains.get("amount") ?? {};
  return { ...defaults, amount: Math.min(Math.max(1000, minimum), maximum) };
}

/** Every cell in the order of indexes: all moments of one combination of facts, then the next combination. */
export function* cellsOf({ stated, moments, defaults }: Grid): Generator<GridCell> {
  let index = 0;
  for (const facts of combinations(stated, defaults)) {
    for (const moment of moments.cells) yield { index: index++, facts, moment };
  }
}

/** Every combination of stated values. The last fact varies fastest. */
export function* combinations([first, ...others]: readonly Dimension[], facts: Facts): Generator<Facts> {
  if (first === undefined) yield facts;
  else for (const { value } of first.cells) yield* combinations(others, { ...facts, [first.fact]: value });
}

export const momentOf = ({ context }: Grid, { day, clock }: MomentCell): Moment => ({
  context,
  date: day,
  clock,
  day: undefined,
  tomorrow: undefined,
});

/** The coordinates of a cell, stated facts first. */
export function coordsOf({ stated, moments }: Grid, index: number): number[] {
  const count = moments.cells.length;
  const moment = moments.cells[index % count] as MomentCell;
  let rest = Math.floor(index / count);
  const coords: number[] = [];
  for (const { cells } of [...stated].reverse()) {
    coords.unshift(rest % cells.length);
    rest = Math.floor(rest / cells.length);
  }
  return [...coords, ...moment.coords];
}

/** A payment of the cell, as a caller would write it. Facts with their default value are left out. */
export function paymentIn(grid: Grid, { facts, moment }: GridCell): Record<string, unknown> {
  const at = formatInstant(grid.context.zone, instantIn(grid.context, moment));
  return { ...statedPayment(grid.channel, grid.defaults, facts), initiatedAt: at };
}

export function statedPayment(channel: string, defaults: Facts, facts: Facts): Record<string, unknown> {
  const nonDefault = Object.entries(facts).filter(
    ([name, value]) => value !== undefined && value !== defaults[name],
  );
  return {
    channel,
    amount: String(facts.amount),
    ...Object.fromEntries(nonDefault.filter(([name]) => name !== "amount")),
  };
}
