import type { Command } from "commander";
import { cliMessages, QuestionError } from "../errors.js";
import { type DecisionRecord, type Difference, type Replay, replay, type Timetable } from "../index.js";
import { documentFromText } from "../load/document.js";
import { hang, padEnd, widest } from "./layout.js";
import { blocksOf, type Line, linesIn } from "./lines.js";
import { type CommonOptions, withCommon } from "./options.js";
import { type Ask, EXIT, errorLines, type Input, type Page, type Reply } from "./reply.js";
import { bad, sourceOf } from "./source.js";

export function addReplay(program: Command, ask: Ask): void {
  const command = program
    .command("replay")
    .description("answer recorded questions again, and tell what differs")
    .argument("<file>", "decision records, one a line; - reads standard input");
  withCommon(command).action((file: string, options: CommonOptions) =>
    ask(options, async (input) => replayReply(await input.timetable(), file, input)),
  );
}

/** A line whose record is not answered as before, or is no record. */
type Told =
  | { line: number; kind: string; payment: unknown; differences: readonly Difference[]; version: Versions }
  | { line: number; error: QuestionError };
type Versions = Replay["version"];

interface Replayed {
  records: number;
  same: number;
  differ: number;
  /** Answered before and now not, or no record at all. */
  unanswered: number;
  version: string;
  readonly told: Told[];
}

async function replayReply(timetable: Timetable, file: string, input: Input): Promise<Reply> {
  const replayed: Replayed = {
    ...{ records: 0, same: 0, differ: 0, unanswered: 0 },
    ...{ version: timetable.version, told: [] },
  };
  const { chunks } = await sourceOf(file, input);
  let number = 0;
  for await (const { bytes } of blocksOf(chunks)) {
    for (const line of linesIn(bytes)) {
      number++;
      if (typeof line !== "string" || line.trim() !== "") replayLine(replayed, timetable, line, number);
    }
  }
  const { unanswered, differ } = replayed;
  return {
    json: { ...replayed, told: replayed.told.map(asJson) },
    lines: (page) => lines(replayed, page),
    exitCode: unanswered > 0 ? EXIT.noAnswer : differ > 0 ? EXIT.findings : EXIT.ok,
  };
}

/** Only what differs is kept: a log of decisions is long, and most of it stays the same. */
function replayLine(replayed: Replayed, timetable: Timetable, line: Line, number: number): void {
  replayed.records++;
  try {
    const recorded = recordIn(line);
    const outcome = replay(timetable, recorded);
    if (outcome.same) {
      replayed.same++;
      return;
    }
    const { differences, version } = outcome;
    const { kind, payment } = recorded;
    replayed.told.push({ line: number, kind, payment, differences, version });
    if (differences.some(isLost)) replayed.unanswered++;
    else replayed.differ++;
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    const where = [`line ${number}`, error.where].filter((part) => part !== "").join(", ");
    replayed.told.push({ line: number, error: new QuestionError(error.code, where, error) });
    replayed.unanswered++;
  }
}

/** There was an answer, and now there is an error. */
const isLost = (difference: Difference): boolean =>
  difference.path === "error" && difference.new !== undefined;

/** What it is beyond JSON, `replay` checks. */
function recordIn(line: Line): DecisionRecord {
  if (typeof line !== "string") throw bad("", cliMessages.unreadLine[line.unread]());
  const { json, problems } = documentFromText("", line);
  const [problem] = problems;
  if (problem !== undefined) throw bad(`column ${problem.column ?? 1}`, problem);
  return json as DecisionRecord;
}

const asJson = (told: Told): object => ("error" in told ? { line: told.line, ...told.error.toJSON() } : told);

function lines(replayed: Replayed, page: Page): string[] {
  const { words, colors } = page;
  const summary = words.replay.summary(replayed);
  return [
    ...replayed.told.flatMap((told) => [...toldLines(told, page), ""]),
    `${replayed.same === replayed.records ? colors.green(summary) : summary}  (${replayed.version})`,
  ];
}

function toldLines(told: Told, { words, colors }: Page): string[] {
  if ("error" in told) return errorLines(told.error, colors);
  const { line, kind, payment, differences, version } = told;
  const head = [words.replay.line(line), kind, ...paymentWords(payment)].join("  ");
  const versions: Difference = { path: "version", ...version };
  const rows = version.old === version.new ? differences : [versions, ...differences];
  const width = widest(rows.map(({ path }) => path)) + 2;
  return [
    colors.bold(head),
    ...rows.flatMap((row) =>
      hang(`  ${colors.dim(padEnd(row.path, width))}`, `${said(row.old)} → ${said(row.new)}`),
    ),
  ];
}

/** The channel and the instant, which tell most payments from each other. */
function paymentWords(payment: unknown): string[] {
  const given = typeof payment === "object" && payment !== null ? (payment as Record<string, unknown>) : {};
  return [given.channel, given.initiatedAt].filter((part) => typeof part === "string");
}

/** A value as people read it, with spaces at which it can be broken; what is not there is a dash. */
function said(value: unknown): string {
  if (value === undefined || value === null) return "–";
  return typeof value === "string" ? value : JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, " ");
}
