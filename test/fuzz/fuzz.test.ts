import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";

/** A short run of every fuzzer, in a process of its own because a loop without an end can only be ended from outside. */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MAIN = "test/fuzz/dist/test/fuzz/main.js";
const PATIENCE_MS = 180_000;

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function run(command: string, args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: "utf8",
    timeout: PATIENCE_MS,
  });
  return { status, out: stdout, err: stderr };
}

const fuzz = (...args: readonly string[]): Ran => run(process.execPath, [MAIN, ...args]);

beforeAll(() => {
  const { status, out, err } = run("npx", ["tsc", "-p", "test/fuzz"]);
  if (status !== 0) throw new Error(out + err);
}, PATIENCE_MS);

test(
  "every fuzzer tries some cases, and finds nothing",
  () => {
    const { status, out, err } = fuzz("--seconds", "6");
    expect(err).toBe("");
    expect(status, out).toBe(0);
    expect(out).toMatch(/^seed \d+, 6 seconds$/m);
    const counts = [...out.matchAll(/^ *(\d+) cases {2}(\S+)/gm)].map(([, count]) => Number(count));
    expect(counts).toHaveLength(11);
    expect(Math.min(...counts)).toBeGreaterThan(0);
  },
  PATIENCE_MS,
);

test(
  "an error of another class is found, made small, and repeated",
  () => {
    const { status, err } = fuzz("--seconds", "1", "--only", "foreign", "--seed", "7");
    expect(status).toBe(1);
    expect(err).toContain("foreign: 700\nTypeError: 700 is not a function");
    const [, round, path] = /--only foreign --round (-?\d+) --path (\S+)/.exec(err) ?? [];
    const again = fuzz("--only", "foreign", "--round", String(round), "--path", String(path));
    expect(again.err).toContain("foreign: 700\nTypeError: 700 is not a function");
  },
  PATIENCE_MS,
);

test(
  "a loop without an end is ended, and its case told",
  () => {
    const { status, err } = fuzz("--seconds", "1", "--only", "endless", "--seed", "7", "--hang-ms", "1000");
    expect(status).toBe(1);
    expect(err).toMatch(/^endless: no end within 1000 ms\n\n(9[1-9]|100)\n/);
  },
  PATIENCE_MS,
);
