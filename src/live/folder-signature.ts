import type { Stats } from "node:fs";
import { lstat, opendir, realpath, stat } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { MAX_ENTRIES, mayHoldJson } from "../load/folder-reader.js";

/** Called for every folder before its entries are listed, so that a watch set there misses no change. */
export type OnFolder = (folder: string, identity: string) => void;

/**
 * A text of the names, links, sizes and times of all entries below the folders. It changes whenever a file may have
 * changed, except in folders over the entry limit. Never rejects: errors are part of the text.
 */
export async function folderSignature(roots: readonly string[], onFolder: OnFolder): Promise<string> {
  const lines: string[] = [];
  for (const root of roots) {
    await visitParents(resolve(root), onFolder);
    const real = await realpath(root).catch(() => root);
    await addEntry(resolve(root), { root: real, visited: new Set(), entries: 0, lines, onFolder });
  }
  return lines.join("\n");
}

interface Walk {
  readonly root: string;
  readonly visited: Set<string>;
  /** The number of entries listed so far. */
  entries: number;
  readonly lines: string[];
  readonly onFolder: OnFolder;
}

/** Visits the parents in which the root, or a link on its path, may be created, deleted or replaced. */
async function visitParents(root: string, onFolder: OnFolder): Promise<void> {
  for (let path = root; dirname(path) !== path; path = dirname(path)) {
    const isLink = await lstat(path).then(
      (found) => found.isSymbolicLink(),
      () => false,
    );
    if (path === root || isLink) await visitFolder(dirname(path), onFolder);
  }
}

async function visitFolder(folder: string, onFolder: OnFolder): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found !== undefined) onFolder(folder, identityOf(found));
}

async function addEntry(path: string, walk: Walk): Promise<void> {
  try {
    const real = await realpath(path);
    const found = await stat(real);
    walk.lines.push(entryLine(path, real, found));
    if (!isInside(real, walk.root)) return;
    if (found.isDirectory()) await addFolder(path, real, found, walk);
    else if (real !== path) await visitFolder(dirname(real), walk.onFolder);
  } catch (error) {
    walk.lines.push(`${path} ${error instanceof Error && "code" in error ? error.code : error}`);
  }
}

async function addFolder(path: string, real: string, found: Stats, walk: Walk): Promise<void> {
  if (walk.visited.has(real)) return;
  walk.visited.add(real);
  walk.onFolder(real, identityOf(found));
  for (const name of await namesIn(real, walk)) await addEntry(join(path, name), walk);
}

/** Sorted names of relevant entries; empty if the folder is over the limit. */
async function namesIn(folder: string, walk: Walk): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of await opendir(folder, { bufferSize: 256 })) {
    if (++walk.entries > MAX_ENTRIES) return [];
    if (mayHoldJson(entry)) names.push(entry.name);
  }
  return names.sort();
}

/** Omits the times of folders, which also change with irrelevant files. */
function entryLine(path: string, real: string, found: Stats): string {
  const { ino, size, mtimeMs, ctimeMs } = found;
  return [path, real, ino, ...(found.isDirectory() ? [] : [size, mtimeMs, ctimeMs])].join(" ");
}

/** Includes the creation time, because a recreated folder may reuse the inode number. */
const identityOf = ({ dev, ino, birthtimeMs }: Stats): string => [dev, ino, birthtimeMs].join(":");

const isInside = (real: string, root: string): boolean =>
  real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
