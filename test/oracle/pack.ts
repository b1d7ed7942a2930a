import { readdirSync } from "node:fs";
import { compileTimetable } from "../../src/index.js";
import { pathOf, readJson } from "../bench/root.js";
import { bookOf, type Folders } from "./book.js";
import type { Implementations } from "./comparison.js";

/** Opens the shipped pack: as JSON for the oracle, compiled for the engine. */

function read(folder: string): Record<string, unknown> {
  const paths = readdirSync(pathOf(folder), { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    paths.filter((path) => path.endsWith(".json")).map((path) => [path, readJson(`${folder}/${path}`)]),
  );
}

export const readFolders = (): Folders => ({ rules: read("rules"), calendars: read("calendars") });

export function openPack(): Implementations {
  const folders = readFolders();
  return { book: bookOf(folders), timetable: compileTimetable(structuredClone(folders)) };
}
