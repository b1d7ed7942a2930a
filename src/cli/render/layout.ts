import stringWidth from "string-width";

/** Columns of a printed page. A Chinese character takes two. */
export const PAGE_WIDTH = 80;

export const widthOf = (text: string): number => stringWidth(text);

export const padEnd = (text: string, width: number): string =>
  text + " ".repeat(Math.max(0, width - widthOf(text)));

export const padStart = (text: string, width: number): string =>
  " ".repeat(Math.max(0, width - widthOf(text))) + text;

export const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(widthOf));

/**
 * Breaks a text into lines of at most `width` columns. Latin text breaks at spaces, Chinese anywhere except before closing
 * and after opening punctuation. A word longer than a line gets a line of its own.
 */
export function wrap(text: string, width: number = PAGE_WIDTH): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.match(WORDS) ?? []) {
    if (widthOf((line + word).trimEnd()) > width && line !== "") {
      lines.push(line.trimEnd());
      line = word.trimStart();
    } else line += word;
  }
  return [...lines, line.trimEnd()];
}

/** Keeps a date with its weekday and time together, as in `2月24日（周二）10:00`. */
const MOMENT = "(?:\\d+年)?\\d+月\\d+日(?:（\\p{Script=Han}+）)?[\\d:.]*";
const WORD = "\\p{Script=Han}|[^\\s\\p{Script=Han}，。；：、）》」”？！（《「“]+";
const WORDS = new RegExp(`\\s*[（《「“]*(?:${MOMENT}|${WORD})?[，。；：、）》」”？！]*`, "gu");

/** Wraps a text to the right of a head, which stands on the first line only. */
export function hang(head: string, text: string, width: number = PAGE_WIDTH): string[] {
  const indent = widthOf(head);
  return wrap(text, width - indent).map((line, n) => (n === 0 ? head : " ".repeat(indent)) + line);
}
