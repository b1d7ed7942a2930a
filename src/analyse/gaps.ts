import { findingSays, QuestionError } from "../errors.js";
import type { ChannelFile, ChannelRule, Condition, Example } from "../model/rulebook.js";
import { type Day, parseDay } from "../time/day.js";
import {
  type Box,
  boxesOf,
  conditionsOf,
  contains,
  limitsOf,
  MARKED,
  OPEN,
  partsOf,
  SPANNABLE,
} from "./boxes.js";
import type { Context } from "./context.js";
import type { Dimension } from "./dimension.js";
import { type Finding, finding } from "./finding.js";
import { coordsOf, type Grid, type GridCell, paymentIn } from "./grid.js";
import type { MomentCell } from "./moments.js";

/** Payments that no rule takes. */

/** How many boxes of such payments are told of one channel. */
const BOXES_MAX = 8;

/**
 * A channel begins when its rules do: what is dated before is no gap. A gap that holds a payment of which an example
 * says that no rule takes it is meant.
 */
export function gapFindings(context: Context, file: ChannelFile, grid: Grid, gaps: Uint8Array): Finding[] {
  const begins = beginningOf(file.rules);
  const within = gaps.map((gap, index) =>
    gap !== 0 && momentOfCell(grid, index).day < begins ? SPANNABLE : gap,
  );
  return [...boxFindings(context, file, grid, within), ...openFinding(context, file, grid, within)];
}

function boxFindings(context: Context, file: ChannelFile, grid: Grid, within: Uint8Array): Finding[] {
  if (!within.includes(MARKED)) return [];
  const meant = file.examples.flatMap((example) => cellOfExample(context, file, grid, example));
  const seeds = meant.filter((index) => within[index] === MARKED);
  return boxesOf(grid, within, seeds, BOXES_MAX + seeds.length)
    .filter((box) => !seeds.some((seed) => contains(grid, box, seed)))
    .map((box) => gapFinding(context, file, grid, box, nearest(grid, within, box)));
}

/** One of a channel, however many of its payments it is about. */
function openFinding({ locate }: Context, file: ChannelFile, grid: Grid, within: Uint8Array): Finding[] {
  const index = within.lastIndexOf(OPEN);
  if (index < 0) return [];
  const more = { witness: paymentIn(grid, cellAt(grid, index)), outcome: "undecided" as const };
  return [finding("undecided", file.channel, locate(file), findingSays.gapUnsettled(file.channel), more)];
}

function beginningOf(rules: readonly ChannelRule[]): number {
  const starts = rules
    .filter(({ event }) => event.type !== "route" || event.params.outcome !== "returned")
    .map(({ effective }) => (effective?.from === undefined ? -Infinity : (parseDay(effective.from) as Day)));
  return Math.min(...starts);
}

function cellOfExample(
  { read }: Context,
  file: ChannelFile,
  grid: Grid,
  { payment, expect }: Example,
): number[] {
  if (expect.error !== "no-rule") return [];
  try {
    const { facts, at } = read({ ...payment, channel: file.channel });
    const stated = grid.stated.map(({ fact, indexOf }) => indexOf(facts[fact]));
    const moment = grid.moments.coordsOf(at).join();
    const number = grid.moments.cells.findIndex(({ coords }) => coords.join() === moment);
    if (number < 0 || stated.includes(-1)) return [];
    const before = stated.reduce(
      (sum, coord, index) => sum * (grid.stated[index]?.cells.length ?? 1) + coord,
      0,
    );
    return [before * grid.moments.cells.length + number];
  } catch (error) {
    if (error instanceof QuestionError) return [];
    throw error;
  }
}

/** The cell like the box's own whose day comes first from today on: of one range of dates the cells are in that order. */
function nearest(grid: Grid, within: Uint8Array, box: Box): number {
  const { cells } = grid.moments;
  const first = box.seed - (box.seed % cells.length);
  const date = momentOfCell(grid, box.seed).coords[0];
  const like = cells.findIndex(
    ({ coords }, index) =>
      coords[0] === date && within[first + index] === MARKED && contains(grid, box, first + index),
  );
  return first + like;
}

function gapFinding({ locate }: Context, file: ChannelFile, grid: Grid, box: Box, shown: number): Finding {
  const { channel } = file;
  const limits = limitsOf(grid, box).map(({ dimension, side }) => sayLimit(dimension, side));
  const witness = paymentIn(grid, cellAt(grid, shown));
  const conditions = conditionsOf(grid, box);
  const remedy = conditions && {
    remedy: { where: `${channel}: rules`, json: refusing(channel, conditions) },
  };
  return finding("gap", channel, locate(file), findingSays.gap(channel, limits), { witness, ...remedy });
}

function sayLimit(dimension: Dimension, side: ReadonlySet<number>): string {
  const unsaid = dimension.unknown === undefined ? "absent" : "of a kind that the calendar does not know";
  const said = partsOf(dimension, side).map((part) => (part === undefined ? unsaid : sayCondition(part)));
  return `${dimension.fact} ${said.join(" or ")}`;
}

function sayCondition(condition: Condition): string {
  if ("all" in condition) return condition.all.map(sayCondition).join(" and ");
  if (!("operator" in condition)) return JSON.stringify(condition);
  const list = Array.isArray(condition.value) ? condition.value : [condition.value];
  return `${condition.operator} ${list.join(", ")}`;
}

/** A rule that says so, below all others, with the example that it needs left to its author. */
const refusing = (channel: string, conditions: Condition): object => ({
  name: `${channel}.not-taken`,
  priority: 1,
  ...("all" in conditions && conditions.all.length === 0 ? {} : { conditions }),
  event: {
    type: "refuse",
    params: { reason: { zh: "本渠道不受理此类付款", en: "the channel does not take such payments" } },
  },
  basis: "assumed",
});

const momentOfCell = ({ moments }: Grid, index: number): MomentCell =>
  moments.cells[index % moments.cells.length] as MomentCell;

/** A cell by its number, its facts put together again. */
function cellAt(grid: Grid, index: number): GridCell {
  const coords = coordsOf(grid, index);
  const stated = grid.stated.map(({ fact, cells }, number) => [fact, cells[coords[number] as number]?.value]);
  return {
    index,
    facts: { ...grid.blank, ...Object.fromEntries(stated) },
    moment: momentOfCell(grid, index),
  };
}
