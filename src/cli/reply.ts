import { QuestionError, RulebookError } from "../errors.js";
import type { Locale, OpenOptions, Timetable } from "../index.js";
import { type CommonOptions, localeOf } from "./options.js";
import { newPage, type Page } from "./render/page.js";
import { errorLines } from "./render/problems.js";
import type { Streams, Terminal } from "./terminal.js";

/** The result of a command: an object for programs, and lines for people. */
export interface Reply {
  /** Printed with `--json`. */
  readonly json: unknown;
  readonly lines: (page: Page) => readonly string[];
  /** Printed to standard error beside the JSON. */
  readonly notes?: (page: Page) => readonly string[];
  readonly exitCode?: number;
}

/** The result of a command that has already written its answers one by one, because memory could not hold them. */
export interface StreamedReply {
  readonly streamed: true;
  readonly exitCode: number;
}

/** The inputs that a command may use. */
export interface Input {
  /** @throws RulebookError */
  readonly timetable: (options?: Pick<OpenOptions, "checkAll">) => Promise<Timetable>;
  readonly stdin: () => Promise<string>;
  readonly streams: Streams;
  readonly err: (text: string) => void;
  readonly locale: Locale;
}

type Handler = (input: Input) => Promise<Reply | StreamedReply>;
export type RunCommand = (options: CommonOptions, handler: Handler) => Promise<void>;

/** `findings` means an answer that deserves attention: an anomalous payment, or a rulebook with gaps. */
export const EXIT = { ok: 0, findings: 1, noAnswer: 2 } as const;

/** Runs a handler, prints its reply or its error, and returns the exit code. */
export async function runHandler(
  terminal: Terminal,
  options: CommonOptions,
  handler: Handler,
): Promise<number> {
  const locale = localeOf(options, terminal.env);
  const { rules, calendars } = options;
  const folders = { ...(rules !== undefined && { rules }), ...(calendars !== undefined && { calendars }) };
  const [outPage, errPage] = [newPage(locale, terminal.color.out), newPage(locale, terminal.color.err)];
  try {
    const { stdin, streams, err } = terminal;
    const timetable: Input["timetable"] = (wanted) => terminal.open({ ...folders, ...wanted });
    const reply = await handler({ timetable, stdin, streams, err, locale });
    if ("streamed" in reply) return reply.exitCode;
    terminal.out(options.json ? jsonText(reply.json) : joinLines(reply.lines(outPage)));
    if (options.json && reply.notes !== undefined) err(joinLines(reply.notes(errPage)));
    return reply.exitCode ?? EXIT.ok;
  } catch (error) {
    if (!(error instanceof QuestionError || error instanceof RulebookError)) throw error;
    if (options.json) terminal.out(jsonText(errorJson(error)));
    else terminal.err(joinLines(errorLines(error, errPage.colors)));
    return EXIT.noAnswer;
  }
}

/** A `QuestionError` has its own `toJSON`. */
const errorJson = (error: QuestionError | RulebookError): object =>
  error instanceof RulebookError ? { problems: error.problems } : error;

const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const joinLines = (lines: readonly string[]): string => `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
