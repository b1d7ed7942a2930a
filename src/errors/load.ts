import type { Sentence } from "./problem.js";
import { describeValue, listTypes, quote, suggest } from "./wording.js";

/** The name of each text format, and how to write it. */
const TEXT_FORMATS = {
  name: ["a name", "write letters, digits and hyphens in parts joined by dots, as in `cn.hvps`"],
  year: ["a year", "write four digits, as in `2026`"],
  lag: ["a lag", "write T+n for business days or D+n for calendar days, as in `T+1`"],
  "calendar-date": ["a date", "write a day that exists as YYYY-MM-DD, as in `2026-02-14`"],
  instant: [
    "an instant",
    "write ISO 8601 with a day that exists and an offset, as in `2026-02-13T23:00:00+08:00`",
  ],
  "date-or-instant": [
    "a date or an instant",
    "write `2026-02-14`, or `2026-02-13T23:00:00+08:00` with an offset",
  ],
  "time-of-day": [
    "a time of day",
    'write HH:MM between 00:00 and 24:00, or with a day offset as in "-1d 20:30"',
  ],
  "length-of-time": [
    "a length of time",
    "write ISO 8601 without months and years, at most 3660 days, as in `PT2H`, `PT30M` or `P1D`",
  ],
  "time-zone": ["a known time zone", "write an IANA name, as in `Asia/Shanghai`"],
} as const;

/** Meanings of the error codes of jsonc-parser. */
const SYNTAX_ERRORS: Readonly<Record<string, string>> = {
  ValueExpected: "a value is expected here",
  PropertyNameExpected: "a key in double quotes is expected here",
  ColonExpected: "a colon is expected here",
  CommaExpected: "a comma is expected here",
  CloseBraceExpected: "`}` is expected here",
  CloseBracketExpected: "`]` is expected here",
  EndOfFileExpected: "the end of the file is expected here",
  InvalidCommentToken: "a comment is not JSON; objects may carry a `note`",
  UnexpectedEndOfString: "this text has no closing quote",
};

/** How to order the three bounds, by kind of value. */
const BOUND_ORDERS = {
  time: "write them so that earliest <= expected <= latest",
  duration: "write them so that earliest <= expected <= latest",
  cutoff: "the later the cutoff, the earlier the arrival: write them so that earliest >= expected >= latest",
  lag: "count alike with n ascending, or let `D+n` stand before `T+m` with n <= m",
} as const;

const withArticle = (kind: string): string => (/^[aeio]/.test(kind) ? `an ${kind}` : `a ${kind}`);

/** Messages about reading, checking and linking a rulebook. */
export const loadMessages = {
  unreadable: (code: string): Sentence => ({
    what: `cannot be read: ${code}`,
    help: "check that it exists and may be read",
  }),
  leavesFolder: (): Sentence => ({
    what: "this link leads out of the folder",
    help: "copy the file into the folder, or link only to what lies inside it",
  }),
  linksBack: (): Sentence => ({
    what: "this link leads back to a folder that it lies in",
    help: "remove the link",
  }),
  tooLarge: (bytes: number, limit: number): Sentence => ({
    what: `this file has ${bytes} bytes, more than ${limit}`,
    help: "split it into several files",
  }),
  tooManyLevels: (limit: number): Sentence => ({
    what: `this lies more than ${limit} folders deep`,
    help: "move it up",
  }),
  tooManyFiles: (limit: number): Sentence => ({
    what: `more than ${limit} files and folders lie in the folder and below it`,
    help: "keep only the files of a rulebook there; look for links that lead to one folder many times",
  }),
  tooLargeTogether: (limit: number): Sentence => ({
    what: `with this file the folder has more than ${limit} bytes`,
    help: "keep only the files of a rulebook there",
  }),
  moreProblems: (count: number): Sentence => ({
    what: `${count} more problems of this file are not told`,
    help: "correct those that are told first",
  }),
  notAFolder: (value: unknown): Sentence => ({
    what: `${describeValue(value)} is not a folder of parsed files`,
    help: 'give an object with the parsed JSON of each file by its path, as in { "facts.json": { ... } }',
  }),
  tooManyValues: (limit: number): Sentence => ({
    what: `more than ${limit} values stand in this file`,
    help: "split it into several files",
  }),
  overLimit: (count: number, of: string, limit: number, help: string): Sentence => ({
    what: `${count} ${of}, more than ${limit}`,
    help,
  }),
  notUtf8: (): Sentence => ({ what: "this file is not UTF-8 text", help: "save it as UTF-8" }),
  syntax: (code: string, found: string): Sentence => ({
    what: `${SYNTAX_ERRORS[code] ?? "this is not JSON"}${found.trim() === "" ? "" : `, ${quote(found)}`}`,
    help: /^[}\]]$/.test(found)
      ? "look for a comma too many before it"
      : "JSON has no comments and no trailing commas, and its keys and texts stand in double quotes",
  }),
  repeatedKey: (key: string): Sentence => ({
    what: `${quote(key)} stands twice in this object`,
    help: "keep one of the two",
  }),
  protoKey: (): Sentence => ({ what: "`__proto__` is not a key that may be used", help: "rename it" }),
  tooDeep: (limit: number): Sentence => ({
    what: `more than ${limit} levels of objects and lists in one another`,
    help: "flatten it; named conditions go into a conditions file",
  }),
  notJson: (value: unknown): Sentence => ({
    what: `${typeof value === "number" ? quote(String(value)) : describeValue(value)} is a value that JSON does not have`,
    help: "give parsed JSON: texts, finite numbers, true, false, null, lists and objects",
  }),
  noSchema: (choices: readonly string[]): Sentence => ({
    what: "this file does not say what it is",
    help: `add "$schema" with a path that ends in ${choices.map(quote).join(", ")}`,
  }),
  unknownSchema: (name: string, choices: readonly string[]): Sentence => ({
    what: `${quote(name)} is not a schema of a rulebook`,
    help: suggest(name, choices),
  }),
  wrongType: (value: unknown, types: readonly string[], hint: string | undefined): Sentence => ({
    what: `${quote(JSON.stringify(value))} is not ${listTypes(types)}`,
    help: `write ${listTypes(types)}${hint === undefined ? "" : `: ${hint}`}`,
  }),
  missingKey: (key: string, hint: string | undefined): Sentence => ({
    what: `${quote(key)} is missing`,
    help: hint === undefined ? `add ${quote(key)}` : `add ${quote(key)}: ${hint}`,
  }),
  missingChoice: (key: string, choices: readonly string[]): Sentence => ({
    what: `${quote(key)} is missing`,
    help: `add ${quote(key)}: ${suggest("", choices)}`,
  }),
  unknownKey: (key: string, choices: readonly string[]): Sentence => ({
    what: `${quote(key)} is not a key of this object`,
    help: suggest(key, choices),
  }),
  notAChoice: (value: unknown, choices: readonly string[]): Sentence => ({
    what: `${quote(value)} is not one of the choices`,
    help: suggest(typeof value === "string" ? value : "", choices),
  }),
  badText: (text: unknown, kind: keyof typeof TEXT_FORMATS): Sentence => ({
    what: `${quote(text)} is not ${TEXT_FORMATS[kind][0]}`,
    help: TEXT_FORMATS[kind][1],
  }),
  remedyOf: (kind: keyof typeof TEXT_FORMATS): string => TEXT_FORMATS[kind][1],
  empty: (hint: string | undefined): Sentence => ({
    what: "nothing is in it",
    help: hint === undefined ? "give at least one" : `give at least one: ${hint}`,
  }),
  tooMany: (limit: number): Sentence => ({
    what: `more than ${limit} are in it`,
    help: `keep at most ${limit}`,
  }),
  outOfRange: (value: unknown, range: string): Sentence => ({
    what: `${quote(value)} is out of range`,
    help: `write a number ${range}`,
  }),
  undeclared: (kind: string, name: string, choices: readonly string[]): Sentence => ({
    what: `${kind} ${quote(name)} is declared nowhere`,
    help: suggest(name, choices),
  }),
  declaredTwice: (kind: string, name: string, other: string): Sentence => ({
    what: `${kind} ${quote(name)} is declared twice`,
    help: `rename or remove one of them; the other stands at ${other}`,
  }),
  taken: (kind: string, name: string): Sentence => ({
    what: `${kind} ${quote(name)} is used here, and rulebook.json or a \`replaces\` takes it away`,
    help: "leave out what uses it too, or define it anew",
  }),
  declaredBelow: (kind: string, name: string, layer: string, other: string): Sentence => ({
    what: `${layer} has ${withArticle(kind)} ${quote(name)} already, and nothing says that this one replaces it`,
    help: `add "replaces": ["${name}"] to this file if it does, or rename it; the other stands at ${other}`,
  }),
  nothingBelow: (kind: string, name: string, choices: readonly string[]): Sentence => ({
    what: `there is no ${kind} ${quote(name)} in a layer below, so nothing can be taken from it`,
    help:
      choices.length === 0
        ? 'a folder extends the shipped pack with a rulebook.json that says "extends": "daozhang"'
        : suggest(name, choices),
  }),
  replacesNothing: (kind: string, name: string): Sentence => ({
    what: `this file says that it replaces the ${kind} ${quote(name)}, and does not define it`,
    help: "define it here, or name it under `without` of rulebook.json if it is to be left out",
  }),
  nothingToWiden: (calendar: string): Sentence => ({
    what: `${quote(calendar)} has no \`coverage\` of its own that this could widen`,
    help: "give both `from` and `to`, or widen the calendar that it extends",
  }),
  noLayerBelow: (layer: string): Sentence => ({
    what: `this rulebook extends ${quote(layer)}, which was not read`,
    help: "open the folder with openTimetable, or give compileTimetable the parsed files to extend as `below`",
  }),
  spreadOrder: (
    kind: keyof typeof BOUND_ORDERS,
    bounds: readonly string[],
    values: readonly string[],
  ): Sentence => ({
    what: `${bounds[0]} ${quote(values[0])} and ${bounds[1]} ${quote(values[1])} are in the wrong order`,
    help: BOUND_ORDERS[kind],
  }),
  reversed: (from: unknown, until: unknown): Sentence => ({
    what: `nothing lies between ${quote(from)} and ${quote(until)}`,
    help: "the first must come before the second; exchange or correct them",
  }),
  openClockNeedsSystem: (): Sentence => ({
    what: "the clock `open` runs only while a system is open, and the step names none",
    help: "add `system`, or remove `clock`",
  }),
  settleNeeds: (key: string): Sentence => ({
    what: `${quote(key)} is missing`,
    help: "give a settle step `cutoff`, `lag` and `at`, or `runs` that have them",
  }),
  besideRuns: (key: string): Sentence => ({
    what: `${quote(key)} stands beside \`runs\``,
    help: "move it into a run, or remove `runs`",
  }),
  lagNeedsCalendar: (lag: string): Sentence => ({
    what: `${quote(lag)} counts business days, and the step names no calendar`,
    help: "add `calendar`, or count calendar days with `D+n`",
  }),
  rollNeedsCalendar: (): Sentence => ({
    what: "`following` moves to a business day, and the step names no calendar",
    help: "add `calendar`, or remove `roll`",
  }),
  runsOutOfOrder: (): Sentence => ({
    what: "the cutoff of this run is not after that of the run before it",
    help: "sort the runs by their cutoffs, each at another time",
  }),
  lagsOfTwoUnits: (): Sentence => ({
    what: "the lag of this run counts other days than that of the run before it",
    help: "count all runs of a step with `T+n`, or all with `D+n`",
  }),
  oneForm: (found: readonly string[], forms: readonly string[]): Sentence => ({
    what:
      found.length === 0
        ? "nothing says when the window is"
        : `${found.map(quote).join(" and ")} stand together`,
    help: `give exactly one of ${forms.map(quote).join(", ")}`,
  }),
  zoneMissing: (): Sentence => ({
    what: "the window has local dates or times, and no zone that they are in",
    help: 'add "zone", as in "Asia/Shanghai"',
  }),
  publishedWithoutZone: (published: string): Sentence => ({
    what: `\`published\` is the date \`${published}\`, and the window has no zone that it is in`,
    help: 'write an instant with an offset, as in "2026-12-03T10:00:00+08:00", or add "zone" to `params`',
  }),
  noEnd: (isIncident: boolean): Sentence => ({
    what: "the interval has no end",
    help: isIncident ? "add `until`, or `reviewAt` while the end is not known" : "add `until`",
  }),
  endAndReview: (): Sentence => ({
    what: "`until` and `reviewAt` stand together",
    help: "keep `until` when the end is known, `reviewAt` while it is not",
  }),
  openMaintenance: (): Sentence => ({
    what: "`reviewAt` stands for an unknown end, and maintenance is planned",
    help: 'give `until`, or make it an event of type "incident"',
  }),
  recursBy: (every: string, given: readonly string[], choices: readonly (readonly string[])[]): Sentence => {
    const sets = choices.map((keys) => keys.map(quote).join(" with ") || "no key for the day");
    return {
      what: `every ${every} cannot be told from ${given.map(quote).join(", ") || "no key for the day"}`,
      help: `give ${sets.join(", or ")}`,
    };
  },
  noZeroth: (): Sentence => ({ what: "`0` counts no weekday", help: "write 1 to 5, or -1 for the last" }),
  defaultOutside: (value: unknown): Sentence => ({
    what: `the default ${quote(value)} is no value of this fact`,
    help: "choose a default of its `type`, within `values`, `minimum` and `maximum`",
  }),
  onlyFor: (keys: string, type: string): Sentence => ({
    what: `${keys} are only for facts of type ${quote(type)}`,
    help: `remove them, or make the type ${quote(type)}`,
  }),
  standsForFact: (name: string): Sentence => ({
    what: `${quote(name)} is also a fact, and the system does not say that it stands for what the fact names`,
    help: `add "fact": "${name}", or rename the system`,
  }),
  noTexts: (locale: string): Sentence => ({
    what: `there are no texts for ${quote(locale)}`,
    help: `add ${locale}.json with the same keys`,
  }),
  missingText: (key: string, locale: string): Sentence => ({
    what: `the text ${quote(key)} is missing in ${quote(locale)}`,
    help: "add it, or remove it from the other language",
  }),
};
