import { closestMatch } from "leven";

/** The two error classes, and every sentence that they say. */

/** One thing that is wrong: where it is, what it is, and how to mend it. */
export interface Problem {
  /** File, with line and column where the text is known. */
  file?: string;
  line?: number;
  column?: number;
  /** The JSON path inside the file or the payment, as in `rules[0].event.params.steps[0].cutoff`. */
  path?: string;
  /** The layer below that the file belongs to, where it is not one of the rulebook's own. */
  layer?: string;
  /** The rule, calendar or system that it concerns. */
  name?: string;
  what: string;
  help: string;
}

export type QuestionCode =
  | "unknown-channel"
  | "no-rule"
  | "ambiguous-rules"
  | "outside-coverage"
  | "bad-payment"
  | "bad-time";

/** Loading failed. Carries all problems at once; what was loaded before stays as it was. */
export class RulebookError extends Error {
  override readonly name = "RulebookError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join("\n"));
    this.problems = problems;
  }
}

/** A question cannot be answered: `code` says which kind, `where` names the value, `help` says what to do. */
export class QuestionError extends Error {
  override readonly name = "QuestionError";
  readonly code: QuestionCode;
  readonly where: string;
  readonly what: string;
  readonly help: string;

  constructor(code: QuestionCode, where: string, { what, help }: Sentence) {
    super(`${where}: ${what}; ${help}`);
    this.code = code;
    this.where = where;
    this.what = what;
    this.help = help;
  }

  /** The shape that batch lines and `--json` print. */
  toJSON(): { error: { code: QuestionCode; where: string; what: string; help: string } } {
    return { error: { code: this.code, where: this.where, what: this.what, help: this.help } };
  }
}

export interface Sentence {
  what: string;
  help: string;
}

/** `file:line:column  path` on the first line, what and help indented below it. */
export function formatProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(":");
  const head = [place, problem.path, problem.name && `(${problem.name})`].filter(Boolean).join("  ");
  return `${head}\n  ${problem.what}\n  ${problem.help}`;
}

/** What routes say of a system whose hours give no answer. */
export const outsideCoverage = {
  noHours: (system: string, date: string, nextEra: string | undefined): QuestionError =>
    new QuestionError("outside-coverage", `systems.${system}`, {
      what: `the hours of \`${system}\` are not known for ${date}`,
      help: `add an era of hours for that date to rules/systems.json${nextEra === undefined ? "" : `; the next known one begins on ${nextEra}`}`,
    }),
  noLocalTime: (zone: string): QuestionError =>
    new QuestionError("outside-coverage", `zone ${zone}`, {
      what: "the question leads beyond 1900 to 2199, the years whose local times are told",
      help: "look for a duration, a lag or a window that is far too long",
    }),
};

export const neverOpens = (system: string): QuestionError =>
  new QuestionError("outside-coverage", `systems.${system}`, {
    what: `\`${system}\` does not open within sight`,
    help: "look for windows of rules/maintenance and rules/incidents that follow one another without a gap",
  });

/** What is said of an arrival that lies beyond the days that anything is known of. */
export const arrivesTooLate = (rule: string, lastDay: string): QuestionError =>
  new QuestionError("outside-coverage", `rules.${rule}`, {
    what: `by \`${rule}\` the money would arrive after ${lastDay}, the last day that can be told`,
    help: "look for durations and windows that are far too long",
  });

/** What is said of questions that would take too long to answer. */
export const spanSays = {
  tooLong: (days: number, limit: number): Sentence => ({
    what: `${days} days lie between \`from\` and \`to\`, more than ${limit}`,
    help: "ask for a shorter time, or several times",
  }),
  tooManyPieces: (limit: number): Sentence => ({
    what: `the profile has more than ${limit} pieces`,
    help: "ask for a shorter time, or several times",
  }),
  noSendWithin: (limit: number): Sentence => ({
    what: `no payment sent in the ${limit} days before it makes it, and no earlier one is looked at`,
    help: "ask with a later `initiatedAt`, or an earlier `by`",
  }),
};

/** What `calendar/` says. */
export const calendarSays = {
  unknown: (id: string, known: readonly string[]): Sentence => ({
    what: `there is no calendar ${quote(id)}`,
    help: choose(id, known),
  }),
  beforeCoverage: (id: string, from: string, file: string): Sentence => ({
    what: `the question goes back before ${from}, the first day that calendar \`${id}\` knows`,
    help: `ask about a later day, or extend \`coverage.from\` and \`years\` of calendars/${file}.json`,
  }),
  afterCoverage: (id: string, until: string, file: string): Sentence => ({
    what: `the question goes beyond ${until}: calendar \`${id}\` is known until ${until}`,
    help: `add the next year's notice to calendars/${file}.json, or give it a \`projection\``,
  }),
  afterProjection: (id: string, until: string, file: string): Sentence => ({
    what: `the question goes beyond ${until}: calendar \`${id}\` is projected until ${until}`,
    help: `add the next year's notice to calendars/${file}.json, or move its \`projection.until\``,
  }),
  notListed: (country: string, name: string, year: number): Sentence => ({
    what: `date-holidays lists no \`${name}\` of \`${country}\` in ${year}, so that year cannot be projected`,
    help: "mend the block's `listedAs`, or let `projection.until` end before that year",
  }),
  noList: (country: string, year: number): Sentence => ({
    what: `date-holidays lists no holidays of \`${country}\` in ${year}`,
    help: "mend `country` in `holidaysFrom` or `projection`; it is a code of two letters, as in `CN`",
  }),
  unknownZone: (zone: string): Sentence => ({
    what: `${quote(zone)} is not a known time zone`,
    help: "write an IANA name, as in `Asia/Shanghai`",
  }),
  extendsItself: (way: readonly string[]): Sentence => ({
    what: `this calendar extends itself: ${way.map(quote).join(" extends ")}`,
    help: "take one `extends` of that circle away",
  }),
  extendsTooMany: (limit: number): Sentence => ({
    what: `this calendar extends more than ${limit} others, one through another`,
    help: "let it extend one of the last ones",
  }),
  tooManyYears: (years: number, how: string, limit: number): Sentence => ({
    what: `${years} years are ${how}, more than ${limit}`,
    help: "let there be fewer: nobody knows the holidays of a year so far away",
  }),
  tooLong: (from: string, to: string, limit: number): Sentence => ({
    what: `\`${from}\` to \`${to}\` is longer than ${limit} days`,
    help: "mend the date that is mistyped, or write several holidays",
  }),
  noCoverage: (): Sentence => ({
    what: "neither this calendar nor one that it extends says what it covers",
    help: 'add `coverage` with the first and the last day that is known, as in { "from": "2024-01-01", "to": "2026-12-31" }',
  }),
  noSuchDay: (text: string): Sentence => ({
    what: `${quote(text)} is not a day of the calendar`,
    help: "write a day that exists as YYYY-MM-DD",
  }),
  reversed: (from: string, to: string): Sentence => ({
    what: `\`${from}\` to \`${to}\` ends before it begins`,
    help: "swap `from` and `to`, or mend the one that is mistyped",
  }),
  yearMissing: (year: number, coverage: { from: string; to: string }): Sentence => ({
    what: `the coverage is ${coverage.from} to ${coverage.to}, but \`years\` has no \`${year}\``,
    help: `add the notice of ${year}, with empty lists where it names no days, or shorten the coverage`,
  }),
  yearOutside: (year: string, coverage: { from: string; to: string }): Sentence => ({
    what: `the notice of ${year} lies outside the coverage, ${coverage.from} to ${coverage.to}, so its days do not count as official`,
    help: `extend the coverage, as in \`"to": "${year}-12-31"\``,
  }),
  notOfTheYear: (date: string, year: number): Sentence => ({
    what: `\`${date}\` lies neither in ${year} nor in the December before`,
    help: "mend the date, or move it to the notice of its own year",
  }),
  holidayAndWorkday: (date: string, name: string): Sentence => ({
    what: `\`${date}\` is a workday and lies in the holiday \`${name}\` of the same notice`,
    help: "keep it in one of the two",
  }),
  makeupOnWeekday: (date: string, weekday: string): Sentence => ({
    what: `\`${date}\` is a ${weekday}, and a make-up workday is a weekend day`,
    help: "mend the date; where a later notice reopens a closed weekday, write it into `amendments`",
  }),
  openAlready: (date: string, weekday: string): Sentence => ({
    what: `\`${date}\` is a ${weekday} that is open already`,
    help: "mend the date, or leave it out: an amendment opens weekend days and closed weekdays",
  }),
  noWeekendWork: (date: string): Sentence => ({
    what: `\`${date}\` is a weekend day, and \`weekendWork\` is false`,
    help: "leave the date out, or take `weekendWork` away",
  }),
  notConserved: (year: number, closed: number, worked: number, law: number): Sentence => ({
    what: `the notice of ${year} closes ${closed} weekdays and works ${worked} weekend days, which leaves ${closed - worked} days off; the law gives ${law}`,
    help: "compare every date with the notice; a day that was added later belongs in `amendments`",
  }),
};

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

/** A value of the user's in backticks, on one line and not too long. */
export function quote(value: unknown): string {
  // JSON has no word for NaN and the infinities.
  const isPlain = typeof value === "string" || typeof value === "number";
  const text = (isPlain ? String(value) : (JSON.stringify(value) ?? String(value))).replace(/\s+/g, " ");
  return `\`${text.length > 60 ? `${text.slice(0, 57)}...` : text}\``;
}

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
};

const oneOfTypes = (types: readonly string[]): string =>
  types.map((type) => TYPES[type] ?? type).join(" or ");

/** What each kind of text is called, and how to write one. */
const TEXTS = {
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

/** What jsonc-parser's codes mean. */
const SYNTAX: Readonly<Record<string, string>> = {
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

/** How the three bounds of each kind of value must be ordered. */
const ORDERS = {
  time: "write them so that earliest <= expected <= latest",
  duration: "write them so that earliest <= expected <= latest",
  cutoff: "the later the cutoff, the earlier the arrival: write them so that earliest >= expected >= latest",
  lag: "count alike with n ascending, or let `D+n` stand before `T+m` with n <= m",
} as const;

const anArticle = (kind: string): string => (/^[aeio]/.test(kind) ? `an ${kind}` : `a ${kind}`);

/** What reading, checking and linking a rulebook says. */
export const loadSays = {
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
    help: "mend those that are told first",
  }),
  notAFolder: (value: unknown): Sentence => ({
    what: `${given(value)} is not a folder of parsed files`,
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
    what: `${SYNTAX[code] ?? "this is not JSON"}${found.trim() === "" ? "" : `, ${quote(found)}`}`,
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
    what: `${typeof value === "number" ? quote(String(value)) : given(value)} is a value that JSON does not have`,
    help: "give parsed JSON: texts, finite numbers, true, false, null, lists and objects",
  }),
  noSchema: (choices: readonly string[]): Sentence => ({
    what: "this file does not say what it is",
    help: `add "$schema" with a path that ends in ${choices.map(quote).join(", ")}`,
  }),
  unknownSchema: (name: string, choices: readonly string[]): Sentence => ({
    what: `${quote(name)} is not a schema of a rulebook`,
    help: choose(name, choices),
  }),
  wrongType: (value: unknown, types: readonly string[], hint: string | undefined): Sentence => ({
    what: `${quote(JSON.stringify(value))} is not ${oneOfTypes(types)}`,
    help: `write ${oneOfTypes(types)}${hint === undefined ? "" : `: ${hint}`}`,
  }),
  missingKey: (key: string, hint: string | undefined): Sentence => ({
    what: `${quote(key)} is missing`,
    help: hint === undefined ? `add ${quote(key)}` : `add ${quote(key)}: ${hint}`,
  }),
  missingChoice: (key: string, choices: readonly string[]): Sentence => ({
    what: `${quote(key)} is missing`,
    help: `add ${quote(key)}: ${choose("", choices)}`,
  }),
  unknownKey: (key: string, choices: readonly string[]): Sentence => ({
    what: `${quote(key)} is not a key of this object`,
    help: choose(key, choices),
  }),
  notAChoice: (value: unknown, choices: readonly string[]): Sentence => ({
    what: `${quote(value)} is not one of the choices`,
    help: choose(typeof value === "string" ? value : "", choices),
  }),
  badText: (text: unknown, kind: keyof typeof TEXTS): Sentence => ({
    what: `${quote(text)} is not ${TEXTS[kind][0]}`,
    help: TEXTS[kind][1],
  }),
  remedyOf: (kind: keyof typeof TEXTS): string => TEXTS[kind][1],
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
    help: choose(name, choices),
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
    what: `${layer} has ${anArticle(kind)} ${quote(name)} already, and nothing says that this one replaces it`,
    help: `add "replaces": ["${name}"] to this file if it does, or rename it; the other stands at ${other}`,
  }),
  nothingBelow: (kind: string, name: string, choices: readonly string[]): Sentence => ({
    what: `there is no ${kind} ${quote(name)} in a layer below, so nothing can be taken from it`,
    help:
      choices.length === 0
        ? 'a folder extends the shipped pack with a rulebook.json that says "extends": "daozhang"'
        : choose(name, choices),
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
    kind: keyof typeof ORDERS,
    bounds: readonly string[],
    values: readonly string[],
  ): Sentence => ({
    what: `${bounds[0]} ${quote(values[0])} and ${bounds[1]} ${quote(values[1])} are in the wrong order`,
    help: ORDERS[kind],
  }),
  reversed: (from: unknown, until: unknown): Sentence => ({
    what: `nothing lies between ${quote(from)} and ${quote(until)}`,
    help: "the first must come before the second; exchange or mend them",
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

/** What is said of files that a command is to write. */
export const fileSays = {
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

/** What is said of the examples of a channel. */
export const exampleSays = {
  differs: (key: string, wanted: string, got: string | undefined): Sentence => ({
    what: `the example wants \`${key}\` to be \`${wanted}\`, but the rules give ${got === undefined ? "none" : `\`${got}\``}`,
    help: "correct the rule, or the example where the rule is right",
  }),
  unanswered: (code: string, { what, help }: Sentence, layer: string | undefined): Sentence => ({
    what: `${layer === undefined ? "the example" : `an example of ${layer}`} has no answer (${code}): ${what}`,
    help,
  }),
  differsBelow: (
    key: string,
    wanted: string,
    got: string | undefined,
    layer: string,
    names: readonly string[],
  ): Sentence => ({
    what: `an example of ${layer} wants \`${key}\` to be \`${wanted}\`, but with your files the rules give ${got === undefined ? "none" : `\`${got}\``}`,
    help: `if that is meant, name ${names.map(quote).join(" or ")} in \`without.examples\` of rulebook.json and add examples of yours`,
  }),
  missing: (rule: string): Sentence => ({
    what: `no example is decided by \`${rule}\``,
    help: "add an example whose `expect.rule` is this rule: one on each side of every boundary that it has",
  }),
};

const KINDS = "`all`, `any`, `not`, `condition`, or `fact` with `operator` and `value`";

/** A value that need not be JSON, as a caller of the library may give it. */
const given = (value: unknown): string =>
  value === null || ["string", "number", "boolean", "undefined"].includes(typeof value)
    ? quote(value)
    : Array.isArray(value)
      ? "a list"
      : typeof value === "object"
        ? "an object"
        : `a ${typeof value}`;

const rangeOf = (minimum: number | undefined, maximum: number | undefined): string =>
  [minimum === undefined ? "" : `from ${minimum}`, maximum === undefined ? "" : `to ${maximum}`]
    .filter(Boolean)
    .join(" ");

/** What is said of facts and their values, in payments and in conditions. */
export const factSays = {
  wrongType: (fact: string, type: string, value: unknown): Sentence => ({
    what: `${typeof value === "string" ? quote(JSON.stringify(value)) : given(value)} is not ${TYPES[type] ?? type}, which \`${fact}\` is`,
    help: `write ${TYPES[type] ?? type}${type === "string" ? " in quotes" : ", without quotes"}`,
  }),
  notAValue: (fact: string, value: string, choices: readonly string[]): Sentence => ({
    what: `${quote(value)} is not a value of \`${fact}\``,
    help: choose(value, choices),
  }),
  outOfRange: (fact: string, value: number, minimum?: number, maximum?: number): Sentence => ({
    what: `${quote(value)} is out of range for \`${fact}\``,
    help: `write a number ${rangeOf(minimum, maximum)}`,
  }),
  taken: (fact: string): Sentence => ({
    what: `\`${fact}\` is not a name that facts.json may give away`,
    help: "rename it: every payment or instant has one already",
  }),
  fixedType: (fact: string, type: string): Sentence => ({
    what: `\`${fact}\` is always ${TYPES[type] ?? type}`,
    help: `write "type": "${type}"`,
  }),
};

/** What is said of condition trees. */
export const conditionSays = {
  notAnObject: (value: unknown): Sentence => ({
    what: `${quote(value)} is not a condition`,
    help: `write an object with ${KINDS}`,
  }),
  noKind: (): Sentence => ({ what: "this condition says nothing", help: `give it one of ${KINDS}` }),
  severalKinds: (keys: readonly string[]): Sentence => ({
    what: `${keys.map(quote).join(" and ")} stand side by side, and only one would count`,
    help: 'nest them: { "all": [ { "any": [...] }, { "not": {...} } ] }',
  }),
  bareLeaf: (): Sentence => ({
    what: "a comparison cannot be the whole condition",
    help: 'put it into a list: { "all": [ ... ] }',
  }),
  notAList: (key: string, value: unknown): Sentence => ({
    what: `${quote(value)} is not a list, which \`${key}\` needs`,
    help: `write "${key}": [ ... ] with one condition or more`,
  }),
  emptyList: (key: string): Sentence => ({
    what: `an empty \`${key}\` would match every payment`,
    help: "put conditions into it, or leave `conditions` out where every payment is meant",
  }),
  notIsAList: (): Sentence => ({
    what: "`not` takes one condition, not a list",
    help: 'write "not": { "all": [ ... ] } or "not": { "any": [ ... ] }',
  }),
  notAName: (value: unknown): Sentence => ({
    what: `${quote(value)} is not the name of a condition`,
    help: "write the name of a condition of conditions.json",
  }),
  unknownKey: (key: string, choices: readonly string[]): Sentence => ({
    what: `${quote(key)} is not a key of a condition`,
    help: choose(key, choices),
  }),
  refusedKey: (key: string): Sentence => ({
    what: `\`${key}\` of json-rules-engine is not used here`,
    help: {
      path: "declare the inner value as a fact of its own, as in `payer.bank`",
      params: "facts have no parameters: declare a fact for each case",
      priority: "comparisons have no order: leave it out",
    }[key] as string,
  }),
  notText: (key: string, value: unknown): Sentence => ({
    what: `${quote(value)} is not a text, which \`${key}\` is`,
    help: `write the name of ${key === "fact" ? "a fact" : "an operator"} in quotes`,
  }),
  missingKey: (key: string): Sentence => ({
    what: `\`${key}\` is missing`,
    help: "a comparison has `fact`, `operator` and `value`",
  }),
  unknownFact: (fact: unknown, choices: readonly string[]): Sentence => ({
    what: `there is no fact ${quote(fact)}`,
    help: `facts are declared in rules/facts.json; ${choose(String(fact), choices)}`,
  }),
  unknownOperator: (operator: unknown, choices: readonly string[]): Sentence => ({
    what: `there is no operator ${quote(operator)}`,
    help: choose(String(operator), choices),
  }),
  unknownDecorator: (decorator: string, choices: readonly string[]): Sentence => ({
    what: `there is no decorator ${quote(decorator)}`,
    help: choose(decorator, choices),
  }),
  tooManyDecorators: (limit: number): Sentence => ({
    what: `more than ${limit} decorators on one operator`,
    help: "say it with `all`, `any` and `not`",
  }),
  unknownCondition: (name: string, choices: readonly string[]): Sentence => ({
    what: `there is no named condition ${quote(name)}`,
    help: `named conditions are declared in rules/conditions.json; ${choose(name, choices)}`,
  }),
  cycle: (names: readonly string[]): Sentence => ({
    what: `${names.map(quote).join(" refers to ")}: these conditions go round in a circle`,
    help: "take one of the references out",
  }),
  tooDeep: (limit: number): Sentence => ({
    what: `more than ${limit} conditions in one another, named ones counted`,
    help: "flatten it",
  }),
  tooLarge: (limit: number): Sentence => ({
    what: `more than ${limit} conditions in one, named ones counted each time`,
    help: "name fewer conditions that name others",
  }),
  tooManyOfChannel: (size: number, limit: number): Sentence => ({
    what: `this channel tests ${size} conditions, those of windows and holds and named ones counted each time, more than ${limit}`,
    help: "split the channel, or name fewer conditions that name others",
  }),
  tooManyOfAll: (limit: number): Sentence => ({
    what: `with this channel all channels together test more than ${limit} conditions`,
    help: "write fewer conditions into windows and holds, which are tested on every channel",
  }),
  tooManyComparisons: (fact: string, comparisons: number, constants: number): Sentence => ({
    what: `this channel makes ${comparisons} comparisons of \`${fact}\` with ${constants} values, too many to tell payments apart by`,
    help: "split the channel, or let rules that do the same share one `in`; a list may have some thousand values",
  }),
  tooManyTimes: (times: number, limit: number): Sentence => ({
    what: `the conditions of this channel turn at ${times} times of day, more than ${limit}`,
    help: "let rules turn at the same times, or split the channel",
  }),
  wrongOperator: (operator: string, fact: string, type: string, choices: readonly string[]): Sentence => ({
    what: `\`${operator}\` does not compare \`${fact}\`, which is ${TYPES[type] ?? `a ${type}`}`,
    help: `use one of ${choices.map(quote).join(", ")}`,
  }),
  listNeeded: (operator: string, value: unknown): Sentence => ({
    what: `${quote(value)} is not a list, which \`${operator}\` needs`,
    help: "write the values in square brackets",
  }),
  noListFact: (operator: string, fact: string): Sentence => ({
    what: `\`${operator}\` needs a list, and the fact \`${fact}\` is never one`,
    help: operator.includes("ontain") ? "use `equal` or `in`" : "write the values in square brackets",
  }),
  emptyValues: (operator: string): Sentence => ({
    what: `\`${operator}\` with an empty list never depends on the payment`,
    help: "put values into the list, or take the comparison out",
  }),
  pairNeeded: (value: unknown): Sentence => ({
    what: `${quote(value)} is not a range`,
    help: 'write [from, until], as in ["08:30", "17:00"]; `until` itself is outside',
  }),
  emptyRange: (from: string, until: string): Sentence => ({
    what: `the range from ${quote(from)} until ${quote(until)} is empty`,
    help: "let `from` be earlier; a range over midnight is `any` of two, one until 24:00 and one from 00:00",
  }),
  notADate: (value: unknown): Sentence => ({
    what: `${quote(value)} is not a date`,
    help: "write a day that exists as YYYY-MM-DD, as in `2026-02-14`",
  }),
  notATime: (value: unknown): Sentence => ({
    what: `${quote(value)} is not a time of day`,
    help: "write HH:MM between 00:00 and 24:00, as in `23:50`",
  }),
  notAFactReference: (): Sentence => ({
    what: "this value is an object, but not a reference to a fact",
    help: 'write { "fact": "name" } and nothing else, or a plain value',
  }),
  differentTypes: (fact: string, other: string): Sentence => ({
    what: `\`${fact}\` and \`${other}\` are of different types, and never equal`,
    help: "compare facts of one type",
  }),
  instantWithFact: (fact: string): Sentence => ({
    what: `\`${fact}\` is compared with another fact`,
    help: "dates and times are compared with values only: write the date or time itself",
  }),
  noCalendar: (fact: string, channels: readonly string[]): Sentence => ({
    what: `\`${fact}\` is read from the channel's calendar, and ${channels.map(quote).join(", ")} names none`,
    help: 'add "calendar" to the channel file, as in "calendar": "cn.statutory"',
  }),
  refused: (message: string): Sentence => ({
    what: `json-rules-engine refuses this condition: ${message.replace(/\s+/g, " ")}`,
    help: `write an object with ${KINDS}`,
  }),
};

/** What is said where a payment has no rule, or two. */
export const decisionSays = {
  ambiguous: (one: string, other: string, priority: number): Sentence => ({
    what: `\`${one}\` and \`${other}\` both match this payment with priority ${priority}`,
    help: "give the rule that should decide a higher `priority`, or let their conditions exclude each other",
  }),
  noRule: (channel: string, misses: readonly { rule: string; failing: readonly string[] }[]): Sentence => ({
    what: `no rule of \`${channel}\` takes this payment`,
    help:
      misses.length === 0
        ? "there is no rule for this outcome: add one to the channel file"
        : `nearest: ${misses.map(({ rule, failing }) => `\`${rule}\` ${failing.join(" and ")}`).join("; ")}`,
  }),
  failed: (comparison: string, found: string | undefined): string =>
    `needs ${quote(comparison)}, found ${found === undefined ? "nothing" : quote(found)}`,
  mustNotHold: (condition: string): string => `needs that ${quote(condition)} does not hold`,
  notEffective: (from: string | undefined, until: string | undefined, date: string): string =>
    `applies ${[from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(" ")}, found ${date}`,
};

const WRITE_INSTANT = "write ISO 8601 with an offset, as in `2026-02-13T23:00:00+08:00`";

/** What is said of amounts. */
export const amountSays = {
  wrongType: (value: unknown): Sentence => ({
    what: `${given(value)} is not an amount`,
    help: 'write a decimal text such as "1000.00", or a number',
  }),
  notFinite: (value: unknown): Sentence => ({
    what: `${quote(String(value))} is not a finite amount`,
    help: 'write a decimal text such as "1000.00"',
  }),
  negative: (value: unknown): Sentence => ({
    what: `${quote(value)} is negative`,
    help: "write how much is paid; a refund is a payment of its own",
  }),
  grouped: (value: string): Sentence => ({
    what: `${quote(value)} has commas in it`,
    help: `leave the commas out: ${quote(value.replaceAll(",", ""))}`,
  }),
  notDecimal: (value: string): Sentence => ({
    what: `${quote(value)} is not a decimal amount`,
    help: "write digits and at most one point, as in `1000.00`, without sign, unit or exponent",
  }),
  tooManyDigits: (value: unknown, limit: number): Sentence => ({
    what: `${quote(value)} has more than ${limit} significant digits and would be rounded`,
    help: `round it to ${limit} digits yourself`,
  }),
};

/** What is said of payments. */
export const paymentSays = {
  notAPayment: (value: unknown): Sentence => ({
    what: `${given(value)} is not a payment`,
    help: "give an object with `channel`, `amount` and `initiatedAt`",
  }),
  missing: (key: string): Sentence => ({
    what: `\`${key}\` is missing`,
    help: key === "amount" ? 'add it, as in "amount": "1000.00"' : `add it: ${WRITE_INSTANT}`,
  }),
  missingChannel: (channels: readonly string[]): Sentence => ({
    what: "`channel` is missing",
    help: choose("", channels),
  }),
  unknownChannel: (channel: string, channels: readonly string[]): Sentence => {
    const near = nearestOf(channel, channels);
    return {
      what: `there is no channel ${quote(channel)} among the ${channels.length} of the rulebook`,
      help:
        near.length === 0
          ? "run `daozhang channels` for a list"
          : `did you mean ${near.map(quote).join(" or ")}?`,
    };
  },
  unknownFact: (fact: string, facts: readonly string[]): Sentence => ({
    what: `there is no fact ${quote(fact)}`,
    help: choose(fact, facts),
  }),
  notText: (key: string, value: unknown): Sentence => ({
    what: `${given(value)} is not a text, which ${quote(key)} is`,
    help: "write a text in quotes",
  }),
  notAnObject: (key: string, value: unknown, parts: readonly string[]): Sentence => ({
    what: `${given(value)} is not an object, which \`${key}\` is`,
    help: `write an object with ${parts.map(quote).join(", ") || "facts that facts.json declares"}`,
  }),
  notJson: (line: string, column: number | undefined, what: string | undefined): Sentence => ({
    what: `${quote(line)} is not JSON${what === undefined ? "" : `: at column ${column ?? 1}, ${what}`}`,
    help: 'write one payment a line, as in { "channel": "cn.hvps", "amount": "1000.00", "initiatedAt": "2026-02-13T23:00:00+08:00" }',
  }),
  notUtf8: (): Sentence => ({
    what: "the text of the payment is not UTF-8",
    help: "give its JSON in UTF-8",
  }),
  changing: (): Sentence => ({
    what: "the payment says something else each time it is read",
    help: "give a plain object, without getters",
  }),
  saidTwice: (fact: string, one: unknown, other: unknown): Sentence => ({
    what: `\`${fact}\` is said twice: ${given(one)} and ${given(other)}`,
    help: "say it once",
  }),
  badReferences: (value: unknown): Sentence => ({
    what: `${given(value)} is not an object of references`,
    help: 'write texts by name, as in { "order": "4200001" }',
  }),
  notAnInstant: (value: unknown): Sentence => ({
    what: `${given(value)} is not an instant`,
    help: `${WRITE_INSTANT}, or epoch milliseconds, or a Date`,
  }),
  notWholeMilliseconds: (value: number): Sentence => ({
    what: Number.isNaN(value)
      ? "this is an invalid date"
      : `${quote(String(value))} is not a whole number of milliseconds`,
    help: `${WRITE_INSTANT}, or whole epoch milliseconds`,
  }),
  badInstant: {
    form: (value: string): Sentence => ({ what: `${quote(value)} is not an instant`, help: WRITE_INSTANT }),
    "no-offset": (value: string): Sentence => ({
      what: `${quote(value)} has no offset, so it does not say when`,
      help: `say where: ${quote(`${value}+08:00`)} is that time in Shanghai`,
    }),
    "no-such-date": (value: string): Sentence => ({
      what: `${quote(value)} names a date that does not exist, or lies outside 1900 to 2199`,
      help: "look at the month's length and at leap years",
    }),
    "no-such-time": (value: string): Sentence => ({
      what: `${quote(value)} names a time or an offset that does not exist`,
      help: "times are 00:00:00 to 23:59:59.999, offsets at most 18:00",
    }),
    "out-of-range": (value: unknown): Sentence => ({
      what: `${quote(value)} lies outside 1900-01-02 to 2199-12-30, the days (UTC) that may be asked about`,
      help: "epoch times are in milliseconds, not in seconds or microseconds",
    }),
  },
};

/** At most three choices, nearest first. */
function nearestOf(word: string, choices: readonly string[]): string[] {
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

/** What is said of the sentences of rules/texts. */
export const textSays = {
  unreadable: (fault: string): Sentence => ({
    what: `the message is not ICU MessageFormat: ${fault.toLowerCase()}`,
    help: "balance the braces, and quote a brace that is meant as text with apostrophes as in `'{'`",
  }),
  tooLong: (length: number, limit: number): Sentence => ({
    what: `this message has ${length} characters, more than ${limit}`,
    help: "say it in fewer words",
  }),
  unknownArgument: (name: string, choices: readonly string[]): Sentence => ({
    what: `this sentence is given no ${quote(name)}`,
    help: choices.length === 0 ? "leave it out: the sentence is given nothing" : choose(name, choices),
  }),
  wrongArgument: (name: string): Sentence => ({
    what: `${quote(name)} cannot be formatted in this way`,
    help: "instants and names come as texts: write the name alone, or use `select`; only counts have `plural`",
  }),
};

/** What is said of the arguments of the command line. */
export const cliSays = {
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

/** What is said of the events of a payment. */
export const eventSays = {
  notAList: (value: unknown): Sentence => ({
    what: `${given(value)} is not a list of events`,
    help: 'give a list, as in [{ "at": "2026-02-24T10:00:00+08:00", "milestone": "settled" }]',
  }),
  notAnEvent: (value: unknown): Sentence => ({
    what: `${given(value)} is not an event`,
    help: "write an object with `at` and one of `milestone`, `code`, `hold`, `release`",
  }),
  tooMany: (count: number, limit: number): Sentence => ({
    what: `${count} events are more than ${limit}`,
    help: "leave out what was reported again",
  }),
  oneKind: (found: readonly string[], kinds: readonly string[]): Sentence => ({
    what:
      found.length === 0
        ? "this event does not say what happened"
        : `${found.map(quote).join(" and ")} stand in one event`,
    help: `give each event exactly one of ${kinds.map(quote).join(", ")}`,
  }),
  unknownKey: (key: string, choices: readonly string[]): Sentence => ({
    what: `${quote(key)} is not a key of this event`,
    help: choose(key, choices),
  }),
  notText: (key: string, value: unknown): Sentence => ({
    what: `${value === "" ? "an empty text" : given(value)} is not a \`${key}\``,
    help: "write a text in quotes",
  }),
  unknownMilestone: (name: string, choices: readonly string[]): Sentence => ({
    what: `there is no milestone ${quote(name)}`,
    help: choose(name, choices),
  }),
  unknownHold: (name: string, choices: readonly string[]): Sentence => ({
    what: `there is no hold ${quote(name)}`,
    help: `holds are declared in rules/holds.json; ${choose(name, choices)}`,
  }),
  future: (): Sentence => ({
    what: "this lies after `now`",
    help: "ask with a later `now`, or leave out what has not happened yet",
  }),
  beforePayment: (): Sentence => ({
    what: "this lies before the payment's `initiatedAt`",
    help: "mend whichever of the two is wrong; clocks of different machines may differ",
  }),
  endsBefore: (): Sentence => ({
    what: "this lies before the event's own `at`",
    help: "give the later end, or leave `until` out",
  }),
};

/** What is said of verdicts.json and reasons.json, and where no verdict can be given. */
export const verdictSays = {
  nowBeforePayment: (): Sentence => ({
    what: "`now` lies before the payment's `initiatedAt`",
    help: "ask with a `now` at or after it",
  }),
  ambiguous: (one: string, other: string, priority: number): Sentence => ({
    what: `\`${one}\` and \`${other}\` both judge this delay with priority ${priority}`,
    help: "give the rule that should decide a higher `priority`, or let their conditions exclude each other",
  }),
  noVerdict: (phase: string): Sentence => ({
    what: `no rule of verdicts.json judges this delay in the phase \`${phase}\``,
    help: `add a rule of low priority whose only condition is that \`assessment.phase\` equals \`${phase}\``,
  }),
  noCatchAll: (phase: string): Sentence => ({
    what: `no rule judges every delay in the phase \`${phase}\``,
    help: `add a rule of low priority whose only condition is that \`assessment.phase\` equals \`${phase}\``,
  }),
  noText: (key: string, locale: string, choices: readonly string[]): Sentence => ({
    what: `there is no text ${quote(key)} in \`${locale}\``,
    help: `add it to rules/texts/${locale}.json; ${choose(key, choices)}`,
  }),
  tooManyMinutes: (count: number, limit: number): Sentence => ({
    what: `verdicts turn at ${count} numbers of minutes, more than ${limit}`,
    help: "compare `assessment.overdueMinutes` with fewer numbers",
  }),
  effectNeeds: (effect: string, key: string): Sentence => ({
    what: `the effect \`${effect}\` needs \`${key}\``,
    help: `add ${quote(key)}`,
  }),
  besideEffect: (effect: string, key: string): Sentence => ({
    what: `\`${key}\` stands beside the effect \`${effect}\`, which has none`,
    help: `remove it, or let \`effect\` be \`${key}\``,
  }),
  unknownHold: (name: string, choices: readonly string[]): Sentence => ({
    what: `there is no hold ${quote(name)}`,
    help: `holds are declared in rules/holds.json; ${choose(name, choices)}`,
  }),
};

/** What is said of folders that a live timetable follows. */
export const liveSays = {
  noChannels: (): Sentence => ({
    what: "no channel is left in the rulebook",
    help: "put the channel files back; the last good rulebook answers until then",
  }),
  notBuilt: (fault: unknown): Sentence => ({
    what: `a fault of the program: ${fault instanceof Error ? fault.message.replace(/\s+/g, " ") : given(fault)}`,
    help: "report it together with the files; the last good rulebook answers until then",
  }),
};

/** What is said of decision records. */
export const recordSays = {
  notJson: (): Sentence => ({
    what: "this question cannot be written as JSON",
    help: "give texts, finite numbers, true, false, lists, objects and Dates",
  }),
  notARecord: (value: unknown): Sentence => ({
    what: `${given(value)} is not a decision record`,
    help: "give a line as `record` wrote it, an object with `record`, `kind`, `payment` and `answer` or `error`",
  }),
  unknownFormat: (value: unknown): Sentence => ({
    what: `${given(value)} is not a format of decision records that is known`,
    help: "replay it with the release that wrote it",
  }),
  unknownKind: (value: unknown, choices: readonly string[]): Sentence => ({
    what: `${given(value)} is not a kind of question`,
    help: choose(typeof value === "string" ? value : "", choices),
  }),
  unfit: (value: unknown): Sentence => ({
    what: `${given(value)} is not what stands here in a decision record`,
    help: "give the line as `record` wrote it",
  }),
  answerOrError: (): Sentence => ({
    what: "a decision record has an `answer` or an `error`, and not both",
    help: "give the line as `record` wrote it",
  }),
};

/** What `check` says of a rulebook that loads. */
export const findingSays = {
  notAToday: (value: unknown): Sentence => ({
    what: `${given(value)} is not a day of the calendar`,
    help: "write a day that exists as YYYY-MM-DD",
  }),
  tie: (one: string, other: string, priority: number): Sentence => ({
    what: `\`${one}\` and \`${other}\` can both match a payment with priority ${priority}`,
    help: "give the rule that should decide a higher `priority`, or let their conditions exclude each other",
  }),
  tieUnsettled: (one: string, other: string, priority: number): Sentence => ({
    what: `\`${one}\` and \`${other}\` may both match a payment with priority ${priority}, sent on a day whose kind the calendar does not know`,
    help: "give the rule that should decide a higher `priority`, or extend the calendar to their days",
  }),
  neverMatches: (rule: string, certain: boolean): Sentence => ({
    what: certain ? `no payment can match \`${rule}\`` : `no payment was found that matches \`${rule}\``,
    help: "look for conditions that contradict each other, its period among them; mend or remove the rule",
  }),
  shadowed: (rule: string, by: readonly string[], certain: boolean): Sentence => ({
    what: `\`${rule}\` ${certain ? "never decides" : "was not found to decide anything"}: wherever it matches, ${by.map(quote).join(" or ")} has a higher priority`,
    help: "raise its `priority`, narrow the conditions of the other, or remove it",
  }),
  duplicate: (rule: string, first: string): Sentence => ({
    what: `\`${rule}\` does the same as \`${first}\``,
    help: "keep one of the two",
  }),
  gap: (channel: string, limits: readonly string[]): Sentence => ({
    what: `no rule of \`${channel}\` takes ${limits.length === 0 ? "any payment" : `payments with ${limits.join(" and ")}`}`,
    help: "add a rule for them, or an example with `expect.error` `no-rule` where that is meant",
  }),
  gapUnsettled: (channel: string): Sentence => ({
    what: `perhaps no rule of \`${channel}\` takes some payments that are sent on days whose kind the calendar does not know`,
    help: "let a rule take such days whatever their kind, or extend the calendar to them",
  }),
  tooManyCells: (channel: string, cells: number, most: number): Sentence => ({
    what: `\`${channel}\` tells ${cells} kinds of payments apart, more than the ${most} that are looked at`,
    help: "split the channel, or test fewer facts in one channel",
  }),
  comparesFacts: (channel: string, comparisons: readonly string[]): Sentence => ({
    what: `\`${channel}\` compares facts with each other (${comparisons.map(quote).join(", ")}), so nothing is proved of it`,
    help: "compare with constants where that will do; what was found all the same is told",
  }),
  sooner: (
    rule: string,
    later: string,
    {
      sent,
      arrives,
      laterSent,
      laterArrives,
    }: Readonly<Record<"sent" | "arrives" | "laterSent" | "laterArrives", string>>,
  ): Sentence => ({
    what: `sent ${sent} (\`${rule}\`) it arrives ${arrives}, but sent later, ${laterSent} (\`${later}\`), it arrives sooner, ${laterArrives}`,
    help: "mend the slower rule, or confirm in rules/check.json that this is meant",
  }),
  soonerUndecided: (channel: string, combinations: number | undefined): Sentence => ({
    what: `whether sending later arrives sooner is not known of all payments of \`${channel}\`${combinations === undefined ? ", which compares facts with each other" : `: it tells ${combinations} combinations of facts apart`}`,
    help: "compare with constants, or test fewer facts in one channel",
  }),
  hoursGap: (system: string, from: string, until: string | undefined): Sentence => ({
    what: `the hours of \`${system}\` are not known from ${from}${until === undefined ? " on" : ` until ${until}`}`,
    help: "let the era before it end later, or add the era that is missing",
  }),
  hoursOverlap: (system: string, from: string, until: string | undefined): Sentence => ({
    what: `two eras of the hours of \`${system}\` hold at once${from === "" ? "" : ` from ${from}`}${until !== undefined ? ` until ${until}` : from === "" ? "" : " on"}: the one that begins first counts`,
    help: "let the earlier era's `effective.until` be the later one's `effective.from`",
  }),
  calendarYear: (id: string, year: number): Sentence => ({
    what: `calendar \`${id}\` has notices of its own, but none for ${year}`,
    help: "add the notice of that year, with empty lists where it names no days",
  }),
  coverageEnds: (id: string, until: string, file: string): Sentence => ({
    what: `calendar \`${id}\` ends on ${until}, and payments of these days ask beyond it`,
    help: `add the next year's notice to calendars/${file}.json`,
  }),
  projectionBegins: (id: string, official: string, until: string, file: string): Sentence => ({
    what: `calendar \`${id}\` is official until ${official} and projected until ${until}`,
    help: `add the next year's notice to calendars/${file}.json when it is published`,
  }),
  windowPast: (name: string, end: string): Sentence => ({
    what: `\`${name}\` was over on ${end}`,
    help: "move it to an archive, unless payments of that time are still asked about",
  }),
  undated: (name: string, titles: readonly string[]): Sentence => ({
    what: `${titles.length === 1 ? "a source" : `${titles.length} sources`} of \`${name}\` ${titles.length === 1 ? "has" : "have"} no date: ${titles.map(quote).join(", ")}`,
    help: "add `published` where the date can be found",
  }),
  unused: (kind: string, name: string): Sentence => ({
    what: `nothing uses the ${kind} \`${name}\``,
    help: "remove it, or use it",
  }),
  unproved: (name: string): Sentence => ({
    what: `no example of any channel meets the hold \`${name}\``,
    help: "add an example of a payment that it holds, and one of a payment that it does not",
  }),
  confirmsNothing: (code: string, name: string): Sentence => ({
    what: `there is no finding \`${code}\` of ${quote(name)} to confirm any more`,
    help: "remove the confirmation",
  }),
};

/** What is said of the arguments of `diff`. */
export const diffSays = {
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

export const unknownBound = (bound: unknown): QuestionError =>
  new QuestionError("bad-payment", "bound", {
    what: `${given(bound)} is not a bound that can be kept`,
    help: "choose `expected` or `latest`",
  });
