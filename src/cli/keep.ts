import { appendFile } from "node:fs/promises";
import type { Command } from "commander";
import { cliMessages } from "../errors.js";
import { type DecisionQuestion, record, type Timetable } from "../index.js";
import { bad, isSystemError } from "./source.js";

/** Decision records that a command keeps of what it is asked. */

export interface RecordOptions {
  readonly record?: string;
}

export const withRecord = (command: Command): Command =>
  command.option("--record <file>", "add the question and its answer to a file, for replay");

/**
 * Adds a line to the file of `--record`, where there is one; of a question without an answer too.
 *
 * @throws QuestionError bad-payment where it cannot be written
 */
export async function keepRecord(
  { record: file }: RecordOptions,
  timetable: Timetable,
  question: DecisionQuestion,
): Promise<void> {
  if (file === undefined) return;
  const line = `${JSON.stringify(record(timetable, question))}\n`;
  try {
    await appendFile(file, line);
  } catch (error) {
    throw isSystemError(error) ? bad(file, cliMessages.notWritten(error.code)) : error;
  }
}
