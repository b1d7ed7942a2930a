import { closestMatch } from "leven";

/** The choice that a word was probably meant to be. */
export const meantBy = (word: string, choices: readonly string[]): string | undefined =>
  word.length > WORD_MAX
    ? undefined
    : closestMatch(word, words(choices), { maxDistance: Math.ceil(word.length / 3) });

/** How long a word may be that others are compared with: the distance of two takes the product of their lengths. */
const WORD_MAX = 100;
const words = (choices: readonly string[]): string[] => choices.filter(({ length }) => length <= WORD_MAX);

/** What to do about a bad choice: the nearest good one, or all of them while they are few. */
export function choose(word: string, choices: readonly string[]): string {
  const near = meantBy(word, choices);
  if (near !== undefined) return `did you mean \`${near}\`?`;
  if (choices.length === 0) return "there is none to choose from yet: declare it first";
  const more = choices.length > 12 ? ` and ${choices.length - 12} more` : "";
  return `choose one of ${choices.slice(0, 12).map(quote).join(", ")}${more}`;
}

/** At most three choices, nearest first. */
export function nearestOf(word: string, choices: readonly string[]): string[] {
  const left = word.length > WORD_MAX ? [] : words(choices);
  const found: string[] = [];
  while (found.length < 3) {
    const near = closestMatch(word, left, { maxDistance: Math.max(3, Math.floor(word.length / 2)) });
    if (near === undefined) break;
    found.push(near);
    left.splice(left.indexOf(near), 1);
  }
  return found;
}

/** A value of the user's in backticks, on one line and not too long. */
export function quote(value: unknown): string {
  // JSON has no word for NaN and the infinities.
  const isPlain = typeof value === "string" || typeof value === "number";
  const text = (isPlain ? String(value) : (JSON.stringify(value) ?? String(value))).replace(/\s+/g, " ");
  return `\`${text.length > 60 ? `${text.slice(0, 57)}...` : text}\``;
}

/** A value that need not be JSON, as a caller of the library may give it. */
export const given = (value: unknown): string =>
  value === null || ["string", "number", "boolean", "undefined"].includes(typeof value)
    ? quote(value)
    : Array.isArray(value)
      ? "a list"
      : typeof value === "object"
        ? "an object"
        : `a ${typeof value}`;

export const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
};

export const oneOfTypes = (types: readonly string[]): string =>
  types.map((type) => TYPES[type] ?? type).join(" or ");
