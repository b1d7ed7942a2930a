import { cliSays, QuestionError, type Sentence } from "../errors.js";
import type { Payment } from "../index.js";
import { documentFromText } from "../load/document.js";
import type { Block, Line } from "./lines.js";

/** A payment a line in, an answer or an error a line out, in order. */

export interface Tally {
  answered: number;
  errors: number;
  /** How much of the input was read. */
  bytes: number;
}

export interface Bulk {
  /** The answer to a payment as JSON, on one line. */
  readonly answer: (payment: Payment) => string;
  /** Kept up to date while lines are answered. */
  readonly tally: Tally;
  readonly seen: (tally: Tally) => void;
}

/** What is written for each block of lines; blank lines count, and nothing is written for them. */
export async function* answersTo(blocks: AsyncIterable<Block>, bulk: Bulk): AsyncGenerator<string> {
  const { tally, seen } = bulk;
  let number = 0;
  for await (const { lines, bytes } of blocks) {
    let written = "";
    for (const line of lines) {
      number++;
      if (!isBlank(line)) written += `${answerTo(line, number, bulk)}\n`;
    }
    tally.bytes = bytes;
    seen(tally);
    if (written !== "") yield written;
  }
}

/** Most lines begin with their brace, and need no closer look. */
const isBlank = (line: Line): boolean =>
  typeof line === "string" && !(line.charCodeAt(0) > SPACE) && line.trim() === "";
const SPACE = 0x20;

function answerTo(line: Line, number: number, { answer, tally }: Bulk): string {
  try {
    const text = answer(paymentIn(line, number));
    tally.answered++;
    return text;
  } catch (error) {
    tally.errors++;
    return JSON.stringify(errorAt(number, error));
  }
}

/** @throws QuestionError bad-payment where the line is no JSON */
function paymentIn(line: Line, number: number): Payment {
  if (typeof line !== "string") throw bad(cliSays.unreadLine[line.unread]());
  try {
    return JSON.parse(number === 1 && line.startsWith(BYTE_ORDER_MARK) ? line.slice(1) : line) as Payment;
  } catch {
    const [problem] = documentFromText("", line).problems;
    throw bad(cliSays.notJsonLine(line, problem?.column, problem?.what));
  }
}

const BYTE_ORDER_MARK = "\uFEFF";

const bad = (sentence: Sentence): QuestionError => new QuestionError("bad-payment", "", sentence);

/** The error with its line: `line 7`, or `line 7, initiatedAt` where one value of it is wrong. */
function errorAt(number: number, error: unknown): QuestionError {
  if (!(error instanceof QuestionError)) throw error;
  const where = error.where === "" ? `line ${number}` : `line ${number}, ${error.where}`;
  return new QuestionError(error.code, where, error);
}
