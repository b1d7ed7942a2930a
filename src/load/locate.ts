import { type Node, parseTree } from "jsonc-parser";
import type { Locate, Place } from "../model/place.js";
import type { Document, Documents } from "./document.js";
import { lineColumn } from "./json.js";
import type { Origins } from "./parts.js";
import { parsePath, pathText, type Segments, valueAt } from "./path.js";

/**
 * Finds the places of loaded objects, by identity; one that stands in several places is found at the first, and one
 * that was made of several in the file that has the part asked for. The objects are gathered at the first question,
 * because a rulebook without problems never asks.
 */
export function locateIn(documents: Documents, origins: Origins = new WeakMap()): Locate {
  let spots: WeakMap<object, Spot> | undefined;
  return (entity, path = "") => {
    spots ??= gatherSpots(documents);
    const segments = parsePath(path);
    const found = nearestSpot(spots, entity, segments) ?? originSpot(spots, origins, entity, segments);
    if (found === undefined) return path === "" ? {} : { path };
    return placeIn(found.document, found.segments);
  };
}

/** What is asked for is an object of a file, or lies in the last such object on the way to it. */
function nearestSpot(spots: WeakMap<object, Spot>, entity: object, segments: Segments): Spot | undefined {
  for (let length = segments.length; length >= 0; length--) {
    const inside = valueAt(entity, segments.slice(0, length));
    const spot = typeof inside === "object" && inside !== null ? spots.get(inside) : undefined;
    if (spot !== undefined) return { ...spot, segments: [...spot.segments, ...segments.slice(length)] };
  }
  return undefined;
}

function originSpot(
  spots: WeakMap<object, Spot>,
  origins: Origins,
  entity: object,
  segments: Segments,
): Spot | undefined {
  const all = origins.get(entity) ?? [];
  const has = (one: object): boolean => segments.length > 0 && valueAt(one, segments) !== undefined;
  const origin = all.findLast(has) ?? all[0];
  return origin === undefined ? undefined : nearestSpot(spots, origin, segments);
}

/** The place of a value inside a document, or of its key where the key is what is wrong. */
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

interface Spot {
  readonly document: Document;
  readonly segments: Segments;
}

function gatherSpots(documents: Documents): WeakMap<object, Spot> {
  const spots = new WeakMap<object, Spot>();
  const visit = (document: Document, value: unknown, segments: Segments): void => {
    if (typeof value !== "object" || value === null || spots.has(value)) return;
    spots.set(value, { document, segments });
    for (const [key, member] of Object.entries(value)) {
      visit(document, member, [...segments, Array.isArray(value) ? Number(key) : key]);
    }
  };
  for (const document of documents) visit(document, document.json, []);
  return spots;
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

/** The values of an object by key: a wide one with many problems is asked about many times. */
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

/** What is missing stands where the nearest object around it begins. */
function offsetOf(document: Document, segments: Segments, part: "value" | "key"): number {
  const tree = treeOf(document);
  if (tree === undefined) return 0;
  const node = nodeAt(tree, segments);
  if (node === undefined) return offsetOf(document, segments.slice(0, -1), "value");
  const key = node.parent?.type === "property" ? node.parent.children?.[0] : undefined;
  return (part === "key" && key ? key : node).offset;
}
