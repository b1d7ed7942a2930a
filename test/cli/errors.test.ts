import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { showsColor } from "../../src/cli/terminal.js";
import { commandLine } from "../support/command-line.js";

const AT = ["--at", "2026-02-13T12:00:00+08:00"];

describe("a question that cannot be answered", () => {
  test("is told on stderr as where and what, then help, with exit code 2", async () => {
    const { exitCode, out, err } = await commandLine([
      "when",
      "--channel",
      "cn.acquirin",
      "--amount",
      "1",
      ...AT,
    ]);
    expect([exitCode, out]).toEqual([2, ""]);
    expect(err).toMatch(
      /^channel: there is no channel `cn\.acquirin` .*\n {2}did you mean `cn\.acquiring`.*\n$/,
    );
  });

  test("is an object on stdout with --json, and stderr is silent", async () => {
    const { exitCode, out, err } = await commandLine([
      ...["when", "--channel", "cn.hvps", "--amount", "1", "--at", "2026-02-13T12:00", "--json"],
    ]);
    expect([exitCode, err]).toEqual([2, ""]);
    expect(JSON.parse(out)).toEqual({
      error: {
        code: "bad-time",
        where: "initiatedAt",
        what: expect.stringContaining("`2026-02-13T12:00` has no offset"),
        help: expect.stringContaining("`2026-02-13T12:00+08:00`"),
      },
    });
  });

  test.each([
    [["when", "--channel", "cn.hvps", ...AT], "amount"],
    [["when", "--channel", "cn.hvps", "--amount", "-5", ...AT], "amount"],
    [["when", "--channel", "cn.hvps", "--amount", "1"], "initiatedAt"],
    [["when", "--channel", "cn.hvps", "--amount", "1", ...AT, "--fact", "sameBnk=true"], "sameBnk"],
    [["when", "--channel", "cn.hvps", "--amount", "1", ...AT, "--fact", "sameBank=yes"], "sameBank"],
    [["when", "--channel", "cn.hvps", "--amount", "1", ...AT, "--as-of", "yesterday"], "asOf"],
  ])("%j names the value that is wrong", async (args, where) => {
    const { exitCode, err } = await commandLine(args);
    expect([exitCode, err.split(":")[0]]).toEqual([2, where]);
  });
});

describe("a command line that cannot be read", () => {
  test.each([
    [["wen"], /Did you mean when\?/],
    [["when", "--chanel", "x"], /Did you mean --channel\?/],
    [["when", "--lang", "fr"], /Allowed choices are zh, en/],
    [["calendar", "cn.hvps"], /missing required argument 'year'/],
    [["channels", "more"], /too many arguments/],
    [[], /Usage: daozhang/],
  ])("%j exits with 2 and a suggestion", async (args, said) => {
    const { exitCode, out, err } = await commandLine(args);
    expect([exitCode, out]).toEqual([2, ""]);
    expect(err).toMatch(said);
  });

  test.each([[["--help"]], [["when", "--help"]], [["help", "calendar"]], [["--version"]]])(
    "%j is no error",
    async (args) => {
      const { exitCode, err } = await commandLine(args);
      expect([exitCode, err]).toEqual([0, ""]);
    },
  );
});

describe("check", () => {
  const folder = mkdtempSync(join(tmpdir(), "daozhang-check-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  cpSync(fileURLToPath(new URL("../../rules", import.meta.url)), folder, { recursive: true });
  writeFileSync(
    join(folder, "holds.json"),
    '{\n  "$schema": "holds.schema.json",\n  "rules": [ { "nam": 1 } ]\n}\n',
  );

  test("says what is in the shipped rulebook and exits with 0", async () => {
    const { exitCode, out } = await commandLine(["check", "--today", "2026-03-01"]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(
      /^clean: \d+ channels, \d+ rules, \d+ examples, \d+ calendars {2}\(\w+\+tz\w+\)\n0 errors, 0 warnings; /,
    );
    const { problems, channels } = JSON.parse((await commandLine(["check", "--json"])).out);
    expect([problems, channels > 0]).toEqual([[], true]);
  });

  test("tells every problem with its place, sums up, and exits with 2", async () => {
    const { exitCode, out, err } = await commandLine(["check", "--rules", folder]);
    expect([exitCode, err]).toEqual([2, ""]);
    expect(out).toMatch(
      /holds\.json:3:16 {2}rules\[0\]\.nam\n {2}`nam` is not a key of this object\n {2}did you mean `name`\?\n/,
    );
    expect(out).toMatch(/\n\d+ problems in \d+ files?: this rulebook does not load\n$/);
  });

  test("gives the problems as objects with --json", async () => {
    const { exitCode, out } = await commandLine(["check", "--rules", folder, "--json"]);
    const { problems } = JSON.parse(out);
    expect(exitCode).toBe(2);
    expect(problems).toContainEqual(expect.objectContaining({ line: 3, column: 16, path: "rules[0].nam" }));
  });

  test("other commands tell the same problems on stderr", async () => {
    const { exitCode, out, err } = await commandLine(["channels", "--rules", folder]);
    expect([exitCode, out]).toEqual([2, ""]);
    expect(err).toContain("`nam` is not a key of this object");
  });
});

test("channels are listed in the order of their ids, with the weakest basis of their rules", async () => {
  const listed: { channel: string; rules: number; published: number; basis: string }[] = JSON.parse(
    (await commandLine(["channels", "--json"])).out,
  );
  const ids = listed.map(({ channel }) => channel);
  expect(ids).toEqual([...ids].sort());
  expect(ids).toContain("cn.acquiring");
  for (const { rules, published, basis } of listed) {
    expect(basis).toBe(published === rules ? "published" : "assumed");
  }
});

test.each([
  [{}, true, true],
  [{}, undefined, false],
  [{ TERM: "dumb" }, true, false],
  [{ NO_COLOR: "1" }, true, false],
  [{ NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
  [{ NO_COLOR: "" }, true, true],
  [{ FORCE_COLOR: "1" }, undefined, true],
  [{ CI: "true" }, undefined, false],
])("with %o at a terminal or not (%s) colour is shown: %s", (env, isTerminal, shown) => {
  expect(showsColor(env, isTerminal)).toBe(shown);
});
