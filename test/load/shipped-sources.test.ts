import { expect, test } from "vitest";
import { SHIPPED } from "../../src/live.js";
import { readFolders } from "../../src/load/folder-reader.js";

/** The sources of the shipped rules and calendars. */

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

interface Entry {
  readonly path: string;
  readonly name: string;
  readonly grades: readonly string[];
}

/** Every entry that claims to be published, with the grades of its sources. */
function* publishedIn(path: string, value: Json): Generator<Entry> {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const one of value) yield* publishedIn(path, one as Json);
    return;
  }
  const entry = value as Readonly<Record<string, Json>>;
  if (entry.basis === "published") {
    const sources = (entry.source ?? []) as readonly { readonly grade?: string }[];
    yield { path, name: String(entry.name ?? ""), grades: sources.map(({ grade }) => grade ?? "none") };
  }
  for (const [key, one] of Object.entries(entry)) yield* publishedIn(`${path}.${key}`, one);
}

test("nothing of the pack is published on sources of grade C alone", async () => {
  const documents = await readFolders(SHIPPED);
  const published = documents.flatMap(({ file, json }) => [...publishedIn(file, json as Json)]);
  const weak = published.filter(({ grades }) => !grades.includes("A") && !grades.includes("B"));
  expect(published.length).toBeGreaterThan(50);
  expect(weak).toEqual([]);
});
