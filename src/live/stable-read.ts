import { createHash } from "node:crypto";
import type { Documents } from "../load/document.js";

/** The number of equal reads after which invalid JSON is no longer taken for a half-written file. */
const MAX_EQUAL_READS = 5;

/**
 * Reads until two consecutive reads are equal, so that the result is a state of the folder and no mixture of two. A
 * file that is unreadable or no JSON may be half written, so it gets a few more reads.
 */
export async function readStable(
  read: () => Promise<Documents>,
  pause: () => Promise<void>,
): Promise<Documents> {
  let previous = readDigest(await read());
  for (let equalReads = 1; ; equalReads++) {
    await pause();
    const documents = await read();
    const current = readDigest(documents);
    if (current !== previous) equalReads = 0;
    else if (!mayBeHalfWritten(documents) || equalReads >= MAX_EQUAL_READS) return documents;
    previous = current;
  }
}

const mayBeHalfWritten = (documents: Documents): boolean =>
  documents.length === 0 || documents.some(({ json }) => json === undefined);

/** A digest of the exact file contents. A file without text counts by its problems. */
export function readDigest(documents: Documents): string {
  const contents = documents.map(({ file, text, problems }) => [file, text ?? problems]);
  return createHash("sha256").update(JSON.stringify(contents)).digest("base64");
}
