/** Readers for JSON that may not match its schema, so that an invalid file still reports all its problems. */

export const listOf = <T>(list: readonly T[] | undefined): readonly T[] => (Array.isArray(list) ? list : []);

export const entriesOf = <T>(record: Readonly<Record<string, T>> | undefined): [string, T][] =>
  typeof record === "object" && record !== null && !Array.isArray(record) ? Object.entries(record) : [];

/** A value as text. Never calls `toString`, which untrusted objects may define as a non-function. */
export function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join(",");
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
