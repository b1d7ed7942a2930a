import { printParseErrorCode, visit } from "jsonc-parser";
import { loadSays, type Sentence } from "../errors.js";
import type { Segments } from "./path.js";

/** Strict JSON: what a text says, and everything that makes it no sound JSON, with its place. */

/** Levels of objects and arrays in one another; the deepest rule of a real rulebook has about a dozen. */
const MAX_DEPTH = 64;

export interface Fault {
  /** Where in the text, in UTF-16 units from its start. */
  readonly offset: number;
  readonly segments: Segments;
  readonly sentence: Sentence;
}

/** The value of a JSON text, or undefined and the faults: wrong syntax, repeated keys, `__proto__`, too much depth. */
export function readJson(text: string): { json: unknown; faults: readonly Fault[] } {
  const tooDeepAt = offsetBeyondDepth(text);
  if (tooDeepAt !== undefined) {
    return { json: undefined, faults: [at(tooDeepAt, [], loadSays.tooDeep(MAX_DEPTH))] };
  }
  const faults = faultsIn(text);
  if (faults.length > 0) return { json: undefined, faults };
  try {
    return { json: JSON.parse(text), faults };
  } catch {
    return { json: undefined, faults: [at(0, [], loadSays.syntax("InvalidSymbol", text.slice(0, 20)))] };
  }
}

interface Unsound {
  readonly segments: Segments;
  readonly sentence: Sentence;
}

/** Values in one document; one that stands in many places, as no text can say it, counts in each. */
const MAX_VALUES = 1_000_000;

/** The first thing in a value that no sound JSON text can say. Nothing in it is called, also no getter. */
export function unsoundIn(value: unknown): Unsound | undefined {
  let left = MAX_VALUES;
  const look = (one: unknown, segments: Segments): Unsound | undefined => {
    if (left-- <= 0) return { segments: [], sentence: loadSays.tooManyValues(MAX_VALUES) };
    if (segments.length > MAX_DEPTH)
      return { segments: segments.slice(0, 4), sentence: loadSays.tooDeep(MAX_DEPTH) };
    if (typeof one !== "object" || one === null) return isScalar(one) ? undefined : unlike(one, segments);
    const keys = Object.keys(one);
    if (!isPlain(one, keys)) return unlike(one, segments);
    for (const key of keys) {
      const inside = [...segments, Array.isArray(one) ? Number(key) : key];
      if (key === "__proto__") return { segments: inside, sentence: loadSays.protoKey() };
      const member = Object.getOwnPropertyDescriptor(one, key);
      if (member === undefined || !("value" in member)) return unlike(one, inside);
      const unsound = look(member.value, inside);
      if (unsound !== undefined) return unsound;
    }
    return undefined;
  };
  return look(value, []);
}

const unlike = (value: unknown, segments: Segments): Unsound => ({
  segments,
  sentence: loadSays.notJson(value),
});

const isScalar = (value: unknown): boolean =>
  value === null || ["string", "boolean"].includes(typeof value) || Number.isFinite(value);

/** An array without holes, or an object that is nothing but its keys; also one of another realm. */
function isPlain(value: object, keys: readonly string[]): boolean {
  if (Array.isArray(value)) return keys.length === value.length;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Line and column of an offset, both from 1; a column is a UTF-16 unit. */
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

/** Of the text that was asked about last: a file with many problems is asked about many times. */
let latest: { readonly text: string; readonly starts: readonly number[] } = { text: "", starts: [0] };

function lineStarts(text: string): readonly number[] {
  if (latest.text !== text) {
    const ends = [...text.matchAll(/\r\n|\n|\r/g)];
    latest = { text, starts: [0, ...ends.map(({ index, 0: end }) => index + end.length)] };
  }
  return latest.starts;
}

const at = (offset: number, segments: Segments, sentence: Sentence): Fault => ({
  offset,
  segments,
  sentence,
});

/** Of wrong syntax only the first place is told: what a parser says after it is a guess. */
function faultsIn(text: string): Fault[] {
  const faults: Fault[] = [];
  const keysOfObjects: Set<string>[] = [];
  const broken: Fault[] = [];
  visit(
    text,
    {
      onObjectBegin: () => void keysOfObjects.push(new Set()),
      onObjectEnd: () => void keysOfObjects.pop(),
      onObjectProperty: (key, offset, _length, _line, _character, pathTo) => {
        const keys = keysOfObjects.at(-1);
        if (keys?.has(key)) faults.push(at(offset, [...pathTo(), key], loadSays.repeatedKey(key)));
        if (key === "__proto__") faults.push(at(offset, [...pathTo(), key], loadSays.protoKey()));
        keys?.add(key);
      },
      onError: (code, offset, length) => {
        const found = text.slice(offset, offset + length);
        broken.push(at(offset, [], loadSays.syntax(printParseErrorCode(code), found)));
      },
    },
    { disallowComments: true, allowTrailingComma: false },
  );
  const [first] = broken;
  return first === undefined ? faults : [...faults.filter(({ offset }) => offset < first.offset), first];
}

/** The offset of the first bracket that opens one level too many; found without recursion, whatever the text is. */
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
