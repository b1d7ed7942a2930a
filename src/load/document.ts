import { loadSays, type Problem } from "../errors.js";
import { type Fault, lineColumn, readJson, unsoundIn } from "./json.js";
import { pathText } from "./path.js";

/** One file of a rulebook. */
export interface Document {
  /** As people find it, as in `rules/channels/cn.hvps.json`. */
  readonly file: string;
  /** The layer below that it belongs to, as in `daozhang`; undefined for a file of the rulebook that was asked for. */
  readonly layer?: string;
  /** What the file says, where it was read from one: without it problems have no line. */
  readonly text?: string;
  /** Undefined where the file could not be read as JSON: `problems` then says why. */
  readonly json: unknown;
  readonly problems: readonly Problem[];
}

export type Documents = readonly Document[];

/** Parsed JSON, by the path that each file would have below `rules` or `calendars`. */
export interface ParsedFolders {
  readonly rules: Readonly<Record<string, unknown>>;
  readonly calendars: Readonly<Record<string, unknown>>;
}

/** The pack that may lie below a rulebook. */
export const PACK = "daozhang";

/** The documents of parsed JSON; `below` is what its `rulebook.json` extends. */
export const documentsOf = (parsed: ParsedFolders, below?: ParsedFolders): Documents => [
  ...parsedDocuments(parsed),
  ...(below === undefined ? [] : inLayer(PACK, parsedDocuments(below, `${PACK}/`))),
];

const parsedDocuments = (parsed: ParsedFolders, prefix = ""): Documents =>
  (["rules", "calendars"] as const).flatMap((folder) => {
    const files: unknown = parsed[folder];
    if (typeof files !== "object" || files === null || Array.isArray(files))
      return [unreadDocument(`${prefix}${folder}`, loadSays.notAFolder(files))];
    return Object.entries(files).map(([path, json]) => documentFromJson(`${prefix}${folder}/${path}`, json));
  });

export const inLayer = (layer: string, documents: Documents): Documents =>
  documents.map((document) => ({ ...document, layer }));

export function documentFromText(file: string, source: string): Document {
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  const { json, faults } = readJson(text);
  const told = faults.slice(0, PROBLEMS_MAX).map((fault) => ({ file, ...placeOfFault(text, fault) }));
  return { file, text, json, problems: [...told, ...untold(file, faults.length - told.length)] };
}

/** A document as it was, of what it says alone. */
export function reread({
  file,
  layer,
  text,
  json,
}: Pick<Document, "file" | "layer" | "text" | "json">): Document {
  const document = text === undefined ? documentFromJson(file, json) : documentFromText(file, text);
  return layer === undefined ? document : { ...document, layer };
}
/** How many problems of one file are told; who has more mends these first. */
export const PROBLEMS_MAX = 1000;

/** That there are so many more problems. */
export const untold = (file: string, count: number): Problem[] =>
  count === 0 ? [] : [{ file, ...loadSays.moreProblems(count) }];

function documentFromJson(file: string, json: unknown): Document {
  const unsound = unsoundIn(json);
  if (unsound === undefined) return { file, json, problems: [] };
  const { segments, sentence } = unsound;
  return { file, json: undefined, problems: [{ file, path: pathText(segments), ...sentence }] };
}

/** A file that could not even be read. */
export const unreadDocument = (file: string, sentence: { what: string; help: string }): Document => ({
  file,
  json: undefined,
  problems: [{ file, ...sentence }],
});

function placeOfFault(text: string, { offset, segments, sentence }: Fault) {
  const path = segments.length === 0 ? {} : { path: pathText(segments) };
  return { ...lineColumn(text, offset), ...path, ...sentence };
}
