import { canonicalForm } from "./canonical-form.js";
import type { Documents } from "./document.js";
import { kindOf } from "./schemas.js";
import { sha256 } from "./sha256.js";

/**
 * The version of a rulebook: SHA-256 of the canonical forms of its files, in 12 hexadecimal digits. It covers all
 * layers, notes and sources. It ignores file names, line breaks, the order of files, keys and unordered lists,
 * `$schema` (which depends on the folder), and rules/check.json (which changes no answer).
 */
export function fingerprint(documents: Documents): string {
  const relevant = documents.filter(({ json }) => kindOf(json) !== "check");
  const layers = [...new Set(documents.map(({ layer }) => layer))].sort();
  const contents = layers.map((layer) =>
    relevant
      .filter((document) => document.layer === layer)
      .map(({ json }) => sortedJson(canonicalForm(json)))
      .sort()
      .join("\n"),
  );
  return sha256(contents.join("\n\n")).slice(0, 12);
}

/** JSON text with sorted keys. */
function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value)
    .filter(([key]) => key !== "$schema")
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${sortedJson(member)}`);
  return `{${members.join(",")}}`;
}
