import { loadMessages, type Problem } from "../errors.js";
import { type Fault, invalidValueIn, lineColumn, readJson } from "./json.js";
import { pathText } from "./path.js";

/** One file of a rulebook. */
export interface Document {
  /** The path shown to users, as in `rules/channels/cn.hvps.json`. */
  readonly file: string;
  /** The name of its lower layer, as in `daozhang`; undefined for a file of the user's own rulebook. */
  readonly layer?: string;
  /** The text of the file. Without it, as for parsed JSON, problems have no line numbers. */
  readonly text?: string;
  /** Undefined when the file is not valid JSON; `problems` then has the reason. */
  readonly json: unknown;
  readonly problems: readonly Problem[];
}

export type Documents = readonly Document[];

/** Parsed JSON files by path, relative to `rules` or `calendars`. */
export interface ParsedFolders {
  readonly rules: Readonly<Record<string, unknown>>;
  readonly calendars: Readonly<Record<string, unknown>>;
}

/** The layer name of the shipped pack. */
export const PACK = "daozhang";

/** Documents from parsed JSON; `below` is the pack that its `rulebook.json` extends. */
export const documentsOf = (parsed: ParsedFolders, below?: ParsedFolders): Documents => [
  ...parsedDocuments(parsed),
  ...(below === undefined ? [] : inLayer(PACK, parsedDocuments(below, `${PACK}/`))),
];

const parsedDocuments = (parsed: ParsedFolders, prefix = ""): Documents =>
  (["rules", "calendars"] as const).flatMap((folder) => {
    const files: unknown = parsed[folder];
    if (typeof files !== "object" || files === null || Array.isArray(files))
      return [unreadDocument(`${prefix}${folder}`, loadMessages.notAFolder(files))];
    return Object.entries(files).map(([path, json]) => documentFromJson(`${prefix}${folder}/${path}`, json));
  });

export const inLayer = (layer: string, documents: Documents): Documents =>
  documents.map((document) => ({ ...document, layer }));

export function documentFromText(file: string, source: string): Document {
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  const { json, faults } = readJson(text);
  const reported = faults.slice(0, PROBLEMS_MAX).map((fault) => ({ file, ...placeOfFault(text, fault) }));
  return {
    file,
    text,
    json,
    problems: [...reported, ...omittedProblems(file, faults.length - reported.length)],
  };
}

/** Rebuilds a document from its serialized fields. */
export function restoreDocument({
  file,
  layer,
  text,
  json,
}: Pick<Document, "file" | "layer" | "text" | "json">): Document {
  const document = text === undefined ? documentFromJson(file, json) : documentFromText(file, text);
  return layer === undefined ? document : { ...document, layer };
}

/** The number of problems reported per file. */
export const PROBLEMS_MAX = 1000;

/** A problem that tells how many more were omitted; none for zero. */
export const omittedProblems = (file: string, count: number): Problem[] =>
  count === 0 ? [] : [{ file, ...loadMessages.moreProblems(count) }];

function documentFromJson(file: string, json: unknown): Document {
  const invalid = invalidValueIn(json);
  if (invalid === undefined) return { file, json, problems: [] };
  const { segments, sentence } = invalid;
  return { file, json: undefined, problems: [{ file, path: pathText(segments), ...sentence }] };
}

/** A document for a file that could not be read. */
export const unreadDocument = (file: string, sentence: { what: string; help: string }): Document => ({
  file,
  json: undefined,
  problems: [{ file, ...sentence }],
});

function placeOfFault(text: string, { offset, segments, sentence }: Fault) {
  const path = segments.length === 0 ? {} : { path: pathText(segments) };
  return { ...lineColumn(text, offset), ...path, ...sentence };
}
