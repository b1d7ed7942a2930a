import type { Leaf } from "../model/rulebook.js";

/** Traverses condition trees, including trees of unchecked shape. */

export type Branch = Readonly<Record<string, unknown>>;

/** A comparison or a reference to a named condition, with its path in the tree. */
export type Part = (Leaf | { condition: string }) & { readonly path: string };

export const isObject = (value: unknown): value is Branch =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const joinPath = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);

/** The comparisons and references of a tree in document order. */
export function* partsOf(node: unknown, path = ""): Generator<Part> {
  if (!isObject(node)) return;
  if (typeof node.condition === "string") yield { condition: node.condition, path };
  else if (typeof node.fact === "string" && typeof node.operator === "string") {
    yield { fact: node.fact, operator: node.operator, value: node.value, path };
  }
  for (const key of ["all", "any"] as const) {
    const children = node[key];
    if (!Array.isArray(children)) continue;
    for (const [index, child] of children.entries())
      yield* partsOf(child, `${joinPath(path, key)}[${index}]`);
  }
  if (node.not !== undefined) yield* partsOf(node.not, joinPath(path, "not"));
}
