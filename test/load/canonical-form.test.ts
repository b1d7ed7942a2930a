import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { canonicalText } from "../../src/load/canonical-text.js";
import { type Documents, documentFromText, documentsOf } from "../../src/load/document.js";
import { fingerprint } from "../../src/load/fingerprint.js";
import { linkRulebook } from "../../src/load/link.js";
import { book } from "./book.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const shipped: Documents = ["rules", "calendars"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".json"))
    .map((path) => documentFromText(join(folder, path), readFileSync(join(ROOT, folder, path), "utf8"))),
);

const formatted = (documents: Documents): Documents =>
  documents.map(({ file, text, json }) =>
    documentFromText(file, canonicalText(text ?? JSON.stringify(json), json) ?? ""),
  );

/** Unordered lists, by the last key of their path. */
const UNORDERED = ["holidays", "workdays", "on", "amendments"];

/** Objects with user-chosen keys, which keep their order. */
const NAMED = ["facts", "systems", "conditions", "codes", "messages"];

/** A random generator with a seed. Those of fast-check print too much when a test fails. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * An equivalent file: keys and unordered lists shuffled, times in another format. Does not use the schemas that the
 * code under test reads.
 */
function rewritten(value: unknown, key: string, random: () => number): unknown {
  if (typeof value === "string") return retimed(value, key, random);
  if (typeof value !== "object" || value === null) return value;
  const shuffle = <T>(list: T[]): T[] =>
    list
      .map((one) => ({ one, by: random() }))
      .sort((a, b) => a.by - b.by)
      .map(({ one }) => one);
  if (Array.isArray(value)) {
    const items = value.map((one) => rewritten(one, key, random));
    return UNORDERED.includes(key) ? shuffle(items) : items;
  }
  const members = NAMED.includes(key) ? Object.entries(value) : shuffle(Object.entries(value));
  return Object.fromEntries(
    members.map(([name, one]) => [name, name === "payment" ? one : rewritten(one, name, random)]),
  );
}

const TIMES = ["cutoff", "at", "opens", "closes", "from", "until", "earliest", "expected", "latest"];

function retimed(text: string, key: string, random: () => number): string {
  if (!TIMES.includes(key) || random() < 0.5) return text;
  if (/^\d\d:\d\d$/.test(text)) return text === "24:00" ? "+1d 00:00" : `+0d ${text}`;
  return text.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d):00([Z+-])/, "$1$2");
}

const books: Documents = documentsOf(book());

describe("the canonical form of a file", () => {
  test("does not depend on key order, list order or time format, nor does the version", () => {
    const expected = formatted(books).map(({ text }) => text);
    const version = fingerprint(books);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = randomFrom(seed);
        const given = books.map((document) => ({ ...document, json: rewritten(document.json, "", random) }));
        expect(formatted(given).map(({ text }) => text)).toEqual(expected);
        expect(fingerprint(given)).toBe(version);
      }),
      { numRuns: 100 },
    );
  });

  test("keeps the version of every shipped file, and formatting is idempotent", () => {
    const version = fingerprint(shipped);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = randomFrom(seed);
        const given = shipped.map((document) => ({
          ...document,
          json: rewritten(document.json, "", random),
        }));
        expect(fingerprint(given)).toBe(version);
        const once = formatted(given.map(({ text: _, ...rest }) => rest));
        expect(once.flatMap(({ problems }) => problems)).toEqual([]);
        expect(fingerprint(once)).toBe(version);
        expect(formatted(once).map(({ text }) => text)).toEqual(once.map(({ text }) => text));
      }),
      { numRuns: 5 },
    );
  });

  test("of the shipped files loads as the same rulebook with the same problems", () => {
    const [before, after] = [linkRulebook(shipped), linkRulebook(formatted(shipped))];
    expect(after.problems).toEqual(before.problems);
    expect(after.rulebook.version).toBe(before.rulebook.version);
    expect(Object.keys(after.rulebook.channels)).toEqual(Object.keys(before.rulebook.channels));
  });

  test("breaks every breakable line over 100 columns", () => {
    const long = formatted(shipped)
      .flatMap(({ text = "" }) => text.split("\n"))
      .filter((line) => stringWidth(line) > 100);
    expect(long.length).toBeGreaterThan(0);
    expect(long.filter((line) => !/^ *(".*?": )?".*",?$/.test(line))).toEqual([]);
  });
});
