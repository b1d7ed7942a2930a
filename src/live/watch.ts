import { type FSWatcher, watch } from "node:fs";
import { marksBelow } from "./walk.js";

/** Folders under watch. Whatever is noticed is only a hint to look: what counts is what a look finds. */
export interface FolderWatch {
  /** What lies there now, as `marksBelow` tells it; what is new is watched from here on. */
  readonly marks: () => Promise<string>;
  readonly close: () => void;
}

/**
 * Hints as soon as an entry of any folder in use changes, and every `pollMs` milliseconds anyway: some file systems
 * (mounted over a network, or into a container) tell nothing, and a system may have no watch left to give. Files are
 * not watched themselves, because one that is replaced takes its watch with it.
 */
export function watchFolders(roots: readonly string[], pollMs: number, hint: () => void): FolderWatch {
  const watchers = new Map<string, FSWatcher>();
  const timer = setInterval(hint, pollMs).unref();
  let closed = false;
  const drop = (key: string): void => {
    watchers.get(key)?.close();
    watchers.delete(key);
  };
  const enter = (key: string, folder: string): void => {
    if (closed || watchers.has(key)) return;
    const watcher = watchFolder(folder, hint);
    watcher?.on("error", () => drop(key));
    if (watcher !== undefined) watchers.set(key, watcher);
  };
  return {
    marks: async () => {
      const entered = new Set<string>();
      const marks = await marksBelow(roots, (folder, identity) => {
        const key = `${identity} ${folder}`;
        entered.add(key);
        enter(key, folder);
      });
      for (const key of [...watchers.keys()].filter((key) => !entered.has(key))) drop(key);
      return marks;
    },
    close: () => {
      closed = true;
      clearInterval(timer);
      for (const key of [...watchers.keys()]) drop(key);
    },
  };
}

/** Undefined where the folder is gone again, or the system has no watch to give. */
function watchFolder(folder: string, hint: () => void): FSWatcher | undefined {
  try {
    return watch(folder, { persistent: false }, hint);
  } catch {
    return undefined;
  }
}
