import { holidayDataVersion } from "../calendar/listed.js";
import { type Document, type Documents, reread } from "../load/document.js";
import { digestOf, type Proven } from "../load/proven.js";
import { zoneDataVersion } from "../time/zone.js";

/**
 * What a timetable was compiled from, as plain data that may be posted to another thread, with the proof that it was
 * checked. Whoever can write it can prove what he likes: it is for one's own threads and processes, not for strangers.
 */
export interface SharedTimetable {
  readonly documents: readonly Pick<Document, "file" | "layer" | "text" | "json">[];
  /** Undefined where there is none: then everything is checked again. */
  readonly proven: Proven | undefined;
  /** The data that it was checked with, beside what it says itself. */
  readonly zoneData: string;
  readonly holidayData: string;
}

/**
 * Prepares the sharing of documents that were just checked. Texts stay as they are, but parsed JSON belongs to the caller:
 * where he has changed it since, nothing is proved of it.
 */
export function sharing(documents: Documents, fingerprint: string): () => SharedTimetable {
  const checked = documents.every(({ text }) => text !== undefined) ? undefined : digestOf(documents);
  return () => {
    const texts = digestOf(documents);
    const isProven = texts !== undefined && texts === (checked ?? texts);
    return {
      documents: documents.map(statedBy),
      proven: isProven ? { texts, fingerprint } : undefined,
      zoneData: zoneDataVersion(),
      holidayData: holidayDataVersion(),
    };
  };
}

/** JSON that was read from a text is left out: the text says it. */
const statedBy = ({ file, layer, text, json }: Document): SharedTimetable["documents"][number] => ({
  file,
  ...(layer !== undefined && { layer }),
  ...(text !== undefined && { text }),
  json: text === undefined ? json : undefined,
});

/** The documents as they were, and the proof as far as it holds here. */
export const adoptedFrom = ({ documents, proven, zoneData, holidayData }: SharedTimetable) => ({
  documents: documents.map(reread),
  proven: zoneData === zoneDataVersion() && holidayData === holidayDataVersion() ? proven : undefined,
});
