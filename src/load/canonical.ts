import { formatDayClock, parseClock } from "../time/clock.js";
import { asText } from "./members.js";
import { parsePath, valueAt } from "./path.js";
import { itemOf, memberOf, resolved, type Said } from "./schema-of.js";
import { kindOf, SCHEMAS } from "./schemas.js";

/**
 * The canonical form of what a file says: keys in the order of its schema, names that people chose in theirs, lists
 * whose order means nothing sorted, times in one form. It means what the file means, so versions are taken from it.
 * Lengths of time stay as written: `PT24H` and `P1D` are the same, but whoever wrote one had a reason.
 */
export function canonicalForm(json: unknown): unknown {
  const kind = kindOf(json);
  if (kind === undefined) return json;
  const top: Said = SCHEMAS[kind];
  return canonical(json, top, top);
}

function canonical(value: unknown, said: Said, top: Said): unknown {
  const here = resolved(said, value, top);
  if (typeof value === "string") return canonicalText(value, here.format);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((one) => canonical(one, itemOf(here), top));
    return here.sortedBy === undefined || overlaps(items) ? items : sorted(items, here.sortedBy);
  }
  if (here.properties === undefined && here.patternProperties === undefined) return value;
  return inOrder(value as Readonly<Record<string, unknown>>, here, top);
}

/** Known keys in the order of the schema, others after them as they stand. */
function inOrder(record: Readonly<Record<string, unknown>>, here: Said, top: Said): Record<string, unknown> {
  const ordered: Record<string, unknown> = {};
  for (const keys of [here.properties ?? {}, record]) {
    for (const key of Object.keys(keys)) {
      if (!Object.hasOwn(record, key) || Object.hasOwn(ordered, key)) continue;
      ordered[key] = canonical(record[key], memberOf(here, key), top);
    }
  }
  return ordered;
}

function canonicalText(text: string, format: string | undefined): string {
  switch (format) {
    case "time-of-day": {
      const clock = parseClock(text);
      return clock === undefined ? text : formatDayClock(clock);
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

/** With seconds, and milliseconds only where there are any; the offset is the writer's choice. */
function canonicalInstant(text: string): string {
  const parts = /^(.+T\d\d:\d\d)(:\d\d)?(?:\.(\d{1,3}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (parts === null) return text;
  const [, start, seconds = ":00", fraction = "", offset] = parts;
  const ms = Number(fraction.padEnd(3, "0"));
  return `${start}${seconds}${ms === 0 ? "" : `.${fraction.padEnd(3, "0")}`}${offset}`;
}

/** Elements that are alike in every key keep their order. */
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

/** Of two holidays that share a day, the later in the list gives the day its name: then their order means something. */
function overlaps(items: readonly unknown[]): boolean {
  const ranges = items
    .map((item) => [valueAt(item, ["from"]), valueAt(item, ["to"])])
    .filter((range): range is [string, string] => range.every((end) => typeof end === "string"))
    .sort(compare);
  return ranges.some(([from], index) => index > 0 && from <= (ranges[index - 1]?.[1] ?? ""));
}
