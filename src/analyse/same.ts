/** Whether two parts of a rulebook do the same, whatever they are called and wherever they come from. */

const ABOUT: ReadonlySet<string> = new Set(["name", "title", "priority", "basis", "source", "published"]);

/** A key that two rules share exactly where they say the same. */
export const contentOf = (rule: object): string =>
  canonical(Object.fromEntries(Object.entries(rule).filter(([key]) => !ABOUT.has(key))));

/** JSON text with its keys in order, remarks left out. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value)
    .filter(([key, member]) => key !== "note" && member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.join(",")}}`;
}

/** Those that say what an earlier one says, each with the first that said it. */
export function repeatsOf<T extends object>(parts: readonly T[]): [repeat: T, first: T][] {
  const first = new Map<string, T>();
  return parts.flatMap((part): [T, T][] => {
    const key = contentOf(part);
    const known = first.get(key);
    if (known !== undefined) return [[part, known]];
    first.set(key, part);
    return [];
  });
}
