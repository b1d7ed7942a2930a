import { createHash } from "node:crypto";
import type { Documents } from "../load/document.js";

/** How many quiet looks a file that is no JSON is given, as one that is still being written is none. */
const LOOKS_MAX = 5;

/**
 * Reads until two reads in a row, with a pause between them, say the same: there was then an instant at which the files
 * said just that, and no mixture of before and after. A file that cannot be read, or is no JSON, may be half written:
 * it is waited for, a few pauses long.
 */
export async function readSettled(
  read: () => Promise<Documents>,
  pause: () => Promise<void>,
): Promise<Documents> {
  let before = digestOf(await read());
  for (let looks = 1; ; looks++) {
    await pause();
    const documents = await read();
    const now = digestOf(documents);
    if (now !== before) looks = 0;
    else if (!mayBeHalfWritten(documents) || looks >= LOOKS_MAX) return documents;
    before = now;
  }
}

const mayBeHalfWritten = (documents: Documents): boolean =>
  documents.length === 0 || documents.some(({ json }) => json === undefined);

/** A digest of what the files say, to the letter. What cannot be read has no text, and says why in its problems. */
export function digestOf(documents: Documents): string {
  const said = documents.map(({ file, text, problems }) => [file, text ?? problems]);
  return createHash("sha256").update(JSON.stringify(said)).digest("base64");
}
