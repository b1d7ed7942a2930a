import { RulebookError } from "../../src/index.js";
import { compileTimetable } from "../../src/timetable.js";
import { type Book, smallBook } from "../fuzz/books.js";

/** Builds invalid rulebooks from the small valid one. */

export type Json = Record<string, unknown>;

/** The small book after an edit. */
export function brokenBook(edit: (book: Book) => void): Book {
  const book = smallBook();
  edit(book);
  return book;
}

/** The error message of a rulebook, or an empty text if it loads. */
export function loadError(book: Book): string {
  try {
    compileTimetable(book);
    return "";
  } catch (error) {
    if (error instanceof RulebookError) return error.message;
    throw error;
  }
}

export const loadErrorAfter = (edit: (book: Book) => void): string => loadError(brokenBook(edit));

export const rulesOf = (book: Book, file: string): Json[] => (book.rules[file] as { rules: Json[] }).rules;

/** The event's parameters of the n-th rule of a file. */
export const paramsOf = (book: Book, file: string, n = 0): Json =>
  (rulesOf(book, file)[n] as { event: { params: Json } }).event.params;
