import { conditionMessages, type Sentence } from "../errors.js";
import { MAX_DEPTH } from "./named-conditions.js";
import { type Branch, isObject, joinPath } from "./tree.js";

/** Checks the shape of a condition tree. json-rules-engine accepts nearly any tree and evaluates malformed ones wrongly. */

/** A fault in a condition, by its path inside the tree. */
export interface Fault {
  readonly path: string;
  readonly sentence: Sentence;
}

const LEAF_KEYS = ["fact", "operator", "value"];
const BRANCH_KEYS = ["all", "any", "not", "condition"];
const KEYS = [...BRANCH_KEYS, ...LEAF_KEYS, "note"];
const REFUSED_KEYS = ["path", "params", "priority"];

export function shapeFaults(tree: unknown): Fault[] {
  if (isObject(tree) && kindsOf(tree)[0] === "fact") {
    return [...nodeFaults(tree, "", 1), { path: "", sentence: conditionMessages.bareLeaf() }];
  }
  return nodeFaults(tree, "", 1);
}

function nodeFaults(node: unknown, path: string, depth: number): Fault[] {
  if (depth > MAX_DEPTH) return [{ path, sentence: conditionMessages.tooDeep(MAX_DEPTH) }];
  if (!isObject(node)) return [{ path, sentence: conditionMessages.notAnObject(node) }];
  const faults = keyFaults(node, path);
  const kinds = kindsOf(node);
  if (kinds.length === 0 && faults.length === 0) faults.push({ path, sentence: conditionMessages.noKind() });
  if (kinds.length > 1) faults.push({ path, sentence: conditionMessages.severalKinds(kinds) });
  return [...faults, ...kinds.flatMap((kind) => kindFaults(node, kind, path, depth))];
}

function keyFaults(node: Branch, path: string): Fault[] {
  return Object.keys(node)
    .filter((key) => !KEYS.includes(key))
    .map((key) => ({
      path: joinPath(path, key),
      sentence: REFUSED_KEYS.includes(key)
        ? conditionMessages.refusedKey(key)
        : conditionMessages.unknownKey(key, KEYS),
    }));
}

/** The kinds of a node by its keys. A valid node has one kind; the keys of a comparison count as `fact`. */
function kindsOf(node: Branch): string[] {
  const kinds = BRANCH_KEYS.filter((key) => Object.hasOwn(node, key));
  return LEAF_KEYS.some((key) => Object.hasOwn(node, key)) ? [...kinds, "fact"] : kinds;
}

function kindFaults(node: Branch, kind: string, path: string, depth: number): Fault[] {
  const childPath = joinPath(path, kind);
  const value = node[kind];
  switch (kind) {
    case "all":
    case "any":
      return listFaults(value, kind, childPath, depth);
    case "not":
      if (Array.isArray(value)) return [{ path: childPath, sentence: conditionMessages.notIsAList() }];
      return nodeFaults(value, childPath, depth + 1);
    case "condition":
      return typeof value === "string"
        ? []
        : [{ path: childPath, sentence: conditionMessages.notAName(value) }];
    default:
      return leafKeyFaults(node, path);
  }
}

function leafKeyFaults(node: Branch, path: string): Fault[] {
  const missing = LEAF_KEYS.filter((key) => node[key] === undefined);
  const wrong = ["fact", "operator"].filter((key) => !missing.includes(key) && typeof node[key] !== "string");
  return [
    ...missing.map((key) => ({ path, sentence: conditionMessages.missingKey(key) })),
    ...wrong.map((key) => ({
      path: joinPath(path, key),
      sentence: conditionMessages.notText(key, node[key]),
    })),
  ];
}

function listFaults(value: unknown, kind: string, childPath: string, depth: number): Fault[] {
  if (!Array.isArray(value)) return [{ path: childPath, sentence: conditionMessages.notAList(kind, value) }];
  if (value.length === 0) return [{ path: childPath, sentence: conditionMessages.emptyList(kind) }];
  return value.flatMap((child, index) => nodeFaults(child, `${childPath}[${index}]`, depth + 1));
}
