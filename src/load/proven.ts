import { createHash } from "node:crypto";
import type { Documents } from "./document.js";

/** What was checked in full, and need not be again: what files say, to the letter, and the version that they make. */
export interface Proven {
  /** As `digestOf` gives it. */
  readonly texts: string;
  /** The version of the rulebook, as `fingerprint` gives it. */
  readonly fingerprint: string;
}

/** What is proven, where these are the very documents that were proved. */
export const provenOf = (documents: Documents, proven: Proven | undefined): Proven | undefined =>
  proven !== undefined && digestOf(documents) === proven.texts ? proven : undefined;

/**
 * SHA-256 over the texts of files, or their JSON where there is no text, and over the layers that they belong to, whatever
 * they are called; undefined where a file could not be read. A version would not do, as files with and without faults
 * may share it: it passes over `$schema` and over how things are written.
 */
export function digestOf(documents: Documents): string | undefined {
  if (documents.some(({ json }) => json === undefined)) return undefined;
  const said = documents.map(({ layer, text, json }) =>
    JSON.stringify([layer ?? null, text ?? null, text === undefined ? json : null]),
  );
  return createHash("sha256").update(JSON.stringify(said.sort())).digest("hex");
}
