import { isUtf8 } from "node:buffer";

/** Lines of a stream, a block at a time and in bounded memory. */

/** What a chunk of the stream completed. */
export interface Block {
  readonly lines: readonly Line[];
  /** How much of the stream was read so far. */
  readonly bytes: number;
}

/** The text of a line without its end, or why it is not read. */
export type Line = string | { readonly unread: "too-long" | "not-utf8" };

/** A payment takes some hundred bytes; what goes beyond this on one line is not kept. */
export const LINE_BYTES_MAX = 1 << 20;

const NEWLINE = 0x0a;

/** Cuts at each line feed, before decoding: the byte is part of no other character in UTF-8. A last line needs none. */
export async function* blocksOf(source: AsyncIterable<Buffer>): AsyncGenerator<Block> {
  let bytes = 0;
  let begun: Buffer[] = [];
  let begunBytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    const end = chunk.lastIndexOf(NEWLINE);
    if (end >= 0) {
      yield { lines: linesIn(Buffer.concat([...begun, chunk.subarray(0, end)])), bytes };
      begun = [];
      begunBytes = 0;
    }
    const rest = chunk.subarray(end + 1);
    if (rest.length === 0 || begunBytes > LINE_BYTES_MAX) continue;
    begun.push(rest);
    begunBytes += rest.length;
  }
  if (begunBytes > 0) yield { lines: linesIn(Buffer.concat(begun)), bytes };
}

function linesIn(block: Buffer): Line[] {
  if (block.length <= LINE_BYTES_MAX && isUtf8(block)) return block.toString("utf8").split("\n");
  const lines: Line[] = [];
  for (let start = 0; start <= block.length; ) {
    const found = block.indexOf(NEWLINE, start);
    const end = found < 0 ? block.length : found;
    lines.push(lineOf(block.subarray(start, end)));
    start = end + 1;
  }
  return lines;
}

function lineOf(line: Buffer): Line {
  if (line.length > LINE_BYTES_MAX) return { unread: "too-long" };
  return isUtf8(line) ? line.toString("utf8") : { unread: "not-utf8" };
}
