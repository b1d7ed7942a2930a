import type { Condition } from "../model/rulebook.js";
import { isObject, partsOf } from "./tree.js";

/** Resolves references to named conditions. json-rules-engine runs out of memory on cycles, so they are rejected. */

/** The depth limit of a tree with all references resolved. */
export const MAX_DEPTH = 64;
/** The size limit of a tree with all references resolved, which may grow exponentially with the number of names. */
export const MAX_SIZE = 10_000;

/** The trees of conditions.json by name. */
export type NamedConditions = Readonly<Record<string, Condition>>;

export interface Cycle {
  /** The path of the reference that leads into the cycle. */
  readonly path: string;
  /** The names in order of reference. The first is repeated at the end. */
  readonly names: readonly string[];
}

const treeOf = (named: NamedConditions, name: string): Condition | undefined =>
  Object.hasOwn(named, name) ? named[name] : undefined;

/** Finds the first cycle that references of a tree lead into. */
export function findCycle(tree: unknown, named: NamedConditions): Cycle | undefined {
  const acyclic = new Set<string>();
  for (const part of partsOf(tree)) {
    if (!("condition" in part)) continue;
    const names = findCycleFrom(part.condition, named, [], acyclic);
    if (names !== undefined)
      return { path: part.path === "" ? "condition" : `${part.path}.condition`, names };
  }
  return undefined;
}

/** `acyclic` collects the names that lead into no cycle, so that each name is visited once. */
function findCycleFrom(
  name: string,
  named: NamedConditions,
  trail: string[],
  acyclic: Set<string>,
): string[] | undefined {
  const start = trail.indexOf(name);
  if (start >= 0) return [...trail.slice(start), name];
  if (acyclic.has(name)) return undefined;
  for (const part of partsOf(treeOf(named, name))) {
    const names =
      "condition" in part ? findCycleFrom(part.condition, named, [...trail, name], acyclic) : undefined;
    if (names !== undefined) return names;
  }
  acyclic.add(name);
  return undefined;
}

/** The extent of a tree with all references resolved. */
export interface Extent {
  readonly depth: number;
  /** The number of nodes: comparisons, branches and references. */
  readonly size: number;
}

/** Expects acyclic references. `cache` holds extents by name. */
export function extentOf(tree: unknown, named: NamedConditions, cache = new Map<string, Extent>()): Extent {
  if (!isObject(tree)) return { depth: 0, size: 0 };
  if (typeof tree.condition === "string") {
    const known = cache.get(tree.condition) ?? extentOf(treeOf(named, tree.condition), named, cache);
    cache.set(tree.condition, known);
    return enclosing([known]);
  }
  const children = [tree.all, tree.any, tree.not].flat().filter((child) => child !== undefined);
  return enclosing(children.map((child) => extentOf(child, named, cache)));
}

const enclosing = (inner: readonly Extent[]): Extent => ({
  depth: 1 + inner.reduce((deepest, { depth }) => Math.max(deepest, depth), 0),
  size: 1 + inner.reduce((sum, { size }) => sum + size, 0),
});

/** The facts that a named condition tests, directly or through references. */
export function namedFacts(name: string, named: NamedConditions, seen = new Set<string>()): Set<string> {
  const facts = new Set<string>();
  if (seen.has(name)) return facts;
  seen.add(name);
  for (const part of partsOf(treeOf(named, name))) {
    if (!("condition" in part)) facts.add(part.fact);
    else for (const fact of namedFacts(part.condition, named, seen)) facts.add(fact);
  }
  return facts;
}
