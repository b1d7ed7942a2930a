import type { Command } from "commander";
import { cliMessages, QuestionError } from "../errors.js";
import { type DecisionRecord, type Difference, type Replay, replay, type Timetable } from "../index.js";
import { documentFromText } from "../load/document.js";
import { blocksOf, type Line, linesIn } from "./lines.js";
import { type CommonOptions, withCommon } from "./options.js";
import { hang, padEnd, widest } from "./render/layout.js";
import type { Page } from "./render/page.js";
import { errorLines } from "./render/problems.js";
import { EXIT, type Input, type Reply, type RunCommand } from "./reply.js";
import { fileError, openSource } from "./source.js";

export function addReplay(program: Command, runCommand: RunCommand): void {
  const command = program
    .command("replay")
    .description("answer recorded questions again, and tell what differs")
    .argument("<file>", "decision records, one a line; - reads standard input");
  withCommon(command).action((file: string, options: CommonOptions) =>
    runCommand(options, async (input) => replayReply(await input.timetable(), file, input)),
  );
}

/** A line with another answer than recorded, or without a valid record. */
type ReplayedLine =
  | { line: number; kind: string; payment: unknown; differences: readonly Difference[]; version: Versions }
  | { line: number; error: QuestionError };
type Versions = Replay["version"];

interface ReplayResult {
  records: number;
  same: number;
  differ: number;
  /** Records whose answer is now an error, and lines that are no record. */
  unanswered: number;
  version: string;
  readonly lines: ReplayedLine[];
}

async function replayReply(timetable: Timetable, file: string, input: Input): Promise<Reply> {
  const replayed: ReplayResult = {
    ...{ records: 0, same: 0, differ: 0, unanswered: 0 },
    ...{ version: timetable.version, lines: [] },
  };
  const { chunks } = await openSource(file, input);
  let number = 0;
  for await (const { bytes } of blocksOf(chunks)) {
    for (const line of linesIn(bytes)) {
      number++;
      if (typeof line !== "string" || line.trim() !== "") replayLine(replayed, timetable, line, number);
    }
  }
  const { lines: changed, ...summary } = replayed;
  const { unanswered, differ } = summary;
  return {
    json: { ...summary, told: changed.map(asJson) },
    lines: (page) => printedLines(replayed, page),
    exitCode: unanswered > 0 ? EXIT.noAnswer : differ > 0 ? EXIT.findings : EXIT.ok,
  };
}

/** Keeps only differing lines, because a decision log is long and mostly unchanged. */
function replayLine(replayed: ReplayResult, timetable: Timetable, line: Line, number: number): void {
  replayed.records++;
  try {
    const recorded = parseRecord(line);
    const outcome = replay(timetable, recorded);
    if (outcome.same) {
      replayed.same++;
      return;
    }
    const { differences, version } = outcome;
    const { kind, payment } = recorded;
    replayed.lines.push({ line: number, kind, payment, differences, version });
    if (differences.some(isLost)) replayed.unanswered++;
    else replayed.differ++;
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    const where = [`line ${number}`, error.where].filter((part) => part !== "").join(", ");
    replayed.lines.push({ line: number, error: new QuestionError(error.code, where, error) });
    replayed.unanswered++;
  }
}

/** Whether an answer has become an error. */
const isLost = (difference: Difference): boolean =>
  difference.path === "error" && difference.new !== undefined;

/** Reads JSON. `replay` checks that it is a record. */
function parseRecord(line: Line): DecisionRecord {
  if (typeof line !== "string") throw fileError("", cliMessages.unreadLine[line.unread]());
  const { json, problems } = documentFromText("", line);
  const [problem] = problems;
  if (problem !== undefined) throw fileError(`column ${problem.column ?? 1}`, problem);
  return json as DecisionRecord;
}

const asJson = (changed: ReplayedLine): object =>
  "error" in changed ? { line: changed.line, ...changed.error.toJSON() } : changed;

function printedLines(replayed: ReplayResult, page: Page): string[] {
  const { words, colors } = page;
  const summary = words.replay.summary(replayed);
  return [
    ...replayed.lines.flatMap((line) => [...linesOf(line, page), ""]),
    `${replayed.same === replayed.records ? colors.green(summary) : summary}  (${replayed.version})`,
  ];
}

function linesOf(answer: ReplayedLine, { words, colors }: Page): string[] {
  if ("error" in answer) return errorLines(answer.error, colors);
  const { line, kind, payment, differences, version } = answer;
  const head = [words.replay.line(line), kind, ...paymentLabels(payment)].join("  ");
  const versions: Difference = { path: "version", ...version };
  const rows = version.old === version.new ? differences : [versions, ...differences];
  const width = widest(rows.map(({ path }) => path)) + 2;
  return [
    colors.bold(head),
    ...rows.flatMap((row) =>
      hang(`  ${colors.dim(padEnd(row.path, width))}`, `${valueText(row.old)} → ${valueText(row.new)}`),
    ),
  ];
}

/** The channel and the instant, which identify most payments. */
function paymentLabels(payment: unknown): string[] {
  const given = typeof payment === "object" && payment !== null ? (payment as Record<string, unknown>) : {};
  return [given.channel, given.initiatedAt].filter((part) => typeof part === "string");
}

/** Formats a value with spaces at which a line can break. A missing value is a dash. */
function valueText(value: unknown): string {
  if (value === undefined || value === null) return "–";
  return typeof value === "string" ? value : JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, " ");
}
