import { cliMessages, QuestionError, type Sentence } from "../errors.js";
import type { JsonText } from "../index.js";
import { type Block, endOfLine, LINE_BYTES_MAX, whyUnread } from "./lines.js";

/** A payment a line in, an answer or an error a line out, in order. */

export interface Tally {
  answered: number;
  errors: number;
  /** How much of the input was read. */
  bytes: number;
}

export interface Bulk {
  /** Writes the answer to a payment as JSON into a buffer; tells where it ends there, or -1 where there is no room. */
  readonly answer: (payment: JsonText, into: Uint8Array, start: number) => number;
  /** Kept up to date while lines are answered. */
  readonly tally: Tally;
  readonly seen: (tally: Tally) => void;
}

/** Room is taken in pieces of this length. */
const PIECE_BYTES = 1 << 19;
/** A piece with less room than this is handed on, so that few answers find too little of it. */
const ROOM_BYTES = 1 << 12;

/** What is written for each block of lines; blank lines count, and nothing is written for them. */
export async function* answersTo(blocks: AsyncIterable<Block>, bulk: Bulk): AsyncGenerator<Uint8Array> {
  const { tally, seen } = bulk;
  let number = 0;
  let piece = newPiece(PIECE_BYTES);
  for await (const { bytes, read } of blocks) {
    for (let from = 0; from <= bytes.length; ) {
      const to = endOfLine(bytes, from);
      number++;
      const begin = number === 1 && startsWithMark(bytes) ? BYTE_ORDER_MARK.length : from;
      if (!isBlank(bytes, begin, to)) piece = answerTo({ bytes, from: begin, to }, number, piece, bulk);
      from = to + 1;
      if (piece.bytes.length - piece.end >= ROOM_BYTES) continue;
      yield handedOn(piece);
      piece = newPiece(PIECE_BYTES);
    }
    tally.bytes = read;
    seen(tally);
    // Whoever reads along sees at once what there is; the rest of the room is for the answers that follow.
    if (piece.end > piece.start) yield handedOn(piece);
  }
}

interface Line extends JsonText {
  readonly bytes: Buffer;
}

const BYTE_ORDER_MARK = Buffer.from("\uFEFF");

const startsWithMark = (bytes: Buffer): boolean =>
  bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);

/** Room for answers, and those in [start, end) that are not handed on yet. */
interface Piece {
  readonly bytes: Buffer;
  start: number;
  end: number;
}

const newPiece = (length: number): Piece => ({ bytes: Buffer.allocUnsafeSlow(length), start: 0, end: 0 });

function handedOn(piece: Piece): Uint8Array {
  const { bytes, start, end } = piece;
  piece.start = end;
  return bytes.subarray(start, end);
}

/** The same answers with more room. */
function larger({ bytes, start, end }: Piece): Piece {
  const piece = newPiece(Math.max(PIECE_BYTES, (end - start) * 2, bytes.length - start) * 2);
  piece.end = bytes.copy(piece.bytes, 0, start, end);
  return piece;
}

/** Most lines begin with their brace, and need no closer look. */
const isBlank = (bytes: Buffer, from: number, to: number): boolean =>
  from >= to || (!((bytes[from] as number) > SPACE) && bytes.toString("utf8", from, to).trim() === "");
const SPACE = 0x20;

/** Adds the answer to a line; gives the piece that holds it now. */
function answerTo(line: Line, number: number, piece: Piece, { answer, tally }: Bulk): Piece {
  try {
    if (line.to - line.from > LINE_BYTES_MAX) throw bad(cliMessages.unreadLine["too-long"]());
    for (let roomy = piece; ; roomy = larger(roomy)) {
      const end = answer(line, roomy.bytes, roomy.end);
      if (end < 0 || end === roomy.bytes.length) continue;
      roomy.bytes[end] = NEWLINE;
      roomy.end = end + 1;
      tally.answered++;
      return roomy;
    }
  } catch (error) {
    tally.errors++;
    return withText(`${JSON.stringify(errorAt(number, line, error))}\n`, piece);
  }
}

const NEWLINE = 0x0a;

function withText(text: string, piece: Piece): Piece {
  const length = Buffer.byteLength(text);
  let roomy = piece;
  while (roomy.bytes.length - roomy.end < length) roomy = larger(roomy);
  roomy.end += roomy.bytes.write(text, roomy.end);
  return roomy;
}

const bad = (sentence: Sentence): QuestionError => new QuestionError("bad-payment", "JSON", sentence);

/** The error with its line: `line 7`, or `line 7, initiatedAt` where one value of it is wrong. */
function errorAt(number: number, { bytes, from, to }: Line, error: unknown): QuestionError {
  if (!(error instanceof QuestionError)) throw error;
  const why = whyUnread(bytes, from, to);
  const said = why === undefined ? error : bad(cliMessages.unreadLine[why]());
  const where = said.where === "JSON" ? `line ${number}` : `line ${number}, ${said.where}`;
  return new QuestionError(said.code, where, said);
}
