import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";

/** Runs every fuzzer briefly, in a child process, because an endless loop can only be ended from outside. */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MAIN = "test/fuzz/dist/test/fuzz/main.js";
const TIMEOUT_MS = 180_000;

interface RunResult {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function run(command: string, args: readonly string[]): RunResult {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: "utf8",
    timeout: TIMEOUT_MS,
  });
  return { status, out: stdout, err: stderr };
}

const fuzz = (...args: readonly string[]): RunResult => run(process.execPath, [MAIN, ...args]);

beforeAll(() => {
  const { status, out, err } = run("npx", ["tsc", "-p", "test/fuzz"]);
  if (status !== 0) throw new Error(out + err);
}, TIMEOUT_MS);

test(
  "every fuzzer runs some cases and finds no failure",
  () => {
    const { status, out, err } = fuzz("--seconds", "6");
    expect(err).toBe("");
    expect(status, out).toBe(0);
    expect(out).toMatch(/^seed \d+, 6 seconds$/m);
    const counts = [...out.matchAll(/^ *(\d+) cases {2}(\S+)/gm)].map(([, count]) => Number(count));
    expect(counts).toHaveLength(11);
    expect(Math.min(...counts)).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);

test(
  "an unexpected error is found, shrunk and reproduced",
  () => {
    const { status, err } = fuzz("--seconds", "1", "--only", "foreign", "--seed", "7");
    expect(status).toBe(1);
    expect(err).toContain("foreign: 700\nTypeError: 700 is not a function");
    const [, round, path] = /--only foreign --round (-?\d+) --path (\S+)/.exec(err) ?? [];
    const again = fuzz("--only", "foreign", "--round", String(round), "--path", String(path));
    expect(again.err).toContain("foreign: 700\nTypeError: 700 is not a function");
  },
  TIMEOUT_MS,
);

test(
  "an endless loop is stopped, and its case printed",
  () => {
    const { status, err } = fuzz("--seconds", "1", "--only", "endless", "--seed", "7", "--hang-ms", "1000");
    expect(status).toBe(1);
    expect(err).toMatch(/^endless: no end within 1000 ms\n\n(9[1-9]|100)\n/);
  },
  TIMEOUT_MS,
);
