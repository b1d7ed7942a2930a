import type { Calendars } from "../calendar/compile.js";
import type { Conditional } from "../decide/candidate.js";
import { frameOf } from "../decide/decider.js";
import { statedFacts } from "../decide/facts.js";
import { derivedReader, type Frame, type Moment } from "../decide/moment.js";
import type { Facts, FactValue } from "../model/payment.js";
import type { ChannelFile, Leaf, Rulebook } from "../model/rulebook.js";
import type { Day } from "../time/day.js";
import { formatInstant } from "../time/instant.js";
import { cutFact, type Dimension } from "./dimension.js";
import { comparesFacts, leavesOf, titleOf } from "./leaves.js";
import { cutMoments, instantIn, type MomentCell, type Moments } from "./moments.js";

/**
 * All payments of a channel, cut into cells: payments of one cell are treated alike by every rule, because no
 * comparison with a constant tells them apart. What holds for one payment of each cell so holds for all payments.
 */
export interface Grid {
  readonly channel: string;
  readonly frame: Frame;
  readonly stated: readonly Dimension[];
  readonly moments: Moments;
  /** The weekdays on which the channel's calendar has weekends, Monday being 0. */
  readonly weekend: ReadonlySet<number>;
  /** The facts of a payment that says no more than it must. */
  readonly blank: Facts;
  /** How many cells there are. */
  readonly size: number;
  /** Comparisons of fact with fact, for which the cells are too coarse to prove anything. */
  readonly vague: readonly string[];
}

export interface GridCell {
  readonly index: number;
  readonly facts: Facts;
  readonly moment: MomentCell;
}

/** Rules that are decided by one hit policy, over the payments of a channel. */
export function gridOf(
  rulebook: Rulebook,
  file: ChannelFile,
  rules: readonly Conditional[],
  calendars: Calendars,
  today: Day,
): Grid {
  const frame = frameOf(file, calendars);
  const leaves = leavesOf(rules, rulebook.conditions);
  const exact = leaves.filter((leaf) => !comparesFacts(leaf));
  const stated = statedDimensions(rulebook, exact);
  const calendar = file.calendar === undefined ? undefined : calendars.get(file.calendar, "expected");
  const known = calendar && { first: calendar.first.day, last: calendar.last.day };
  const moments = cutMoments(frame, rules, exact, rulebook.conditions, known, today);
  return {
    channel: file.channel,
    frame,
    stated,
    moments,
    weekend: calendar?.weekend ?? new Set(),
    blank: blankFacts(rulebook),
    size: stated.reduce((product, { cells }) => product * cells.length, moments.cells.length),
    vague: [...new Set(leaves.filter(comparesFacts).map(titleOf))],
  };
}

/** The facts that comparisons test and a payment states, each cut by them. */
export function statedDimensions(rulebook: Rulebook, leaves: readonly Leaf[]): Dimension[] {
  const domains = statedFacts(rulebook);
  const tested = new Set(leaves.map(({ fact }) => fact).filter((fact) => derivedReader(fact) === undefined));
  return [...tested].flatMap((fact) => {
    const domain = domains.get(fact);
    const own = leaves.filter((leaf) => leaf.fact === fact);
    return domain === undefined ? [] : [cutFact(fact, domain, own)];
  });
}

export function blankFacts(rulebook: Rulebook): Record<string, FactValue | undefined> {
  const domains = statedFacts(rulebook);
  const blank = Object.fromEntries([...domains].map(([name, domain]) => [name, domain.default]));
  const { minimum = 0, maximum = Infinity } = domains.get("amount") ?? {};
  return { ...blank, amount: Math.min(Math.max(1000, minimum), maximum) };
}

/** Every cell, those of one stated combination together. */
export function* cellsOf({ stated, moments, blank }: Grid): Generator<GridCell> {
  let index = 0;
  for (const facts of combinations(stated, blank)) {
    for (const moment of moments.cells) yield { index: index++, facts, moment };
  }
}

/** Every combination of stated values; the last fact turns fastest. */
export function* combinations([first, ...others]: readonly Dimension[], facts: Facts): Generator<Facts> {
  if (first === undefined) yield facts;
  else for (const { value } of first.cells) yield* combinations(others, { ...facts, [first.fact]: value });
}

export const momentOf = ({ frame }: Grid, { day, clock }: MomentCell): Moment => ({
  frame,
  date: day,
  clock,
  day: undefined,
  tomorrow: undefined,
});

/** The numbers of a cell in all dimensions, the stated ones first. */
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

/** A payment of a cell, as a caller would ask about it: facts at their default are left out. */
export function paymentIn(grid: Grid, { facts, moment }: GridCell): Record<string, unknown> {
  const at = formatInstant(grid.frame.zone, instantIn(grid.frame, moment));
  return { ...statedPayment(grid.channel, grid.blank, facts), initiatedAt: at };
}

export function statedPayment(channel: string, blank: Facts, facts: Facts): Record<string, unknown> {
  const said = Object.entries(facts).filter(([name, value]) => value !== undefined && value !== blank[name]);
  return {
    channel,
    amount: String(facts.amount),
    ...Object.fromEntries(said.filter(([name]) => name !== "amount")),
  };
}
