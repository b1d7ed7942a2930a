import { type FSWatcher, watch } from "node:fs";
import { folderSignature } from "./folder-signature.js";

/** A watch on folders. Its notifications are only hints; the signature decides whether anything changed. */
export interface FolderWatch {
  /** The current `folderSignature`. Also starts to watch new folders. */
  readonly signature: () => Promise<string>;
  readonly close: () => void;
}

/**
 * Calls `hint` when an entry of a watched folder changes, and every `pollMs` milliseconds in any case, because
 * network and container mounts may not notify, and the system may run out of watches. Watches folders rather than
 * files, because a watch on a replaced file is lost.
 */
export function watchFolders(roots: readonly string[], pollMs: number, hint: () => void): FolderWatch {
  const watchers = new Map<string, FSWatcher>();
  const timer = setInterval(hint, pollMs).unref();
  let closed = false;
  const drop = (key: string): void => {
    watchers.get(key)?.close();
    watchers.delete(key);
  };
  const add = (key: string, folder: string): void => {
    if (closed || watchers.has(key)) return;
    const watcher = watchFolder(folder, hint);
    watcher?.on("error", () => drop(key));
    if (watcher !== undefined) watchers.set(key, watcher);
  };
  return {
    signature: async () => {
      const visited = new Set<string>();
      const signature = await folderSignature(roots, (folder, identity) => {
        const key = `${identity} ${folder}`;
        visited.add(key);
        add(key, folder);
      });
      for (const key of [...watchers.keys()].filter((key) => !visited.has(key))) drop(key);
      return signature;
    },
    close: () => {
      closed = true;
      clearInterval(timer);
      for (const key of [...watchers.keys()]) drop(key);
    },
  };
}

/** Undefined if the folder is gone or the system has no watches left. */
function watchFolder(folder: string, hint: () => void): FSWatcher | undefined {
  try {
    return watch(folder, { persistent: false }, hint);
  } catch {
    return undefined;
  }
}
