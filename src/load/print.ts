import { findNodeAtLocation, type Node, parseTree } from "jsonc-parser";
import stringWidth from "string-width";
import { canonicalForm } from "./canonical.js";
import { isRecord, itemOf, memberOf, resolved, type Said } from "./schema-of.js";
import { kindOf, SCHEMAS } from "./schemas.js";

/** Columns of a line; a Chinese character takes two. */
const LINE_WIDTH = 100;
const INDENT = "  ";

/**
 * The text of a file in its canonical form: two spaces a level, what fits a line on one line, and a blank line only
 * where its author set one between names that people chose, to group them. Undefined where `$schema` names no kind.
 */
export function canonicalText(text: string, json: unknown): string | undefined {
  const kind = kindOf(json);
  if (kind === undefined) return undefined;
  const top: Said = SCHEMAS[kind];
  const tree = parseTree(text);
  const isGroupStart = (path: readonly (string | number)[]): boolean =>
    tree !== undefined && hasBlankLineBefore(text, findNodeAtLocation(tree, [...path]));
  return `${expanded(canonicalForm(json), { said: top, top, path: [], indent: "", isGroupStart })}\n`;
}

interface Spot {
  readonly said: Said;
  readonly top: Said;
  readonly path: readonly (string | number)[];
  readonly indent: string;
  readonly isGroupStart: (path: readonly (string | number)[]) => boolean;
}

/** A value behind `before` columns of its line, which ends with a comma or may. */
function printed(value: unknown, spot: Spot, before: number): string {
  const short = inline(value);
  // To measure a text takes long, and of one this long there is no need to.
  const isFar = short.length > 2 * LINE_WIDTH;
  const fits = !isFar && before + stringWidth(short) + 1 <= LINE_WIDTH;
  const isPlain = typeof value !== "object" || value === null || Object.keys(value).length === 0;
  return isPlain || (fits && !isGrouped(value, spot)) ? short : expanded(value, spot);
}

function expanded(value: unknown, spot: Spot): string {
  const said = resolved(spot.said, value, spot.top);
  const indent = spot.indent + INDENT;
  const inside = (key: string | number, member: unknown, memberSaid: Said, head: string): string => {
    const below = { ...spot, said: memberSaid, path: [...spot.path, key], indent };
    return indent + head + printed(member, below, stringWidth(indent + head));
  };
  if (Array.isArray(value)) {
    const items = value.map((item, index) => inside(index, item, itemOf(said), ""));
    return `[\n${items.join(",\n")}\n${spot.indent}]`;
  }
  const members = Object.entries(value as object).map(([key, member], index) => {
    const starts = index > 0 && isRecord(said) && spot.isGroupStart([...spot.path, key]);
    return (starts ? "\n" : "") + inside(key, member, memberOf(said, key), `${JSON.stringify(key)}: `);
  });
  return `{\n${members.join(",\n")}\n${spot.indent}}`;
}

/** On one line, with spaces as people write them. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${inline(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

const isGrouped = (value: object, { said, top, path, isGroupStart }: Spot): boolean =>
  isRecord(resolved(said, value, top)) &&
  Object.keys(value).some((key, index) => index > 0 && isGroupStart([...path, key]));

function hasBlankLineBefore(text: string, value: Node | undefined): boolean {
  const start = value?.parent?.offset ?? 0;
  return /\n[ \t\r]*\n\s*$/.test(text.slice(Math.max(0, start - 200), start));
}
