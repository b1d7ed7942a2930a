import type { FileHandle } from "node:fs/promises";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { cliMessages, QuestionError } from "../errors.js";
import type { Timetable } from "../index.js";
import { readInstant } from "../payment/parsed-payment.js";
import { answerStream, type BatchRun, type Tally } from "./batch-stream.js";
import { blocksOf } from "./lines.js";
import { type CommonOptions, withCommon } from "./options.js";
import { NO_PROGRESS, type Progress, startProgress } from "./render/progress.js";
import { EXIT, type Input, type RunCommand } from "./reply.js";
import { fileError, isSystemError, openFile, openSource } from "./source.js";
import { WORDS } from "./words/locales.js";

interface BatchOptions extends CommonOptions {
  readonly out?: string;
  readonly asOf?: string;
  readonly timeline: boolean;
  readonly progress?: boolean;
}

export function addBatch(program: Command, runCommand: RunCommand): void {
  const command = program
    .command("batch")
    .description("a payment a line in, an answer or an error a line out, in order")
    .argument("[in]", "JSON lines; standard input where it is left out or -")
    .option("-o, --out <file>", "write there instead of to standard output")
    .option("--as-of <instant>", "answer with what was known then (default: all that is)")
    .option("--no-timeline", "leave the timeline out of the answers, which makes them a good deal shorter")
    .option("--progress", "show how far it is even where the answers go to the terminal too")
    .option("--no-progress", "do not show how far it is");
  withCommon(command).action((file: string | undefined, options: BatchOptions) =>
    runCommand(options, async (input) => {
      const timetable = await input.timetable();
      if (options.asOf !== undefined) readInstant("asOf", options.asOf);
      const { errors } = await batch(timetable, file, options, input);
      return { streamed: true, exitCode: errors === 0 ? EXIT.ok : EXIT.findings };
    }),
  );
}

/** @throws QuestionError if a file cannot be read or written */
async function batch(
  timetable: Timetable,
  file: string | undefined,
  options: BatchOptions,
  input: Input,
): Promise<Tally> {
  const source = await openSource(file, input);
  const sink = await sinkOf(options.out, source.handle, input).catch(async (error: unknown) => {
    await source.handle?.close();
    throw error;
  });
  const progress = await progressFor(source.handle, sink.toTerminal, options, input);
  const run = batchRun(timetable, options, progress);
  try {
    await pipeline(answerStream(blocksOf(source.chunks), run), sink.stream, { end: sink.ends });
  } catch (error) {
    if (error instanceof QuestionError || !isSystemError(error)) throw error;
    if (!CLOSED_PIPE.has(error.code)) throw fileError(sink.name, cliMessages.notWritten(error.code));
  } finally {
    progress.end(run.tally);
  }
  return run.tally;
}

/** A reader such as `head` may close the pipe early. */
const CLOSED_PIPE: ReadonlySet<string> = new Set([
  "EPIPE",
  "ERR_STREAM_PREMATURE_CLOSE",
  "ERR_STREAM_DESTROYED",
]);

function batchRun(
  timetable: Timetable,
  { asOf, timeline }: BatchOptions,
  { update: seen }: Progress,
): BatchRun {
  const known = { timeline, ...(asOf !== undefined && { asOf }) };
  return {
    writeAnswer: (payment, into, start) => timetable.writeJson(payment, into, start, known),
    tally: { answered: 0, errors: 0, bytes: 0 },
    onProgress: seen,
  };
}

/** Answers that may wait in memory for the disk. */
const BUFFER_BYTES = 1 << 22;

interface Sink {
  readonly name: string;
  readonly stream: Writable;
  /** Whether the stream is closed at the end. */
  readonly ends: boolean;
  readonly toTerminal: boolean;
}

async function sinkOf(
  file: string | undefined,
  source: FileHandle | undefined,
  { streams }: Input,
): Promise<Sink> {
  if (file === undefined || file === "-") {
    return { name: "stdout", stream: streams.out, ends: false, toTerminal: streams.isTerminal.out };
  }
  // Opening does not truncate, so the file survives if it is also the input.
  const handle = await openFile(file, "a", cliMessages.notWritten);
  if (source !== undefined && (await isSameFile(source, handle))) {
    await handle.close();
    throw fileError(file, cliMessages.writesOverInput());
  }
  if ((await handle.stat()).isFile()) await handle.truncate();
  return {
    name: file,
    stream: handle.createWriteStream({ highWaterMark: BUFFER_BYTES }),
    ends: true,
    toTerminal: false,
  };
}

async function isSameFile(one: FileHandle, other: FileHandle): Promise<boolean> {
  const [a, b] = await Promise.all([one.stat(), other.stat()]);
  return a.isFile() && a.dev === b.dev && a.ino === b.ino;
}

/** Draws the bar on a terminal, unless the answers go to the terminal too. */
async function progressFor(
  handle: FileHandle | undefined,
  toTerminal: boolean,
  options: BatchOptions,
  { streams, err, locale }: Input,
): Promise<Progress> {
  if (!streams.isTerminal.err || !(options.progress ?? !toTerminal)) return NO_PROGRESS;
  const stats = await handle?.stat();
  return startProgress(err, stats?.isFile() ? stats.size : undefined, WORDS[locale]);
}
