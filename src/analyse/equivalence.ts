/** Compares parts of a rulebook by their effect; names, titles and sources do not count. */

const METADATA_KEYS: ReadonlySet<string> = new Set([
  "name",
  "title",
  "priority",
  "basis",
  "source",
  "published",
]);

/** A key of a rule's effect. Rules with equal keys have the same effect. */
export const contentKey = (rule: object): string =>
  canonicalJson(Object.fromEntries(Object.entries(rule).filter(([key]) => !METADATA_KEYS.has(key))));

/** JSON with sorted keys and without notes. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value)
    .filter(([key, member]) => key !== "note" && member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

/** The parts that have the same effect as an earlier one, each with the first such part. */
export function duplicatesOf<T extends object>(parts: readonly T[]): [duplicate: T, first: T][] {
  const first = new Map<string, T>();
  return parts.flatMap((part): [T, T][] => {
    const key = contentKey(part);
    const known = first.get(key);
    if (known !== undefined) return [[part, known]];
    first.set(key, part);
    return [];
  });
}
