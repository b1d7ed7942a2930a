import { findNodeAtLocation, type Node, parseTree } from "jsonc-parser";
import stringWidth from "string-width";
import { canonicalForm } from "./canonical-form.js";
import { isRecord, itemSchema, memberSchema, resolveSchema, type SchemaNode } from "./schema-node.js";
import { kindOf, SCHEMAS } from "./schemas.js";

/** In columns; a Chinese character takes two. */
const LINE_WIDTH = 100;
const INDENT = "  ";

/**
 * The formatted text of a file: canonical form, two spaces per level, and one line for each value that fits. Blank
 * lines of the author are kept between user-chosen names. Undefined if `$schema` names no kind of file.
 */
export function canonicalText(text: string, json: unknown): string | undefined {
  const kind = kindOf(json);
  if (kind === undefined) return undefined;
  const top: SchemaNode = SCHEMAS[kind];
  const tree = parseTree(text);
  const isGroupStart = (path: readonly (string | number)[]): boolean =>
    tree !== undefined && hasBlankLineBefore(text, findNodeAtLocation(tree, [...path]));
  return `${printMultiline(canonicalForm(json), { schema: top, top, path: [], indent: "", isGroupStart })}\n`;
}

interface PrintContext {
  readonly schema: SchemaNode;
  readonly top: SchemaNode;
  readonly path: readonly (string | number)[];
  readonly indent: string;
  readonly isGroupStart: (path: readonly (string | number)[]) => boolean;
}

/** Prints a value that starts at column `before`. Leaves room for a comma. */
function print(value: unknown, context: PrintContext, before: number): string {
  const short = printInline(value);
  // Measuring a text is slow, so texts that are clearly too long are not measured.
  const isTooLong = short.length > 2 * LINE_WIDTH;
  const fits = !isTooLong && before + stringWidth(short) + 1 <= LINE_WIDTH;
  const isPlain = typeof value !== "object" || value === null || Object.keys(value).length === 0;
  return isPlain || (fits && !isGrouped(value, context)) ? short : printMultiline(value, context);
}

function printMultiline(value: unknown, context: PrintContext): string {
  const schema = resolveSchema(context.schema, value, context.top);
  const indent = context.indent + INDENT;
  const inside = (
    key: string | number,
    member: unknown,
    memberSchemaNode: SchemaNode,
    head: string,
  ): string => {
    const below = { ...context, schema: memberSchemaNode, path: [...context.path, key], indent };
    return indent + head + print(member, below, stringWidth(indent + head));
  };
  if (Array.isArray(value)) {
    const items = value.map((item, index) => inside(index, item, itemSchema(schema), ""));
    return `[\n${items.join(",\n")}\n${context.indent}]`;
  }
  const members = Object.entries(value as object).map(([key, member], index) => {
    const startsGroup = index > 0 && isRecord(schema) && context.isGroupStart([...context.path, key]);
    return (
      (startsGroup ? "\n" : "") + inside(key, member, memberSchema(schema, key), `${JSON.stringify(key)}: `)
    );
  });
  return `{\n${members.join(",\n")}\n${context.indent}}`;
}

/** Prints a value on one line, with spaces inside braces. */
function printInline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printInline).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}: ${printInline(member)}`,
  );
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

const isGrouped = (value: object, { schema, top, path, isGroupStart }: PrintContext): boolean =>
  isRecord(resolveSchema(schema, value, top)) &&
  Object.keys(value).some((key, index) => index > 0 && isGroupStart([...path, key]));

function hasBlankLineBefore(text: string, value: Node | undefined): boolean {
  const start = value?.parent?.offset ?? 0;
  return /\n[ \t\r]*\n\s*$/.test(text.slice(Math.max(0, start - 200), start));
}
