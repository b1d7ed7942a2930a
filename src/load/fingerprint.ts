import { createHash } from "node:crypto";
import { canonicalForm } from "./canonical.js";
import type { Documents } from "./document.js";
import { kindOf } from "./schemas.js";

/**
 * The version of a rulebook: SHA-256 over what its files say in their canonical form, in 12 hexadecimal digits. How
 * files are named and divided into lines, the order of files, keys and lists whose order means nothing, and `$schema`,
 * which depends on where a file lies, do not count, nor does rules/check.json, which changes no answer; all the rest
 * does, notes and sources too, and so do all layers.
 */
export function fingerprint(documents: Documents): string {
  const counting = documents.filter(({ json }) => kindOf(json) !== "check");
  const layers = [...new Set(documents.map(({ layer }) => layer))].sort();
  const contents = layers.map((layer) =>
    counting
      .filter((document) => document.layer === layer)
      .map(({ json }) => keyed(canonicalForm(json)))
      .sort()
      .join("\n"),
  );
  return createHash("sha256").update(contents.join("\n\n")).digest("hex").slice(0, 12);
}

/** JSON text with its keys in order. */
function keyed(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(keyed).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value)
    .filter(([key]) => key !== "$schema")
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${keyed(member)}`);
  return `{${members.join(",")}}`;
}
