import { findingMessages, QuestionError } from "../errors.js";
import type { ChannelFile, ChannelRule, Condition, Example } from "../model/rulebook.js";
import { type Day, parseDay } from "../time/day.js";
import {
  boxCondition,
  boxContains,
  type CellBox,
  constraintsOf,
  DONT_CARE,
  GAP,
  mergeCells,
  POSSIBLE_GAP,
  sideConditions,
} from "./cell-merge.js";
import type { Context } from "./context.js";
import type { Dimension } from "./dimension.js";
import { type Finding, finding } from "./finding.js";
import { coordsOf, type Grid, type GridCell, paymentIn } from "./grid.js";
import type { MomentCell } from "./moments.js";

/** Gaps: payments that no rule matches. */

/** The largest number of gaps that is reported for a channel. */
const BOXES_MAX = 8;

/**
 * Ignores days before the first rule of the channel takes effect. Also ignores gaps that contain an example with
 * `"error": "no-rule"`, because these are intended.
 */
export function gapFindings(context: Context, file: ChannelFile, grid: Grid, gaps: Uint8Array): Finding[] {
  const start = channelStart(file.rules);
  const marks = gaps.map((gap, index) =>
    gap !== 0 && momentOfCell(grid, index).day < start ? DONT_CARE : gap,
  );
  return [...boxFindings(context, file, grid, marks), ...possibleGapFinding(context, file, grid, marks)];
}

function boxFindings(context: Context, file: ChannelFile, grid: Grid, marks: Uint8Array): Finding[] {
  if (!marks.includes(GAP)) return [];
  const intended = file.examples.flatMap((example) => exampleCell(context, file, grid, example));
  const seeds = intended.filter((index) => marks[index] === GAP);
  return mergeCells(grid, marks, seeds, BOXES_MAX + seeds.length)
    .filter((box) => !seeds.some((seed) => boxContains(grid, box, seed)))
    .map((box) => gapFinding(context, file, grid, box, nearestCell(grid, marks, box)));
}

/** Reports at most one per channel. */
function possibleGapFinding(
  { locate }: Context,
  file: ChannelFile,
  grid: Grid,
  marks: Uint8Array,
): Finding[] {
  const index = marks.lastIndexOf(POSSIBLE_GAP);
  if (index < 0) return [];
  const more = { witness: paymentIn(grid, cellAt(grid, index)), outcome: "undecided" as const };
  return [finding("undecided", file.channel, locate(file), findingMessages.gapUnsettled(file.channel), more)];
}

function channelStart(rules: readonly ChannelRule[]): number {
  const starts = rules
    .filter(({ event }) => event.type !== "route" || event.params.outcome !== "returned")
    .map(({ effective }) => (effective?.from === undefined ? -Infinity : (parseDay(effective.from) as Day)));
  return Math.min(...starts);
}

/** The index of the cell that an example with `"error": "no-rule"` is in; empty for other examples. */
function exampleCell(
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
    const momentIndex = grid.moments.cells.findIndex(({ coords }) => coords.join() === moment);
    if (momentIndex < 0 || stated.includes(-1)) return [];
    const prefix = stated.reduce(
      (sum, coord, index) => sum * (grid.stated[index]?.cells.length ?? 1) + coord,
      0,
    );
    return [prefix * grid.moments.cells.length + momentIndex];
  } catch (error) {
    if (error instanceof QuestionError) return [];
    throw error;
  }
}

/**
 * The cell with the same facts and range of dates as the box's seed whose day is nearest after today. Cells of one range
 * are in that order.
 */
function nearestCell(grid: Grid, marks: Uint8Array, box: CellBox): number {
  const { cells } = grid.moments;
  const first = box.seed - (box.seed % cells.length);
  const date = momentOfCell(grid, box.seed).coords[0];
  const offset = cells.findIndex(
    ({ coords }, index) =>
      coords[0] === date && marks[first + index] === GAP && boxContains(grid, box, first + index),
  );
  return first + offset;
}

function gapFinding(
  { locate }: Context,
  file: ChannelFile,
  grid: Grid,
  box: CellBox,
  witnessCell: number,
): Finding {
  const { channel } = file;
  const constraints = constraintsOf(grid, box).map(({ dimension, side }) => constraintText(dimension, side));
  const witness = paymentIn(grid, cellAt(grid, witnessCell));
  const condition = boxCondition(grid, box);
  const remedy = condition && {
    remedy: { where: `${channel}: rules`, json: refusalRule(channel, condition) },
  };
  return finding("gap", channel, locate(file), findingMessages.gap(channel, constraints), {
    witness,
    ...remedy,
  });
}

function constraintText(dimension: Dimension, side: ReadonlySet<number>): string {
  const missing =
    dimension.unknownCell === undefined ? "absent" : "of a kind that the calendar does not know";
  const alternatives = sideConditions(dimension, side).map((part) =>
    part === undefined ? missing : conditionText(part),
  );
  return `${dimension.fact} ${alternatives.join(" or ")}`;
}

function conditionText(condition: Condition): string {
  if ("all" in condition) return condition.all.map(conditionText).join(" and ");
  if (!("operator" in condition)) return JSON.stringify(condition);
  const list = Array.isArray(condition.value) ? condition.value : [condition.value];
  return `${condition.operator} ${list.join(", ")}`;
}

/** A rule with the lowest priority that refuses the payments. Its author must add an example. */
const refusalRule = (channel: string, conditions: Condition): object => ({
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

/** The cell with an index; its facts are computed from the index. */
function cellAt(grid: Grid, index: number): GridCell {
  const coords = coordsOf(grid, index);
  const stated = grid.stated.map(({ fact, cells }, axis) => [fact, cells[coords[axis] as number]?.value]);
  return {
    index,
    facts: { ...grid.defaults, ...Object.fromEntries(stated) },
    moment: momentOfCell(grid, index),
  };
}
