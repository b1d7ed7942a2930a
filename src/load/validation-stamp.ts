import type { Documents } from "./document.js";
import { sha256 } from "./sha256.js";

/**
 * Vouches that documents passed every check, so that they need not be checked again. Trusted input only: anyone who can
 * forge a stamp can bypass validation.
 */
export interface ValidationStamp {
  /** The `contentDigest` of the documents. */
  readonly texts: string;
  /** The `fingerprint` of the documents. */
  readonly fingerprint: string;
}

/** The stamp, if it vouches for exactly these documents. */
export const matchingStamp = (
  documents: Documents,
  stamp: ValidationStamp | undefined,
): ValidationStamp | undefined =>
  stamp !== undefined && contentDigest(documents) === stamp.texts ? stamp : undefined;

/**
 * SHA-256 of the texts of files (their JSON if they have no text) and their layers, ignoring file names; undefined if a
 * file could not be read. The fingerprint would not do: it ignores `$schema` and spelling, so an invalid file may share
 * the fingerprint of a valid one.
 */
export function contentDigest(documents: Documents): string | undefined {
  if (documents.some(({ json }) => json === undefined)) return undefined;
  const contents = documents.map(({ layer, text, json }) =>
    JSON.stringify([layer ?? null, text ?? null, text === undefined ? json : null]),
  );
  return sha256(JSON.stringify(contents.sort()));
}
