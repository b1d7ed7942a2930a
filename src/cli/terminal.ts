import type { Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import type { OpenOptions, Timetable } from "../index.js";
import { openTimetable } from "../live.js";

/** The outside world of a command. Tests pass their own. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether each stream shows colour. */
  readonly color: { readonly out: boolean; readonly err: boolean };
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly stdin: () => Promise<string>;
  readonly streams: Streams;
  readonly open: (options: OpenOptions) => Promise<Timetable>;
}

/** Standard streams, for data that does not fit in memory. */
export interface Streams {
  readonly in: () => Readable;
  readonly out: Writable;
  readonly isTerminal: { readonly out: boolean; readonly err: boolean };
}

export function processTerminal(): Terminal {
  const { env, stdin, stdout, stderr } = process;
  for (const stream of [stdout, stderr]) stream.on("error", ignoreClosedPipe);
  return {
    env,
    color: { out: showsColor(env, stdout.isTTY), err: showsColor(env, stderr.isTTY) },
    out: (written) => void stdout.write(written),
    err: (written) => void stderr.write(written),
    stdin: () => text(stdin),
    streams: {
      in: () => stdin,
      out: stdout,
      isTerminal: { out: stdout.isTTY === true, err: stderr.isTTY === true },
    },
    open: openTimetable,
  };
}

/** A reader such as `head` may close the pipe early. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

/** NO_COLOR (no-color.org) forbids colour, FORCE_COLOR forces it. Otherwise only a terminal shows it. */
export function showsColor(env: Terminal["env"], isTerminal: boolean | undefined): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return isTerminal === true && env.TERM !== "dumb";
}
