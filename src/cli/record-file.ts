import { appendFile } from "node:fs/promises";
import type { Command } from "commander";
import { cliMessages } from "../errors.js";
import { type DecisionQuestion, record, type Timetable } from "../index.js";
import { fileError, isSystemError } from "./source.js";

/** The option `--record` and the file that it names. */
export interface RecordOptions {
  readonly record?: string;
}

export const withRecordOption = (command: Command): Command =>
  command.option("--record <file>", "add the question and its answer to a file, for replay");

/**
 * Appends a decision record to the file of `--record`, if any. A question without an answer is recorded too.
 *
 * @throws QuestionError bad-payment if the file cannot be written
 */
export async function appendRecord(
  { record: file }: RecordOptions,
  timetable: Timetable,
  question: DecisionQuestion,
): Promise<void> {
  if (file === undefined) return;
  const line = `${JSON.stringify(record(timetable, question))}\n`;
  try {
    await appendFile(file, line);
  } catch (error) {
    throw isSystemError(error) ? fileError(file, cliMessages.notWritten(error.code)) : error;
  }
}
