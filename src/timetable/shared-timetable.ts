import { holidayDataVersion } from "../calendar/holiday-library.js";
import { type Document, type Documents, restoreDocument } from "../load/document.js";
import { contentDigest, type ValidationStamp } from "../load/validation-stamp.js";
import { zoneDataVersion } from "../time/zone.js";

/**
 * A timetable as plain data that can be posted to another thread, with the stamp of its validation. Trusted input only:
 * anyone who can forge it can bypass validation.
 */
export interface SharedTimetable {
  readonly documents: readonly Pick<Document, "file" | "layer" | "text" | "json">[];
  /** The validation stamp. Without it, everything is checked again. */
  readonly proven: ValidationStamp | undefined;
  /** The versions of the zone and holiday data that it was checked with. */
  readonly zoneData: string;
  readonly holidayData: string;
}

/**
 * Returns the `share` function for documents that were just checked. Parsed JSON belongs to the caller, who may
 * change it later; the shared timetable then has no stamp.
 */
export function shareFunction(documents: Documents, fingerprint: string): () => SharedTimetable {
  const checkedDigest = documents.every(({ text }) => text !== undefined)
    ? undefined
    : contentDigest(documents);
  return () => {
    const texts = contentDigest(documents);
    const isUnchanged = texts !== undefined && texts === (checkedDigest ?? texts);
    return {
      documents: documents.map(sharedFile),
      proven: isUnchanged ? { texts, fingerprint } : undefined,
      zoneData: zoneDataVersion(),
      holidayData: holidayDataVersion(),
    };
  };
}

/** Omits JSON that can be parsed from the text again. */
const sharedFile = ({ file, layer, text, json }: Document): SharedTimetable["documents"][number] => ({
  file,
  ...(layer !== undefined && { layer }),
  ...(text !== undefined && { text }),
  json: text === undefined ? json : undefined,
});

/** The documents, and the stamp if this process has the same zone and holiday data. */
export const readShared = ({ documents, proven, zoneData, holidayData }: SharedTimetable) => ({
  documents: documents.map(restoreDocument),
  stamp: zoneData === zoneDataVersion() && holidayData === holidayDataVersion() ? proven : undefined,
});
