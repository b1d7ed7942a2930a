import { type Node, parseTree } from "jsonc-parser";
import type { Locate, Place } from "../model/place.js";
import type { Document, Documents } from "./document.js";
import { lineColumn } from "./json.js";
import type { Origins } from "./parts.js";
import { parsePath, pathText, type Segments, valueAt } from "./path.js";

/**
 * Finds the places of loaded objects by identity. An object with several places has the first; a merged object has the
 * place of its origin that contains `path`. The index is built on first use, because a valid rulebook needs none.
 */
export function locateIn(documents: Documents, origins: Origins = new WeakMap()): Locate {
  let index: WeakMap<object, DocumentSpot> | undefined;
  return (entity, path = "") => {
    index ??= buildIndex(documents);
    const segments = parsePath(path);
    const found = nearestSpot(index, entity, segments) ?? originSpot(index, origins, entity, segments);
    if (found === undefined) return path === "" ? {} : { path };
    return placeIn(found.document, found.segments);
  };
}

/** The place of the deepest object on the path that belongs to a file. */
function nearestSpot(
  index: WeakMap<object, DocumentSpot>,
  entity: object,
  segments: Segments,
): DocumentSpot | undefined {
  for (let length = segments.length; length >= 0; length--) {
    const inside = valueAt(entity, segments.slice(0, length));
    const spot = typeof inside === "object" && inside !== null ? index.get(inside) : undefined;
    if (spot !== undefined) return { ...spot, segments: [...spot.segments, ...segments.slice(length)] };
  }
  return undefined;
}

function originSpot(
  index: WeakMap<object, DocumentSpot>,
  origins: Origins,
  entity: object,
  segments: Segments,
): DocumentSpot | undefined {
  const all = origins.get(entity) ?? [];
  const has = (one: object): boolean => segments.length > 0 && valueAt(one, segments) !== undefined;
  const origin = all.findLast(has) ?? all[0];
  return origin === undefined ? undefined : nearestSpot(index, origin, segments);
}

/** The place of a value in a document, or of its key if `part` is `key`. */
export function placeIn(document: Document, segments: Segments, part: "value" | "key" = "value"): Place {
  const place: Place = {
    file: document.file,
    ...(document.layer !== undefined && { layer: document.layer }),
  };
  if (segments.length > 0) place.path = pathText(segments);
  if (document.text === undefined) return place;
  const offset = offsetOf(document, segments, part);
  return { ...place, ...lineColumn(document.text, offset) };
}

interface DocumentSpot {
  readonly document: Document;
  readonly segments: Segments;
}

function buildIndex(documents: Documents): WeakMap<object, DocumentSpot> {
  const index = new WeakMap<object, DocumentSpot>();
  const visit = (document: Document, value: unknown, segments: Segments): void => {
    if (typeof value !== "object" || value === null || index.has(value)) return;
    index.set(value, { document, segments });
    for (const [key, member] of Object.entries(value)) {
      visit(document, member, [...segments, Array.isArray(value) ? Number(key) : key]);
    }
  };
  for (const document of documents) visit(document, document.json, []);
  return index;
}

const trees = new WeakMap<Document, Node>();

function treeOf(document: Document): Node | undefined {
  const known = trees.get(document) ?? parseTree(document.text ?? "");
  if (known !== undefined) trees.set(document, known);
  return known;
}

function nodeAt(tree: Node, segments: Segments): Node | undefined {
  let node: Node | undefined = tree;
  for (const segment of segments) {
    if (node === undefined) return undefined;
    node = typeof segment === "number" ? node.children?.[segment] : membersOf(node).get(segment);
  }
  return node;
}

const members = new WeakMap<Node, ReadonlyMap<string, Node>>();

/** The members of an object node by key, cached because a wide object may have many problems. */
function membersOf(node: Node): ReadonlyMap<string, Node> {
  const known = members.get(node);
  if (known !== undefined) return known;
  const found = new Map<string, Node>();
  for (const { children = [] } of node.type === "object" ? (node.children ?? []) : []) {
    const [key, value] = children;
    if (key !== undefined && value !== undefined && !found.has(key.value)) found.set(key.value, value);
  }
  members.set(node, found);
  return found;
}

/** The offset of a missing value is the start of the nearest enclosing object. */
function offsetOf(document: Document, segments: Segments, part: "value" | "key"): number {
  const tree = treeOf(document);
  if (tree === undefined) return 0;
  const node = nodeAt(tree, segments);
  if (node === undefined) return offsetOf(document, segments.slice(0, -1), "value");
  const key = node.parent?.type === "property" ? node.parent.children?.[0] : undefined;
  return (part === "key" && key ? key : node).offset;
}
