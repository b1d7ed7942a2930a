import { isUtf8 } from "node:buffer";

/** Lines of a stream, a block at a time and in bounded memory. */

/** Whole lines, with line feeds between them. */
export interface Block {
  readonly bytes: Buffer;
  /** How much of the stream was read so far. */
  readonly read: number;
}

/** Why a line is not read. */
export type Unread = "too-long" | "not-utf8";

/** A payment takes some hundred bytes; what goes beyond this on one line is not kept. */
export const LINE_BYTES_MAX = 1 << 20;

const NEWLINE = 0x0a;

/** Cuts at each line feed, before decoding: the byte is part of no other character in UTF-8. A last line needs none. */
export async function* blocksOf(source: AsyncIterable<Buffer>): AsyncGenerator<Block> {
  let read = 0;
  let begun: Buffer[] = [];
  let begunBytes = 0;
  for await (const chunk of source) {
    read += chunk.length;
    const end = chunk.lastIndexOf(NEWLINE);
    if (end >= 0) {
      yield { bytes: Buffer.concat([...begun, chunk.subarray(0, end)]), read };
      begun = [];
      begunBytes = 0;
    }
    const rest = chunk.subarray(end + 1);
    if (rest.length === 0 || begunBytes > LINE_BYTES_MAX) continue;
    begun.push(rest);
    begunBytes += rest.length;
  }
  if (begunBytes > 0) yield { bytes: Buffer.concat(begun), read };
}

/** Where the line that begins at `from` ends. */
export function endOfLine(bytes: Buffer, from: number): number {
  const found = bytes.indexOf(NEWLINE, from);
  return found < 0 ? bytes.length : found;
}

/** The text of a line without its end, or why it is not read. */
export type Line = string | { readonly unread: Unread };

export function linesIn(bytes: Buffer): Line[] {
  const lines: Line[] = [];
  for (let from = 0; from <= bytes.length; ) {
    const to = endOfLine(bytes, from);
    const unread = whyUnread(bytes, from, to);
    lines.push(unread === undefined ? bytes.toString("utf8", from, to) : { unread });
    from = to + 1;
  }
  return lines;
}

/** Why the line from `from` to `to` is not read, if it is not. */
export function whyUnread(bytes: Buffer, from: number, to: number): Unread | undefined {
  if (to - from > LINE_BYTES_MAX) return "too-long";
  return isUtf8(bytes.subarray(from, to)) ? undefined : "not-utf8";
}
