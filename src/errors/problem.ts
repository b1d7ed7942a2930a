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
