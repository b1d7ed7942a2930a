import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { buildOnce } from "../support/command-line.js";

/** The bundles that `npm run build` makes answer, and refuse, as the library does. */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
beforeAll(buildOnce, 120_000);

/** Loads a module, and prints the date of an answer and the problems of a rulebook with six faults. */
const PROGRAM = `
  const { createRequire } = require("node:module");
  const { readdirSync, readFileSync } = require("node:fs");
  const folder = (name) => Object.fromEntries(
    readdirSync(name, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".json"))
      .map((file) => [file, JSON.parse(readFileSync(name + "/" + file, "utf8"))]));
  (async () => {
    const [path, how] = process.argv.slice(1);
    const module = how === "require" ? require(path) : await import(path);
    module.provideHolidays?.(require("date-holidays"), require("date-holidays/package.json").version);
    const parsed = { rules: folder("rules"), calendars: folder("calendars") };
    const timetable = module.compileTimetable(parsed);
    const payment = { channel: "cn.acquiring", settlement: "t1", amount: "1000", initiatedAt: "2026-02-13T23:00:00+08:00" };
    const { expected, version } = timetable.when(payment);
    const rules = parsed.rules["channels/cn.acquiring.json"].rules;
    rules[0].evnt = 1;
    rules[1].event.params.steps[0].calendar = "cn.hvpx";
    parsed.rules["holds.json"].rules[0].name = "ä";
    parsed.rules["systems.json"].systems.hvps.zone = "X";
    parsed.rules["channels/cn.hvps.json"].rules[0].event.type = "rout";
    parsed.calendars["cn.fx.json"].coverage = { from: "2020-02-30" };
    let problems;
    try { module.compileTimetable(parsed); } catch (error) { ({ problems } = error); }
    console.log(JSON.stringify({ expected, version, problems }));
  })();
`;

interface Printed {
  readonly expected: string;
  readonly version: string;
  readonly problems: readonly { readonly path: string }[];
}

function printedBy(path: string, how: "import" | "require"): Printed {
  const flags = how === "require" ? ["--no-experimental-require-module"] : [];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, "--eval", PROGRAM, "--", join(ROOT, path), how],
    { cwd: ROOT, encoding: "utf8" },
  );
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Printed;
}

describe("the bundles", () => {
  test.each([
    ["dist/core.bundle.js", "import"],
    ["dist/cjs/core.js", "require"],
    ["dist/cjs/index.js", "require"],
  ] as const)(
    "%s answers and refuses as the library does",
    (path, how) => {
      const printed = printedBy(path, how);
      expect(printed.expected).toBe("2026-02-24T10:00:00+08:00");
      const paths = printed.problems.map((problem) => problem.path).join(" ");
      for (const fault of ["evnt", "calendar", "name", "zone", "type", "coverage"])
        expect(paths).toContain(fault);
      expect(printed).toEqual(printedBy("dist/index.js", "import"));
    },
    60_000,
  );

  test.each(["dist/core.bundle.js", "dist/cjs/core.js"])("%s needs no module and makes no code", (path) => {
    const text = readFileSync(join(ROOT, path), "utf8");
    expect(text).not.toMatch(/(from|import|require)\s*\(?\s*["'`](node:|fs|path|vm|module|crypto)/);
    expect(text).not.toMatch(/\bimport\s*[{*"'`]|\bnew Function\b|\beval\(/);
  });

  test("CommonJS has the declarations of both entrances", () => {
    const files = readdirSync(join(ROOT, "dist/cjs"));
    expect(files).toEqual(expect.arrayContaining(["core.d.ts", "index.d.ts", "package.json"]));
  });
});
