import type { Condition } from "../model/rulebook.js";
import { isObject, partsOf } from "./tree.js";

/** Following named conditions. A circle of them makes json-rules-engine run out of memory, so none is let in. */

/** How many conditions may stand in one another, named ones counted. */
export const MAX_DEPTH = 64;
/** How many there may be in one tree: names that name each other twice double with every step. */
export const MAX_SIZE = 10_000;

export type Named = Readonly<Record<string, Condition>>;

export interface Circle {
  /** The path of the reference that leads into it. */
  readonly path: string;
  /** The names in the order in which they refer to one another, the first again at the end. */
  readonly names: readonly string[];
}

const treeOf = (named: Named, name: string): Condition | undefined =>
  Object.hasOwn(named, name) ? named[name] : undefined;

/** The first circle that a tree's references run into. */
export function circleIn(tree: unknown, named: Named): Circle | undefined {
  const clear = new Set<string>();
  for (const part of partsOf(tree)) {
    if (!("condition" in part)) continue;
    const names = circleFrom(part.condition, named, [], clear);
    if (names !== undefined)
      return { path: part.path === "" ? "condition" : `${part.path}.condition`, names };
  }
  return undefined;
}

/** Names found clear are not walked again, so that a wide net of references costs no more than its size. */
function circleFrom(name: string, named: Named, trail: string[], clear: Set<string>): string[] | undefined {
  const before = trail.indexOf(name);
  if (before >= 0) return [...trail.slice(before), name];
  if (clear.has(name)) return undefined;
  for (const part of partsOf(treeOf(named, name))) {
    const names =
      "condition" in part ? circleFrom(part.condition, named, [...trail, name], clear) : undefined;
    if (names !== undefined) return names;
  }
  clear.add(name);
  return undefined;
}

export interface Extent {
  readonly depth: number;
  /** Comparisons, and conditions around them. */
  readonly size: number;
}

/** How far a tree goes with every reference replaced by what it names; there must be no circle. */
export function extentOf(tree: unknown, named: Named, memory = new Map<string, Extent>()): Extent {
  if (!isObject(tree)) return { depth: 0, size: 0 };
  if (typeof tree.condition === "string") {
    const known = memory.get(tree.condition) ?? extentOf(treeOf(named, tree.condition), named, memory);
    memory.set(tree.condition, known);
    return around([known]);
  }
  const children = [tree.all, tree.any, tree.not].flat().filter((child) => child !== undefined);
  return around(children.map((child) => extentOf(child, named, memory)));
}

const around = (inner: readonly Extent[]): Extent => ({
  depth: 1 + inner.reduce((deepest, { depth }) => Math.max(deepest, depth), 0),
  size: 1 + inner.reduce((sum, { size }) => sum + size, 0),
});

/** Every fact that a named condition tests, itself or through others; there must be no circle. */
export function namedFacts(name: string, named: Named, seen = new Set<string>()): Set<string> {
  const facts = new Set<string>();
  if (seen.has(name)) return facts;
  seen.add(name);
  for (const part of partsOf(treeOf(named, name))) {
    if (!("condition" in part)) facts.add(part.fact);
    else for (const fact of namedFacts(part.condition, named, seen)) facts.add(fact);
  }
  return facts;
}
