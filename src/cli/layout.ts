import stringWidth from "string-width";

/** Text in columns, where a Chinese character is two wide. */

export const PAGE_WIDTH = 80;

export const widthOf = (text: string): number => stringWidth(text);

export const padEnd = (text: string, width: number): string =>
  text + " ".repeat(Math.max(0, width - widthOf(text)));

export const padStart = (text: string, width: number): string =>
  " ".repeat(Math.max(0, width - widthOf(text))) + text;

export const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(widthOf));

/**
 * Lines of at most so many columns. Latin text breaks at its spaces, Chinese anywhere but before closing and after
 * opening punctuation; a word that is too long for a line has one to itself.
 */
export function wrap(text: string, width: number = PAGE_WIDTH): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of text.match(PIECES) ?? []) {
    if (widthOf((line + piece).trimEnd()) > width && line !== "") {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  return [...lines, line.trimEnd()];
}

/** A date with its weekday and time, as in `2月24日（周二）10:00`, is one word. */
const MOMENT = "(?:\\d+年)?\\d+月\\d+日(?:（\\p{Script=Han}+）)?[\\d:.]*";
const WORD = "\\p{Script=Han}|[^\\s\\p{Script=Han}，。；：、）》」”？！（《「“]+";
const PIECES = new RegExp(`\\s*[（《「“]*(?:${MOMENT}|${WORD})?[，。；：、）》」”？！]*`, "gu");

/** Text beside a head: the head stands on the first line only. */
export function hang(head: string, text: string, width: number = PAGE_WIDTH): string[] {
  const indent = widthOf(head);
  return wrap(text, width - indent).map((line, n) => (n === 0 ? head : " ".repeat(indent)) + line);
}
