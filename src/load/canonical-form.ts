import { formatClock, parseClock } from "../time/clock.js";
import { asText } from "./lenient-access.js";
import { parsePath, valueAt } from "./path.js";
import { itemSchema, memberSchema, resolveSchema, type SchemaNode } from "./schema-node.js";
import { kindOf, SCHEMAS } from "./schemas.js";

/**
 * The canonical form of a file: keys in schema order, user-chosen names in their own order, unordered lists sorted,
 * times in one format. It has the same meaning as the file, so rulebook versions are computed from it. Durations keep
 * their spelling: `PT24H` and `P1D` are equal, but the author may have had a reason for one of them.
 */
export function canonicalForm(json: unknown): unknown {
  const kind = kindOf(json);
  if (kind === undefined) return json;
  const top: SchemaNode = SCHEMAS[kind];
  return canonical(json, top, top);
}

function canonical(value: unknown, schema: SchemaNode, top: SchemaNode): unknown {
  const node = resolveSchema(schema, value, top);
  if (typeof value === "string") return canonicalString(value, node.format);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((one) => canonical(one, itemSchema(node), top));
    return node.sortedBy === undefined || overlaps(items) ? items : sorted(items, node.sortedBy);
  }
  if (node.properties === undefined && node.patternProperties === undefined) return value;
  return inOrder(value as Readonly<Record<string, unknown>>, node, top);
}

/** Known keys in schema order, then unknown keys in their own order. */
function inOrder(
  record: Readonly<Record<string, unknown>>,
  node: SchemaNode,
  top: SchemaNode,
): Record<string, unknown> {
  const ordered: Record<string, unknown> = {};
  for (const keys of [node.properties ?? {}, record]) {
    for (const key of Object.keys(keys)) {
      if (!Object.hasOwn(record, key) || Object.hasOwn(ordered, key)) continue;
      ordered[key] = canonical(record[key], memberSchema(node, key), top);
    }
  }
  return ordered;
}

function canonicalString(text: string, format: string | undefined): string {
  switch (format) {
    case "time-of-day": {
      const clock = parseClock(text);
      return clock === undefined ? text : formatClock(clock);
    }
    case "instant":
    case "date-or-instant":
      return canonicalInstant(text);
    case "lag":
      return text.replace(/^([TD])\+0+(?=\d)/, "$1+");
    default:
      return text;
  }
}

/** Adds seconds, and drops zero milliseconds. The offset stays as written. */
function canonicalInstant(text: string): string {
  const parts = /^(.+T\d\d:\d\d)(:\d\d)?(?:\.(\d{1,3}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (parts === null) return text;
  const [, start, seconds = ":00", fraction = "", offset] = parts;
  const ms = Number(fraction.padEnd(3, "0"));
  return `${start}${seconds}${ms === 0 ? "" : `.${fraction.padEnd(3, "0")}`}${offset}`;
}

/** A stable sort: elements with equal keys keep their order. */
function sorted(items: readonly unknown[], keys: readonly string[]): unknown[] {
  const order = items.map((item) => ({
    item,
    by: keys.length === 0 ? [asText(item)] : keys.map(keyIn(item)),
  }));
  return order.sort((one, other) => compare(one.by, other.by)).map(({ item }) => item);
}

const keyIn =
  (item: unknown) =>
  (alternatives: string): string => {
    const found = alternatives.split("|").map((path) => valueAt(item, parsePath(path)));
    return asText(found.find((value) => value !== undefined) ?? "");
  };

function compare(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((key, index) => key !== other[index]);
  return at === -1 ? 0 : (one[at] ?? "") < (other[at] ?? "") ? -1 : 1;
}

/** When two holidays share a day, the later one in the list names the day, so their order matters. */
function overlaps(items: readonly unknown[]): boolean {
  const ranges = items
    .map((item) => [valueAt(item, ["from"]), valueAt(item, ["to"])])
    .filter((range): range is [string, string] => range.every((end) => typeof end === "string"))
    .sort(compare);
  return ranges.some(([from], index) => index > 0 && from <= (ranges[index - 1]?.[1] ?? ""));
}
