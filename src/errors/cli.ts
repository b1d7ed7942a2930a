import type { Sentence } from "./problem.js";
import { quote } from "./wording.js";

/** Messages about files that a command writes. */
export const fileMessages = {
  notEmpty: (found: readonly string[]): Sentence => ({
    what: `this folder is not empty: ${found.slice(0, 3).map(quote).join(", ")}${found.length > 3 ? ", ..." : ""}`,
    help: "name a new folder: nothing that is there is written over",
  }),
  notAFolder: (code: string): Sentence => ({
    what: `this is no folder that can be written to: ${code}`,
    help: "name a new or empty folder",
  }),
  notWritten: (code: string): Sentence => ({
    what: `cannot be written: ${code}`,
    help: "check that the folder exists and may be written to",
  }),
};

/** Messages about the arguments of the command line. */
export const cliMessages = {
  notAFact: (text: string): Sentence => ({
    what: `${quote(text)} is not a fact`,
    help: "write name=value, as in `settlement=t1`",
  }),
  notAYear: (text: string): Sentence => ({
    what: `${quote(text)} is not a year`,
    help: "write four digits from 1900 to 2199, as in `2026`",
  }),
  emptySpan: (from: string, to: string): Sentence => ({
    what: `no time lies between ${quote(from)} and ${quote(to)}`,
    help: "give a `--to` that is later than `--from`",
  }),
  notWritten: (code: string): Sentence => ({
    what: `this cannot be written: ${code}`,
    help: "check that its folder exists, may be written, and has room",
  }),
  writesOverInput: (): Sentence => ({
    what: "the answers would be written over the payments",
    help: "name another file for the answers",
  }),
  unreadLine: {
    "too-long": (): Sentence => ({
      what: "this line is longer than 1 MiB",
      help: "write one payment a line, each line ended by a line feed",
    }),
    "not-utf8": (): Sentence => ({
      what: "this line is not UTF-8",
      help: "save the payments as UTF-8; `iconv -f GB18030 -t UTF-8` turns what is in a Chinese encoding into it",
    }),
  },
};

/** Messages about the arguments of `diff`. */
export const diffMessages = {
  noEdition: (name: string, said: string): Sentence => ({
    what: `${quote(name)} is neither a folder nor a revision with the folders rules and calendars${said === "" ? "" : `: ${said}`}`,
    help: "name a folder with `rules` and `calendars`, or a revision as in `HEAD~1`, from where those folders lie",
  }),
  notADay: (text: string): Sentence => ({
    what: `${quote(text)} is not a day of the calendar`,
    help: "write a day that exists as YYYY-MM-DD",
  }),
  notDays: (text: string): Sentence => ({
    what: `${quote(text)} is not a number of days`,
    help: "write a whole number from 1 to 3660",
  }),
  notJson: (): Sentence => ({
    what: "this line is not JSON",
    help: "write one payment as JSON on each line",
  }),
  noFile: (code: string): Sentence => ({
    what: `this file cannot be read: ${code}`,
    help: "check that it exists and may be read",
  }),
};
