/** Paths inside a file: as segments, as text (`rules[0].steps[1].cutoff`), and as JSON pointers. */

export type Segments = readonly (string | number)[];

const PLAIN_KEY = /^[\w$-]+$/;

/** As in `rules[0].event`. Keys with other characters are quoted, as in `facts["payer.bank"]`. */
export function pathText(segments: Segments): string {
  let text = "";
  for (const segment of segments) {
    if (typeof segment === "number") text += `[${segment}]`;
    else if (!PLAIN_KEY.test(segment)) text += `[${JSON.stringify(segment)}]`;
    else text += text === "" ? segment : `.${segment}`;
  }
  return text;
}

/** The inverse of `pathText`. */
export function parsePath(text: string): Segments {
  const parts = text.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g);
  return [...parts].map(([, index, quotedKey, key]) => {
    if (index !== undefined) return Number(index);
    return quotedKey === undefined ? (key ?? "") : unquoted(quotedKey);
  });
}

/** Text that is not a valid JSON string is used unchanged. */
function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

/** The segments of a JSON pointer into `json`. Array indexes become numbers. */
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

/** The value at a path; undefined if the path does not exist. Own properties only. */
export function valueAt(json: unknown, segments: Segments): unknown {
  let value = json;
  for (const segment of segments) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as Record<string | number, unknown>)[segment];
  }
  return value;
}
