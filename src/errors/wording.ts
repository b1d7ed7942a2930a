import { closestMatch } from "leven";

/** The choice closest to a word, or undefined if none is close. */
export const closestChoice = (word: string, choices: readonly string[]): string | undefined =>
  word.length > COMPARED_LENGTH_MAX
    ? undefined
    : closestMatch(word, comparable(choices), { maxDistance: Math.ceil(word.length / 3) });

/** Longer words are not compared, because the edit distance takes time proportional to the product of both lengths. */
const COMPARED_LENGTH_MAX = 100;
const comparable = (choices: readonly string[]): string[] =>
  choices.filter(({ length }) => length <= COMPARED_LENGTH_MAX);

/** A hint for a bad choice: the closest good one, or a list of at most 12. */
export function suggest(word: string, choices: readonly string[]): string {
  const near = closestChoice(word, choices);
  if (near !== undefined) return `did you mean \`${near}\`?`;
  if (choices.length === 0) return "there is none to choose from yet: declare it first";
  const more = choices.length > 12 ? ` and ${choices.length - 12} more` : "";
  return `choose one of ${choices.slice(0, 12).map(quote).join(", ")}${more}`;
}

/** At most three choices, closest first. */
export function nearestChoices(word: string, choices: readonly string[]): string[] {
  const remaining = word.length > COMPARED_LENGTH_MAX ? [] : comparable(choices);
  const found: string[] = [];
  while (found.length < 3) {
    const near = closestMatch(word, remaining, { maxDistance: Math.max(3, Math.floor(word.length / 2)) });
    if (near === undefined) break;
    found.push(near);
    remaining.splice(remaining.indexOf(near), 1);
  }
  return found;
}

/** A user's value in backticks, on one line and at most 60 characters long. */
export function quote(value: unknown): string {
  // JSON has no NaN and no infinities.
  const isPlain = typeof value === "string" || typeof value === "number";
  const text = (isPlain ? String(value) : (JSON.stringify(value) ?? String(value))).replace(/\s+/g, " ");
  return `\`${text.length > 60 ? `${text.slice(0, 57)}...` : text}\``;
}

/** Describes any JavaScript value. Values that are not JSON are described by their type. */
export const describeValue = (value: unknown): string =>
  value === null || ["string", "number", "boolean", "undefined"].includes(typeof value)
    ? quote(value)
    : Array.isArray(value)
      ? "a list"
      : typeof value === "object"
        ? "an object"
        : `a ${typeof value}`;

export const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
};

export const listTypes = (types: readonly string[]): string =>
  types.map((type) => TYPE_NAMES[type] ?? type).join(" or ");
