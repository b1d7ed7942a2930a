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

/** The first thing in a value that no sound JSON text can say. */
export function unsoundIn(
  value: unknown,
  segments: Segments = [],
): { segments: Segments; sentence: Sentence } | undefined {
  if (segments.length > MAX_DEPTH)
    return { segments: segments.slice(0, 4), sentence: loadSays.tooDeep(MAX_DEPTH) };
  if (typeof value !== "object" || value === null) {
    const isJson = value === null || ["string", "boolean"].includes(typeof value) || Number.isFinite(value);
    return isJson ? undefined : { segments, sentence: loadSays.notJson(value) };
  }
  for (const [key, member] of Object.entries(value)) {
    const inside = [...segments, Array.isArray(value) ? Number(key) : key];
    if (key === "__proto__") return { segments: inside, sentence: loadSays.protoKey() };
    const unsound = unsoundIn(member, inside);
    if (unsound !== undefined) return unsound;
  }
  return undefined;
}

/** Line and column of an offset, both from 1; a column is a UTF-16 unit. */
export function lineColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) {
    if (index >= offset) break;
    line++;
    start = index + end.length;
  }
  return { line, column: offset - start + 1 };
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
