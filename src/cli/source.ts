import { type FileHandle, open } from "node:fs/promises";
import { loadMessages, QuestionError, type Sentence } from "../errors.js";
import type { Input } from "./reply.js";

/** Large enough for few reads, small enough for little memory. */
const CHUNK_BYTES = 1 << 18;

/** A file, or standard input, as a stream of chunks. */
export interface Source {
  readonly chunks: AsyncIterable<Buffer>;
  /** Undefined for standard input. Reading all chunks closes it. */
  readonly handle: FileHandle | undefined;
}

/**
 * Opens a file, or standard input for `-` or no name.
 *
 * @throws QuestionError bad-payment if it cannot be read
 */
export async function openSource(file: string | undefined, { streams }: Input): Promise<Source> {
  if (file === undefined || file === "-")
    return { chunks: readChunks("stdin", streams.in), handle: undefined };
  const handle = await openFile(file, "r", loadMessages.unreadable);
  return {
    chunks: readChunks(file, () => handle.createReadStream({ highWaterMark: CHUNK_BYTES })),
    handle,
  };
}

async function* readChunks(where: string, openStream: () => AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* openStream();
  } catch (error) {
    throw isSystemError(error) ? fileError(where, loadMessages.unreadable(error.code)) : error;
  }
}

/** @throws QuestionError bad-payment with the message for the system's error code */
export async function openFile(
  file: string,
  flags: string,
  messageOf: (code: string) => Sentence,
): Promise<FileHandle> {
  try {
    return await open(file, flags);
  } catch (error) {
    throw isSystemError(error) ? fileError(file, messageOf(error.code)) : error;
  }
}

export const isSystemError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && "code" in error && typeof error.code === "string";

export const fileError = (where: string, sentence: Sentence): QuestionError =>
  new QuestionError("bad-payment", where, sentence);
