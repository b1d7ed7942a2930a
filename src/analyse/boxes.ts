import type { Condition } from "../model/rulebook.js";
import type { Dimension } from "./dimension.js";
import { coordsOf, type Grid } from "./grid.js";

/** Cells without a rule, gathered into boxes: each as large as it can be made, so that one sentence tells many cells. */

export interface Box {
  /** The cell that it was grown from. */
  readonly seed: number;
  /** For each dimension the cells that are in it. */
  readonly sides: readonly ReadonlySet<number>[];
  readonly cells: number;
}

/** Marks of cells: a fault; one of which nothing can be said, so that a box may span it; or one that may be a fault. */
export const MARKED = 1;
export const SPANNABLE = 2;
export const OPEN = 3;

/** The boxes that cover all marked cells, or the first `most`; grown from `seeds` first. */
export function boxesOf(grid: Grid, marks: Uint8Array, seeds: readonly number[], most: number): Box[] {
  const left = marks.slice();
  const boxes: Box[] = [];
  const grow = (seed: number): void => {
    const sides = coordsOf(grid, seed).map((coord) => new Set([coord]));
    // First over faults, and only then over what says nothing, which would else lead away from them.
    for (const least of [MARKED, SPANNABLE]) {
      while (widenAll(grid, sides, marks, least));
    }
    const inside = cellsInside(grid, sides).filter((index) => marks[index] === MARKED);
    for (const index of inside) left[index] = 0;
    boxes.push({ seed, sides, cells: inside.length });
  };
  for (const seed of seeds) if (left[seed] === MARKED && boxes.length < most) grow(seed);
  // From the end, where the dates are that are still asked about.
  for (let at = left.lastIndexOf(MARKED); at >= 0 && boxes.length < most; at = left.lastIndexOf(MARKED))
    grow(at);
  return boxes;
}

/** Once through all dimensions: whether the box grew, so that it may grow on. */
function widenAll(grid: Grid, sides: Set<number>[], marks: Uint8Array, least: number): boolean {
  const coords = dimensionsOf(grid).flatMap(({ cells }, number) =>
    [...cells.keys()].map((coord) => [number, coord] as const),
  );
  const grown = coords.filter(([number, coord]) => widen(grid, sides, number, coord, marks, least));
  return grown.length > 0;
}

/** Takes one more cell of a dimension in where the box, made larger by it, holds no other than marked cells. */
function widen(
  grid: Grid,
  sides: Set<number>[],
  number: number,
  coord: number,
  marks: Uint8Array,
  least: number,
): boolean {
  const side = sides[number] as Set<number>;
  if (side.has(coord)) return false;
  const added = cellsInside(
    grid,
    sides.map((one, index) => (index === number ? new Set([coord]) : one)),
  );
  const some = least === SPANNABLE ? added.length > 0 : added.some((index) => marks[index] === MARKED);
  const takes = some && added.every((index) => marks[index] !== 0);
  if (takes) side.add(coord);
  return takes;
}

/** The numbers of the cells of a box. */
function cellsInside({ stated, moments }: Grid, sides: readonly ReadonlySet<number>[]): number[] {
  const count = moments.cells.length;
  const timely = [...moments.cells.keys()].filter((index) =>
    moments.cells[index]?.coords.every((coord, number) => sides[stated.length + number]?.has(coord)),
  );
  let befores = [0];
  for (const [number, { cells }] of stated.entries()) {
    const side = [...(sides[number] as ReadonlySet<number>)];
    befores = befores.flatMap((before) => side.map((coord) => before * cells.length + coord));
  }
  return befores.flatMap((before) => timely.map((index) => before * count + index));
}

export const contains = (grid: Grid, { sides }: Box, index: number): boolean =>
  coordsOf(grid, index).every((coord, number) => sides[number]?.has(coord));

export const dimensionsOf = ({ stated, moments }: Grid): readonly Dimension[] => [
  ...stated,
  ...moments.dimensions,
];

/** The dimensions that a box does not span, with the cells that are in it. */
export function limitsOf(grid: Grid, { sides }: Box): { dimension: Dimension; side: ReadonlySet<number> }[] {
  const dimensions = dimensionsOf(grid);
  const within: (ReadonlySet<number> | undefined)[] = [...sides];
  // The kinds of days first: between two dates there may be one kind only, or none that the calendar knows.
  const numbers = [...dimensions.keys()].sort(
    (one, other) => kindsFirst(grid, one) - kindsFirst(grid, other),
  );
  for (const number of numbers) if (isWhole(grid, within, number)) within[number] = undefined;
  return dimensions.flatMap((dimension, index) => {
    const side = within[index];
    return side === undefined ? [] : [{ dimension, side: known(dimension, side) }];
  });
}

const kindsFirst = (grid: Grid, number: number): number =>
  dimensionsOf(grid)[number]?.unknown === undefined ? 1 : 0;

/** Cells that no payment can be in, as a kind of day that the calendar never has there, do not count. */
function isWhole(grid: Grid, within: readonly (ReadonlySet<number> | undefined)[], number: number): boolean {
  const dimension = dimensionsOf(grid)[number] as Dimension;
  const side = within[number] as ReadonlySet<number>;
  const offset = grid.stated.length;
  const possible =
    number < offset
      ? dimension.cells.keys()
      : grid.moments.cells
          .filter(({ coords }) =>
            coords.every(
              (coord, index) => index + offset === number || (within[index + offset]?.has(coord) ?? true),
            ),
          )
          .map(({ coords }) => coords[number - offset] as number);
  return [...known(dimension, new Set(possible))].every((coord) => side.has(coord));
}

/** Without what the calendar does not know, where there is anything else. */
function known({ unknown }: Dimension, side: ReadonlySet<number>): ReadonlySet<number> {
  const others = [...side].filter((coord) => coord !== unknown);
  return others.length === 0 ? side : new Set(others);
}

/** Conditions that hold in a box and nowhere else; undefined where they cannot be written. */
export function conditionsOf(grid: Grid, box: Box): Condition | undefined {
  const parts = limitsOf(grid, box).map(({ dimension, side }) => sideCondition(dimension, side));
  if (parts.some((part) => part === undefined)) return undefined;
  return { all: parts as Condition[] };
}

/** By its own cells, or else by what is not in it. */
function sideCondition(dimension: Dimension, side: ReadonlySet<number>): Condition | undefined {
  const { cells } = dimension;
  const outside = [...cells.keys()].filter((coord) => !side.has(coord));
  const inside = anyOf(partsOf(dimension, side));
  if (inside !== undefined) return inside;
  const not = anyOf(outside.map((coord) => cells[coord]?.says));
  return not && { not };
}

/** What each cell says, ranges that touch taken together. */
export function partsOf({ cells, spans }: Dimension, side: ReadonlySet<number>): (Condition | undefined)[] {
  const coords = [...side].sort((one, other) => one - other);
  if (spans === undefined) return coords.map((coord) => cells[coord]?.says);
  const inRow = new Set(coords.filter((coord) => cells[coord]?.says !== undefined));
  const firsts = [...inRow].filter((coord) => !inRow.has(coord - 1));
  const lasts = [...inRow].filter((coord) => !inRow.has(coord + 1));
  const parts = firsts.flatMap((first, index) => {
    const last = lasts[index] as number;
    const span = spans(first, last);
    return span === undefined ? cells.slice(first, last + 1).map(({ says }) => says) : [span];
  });
  return inRow.size < coords.length ? [...parts, undefined] : parts;
}

function anyOf(parts: readonly (Condition | undefined)[]): Condition | undefined {
  if (parts.some((part) => part === undefined)) return undefined;
  return parts.length === 1 ? parts[0] : { any: parts as Condition[] };
}
