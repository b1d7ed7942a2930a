/** Paths inside a file: as segments, as people read them (`rules[0].steps[1].cutoff`), and as JSON pointers. */

export type Segments = readonly (string | number)[];

const PLAIN_KEY = /^[\w$-]+$/;

/** `rules[0].event`; a key that is no plain word stands in brackets, as in `facts["payer.bank"]`. */
export function pathText(segments: Segments): string {
  let text = "";
  for (const segment of segments) {
    if (typeof segment === "number") text += `[${segment}]`;
    else if (!PLAIN_KEY.test(segment)) text += `[${JSON.stringify(segment)}]`;
    else text += text === "" ? segment : `.${segment}`;
  }
  return text;
}

/** The segments of a path that `pathText` could have written. */
export function parsePath(text: string): Segments {
  const parts = text.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g);
  return [...parts].map(([, index, quotedKey, key]) => {
    if (index !== undefined) return Number(index);
    return quotedKey === undefined ? (key ?? "") : unquoted(quotedKey);
  });
}

/** A name that only looks like a quoted key is taken as it stands. */
function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

/** The segments of a JSON pointer into a value: a step into an array is a number. */
export function fromPointer(json: unknown, pointer: string): Segments {
  let value = json;
  return pointer
    .split("/")
    .slice(1)
    .map((part) => {
      const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
      const segment = Array.isArray(value) ? Number(key) : key;
      value = valueAt(value, [segment]);
      return segment;
    });
}

/** The value at a path, or undefined where the path leaves the value. */
export function valueAt(json: unknown, segments: Segments): unknown {
  let value = json;
  for (const segment of segments) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as Record<string | number, unknown>)[segment];
  }
  return value;
}
