import { readFile } from "node:fs/promises";
import { holidayDataVersion } from "../calendar/holiday-library.js";
import type { Documents } from "../load/document.js";
import { contentDigest, type ValidationStamp } from "../load/validation-stamp.js";
import { zoneDataVersion } from "../time/zone.js";
import { timetableOf } from "../timetable.js";

/**
 * Vouches for the shipped pack, which is checked once when the package is built. Valid only for the same files, zone
 * data and holiday data.
 */
export interface PackStamp extends ValidationStamp {
  readonly zoneData: string;
  readonly holidayData: string;
}

/** The stamp file of the build. There is none next to the sources, so a run from sources checks everything. */
export const STAMP_FILE = new URL("../pack-stamp.json", import.meta.url);

/**
 * Checks documents in full and returns their stamp.
 *
 * @throws RulebookError with all problems
 */
export function stampPack(documents: Documents): PackStamp {
  const { version } = timetableOf(documents);
  const zoneData = zoneDataVersion();
  const texts = contentDigest(documents);
  if (texts === undefined) throw new Error("a file that could not be read proves nothing");
  const fingerprint = version.slice(0, version.lastIndexOf(`+tz${zoneData}`));
  return { fingerprint, texts, zoneData, holidayData: holidayDataVersion() };
}

/** The stamp, or undefined if it is missing, unreadable, or made with other zone or holiday data. */
export async function readPackStamp(file: URL = STAMP_FILE): Promise<ValidationStamp | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  const stamp = text === undefined ? undefined : parseStamp(text);
  if (stamp?.zoneData !== zoneDataVersion() || stamp.holidayData !== holidayDataVersion()) return undefined;
  return stamp;
}

function parseStamp(text: string): PackStamp | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isPackStamp(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

const KEYS = [
  "fingerprint",
  "texts",
  "zoneData",
  "holidayData",
] as const satisfies readonly (keyof PackStamp)[];

const isPackStamp = (json: unknown): json is PackStamp =>
  typeof json === "object" &&
  json !== null &&
  KEYS.every((key) => typeof (json as Readonly<Record<string, unknown>>)[key] === "string");
