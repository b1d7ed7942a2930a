import { printParseErrorCode, visit } from "jsonc-parser";
import { loadMessages, type Sentence } from "../errors.js";
import type { Segments } from "./path.js";

/** A strict JSON reader that reports every fault with its place. */

/** The maximum nesting depth. Real rulebooks need about a dozen levels. */
const MAX_DEPTH = 64;

export interface Fault {
  /** In UTF-16 code units from the start of the text. */
  readonly offset: number;
  readonly segments: Segments;
  readonly sentence: Sentence;
}

/** Parses a JSON text. Faults are syntax errors, repeated keys, `__proto__` keys and nesting beyond the limit. */
export function readJson(text: string): { json: unknown; faults: readonly Fault[] } {
  const tooDeepAt = offsetBeyondDepth(text);
  if (tooDeepAt !== undefined) {
    return { json: undefined, faults: [faultAt(tooDeepAt, [], loadMessages.tooDeep(MAX_DEPTH))] };
  }
  const faults = faultsIn(text);
  if (faults.length > 0) return { json: undefined, faults };
  try {
    return { json: JSON.parse(text), faults };
  } catch {
    return {
      json: undefined,
      faults: [faultAt(0, [], loadMessages.syntax("InvalidSymbol", text.slice(0, 20)))],
    };
  }
}

interface InvalidValue {
  readonly segments: Segments;
  readonly sentence: Sentence;
}

/** The maximum number of values in one document. An object that is referenced twice counts twice. */
const MAX_VALUES = 1_000_000;

/** Finds the first part of a value that JSON cannot express. Calls no code of the value, not even getters. */
export function invalidValueIn(value: unknown): InvalidValue | undefined {
  let remaining = MAX_VALUES;
  const visit = (one: unknown, segments: Segments): InvalidValue | undefined => {
    if (remaining-- <= 0) return { segments: [], sentence: loadMessages.tooManyValues(MAX_VALUES) };
    if (segments.length > MAX_DEPTH)
      return { segments: segments.slice(0, 4), sentence: loadMessages.tooDeep(MAX_DEPTH) };
    if (typeof one !== "object" || one === null) return isScalar(one) ? undefined : notJson(one, segments);
    const keys = Object.keys(one);
    if (!isPlain(one, keys)) return notJson(one, segments);
    for (const key of keys) {
      const inside = [...segments, Array.isArray(one) ? Number(key) : key];
      if (key === "__proto__") return { segments: inside, sentence: loadMessages.protoKey() };
      const member = Object.getOwnPropertyDescriptor(one, key);
      if (member === undefined || !("value" in member)) return notJson(one, inside);
      const invalid = visit(member.value, inside);
      if (invalid !== undefined) return invalid;
    }
    return undefined;
  };
  return visit(value, []);
}

const notJson = (value: unknown, segments: Segments): InvalidValue => ({
  segments,
  sentence: loadMessages.notJson(value),
});

const isScalar = (value: unknown): boolean =>
  value === null || ["string", "boolean"].includes(typeof value) || Number.isFinite(value);

/** An array without holes, or a plain object, possibly of another realm. */
function isPlain(value: object, keys: readonly string[]): boolean {
  if (Array.isArray(value)) return keys.length === value.length;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Line and column of an offset, both 1-based. Columns count UTF-16 code units. */
export function lineColumn(text: string, offset: number): { line: number; column: number } {
  const starts = lineStarts(text);
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= offset) low = middle + 1;
    else high = middle;
  }
  return { line: low, column: offset - (starts[low - 1] as number) + 1 };
}

/** Caches the line starts of the last text, because one file may have many problems. */
let latest: { readonly text: string; readonly starts: readonly number[] } = { text: "", starts: [0] };

function lineStarts(text: string): readonly number[] {
  if (latest.text !== text) {
    const ends = [...text.matchAll(/\r\n|\n|\r/g)];
    latest = { text, starts: [0, ...ends.map(({ index, 0: end }) => index + end.length)] };
  }
  return latest.starts;
}

const faultAt = (offset: number, segments: Segments, sentence: Sentence): Fault => ({
  offset,
  segments,
  sentence,
});

/** Reports only the first syntax error, because later ones are often its consequences. */
function faultsIn(text: string): Fault[] {
  const faults: Fault[] = [];
  const keysOfObjects: Set<string>[] = [];
  const syntaxErrors: Fault[] = [];
  visit(
    text,
    {
      onObjectBegin: () => void keysOfObjects.push(new Set()),
      onObjectEnd: () => void keysOfObjects.pop(),
      onObjectProperty: (key, offset, _length, _line, _character, pathTo) => {
        const keys = keysOfObjects.at(-1);
        if (keys?.has(key)) faults.push(faultAt(offset, [...pathTo(), key], loadMessages.repeatedKey(key)));
        if (key === "__proto__") faults.push(faultAt(offset, [...pathTo(), key], loadMessages.protoKey()));
        keys?.add(key);
      },
      onError: (code, offset, length) => {
        const found = text.slice(offset, offset + length);
        syntaxErrors.push(faultAt(offset, [], loadMessages.syntax(printParseErrorCode(code), found)));
      },
    },
    { disallowComments: true, allowTrailingComma: false },
  );
  const [first] = syntaxErrors;
  return first === undefined ? faults : [...faults.filter(({ offset }) => offset < first.offset), first];
}

/** The offset of the first bracket beyond the depth limit. Scans without recursion, so any text is safe. */
function offsetBeyondDepth(text: string): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let offset = 0; offset < text.length; offset++) {
    const character = text[offset];
    if (quoted && character === "\\") offset++;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === "{" || character === "[")) depth++;
    else if (!quoted && (character === "}" || character === "]")) depth--;
    if (depth > MAX_DEPTH) return offset;
  }
  return undefined;
}
