import type { Stats } from "node:fs";
import { lstat, opendir, realpath, stat } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { isOfInterest, MAX_ENTRIES } from "../load/read.js";

/** Told of every folder whose entries matter, before they are listed, so that nothing slips in between. */
export type Enter = (folder: string, identity: string) => void;

/**
 * What lies below some folders as far as names, links, sizes and times tell it, as one text: it differs where anything
 * may have changed, but for folders that hold more than is read. Never rejects: what is not there is part of the text.
 */
export async function marksBelow(roots: readonly string[], enter: Enter): Promise<string> {
  const marks: string[] = [];
  for (const root of roots) {
    await enterAbove(resolve(root), enter);
    const real = await realpath(root).catch(() => root);
    await markEntry(resolve(root), { root: real, entered: new Set(), entries: 0, marks, enter });
  }
  return marks.join("\n");
}

interface Walk {
  readonly root: string;
  readonly entered: Set<string>;
  /** How many entries were listed so far. */
  entries: number;
  readonly marks: string[];
  readonly enter: Enter;
}

/** A folder may come, go or be linked elsewhere: that happens in the one that it, or a link above it, lies in. */
async function enterAbove(root: string, enter: Enter): Promise<void> {
  for (let path = root; dirname(path) !== path; path = dirname(path)) {
    const isLink = await lstat(path).then(
      (found) => found.isSymbolicLink(),
      () => false,
    );
    if (path === root || isLink) await enterFolder(dirname(path), enter);
  }
}

async function enterFolder(folder: string, enter: Enter): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found !== undefined) enter(folder, identityOf(found));
}

async function markEntry(path: string, walk: Walk): Promise<void> {
  try {
    const real = await realpath(path);
    const found = await stat(real);
    walk.marks.push(markOf(path, real, found));
    if (!isInside(real, walk.root)) return;
    if (found.isDirectory()) await markFolder(path, real, found, walk);
    else if (real !== path) await enterFolder(dirname(real), walk.enter);
  } catch (error) {
    walk.marks.push(`${path} ${error instanceof Error && "code" in error ? error.code : error}`);
  }
}

async function markFolder(path: string, real: string, found: Stats, walk: Walk): Promise<void> {
  if (walk.entered.has(real)) return;
  walk.entered.add(real);
  walk.enter(real, identityOf(found));
  for (const name of await namesIn(real, walk)) await markEntry(join(path, name), walk);
}

/** Where there are more than are read, all that counts is that there are. */
async function namesIn(folder: string, walk: Walk): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of await opendir(folder, { bufferSize: 256 })) {
    if (++walk.entries > MAX_ENTRIES) return [];
    if (isOfInterest(entry)) names.push(entry.name);
  }
  return names.sort();
}

/** A folder's own times change with files that do not matter. */
function markOf(path: string, real: string, found: Stats): string {
  const { ino, size, mtimeMs, ctimeMs } = found;
  return [path, real, ino, ...(found.isDirectory() ? [] : [size, mtimeMs, ctimeMs])].join(" ");
}

/** A folder that was deleted and made anew is another one, even where its number is used again. */
const identityOf = ({ dev, ino, birthtimeMs }: Stats): string => [dev, ino, birthtimeMs].join(":");

const isInside = (real: string, root: string): boolean =>
  real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
