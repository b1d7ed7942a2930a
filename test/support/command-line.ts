import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { run } from "../../src/cli/program.js";
import type { Terminal } from "../../src/cli/terminal.js";
import { openTimetable, type Timetable } from "../../src/index.js";

/** The command line, in this process with the shipped rulebook read once, or as a process of its own. */

export interface CommandResult {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

let shipped: Promise<Timetable> | undefined;
export const shippedTimetable = (): Promise<Timetable> => {
  shipped ??= openTimetable();
  return shipped;
};

interface TerminalSetup {
  readonly stdin?: string | Buffer;
  readonly env?: Terminal["env"];
  readonly color?: boolean;
  readonly streams?: Partial<Terminal["streams"]>;
}

export async function commandLine(
  args: readonly string[],
  { stdin = "", env = {}, color = false, streams = {} }: TerminalSetup = {},
): Promise<CommandResult> {
  const written = { out: "", err: "" };
  const exitCode = await run(args, {
    env,
    color: { out: color, err: color },
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    stdin: async () => stdin.toString(),
    streams: {
      in: () => Readable.from([Buffer.from(stdin)]),
      out: new Writable({
        write(chunk, _, done) {
          written.out += chunk;
          done();
        },
      }),
      isTerminal: { out: false, err: false },
      ...streams,
    },
    // The sources have no proof beside them: what they open was checked in full.
    open: ({ checkAll: _, ...folders }) =>
      Object.keys(folders).length === 0 ? shippedTimetable() : openTimetable(folders),
  });
  return { exitCode, ...written };
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** `npm test` builds first; a bare `vitest run` may not have. */
export function buildOnce(): void {
  if (existsSync(MAIN)) return;
  const built = spawnSync("npx", ["tsc"], { cwd: ROOT, encoding: "utf8" });
  if (built.status !== 0) throw new Error(built.stdout + built.stderr);
}

export function spawnCommand(
  args: readonly string[],
  stdin = "",
  env: Record<string, string> = {},
): CommandResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    input: stdin,
    encoding: "utf8",
    env: { PATH: process.env.PATH, LANG: "C", ...env },
  });
  return { exitCode: status, out: stdout, err: stderr };
}

export const SHELL_COMMAND = `"${process.execPath}" "${MAIN}"`;
