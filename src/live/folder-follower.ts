import { setTimeout as wait } from "node:timers/promises";
import type { Documents } from "../load/document.js";
import { watchFolders } from "./folder-watch.js";
import { readDigest, readStable } from "./stable-read.js";

export interface FollowOptions {
  readonly roots: readonly string[];
  readonly read: () => Promise<Documents>;
  /** The documents that were read already. */
  readonly initial: Documents;
  /** Called with the documents after each change, once the files are stable. */
  readonly onChange: (documents: Documents) => void;
  readonly quietMs: number;
  readonly pollMs: number;
}

/** Follows folders until the returned function is called. Does not keep the process alive. */
export function followFolders({
  roots,
  read,
  initial,
  onChange,
  quietMs,
  pollMs,
}: FollowOptions): () => void {
  const closing = new AbortController();
  const pause = (): Promise<void> => wait(quietMs, undefined, { ref: false, signal: closing.signal });
  let mayHaveChanged = true;
  let isReading = false;
  let lastSignature: string | undefined;
  let lastDigest = readDigest(initial);

  const readIfChanged = async (): Promise<void> => {
    const signature = await folders.signature();
    if (signature === lastSignature) return;
    const documents = await readStable(read, pause);
    // An unreadable file may become readable without a change of the signature, so the next hint reads again.
    lastSignature = documents.some(({ text }) => text === undefined) ? undefined : signature;
    const digest = readDigest(documents);
    if (digest === lastDigest || closing.signal.aborted) return;
    lastDigest = digest;
    onChange(documents);
  };
  const readWhileChanging = async (): Promise<void> => {
    isReading = true;
    for (; mayHaveChanged && !closing.signal.aborted; await pause()) {
      mayHaveChanged = false;
      await readIfChanged();
    }
    isReading = false;
  };
  const hint = (): void => {
    mayHaveChanged = true;
    if (!isReading) readWhileChanging().catch(rethrowUnlessClosed);
  };
  const rethrowUnlessClosed = (fault: unknown): void => {
    if (!closing.signal.aborted) throw fault;
  };

  const folders = watchFolders(roots, pollMs, hint);
  hint();
  return () => {
    closing.abort();
    folders.close();
  };
}
