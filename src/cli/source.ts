import { type FileHandle, open } from "node:fs/promises";
import { loadMessages, QuestionError, type Sentence } from "../errors.js";
import type { Input } from "./reply.js";

/** Files and standard input, as streams; what the system refuses is an error with the file's name. */

/** Large enough that few chunks are read, small enough that little is held. */
const CHUNK_BYTES = 1 << 18;

export interface Source {
  readonly chunks: AsyncIterable<Buffer>;
  /** Of a file; its stream, once begun, closes it. */
  readonly handle: FileHandle | undefined;
}

/** @throws QuestionError bad-payment where it cannot be read */
export async function sourceOf(file: string | undefined, { streams }: Input): Promise<Source> {
  if (file === undefined || file === "-") return { chunks: read("stdin", streams.in), handle: undefined };
  const handle = await opened(file, "r", loadMessages.unreadable);
  return { chunks: read(file, () => handle.createReadStream({ highWaterMark: CHUNK_BYTES })), handle };
}

async function* read(where: string, streamed: () => AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* streamed();
  } catch (error) {
    throw isSystemError(error) ? bad(where, loadMessages.unreadable(error.code)) : error;
  }
}

export async function opened(
  file: string,
  flags: string,
  says: (code: string) => Sentence,
): Promise<FileHandle> {
  try {
    return await open(file, flags);
  } catch (error) {
    throw isSystemError(error) ? bad(file, says(error.code)) : error;
  }
}

export const isSystemError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && "code" in error && typeof error.code === "string";

export const bad = (where: string, sentence: Sentence): QuestionError =>
  new QuestionError("bad-payment", where, sentence);
