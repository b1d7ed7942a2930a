import { setTimeout as wait } from "node:timers/promises";
import type { Documents } from "../load/document.js";
import { digestOf, readSettled } from "./settled.js";
import { watchFolders } from "./watch.js";

export interface Following {
  readonly roots: readonly string[];
  readonly read: () => Promise<Documents>;
  /** What was read already. */
  readonly known: Documents;
  /** Told what the folders say, once it has come to rest, whenever that is not what they said before. */
  readonly found: (documents: Documents) => void;
  readonly quietMs: number;
  readonly pollMs: number;
}

/** Follows folders until the function that is given back is called. Keeps no process alive. */
export function follow({ roots, read, known, found, quietMs, pollMs }: Following): () => void {
  const closing = new AbortController();
  const pause = (): Promise<void> => wait(quietMs, undefined, { ref: false, signal: closing.signal });
  let hinted = true;
  let looking = false;
  let seen: string | undefined;
  let said = digestOf(known);

  const look = async (): Promise<void> => {
    const marks = await folders.marks();
    if (marks === seen) return;
    const documents = await readSettled(read, pause);
    // What the system refused to read it may allow without a trace in the marks: the next hint looks again.
    seen = documents.some(({ text }) => text === undefined) ? undefined : marks;
    const saying = digestOf(documents);
    if (saying === said || closing.signal.aborted) return;
    said = saying;
    found(documents);
  };
  const lookWhileHinted = async (): Promise<void> => {
    looking = true;
    for (; hinted && !closing.signal.aborted; await pause()) {
      hinted = false;
      await look();
    }
    looking = false;
  };
  const hint = (): void => {
    hinted = true;
    if (!looking) lookWhileHinted().catch(unlessClosing);
  };
  const unlessClosing = (fault: unknown): void => {
    if (!closing.signal.aborted) throw fault;
  };

  const folders = watchFolders(roots, pollMs, hint);
  hint();
  return () => {
    closing.abort();
    folders.close();
  };
}
