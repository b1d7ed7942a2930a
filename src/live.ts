import { fileURLToPath } from "node:url";
import { readFolders } from "./load/read.js";
import { type Timetable, timetableOf } from "./timetable.js";

/** Folders of a rulebook; what is left out is the shipped one. */
export interface Folders {
  rules?: string;
  calendars?: string;
}

/** The folders that come with the package. */
export const SHIPPED = {
  rules: fileURLToPath(new URL("../rules", import.meta.url)),
  calendars: fileURLToPath(new URL("../calendars", import.meta.url)),
};

/**
 * Reads a rulebook from its folders and compiles it.
 *
 * @throws RulebookError with all that is wrong
 */
export async function openTimetable(folders: Folders = {}): Promise<Timetable> {
  const { rules = SHIPPED.rules, calendars = SHIPPED.calendars } = folders;
  return timetableOf(await readFolders({ rules, calendars }));
}
