import type { Dirent } from "node:fs";
import { opendir, readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { loadSays } from "../errors.js";
import {
  type Document,
  type Documents,
  documentFromText,
  inLayer,
  PACK,
  unreadDocument,
} from "./document.js";
import { extendsPack } from "./overrides.js";

/** The only place that touches the file system. */

/** Of one file. */
export const MAX_BYTES = 8 * 1024 * 1024;
/** Of all files below one folder together. */
const MAX_BYTES_TOGETHER = 64 * 1024 * 1024;
/** Files and folders below one folder; one that links lead to in many ways counts each time. */
export const MAX_ENTRIES = 5000;
/** Folders in one another. */
const MAX_LEVELS = 32;

/** The two folders of a rulebook. */
export interface Roots {
  readonly rules: string;
  readonly calendars: string;
}

/**
 * Reads every `*.json` below the two folders, in the order of their names; names that begin with a dot are passed
 * over. Symbolic links are followed while they stay inside the folder, as those of a mounted Kubernetes volume do.
 * Where a `rulebook.json` among them extends the shipped pack, the folders of `pack` are read as the layer below.
 * Never rejects: what cannot be read is a document with a problem.
 */
export async function readFolders(folders: Roots, pack?: Roots): Promise<Documents> {
  const [rules, calendars] = await Promise.all([readRoot(folders.rules), readRoot(folders.calendars)]);
  if (pack === undefined || !rules.some(extendsPack)) return [...rules, ...calendars];
  const below = await readFolders(pack);
  // Calendars that were not given are those of the pack, and lie below.
  const isPacks = resolve(folders.calendars) === resolve(pack.calendars);
  return [...rules, ...(isPacks ? [] : calendars), ...inLayer(PACK, below)];
}

/** Reads every `*.json` below one folder. Never rejects. */
export async function readRoot(root: string): Promise<Documents> {
  try {
    const real = await realpath(root);
    return await readFolder({ path: root, real }, [real], { real, entries: 0, bytes: 0 });
  } catch (error) {
    return [unreadDocument(shownPath(root), loadSays.unreadable(codeOf(error)))];
  }
}

interface Found {
  readonly path: string;
  readonly real: string;
}

/** The folder that is read, and how much of it there has been so far. */
interface Root {
  readonly real: string;
  entries: number;
  bytes: number;
}

/** `above` holds the real paths of the folders that lead here, so that a link back to one of them is seen. */
async function readFolder(folder: Found, above: readonly string[], root: Root): Promise<Documents> {
  const names: string[] = [];
  for await (const entry of await opendir(folder.path, { bufferSize: 256 })) {
    // Told once, of the first folder that has too many.
    if (++root.entries > MAX_ENTRIES + 1) return [];
    if (root.entries > MAX_ENTRIES)
      return [unreadDocument(shownPath(folder.path), loadSays.tooManyFiles(MAX_ENTRIES))];
    if (isOfInterest(entry)) names.push(entry.name);
  }
  const read = names.sort().map((name) => readEntry(join(folder.path, name), above, root));
  return (await Promise.all(read)).flat();
}

/** Whether an entry of a folder may be read, or lead to some that are. */
export const isOfInterest = (entry: Dirent): boolean =>
  !entry.name.startsWith(".") &&
  (entry.isDirectory() || entry.isSymbolicLink() || entry.name.endsWith(".json"));

async function readEntry(path: string, above: readonly string[], root: Root): Promise<Documents> {
  try {
    const real = await realpath(path);
    const { isFolder, isFile, bytes } = await whatIs(real);
    if (!isFolder && !path.endsWith(".json")) return [];
    if (!isInside(real, root.real)) return [unreadDocument(shownPath(path), loadSays.leavesFolder())];
    if (above.includes(real)) return [unreadDocument(shownPath(path), loadSays.linksBack())];
    if (above.length > MAX_LEVELS)
      return [unreadDocument(shownPath(path), loadSays.tooManyLevels(MAX_LEVELS))];
    if (isFolder) return await readFolder({ path, real }, [...above, real], root);
    if (!isFile) return [unreadDocument(shownPath(path), loadSays.unreadable("not a regular file"))];
    if (bytes > MAX_BYTES) return [unreadDocument(shownPath(path), loadSays.tooLarge(bytes, MAX_BYTES))];
    root.bytes += bytes;
    if (root.bytes > MAX_BYTES_TOGETHER)
      return [unreadDocument(shownPath(path), loadSays.tooLargeTogether(MAX_BYTES_TOGETHER))];
    return [await readDocument(path, real)];
  } catch (error) {
    return [unreadDocument(shownPath(path), loadSays.unreadable(codeOf(error)))];
  }
}

async function whatIs(real: string): Promise<{ isFolder: boolean; isFile: boolean; bytes: number }> {
  const found = await stat(real);
  return { isFolder: found.isDirectory(), isFile: found.isFile(), bytes: found.size };
}

async function readDocument(path: string, real: string): Promise<Document> {
  const text = decode(await readFile(real));
  return text === undefined
    ? unreadDocument(shownPath(path), loadSays.notUtf8())
    : documentFromText(shownPath(path), text);
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const isInside = (real: string, root: string): boolean =>
  real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);

/** As a person in the working folder would write it, with forward slashes everywhere. */
function shownPath(path: string): string {
  const near = relative(process.cwd(), path);
  const shown = near === "" || near.startsWith("..") || isAbsolute(near) ? path : near;
  return shown.replaceAll(sep, "/");
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : String(error);
