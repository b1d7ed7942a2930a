import type { Dirent } from "node:fs";
import { opendir, readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { loadMessages } from "../errors.js";
import {
  type Document,
  type Documents,
  documentFromText,
  inLayer,
  PACK,
  unreadDocument,
} from "./document.js";
import { extendsPack } from "./overrides.js";

/** Reads the files of a rulebook, within limits on size, count and depth. */

/** The limit per file. */
export const MAX_BYTES = 8 * 1024 * 1024;
/** The limit for all files below one root folder. */
const MAX_TOTAL_BYTES = 64 * 1024 * 1024;
/** Files and folders below one root folder. An entry reached through several links counts each time. */
export const MAX_ENTRIES = 5000;
/** The maximum folder depth. */
const MAX_LEVELS = 32;

/** The folders of a rulebook, as paths. */
export interface RulebookFolders {
  readonly rules: string;
  readonly calendars: string;
}

/**
 * Reads every `*.json` below the two folders, sorted by name, except names that begin with a dot. Follows symbolic
 * links that stay inside the folder, as in a mounted Kubernetes volume. If a `rulebook.json` extends the shipped
 * pack, reads `pack` as the lower layer. Never rejects: an unreadable file becomes a document with a problem.
 */
export async function readFolders(folders: RulebookFolders, pack?: RulebookFolders): Promise<Documents> {
  const [rules, calendars] = await Promise.all([readRoot(folders.rules), readRoot(folders.calendars)]);
  if (pack === undefined || !rules.some(extendsPack)) return [...rules, ...calendars];
  const below = await readFolders(pack);
  // Without a calendar folder of its own, the rulebook uses the calendars of the pack.
  const usesPackCalendars = resolve(folders.calendars) === resolve(pack.calendars);
  return [...rules, ...(usesPackCalendars ? [] : calendars), ...inLayer(PACK, below)];
}

/** Reads every `*.json` below one folder. Never rejects. */
export async function readRoot(root: string): Promise<Documents> {
  try {
    const real = await realpath(root);
    return await readFolder({ path: root, real }, [real], { real, entries: 0, bytes: 0 });
  } catch (error) {
    return [unreadDocument(shownPath(root), loadMessages.unreadable(codeOf(error)))];
  }
}

interface FolderPath {
  readonly path: string;
  readonly real: string;
}

/** A root folder, and the entries and bytes read below it so far. */
interface ReadBudget {
  readonly real: string;
  entries: number;
  bytes: number;
}

/** `above` has the real paths of all parent folders, to detect links back to one of them. */
async function readFolder(
  folder: FolderPath,
  above: readonly string[],
  root: ReadBudget,
): Promise<Documents> {
  const names: string[] = [];
  for await (const entry of await opendir(folder.path, { bufferSize: 256 })) {
    // Reported once, for the first folder over the limit.
    if (++root.entries > MAX_ENTRIES + 1) return [];
    if (root.entries > MAX_ENTRIES)
      return [unreadDocument(shownPath(folder.path), loadMessages.tooManyFiles(MAX_ENTRIES))];
    if (mayHoldJson(entry)) names.push(entry.name);
  }
  const read = names.sort().map((name) => readEntry(join(folder.path, name), above, root));
  return (await Promise.all(read)).flat();
}

/** Whether a folder entry is a JSON file, or a folder or link that may lead to one. */
export const mayHoldJson = (entry: Dirent): boolean =>
  !entry.name.startsWith(".") &&
  (entry.isDirectory() || entry.isSymbolicLink() || entry.name.endsWith(".json"));

async function readEntry(path: string, above: readonly string[], root: ReadBudget): Promise<Documents> {
  try {
    const real = await realpath(path);
    const { isFolder, isFile, bytes } = await entryKind(real);
    if (!isFolder && !path.endsWith(".json")) return [];
    if (!isInside(real, root.real)) return [unreadDocument(shownPath(path), loadMessages.leavesFolder())];
    if (above.includes(real)) return [unreadDocument(shownPath(path), loadMessages.linksBack())];
    if (above.length > MAX_LEVELS)
      return [unreadDocument(shownPath(path), loadMessages.tooManyLevels(MAX_LEVELS))];
    if (isFolder) return await readFolder({ path, real }, [...above, real], root);
    if (!isFile) return [unreadDocument(shownPath(path), loadMessages.unreadable("not a regular file"))];
    if (bytes > MAX_BYTES) return [unreadDocument(shownPath(path), loadMessages.tooLarge(bytes, MAX_BYTES))];
    root.bytes += bytes;
    if (root.bytes > MAX_TOTAL_BYTES)
      return [unreadDocument(shownPath(path), loadMessages.tooLargeTogether(MAX_TOTAL_BYTES))];
    return [await readDocument(path, real)];
  } catch (error) {
    return [unreadDocument(shownPath(path), loadMessages.unreadable(codeOf(error)))];
  }
}

async function entryKind(real: string): Promise<{ isFolder: boolean; isFile: boolean; bytes: number }> {
  const found = await stat(real);
  return { isFolder: found.isDirectory(), isFile: found.isFile(), bytes: found.size };
}

async function readDocument(path: string, real: string): Promise<Document> {
  const text = decode(await readFile(real));
  return text === undefined
    ? unreadDocument(shownPath(path), loadMessages.notUtf8())
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

/** The path relative to the working folder if it lies inside, with forward slashes. */
function shownPath(path: string): string {
  const near = relative(process.cwd(), path);
  const shown = near === "" || near.startsWith("..") || isAbsolute(near) ? path : near;
  return shown.replaceAll(sep, "/");
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : String(error);
