import { isUtf8 } from "node:buffer";

/** Reads the lines of a stream in blocks and bounded memory. */

/** Whole lines, with line feeds between them. */
export interface Block {
  readonly bytes: Buffer;
  /** Bytes of the stream that were read so far. */
  readonly read: number;
}

export type UnreadReason = "too-long" | "not-utf8";

/** A payment takes some hundred bytes. Longer lines are not kept in memory. */
export const LINE_BYTES_MAX = 1 << 20;

const NEWLINE = 0x0a;

/** Cuts at line feeds before decoding, since no other UTF-8 character contains that byte. The last line may lack one. */
export async function* blocksOf(source: AsyncIterable<Buffer>): AsyncGenerator<Block> {
  let read = 0;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  for await (const chunk of source) {
    read += chunk.length;
    const end = chunk.lastIndexOf(NEWLINE);
    if (end >= 0) {
      yield { bytes: Buffer.concat([...pending, chunk.subarray(0, end)]), read };
      pending = [];
      pendingBytes = 0;
    }
    const rest = chunk.subarray(end + 1);
    if (rest.length === 0 || pendingBytes > LINE_BYTES_MAX) continue;
    pending.push(rest);
    pendingBytes += rest.length;
  }
  if (pendingBytes > 0) yield { bytes: Buffer.concat(pending), read };
}

/** The end of the line that begins at `from`. */
export function endOfLine(bytes: Buffer, from: number): number {
  const found = bytes.indexOf(NEWLINE, from);
  return found < 0 ? bytes.length : found;
}

/** The text of a line without its line feed, or the reason why it was not read. */
export type Line = string | { readonly unread: UnreadReason };

export function linesIn(bytes: Buffer): Line[] {
  const lines: Line[] = [];
  for (let from = 0; from <= bytes.length; ) {
    const to = endOfLine(bytes, from);
    const unread = unreadReason(bytes, from, to);
    lines.push(unread === undefined ? bytes.toString("utf8", from, to) : { unread });
    from = to + 1;
  }
  return lines;
}

/** The reason why the line [from, to) cannot be read, or undefined if it can. */
export function unreadReason(bytes: Buffer, from: number, to: number): UnreadReason | undefined {
  if (to - from > LINE_BYTES_MAX) return "too-long";
  return isUtf8(bytes.subarray(from, to)) ? undefined : "not-utf8";
}
