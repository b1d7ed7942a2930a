import { readFile } from "node:fs/promises";
import { holidayDataVersion } from "../calendar/listed.js";
import type { Documents } from "../load/document.js";
import { digestOf, type Proven } from "../load/proven.js";
import { zoneDataVersion } from "../time/zone.js";
import { timetableOf } from "../timetable.js";

/**
 * That the shipped pack is right is proved once, when the package is built. The proof holds for the very files that were
 * checked, read with the same zone data and the same listed holidays.
 */
export interface Proof extends Proven {
  readonly zoneData: string;
  readonly holidayData: string;
}

/** Where the build leaves it, beside the built modules; the sources have none beside them, so nothing is proven there. */
export const PROOF_FILE = new URL("../proven.json", import.meta.url);

/**
 * Checks everything, and gives the proof that it was.
 *
 * @throws RulebookError with all that is wrong
 */
export function proofOf(documents: Documents): Proof {
  const { version } = timetableOf(documents);
  const zoneData = zoneDataVersion();
  const texts = digestOf(documents);
  if (texts === undefined) throw new Error("a file that could not be read proves nothing");
  const fingerprint = version.slice(0, version.lastIndexOf(`+tz${zoneData}`));
  return { fingerprint, texts, zoneData, holidayData: holidayDataVersion() };
}

/** What is proven for this process; nothing where there is no proof, it cannot be read, or it was made with other data. */
export async function readProven(file: URL = PROOF_FILE): Promise<Proven | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  const proof = text === undefined ? undefined : parsedProof(text);
  if (proof?.zoneData !== zoneDataVersion() || proof.holidayData !== holidayDataVersion()) return undefined;
  return proof;
}

function parsedProof(text: string): Proof | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isProof(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

const KEYS = ["fingerprint", "texts", "zoneData", "holidayData"] as const satisfies readonly (keyof Proof)[];

const isProof = (json: unknown): json is Proof =>
  typeof json === "object" &&
  json !== null &&
  KEYS.every((key) => typeof (json as Readonly<Record<string, unknown>>)[key] === "string");
