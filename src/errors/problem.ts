/** A problem in a rulebook: where it is, what it is, and how to fix it. */
export interface Problem {
  /** File, with line and column if the text is available. */
  file?: string;
  line?: number;
  column?: number;
  /** The JSON path inside the file or the payment, as in `rules[0].event.params.steps[0].cutoff`. */
  path?: string;
  /** The lower layer that the file belongs to, if it is not one of the rulebook's own. */
  layer?: string;
  /** The rule, calendar or system concerned. */
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

/** Thrown if loading fails, with all problems. What was loaded before stays unchanged. */
export class RulebookError extends Error {
  override readonly name = "RulebookError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join("\n"));
    this.problems = problems;
  }
}

/** Thrown if a query has no answer. `code` is the kind, `where` names the value, `help` says what to do. */
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

  /** The format of batch lines and of `--json`. */
  toJSON(): { error: { code: QuestionCode; where: string; what: string; help: string } } {
    return { error: { code: this.code, where: this.where, what: this.what, help: this.help } };
  }
}

/** An error text: what is wrong, and how to fix it. */
export interface Sentence {
  what: string;
  help: string;
}

/** Formats `file:line:column  path` on the first line, with `what` and `help` indented below. */
export function formatProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(":");
  const head = [place, problem.path, problem.name && `(${problem.name})`].filter(Boolean).join("  ");
  return `${head}\n  ${problem.what}\n  ${problem.help}`;
}
