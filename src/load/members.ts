/** Reading what may not be as its schema says: a file with faults is still looked through for others. */

export const listOf = <T>(list: readonly T[] | undefined): readonly T[] => (Array.isArray(list) ? list : []);

export const entriesOf = <T>(record: Readonly<Record<string, T>> | undefined): [string, T][] =>
  typeof record === "object" && record !== null && !Array.isArray(record) ? Object.entries(record) : [];

/** What should be a text, or a list of such, as one: an object may bring a `toString` of its own, which is no function. */
export function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join(",");
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
