import { execSync } from "node:child_process";
import { beforeAll, describe, expect, test } from "vitest";
import { buildOnce, commandLine, SHELL_COMMAND, spawnCommand } from "../support/command-line.js";

beforeAll(buildOnce);

describe("a process of its own", () => {
  test("reads a payment from standard input and prints what the same words in one process print", async () => {
    const stdin = JSON.stringify({
      ...{ channel: "cn.acquiring", settlement: "t1", amount: "1000" },
      initiatedAt: "2026-02-13T23:00:00+08:00",
    });
    const args = ["when", "--payment", "-", "--lang", "zh"];
    expect(spawnCommand(args, stdin)).toEqual(await commandLine(args, { stdin }));
  });

  test("ends with 2 and without a stack trace where the user erred", () => {
    const { exitCode, out, err } = spawnCommand(["when", "--payment", "-"], "{");
    expect([exitCode, out]).toEqual([2, ""]);
    expect(err).toMatch(/^stdin:1:\d+: /);
    expect(err).not.toMatch(/\n\s+at /);
  });

  test("shows no colour in a pipe, even where CI is set, unless it is asked for", () => {
    expect(spawnCommand(["channels"], "", { CI: "true" }).out).not.toContain("\u001b");
    expect(spawnCommand(["channels"], "", { FORCE_COLOR: "1" }).out).toContain("\u001b");
  });

  test("survives a reader that goes away", () => {
    const piped = `set -o pipefail; ${SHELL_COMMAND} calendar cn.hvps 2026 2>&1 | true`;
    expect(execSync(piped, { shell: "/bin/bash", encoding: "utf8" })).toBe("");
  });
});
