import { createHash } from "node:crypto";
import type { Documents } from "./document.js";

/**
 * The version of a rulebook: SHA-256 over what its files say, in 12 hexadecimal digits. How files are named and divided
 * into lines, the order of files and keys, and `$schema`, which depends on where a file lies, do not count; all the
 * rest does, notes and sources too.
 */
export function fingerprint(documents: Documents): string {
  const contents = documents.map(({ json }) => canonical(json)).sort();
  return createHash("sha256").update(contents.join("\n")).digest("hex").slice(0, 12);
}

/** JSON text with its keys in order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value)
    .filter(([key]) => key !== "$schema")
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.join(",")}}`;
}
