import type { Condition } from "../model/rulebook.js";
import type { Dimension } from "./dimension.js";
import { coordsOf, type Grid } from "./grid.js";

/** Merges cells without a rule into boxes that are as large as possible, so that one finding covers many cells. */

export interface CellBox {
  /** The cell from which the box was grown. */
  readonly seed: number;
  /** For each dimension, the cells that the box includes. */
  readonly sides: readonly ReadonlySet<number>[];
  readonly cells: number;
}

/** Mark of a cell that no rule matches. */
export const GAP = 1;
/** Mark of a cell that a box may include or not. */
export const DONT_CARE = 2;
/** Mark of a cell that may be a gap, depending on days that the calendar does not know. */
export const POSSIBLE_GAP = 3;

/** Boxes that cover all gaps, or the first `limit` of them. Boxes grow from `seeds` first. */
export function mergeCells(
  grid: Grid,
  marks: Uint8Array,
  seeds: readonly number[],
  limit: number,
): CellBox[] {
  const remaining = marks.slice();
  const boxes: CellBox[] = [];
  const grow = (seed: number): void => {
    const sides = coordsOf(grid, seed).map((coord) => new Set([coord]));
    // Gaps first: growing over don't-care cells at once could block the growth over gaps.
    for (const mark of [GAP, DONT_CARE]) {
      while (growOnce(grid, sides, marks, mark));
    }
    const inside = cellsOfBox(grid, sides).filter((index) => marks[index] === GAP);
    for (const index of inside) remaining[index] = 0;
    boxes.push({ seed, sides, cells: inside.length });
  };
  for (const seed of seeds) if (remaining[seed] === GAP && boxes.length < limit) grow(seed);
  // From the end, because the latest dates matter most.
  for (let at = remaining.lastIndexOf(GAP); at >= 0 && boxes.length < limit; at = remaining.lastIndexOf(GAP))
    grow(at);
  return boxes;
}

/** Tries every cell of every dimension once. Returns whether the box grew. */
function growOnce(grid: Grid, sides: Set<number>[], marks: Uint8Array, mark: number): boolean {
  const coords = dimensionsOf(grid).flatMap(({ cells }, axis) =>
    [...cells.keys()].map((coord) => [axis, coord] as const),
  );
  const grown = coords.filter(([axis, coord]) => addCell(grid, sides, axis, coord, marks, mark));
  return grown.length > 0;
}

/** Adds a cell of one dimension to the box, provided that all cells so added are marked. */
function addCell(
  grid: Grid,
  sides: Set<number>[],
  axis: number,
  coord: number,
  marks: Uint8Array,
  mark: number,
): boolean {
  const side = sides[axis] as Set<number>;
  if (side.has(coord)) return false;
  const added = cellsOfBox(
    grid,
    sides.map((one, index) => (index === axis ? new Set([coord]) : one)),
  );
  const isUseful = mark === DONT_CARE ? added.length > 0 : added.some((index) => marks[index] === GAP);
  const fits = isUseful && added.every((index) => marks[index] !== 0);
  if (fits) side.add(coord);
  return fits;
}

/** The indexes of the cells in a box. */
function cellsOfBox({ stated, moments }: Grid, sides: readonly ReadonlySet<number>[]): number[] {
  const count = moments.cells.length;
  const momentIndexes = [...moments.cells.keys()].filter((index) =>
    moments.cells[index]?.coords.every((coord, axis) => sides[stated.length + axis]?.has(coord)),
  );
  let prefixes = [0];
  for (const [axis, { cells }] of stated.entries()) {
    const side = [...(sides[axis] as ReadonlySet<number>)];
    prefixes = prefixes.flatMap((prefix) => side.map((coord) => prefix * cells.length + coord));
  }
  return prefixes.flatMap((prefix) => momentIndexes.map((index) => prefix * count + index));
}

export const boxContains = (grid: Grid, { sides }: CellBox, index: number): boolean =>
  coordsOf(grid, index).every((coord, axis) => sides[axis]?.has(coord));

export const dimensionsOf = ({ stated, moments }: Grid): readonly Dimension[] => [
  ...stated,
  ...moments.dimensions,
];

/** The dimensions that a box does not span entirely, each with the cells that the box includes. */
export function constraintsOf(
  grid: Grid,
  { sides }: CellBox,
): { dimension: Dimension; side: ReadonlySet<number> }[] {
  const dimensions = dimensionsOf(grid);
  const remaining: (ReadonlySet<number> | undefined)[] = [...sides];
  // Kinds of days first: a range of dates may have only one kind, or none that the calendar knows.
  const axes = [...dimensions.keys()].sort((one, other) => kindsFirst(grid, one) - kindsFirst(grid, other));
  for (const axis of axes) if (spansDimension(grid, remaining, axis)) remaining[axis] = undefined;
  return dimensions.flatMap((dimension, index) => {
    const side = remaining[index];
    return side === undefined ? [] : [{ dimension, side: knownCells(dimension, side) }];
  });
}

const kindsFirst = (grid: Grid, axis: number): number =>
  dimensionsOf(grid)[axis]?.unknownCell === undefined ? 1 : 0;

/** Ignores impossible cells, such as a kind of day that never occurs in the dates of the box. */
function spansDimension(
  grid: Grid,
  sides: readonly (ReadonlySet<number> | undefined)[],
  axis: number,
): boolean {
  const dimension = dimensionsOf(grid)[axis] as Dimension;
  const side = sides[axis] as ReadonlySet<number>;
  const offset = grid.stated.length;
  const possible =
    axis < offset
      ? dimension.cells.keys()
      : grid.moments.cells
          .filter(({ coords }) =>
            coords.every(
              (coord, index) => index + offset === axis || (sides[index + offset]?.has(coord) ?? true),
            ),
          )
          .map(({ coords }) => coords[axis - offset] as number);
  return [...knownCells(dimension, new Set(possible))].every((coord) => side.has(coord));
}

/** Leaves out the cell of unknown days, unless it is the only one. */
function knownCells({ unknownCell }: Dimension, side: ReadonlySet<number>): ReadonlySet<number> {
  const others = [...side].filter((coord) => coord !== unknownCell);
  return others.length === 0 ? side : new Set(others);
}

/** The condition that holds inside a box only; undefined if it cannot be expressed. */
export function boxCondition(grid: Grid, box: CellBox): Condition | undefined {
  const parts = constraintsOf(grid, box).map(({ dimension, side }) => sideCondition(dimension, side));
  if (parts.some((part) => part === undefined)) return undefined;
  return { all: parts as Condition[] };
}

/** Describes a side by the cells in it or, failing that, by the cells outside it. */
function sideCondition(dimension: Dimension, side: ReadonlySet<number>): Condition | undefined {
  const { cells } = dimension;
  const outside = [...cells.keys()].filter((coord) => !side.has(coord));
  const inside = anyOf(sideConditions(dimension, side));
  if (inside !== undefined) return inside;
  const not = anyOf(outside.map((coord) => cells[coord]?.condition));
  return not && { not };
}

/** The conditions of the cells of a side. Adjacent ranges share one condition. */
export function sideConditions(
  { cells, rangeCondition }: Dimension,
  side: ReadonlySet<number>,
): (Condition | undefined)[] {
  const coords = [...side].sort((one, other) => one - other);
  if (rangeCondition === undefined) return coords.map((coord) => cells[coord]?.condition);
  const describable = new Set(coords.filter((coord) => cells[coord]?.condition !== undefined));
  const firsts = [...describable].filter((coord) => !describable.has(coord - 1));
  const lasts = [...describable].filter((coord) => !describable.has(coord + 1));
  const parts = firsts.flatMap((first, index) => {
    const last = lasts[index] as number;
    const merged = rangeCondition(first, last);
    return merged === undefined ? cells.slice(first, last + 1).map(({ condition }) => condition) : [merged];
  });
  return describable.size < coords.length ? [...parts, undefined] : parts;
}

function anyOf(parts: readonly (Condition | undefined)[]): Condition | undefined {
  if (parts.some((part) => part === undefined)) return undefined;
  return parts.length === 1 ? parts[0] : { any: parts as Condition[] };
}
