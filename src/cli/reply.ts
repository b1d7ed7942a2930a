import pc from "picocolors";
import { formatProblem, QuestionError, RulebookError } from "../errors.js";
import type { Locale, OpenOptions, Timetable } from "../index.js";
import { type CommonOptions, localeOf } from "./options.js";
import type { Streams, Terminal } from "./terminal.js";
import { WORDS, type Words } from "./words.js";

/** How a command answers: an object for programs and lines for people, from one piece of work. */

export interface Reply {
  /** What `--json` prints. */
  readonly json: unknown;
  readonly lines: (page: Page) => readonly string[];
  /** What people should know beside the object; it goes to standard error. */
  readonly aside?: (page: Page) => readonly string[];
  readonly exitCode?: number;
}

/** Instead of a reply, where the answers are too many to be held and were printed one by one. */
export interface Printed {
  readonly printed: true;
  readonly exitCode: number;
}

export type Colors = ReturnType<typeof pc.createColors>;

/** What lines for people are written with. */
export interface Page {
  readonly locale: Locale;
  readonly words: Words;
  readonly colors: Colors;
}

/** What a command may read. */
export interface Input {
  /** @throws RulebookError */
  readonly timetable: (options?: Pick<OpenOptions, "checkAll">) => Promise<Timetable>;
  readonly stdin: () => Promise<string>;
  readonly streams: Streams;
  readonly err: (text: string) => void;
  readonly locale: Locale;
}

type ReplyTo = (input: Input) => Promise<Reply | Printed>;
export type Ask = (options: CommonOptions, replyTo: ReplyTo) => Promise<void>;

/** 1 is kept for findings: an anomalous payment, a rulebook that loads but has gaps. */
export const EXIT = { ok: 0, findings: 1, noAnswer: 2 } as const;

/** Works out a reply and prints it, or the error that took its place; tells the exit code. */
export async function answer(terminal: Terminal, options: CommonOptions, replyTo: ReplyTo): Promise<number> {
  const locale = localeOf(options, terminal.env);
  const { rules, calendars } = options;
  const folders = { ...(rules !== undefined && { rules }), ...(calendars !== undefined && { calendars }) };
  try {
    const { stdin, streams, err } = terminal;
    const timetable: Input["timetable"] = (wanted) => terminal.open({ ...folders, ...wanted });
    const reply = await replyTo({ timetable, stdin, streams, err, locale });
    if ("printed" in reply) return reply.exitCode;
    const page = (color: boolean): Page => ({ locale, words: WORDS[locale], colors: pc.createColors(color) });
    terminal.out(options.json ? asJson(reply.json) : asText(reply.lines(page(terminal.color.out))));
    if (options.json && reply.aside !== undefined) err(asText(reply.aside(page(terminal.color.err))));
    return reply.exitCode ?? EXIT.ok;
  } catch (error) {
    if (!(error instanceof QuestionError || error instanceof RulebookError)) throw error;
    if (options.json) terminal.out(asJson(errorObject(error)));
    else terminal.err(asText(errorLines(error, pc.createColors(terminal.color.err))));
    return EXIT.noAnswer;
  }
}

/** A `QuestionError` prints as its `toJSON` says. */
const errorObject = (error: QuestionError | RulebookError): object =>
  error instanceof RulebookError ? { problems: error.problems } : error;

export function errorLines(error: QuestionError | RulebookError, colors: Colors): string[] {
  if (error instanceof RulebookError) return problemLines(error, colors);
  return [`${colors.bold(`${error.where}:`)} ${error.what}`, `  ${error.help}`];
}

/** Each problem as `file:line:column`, what and help. */
export const problemLines = ({ problems }: RulebookError, colors: Colors): string[] =>
  problems.flatMap((problem) => {
    const [head = "", ...rest] = formatProblem(problem).split("\n");
    return [colors.bold(head), ...rest];
  });

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const asText = (lines: readonly string[]): string => `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
