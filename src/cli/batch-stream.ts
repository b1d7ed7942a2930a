import { cliMessages, QuestionError, type Sentence } from "../errors.js";
import type { JsonText } from "../index.js";
import { type Block, endOfLine, LINE_BYTES_MAX, unreadReason } from "./lines.js";

/** Counts of a batch so far. */
export interface Tally {
  answered: number;
  errors: number;
  /** Bytes of the input that were read. */
  bytes: number;
}

export interface BatchRun {
  /** Writes the JSON answer to a payment into a buffer. Returns its end there, or -1 if the buffer is too small. */
  readonly writeAnswer: (payment: JsonText, into: Uint8Array, start: number) => number;
  /** Updated while lines are answered. */
  readonly tally: Tally;
  readonly onProgress: (tally: Tally) => void;
}

/** The length of an output buffer. */
const CHUNK_BYTES = 1 << 19;
/** A chunk with less free space is yielded, so that few answers have to be written twice. */
const FREE_BYTES_MIN = 1 << 12;

/** Answers each line with an answer or an error, in order. Blank lines count as lines and get no answer. */
export async function* answerStream(blocks: AsyncIterable<Block>, run: BatchRun): AsyncGenerator<Uint8Array> {
  const { tally, onProgress } = run;
  let number = 0;
  let chunk = newChunk(CHUNK_BYTES);
  for await (const { bytes, read } of blocks) {
    for (let from = 0; from <= bytes.length; ) {
      const to = endOfLine(bytes, from);
      number++;
      const begin = number === 1 && hasByteOrderMark(bytes) ? BYTE_ORDER_MARK.length : from;
      if (!isBlank(bytes, begin, to)) chunk = appendAnswer({ bytes, from: begin, to }, number, chunk, run);
      from = to + 1;
      if (chunk.bytes.length - chunk.end >= FREE_BYTES_MIN) continue;
      yield takeWritten(chunk);
      chunk = newChunk(CHUNK_BYTES);
    }
    tally.bytes = read;
    onProgress(tally);
    // Yield after each block, so that a reader sees answers at once. Later answers use the rest of the chunk.
    if (chunk.end > chunk.start) yield takeWritten(chunk);
  }
}

interface Line extends JsonText {
  readonly bytes: Buffer;
}

const BYTE_ORDER_MARK = Buffer.from("\uFEFF");

const hasByteOrderMark = (bytes: Buffer): boolean =>
  bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);

/** An output buffer. Its answers in [start, end) are not yielded yet. */
interface Chunk {
  readonly bytes: Buffer;
  start: number;
  end: number;
}

const newChunk = (length: number): Chunk => ({ bytes: Buffer.allocUnsafeSlow(length), start: 0, end: 0 });

function takeWritten(chunk: Chunk): Uint8Array {
  const { bytes, start, end } = chunk;
  chunk.start = end;
  return bytes.subarray(start, end);
}

/** Copies the answers that are not yielded yet to a larger chunk. */
function enlarged({ bytes, start, end }: Chunk): Chunk {
  const chunk = newChunk(Math.max(CHUNK_BYTES, (end - start) * 2, bytes.length - start) * 2);
  chunk.end = bytes.copy(chunk.bytes, 0, start, end);
  return chunk;
}

/** Decodes only lines that begin with white space, because most begin with a brace. */
const isBlank = (bytes: Buffer, from: number, to: number): boolean =>
  from >= to || (!((bytes[from] as number) > SPACE) && bytes.toString("utf8", from, to).trim() === "");
const SPACE = 0x20;

/** Appends the answer to a line, and returns the chunk that holds it: this one, or a larger copy. */
function appendAnswer(line: Line, number: number, chunk: Chunk, { writeAnswer, tally }: BatchRun): Chunk {
  try {
    if (line.to - line.from > LINE_BYTES_MAX) throw lineError(cliMessages.unreadLine["too-long"]());
    for (let target = chunk; ; target = enlarged(target)) {
      const end = writeAnswer(line, target.bytes, target.end);
      if (end < 0 || end === target.bytes.length) continue;
      target.bytes[end] = NEWLINE;
      target.end = end + 1;
      tally.answered++;
      return target;
    }
  } catch (error) {
    tally.errors++;
    return appendText(`${JSON.stringify(errorOfLine(number, line, error))}\n`, chunk);
  }
}

const NEWLINE = 0x0a;

function appendText(text: string, chunk: Chunk): Chunk {
  const length = Buffer.byteLength(text);
  let target = chunk;
  while (target.bytes.length - target.end < length) target = enlarged(target);
  target.end += target.bytes.write(text, target.end);
  return target;
}

const lineError = (sentence: Sentence): QuestionError => new QuestionError("bad-payment", "JSON", sentence);

/** Locates an error at `line 7`, or at `line 7, initiatedAt` if one value is wrong. */
function errorOfLine(number: number, { bytes, from, to }: Line, error: unknown): QuestionError {
  if (!(error instanceof QuestionError)) throw error;
  const reason = unreadReason(bytes, from, to);
  const cause = reason === undefined ? error : lineError(cliMessages.unreadLine[reason]());
  const where = cause.where === "JSON" ? `line ${number}` : `line ${number}, ${cause.where}`;
  return new QuestionError(cause.code, where, cause);
}
