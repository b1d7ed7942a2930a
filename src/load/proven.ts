import { createHash } from "node:crypto";
import type { Documents } from "./document.js";

/** What was checked in full, and need not be again: the texts of files to the letter, and the version that they make. */
export interface Proven {
  /** As `digestOfTexts` gives it. */
  readonly texts: string;
  /** The version of the rulebook, as `fingerprint` gives it. */
  readonly fingerprint: string;
}

/** What is proven, where these are the very documents that were proved. */
export const provenOf = (documents: Documents, proven: Proven | undefined): Proven | undefined =>
  proven !== undefined && digestOfTexts(documents) === proven.texts ? proven : undefined;

/**
 * SHA-256 over the texts of one layer, whatever their files are called; undefined where a file could not be read, is
 * parsed JSON, or belongs to a layer below. A version would not do, as files with and without faults may share it: it
 * passes over `$schema` and over how things are written.
 */
export function digestOfTexts(documents: Documents): string | undefined {
  const texts = documents.map(({ text, layer }) => (layer === undefined ? text : undefined));
  if (texts.includes(undefined)) return undefined;
  return createHash("sha256").update(JSON.stringify(texts.sort())).digest("hex");
}
