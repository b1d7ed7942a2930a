import fc from "fast-check";
import { compileTimetable, type Payment, type Timetable } from "../../src/index.js";
import { documentFromText, documentsOf } from "../../src/load/document.js";
import { linkRulebook } from "../../src/load/link.js";
import { timetableOf } from "../../src/timetable.js";
import { type Book, packBook, smallBook } from "./books.js";
import { answerOf, type Fuzzer, fuzzer } from "./fuzzer.js";
import { checkAnswers } from "./laws.js";
import { type Change, change, changes, mutate } from "./mutation.js";
import { nonJsonValue, scalar } from "./scalars.js";

/** Nearly valid rule and calendar files. Those that load are queried. */

const BOOKS = { small: smallBook, pack: packBook };

interface MutatedFile {
  readonly book: keyof typeof BOOKS;
  readonly file: number;
  readonly list: readonly Change[];
}

type Folder = "rules" | "calendars";

const mutatedFile = fc.record<MutatedFile>({
  book: fc.oneof(
    { weight: 5, arbitrary: fc.constant("small" as const) },
    { weight: 1, arbitrary: fc.constant("pack" as const) },
  ),
  file: fc.nat(1000),
  list: changes(4),
});

function mutatedBook({ book, file, list }: MutatedFile, folders: readonly Folder[]): Book {
  const made = BOOKS[book]();
  const files = folders.flatMap((folder) => Object.values(made[folder]));
  const chosen = files[file % files.length];
  if (chosen !== undefined) mutate(chosen, list);
  return made;
}

/** The payments of the examples, even if no longer valid. */
function paymentsOf({ rulebook }: Timetable): Payment[] {
  return Object.values(rulebook.channels)
    .slice(0, 2)
    .flatMap(({ channel, examples }) =>
      examples.slice(0, 4).map(({ payment }) => ({ ...payment, channel }) as unknown as Payment),
    );
}

/** Checks that a rulebook fails with our errors, or loads and satisfies the laws. */
export function checkLoad(open: () => Timetable): void {
  const timetable = answerOf(open);
  if (timetable === undefined) return;
  for (const payment of paymentsOf(timetable)) checkAnswers(timetable, payment);
}

export const ruleFiles: Fuzzer = fuzzer({
  name: "rules",
  description: "rule files that are nearly right, as parsed JSON",
  cases: mutatedFile,
  check: (one) => checkLoad(() => compileTimetable(mutatedBook(one, ["rules"]))),
});

export const calendarFiles: Fuzzer = fuzzer({
  name: "calendars",
  description: "calendar files that are nearly right, as parsed JSON",
  cases: mutatedFile,
  check: (one) => checkLoad(() => compileTimetable(mutatedBook(one, ["calendars"]))),
});

/** Text adds lines and columns, duplicate keys, and truncation. */
export const ruleTexts: Fuzzer = fuzzer({
  name: "texts",
  description: "rule and calendar files as text: nearly right, cut off, with keys twice",
  cases: fc.record({
    from: mutatedFile,
    cut: fc.option(fc.nat(100_000), { freq: 4 }),
    twice: fc.option(fc.nat(1000), { freq: 4 }),
  }),
  check: ({ from, cut, twice }) => {
    const book = mutatedBook(from, ["rules", "calendars"]);
    // Indenting a deep nesting in many places would take gigabytes.
    const indent = from.list.some(({ kind }) => kind === "nest") ? 0 : 1;
    const files = (["rules", "calendars"] as const).flatMap((folder) =>
      Object.entries(book[folder]).map(
        ([path, json]) => [`${folder}/${path}`, JSON.stringify(json, null, indent)] as const,
      ),
    );
    const spoil = (text: string): string => {
      const cutText = cut === null ? text : text.slice(0, cut % (text.length + 1));
      return twice === null ? cutText : withLineTwice(cutText, twice);
    };
    const documents = files.map(([file, text], index) =>
      documentFromText(file, index === from.file % files.length ? spoil(text) : text),
    );
    checkLoad(() => timetableOf(documents));
  },
});

/** Duplicates one line of a text. */
function withLineTwice(text: string, choice: number): string {
  const lines = text.split("\n");
  const at = choice % lines.length;
  return [...lines.slice(0, at + 1), ...lines.slice(at)].join("\n");
}

/** Any JavaScript value instead of a file, or inside one. */
export const anything: Fuzzer = fuzzer({
  name: "anything",
  description: "whatever JavaScript has in the place of a file, or somewhere in one",
  cases: fc.record({
    whole: fc.option(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withNullPrototype: true,
        withSparseArray: true,
      }),
    ),
    inside: fc.oneof(nonJsonValue, scalar),
    place: change,
    file: fc.nat(100),
  }),
  check: ({ whole, inside, place, file }) => {
    const book = smallBook();
    const files = Object.keys(book.rules);
    const name = files[file % files.length] as string;
    if (whole !== null) (book.rules as Record<string, unknown>)[name] = whole;
    else mutate(book.rules[name] as Record<string, unknown>, [{ ...place, kind: "replace", value: inside }]);
    checkLoad(() => compileTimetable(book));
    answerOf(() => linkRulebook(documentsOf(book)).changes());
  },
});
