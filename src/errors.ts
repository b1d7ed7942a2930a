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
};

export const neverOpens = (system: string): QuestionError =>
  new QuestionError("outside-coverage", `systems.${system}`, {
    what: `\`${system}\` does not open within sight`,
    help: "look for windows of rules/maintenance and rules/incidents that follow one another without a gap",
  });

/** "did you mean `x`?" where one is near, then all of the good choices. */
function nearest(text: string, choices: readonly string[]): string {
  const list =
    choices.length === 0 ? "there are none" : `one of ${choices.map((one) => `\`${one}\``).join(", ")}`;
  const close = choices.length === 0 ? undefined : closestMatch(text, [...choices], { maxDistance: 3 });
  return close === undefined ? list : `did you mean \`${close}\`? ${list}`;
}

/** What `calendar/` says. */
export const calendarSays = {
  unknown: (id: string, known: readonly string[]): Sentence => ({
    what: `there is no calendar \`${id}\``,
    help: nearest(id, known),
  }),
  beforeCoverage: (id: string, from: string, file: string): Sentence => ({
    what: `the question goes back before ${from}, the first day that calendar \`${id}\` knows`,
    help: `ask about a later day, or extend \`coverage.from\` and \`years\` of calendars/${file}.json`,
  }),
  afterCoverage: (id: string, until: string, file: string): Sentence => ({
    what: `the question goes beyond ${until}, until which calendar \`${id}\` is known`,
    help: `add the next year's notice to calendars/${file}.json, or give it a \`projection\``,
  }),
  afterProjection: (id: string, until: string, file: string): Sentence => ({
    what: `the question goes beyond ${until}, until which calendar \`${id}\` is projected`,
    help: `add the next year's notice to calendars/${file}.json, or move its \`projection.until\``,
  }),
  notListed: (country: string, name: string, year: number): Sentence => ({
    what: `date-holidays lists no \`${name}\` of \`${country}\` in ${year}, so that year cannot be projected`,
    help: "mend the block's `listedAs`, or let `projection.until` end before that year",
  }),
};
