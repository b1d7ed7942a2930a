import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/** The house rules, as far as a machine can see them. Each failure says what to do instead. */

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SRC = join(ROOT, "src");

interface Source {
  /** From src/, as in `route/move.ts`. */
  readonly name: string;
  readonly text: string;
  /** Modules of the project, from src/. */
  readonly inside: readonly string[];
  /** Packages. */
  readonly outside: readonly string[];
}

const sources: readonly Source[] = readdirSync(SRC, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => {
    const text = readFileSync(path, "utf8");
    const imports = [...text.matchAll(/(?:from|import|require)[ (]"([^"]+)"/g)].map(
      ([, module]) => module as string,
    );
    return {
      name: relative(SRC, path),
      text,
      inside: imports
        .filter((one) => one.startsWith("."))
        .map((one) => relative(SRC, join(dirname(path), one))),
      outside: imports.filter((one) => !one.startsWith(".")).map(packageOf),
    };
  });

function packageOf(module: string): string {
  const parts = module.split("/");
  return module.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] as string);
}

/** `route` of `route/move.ts`, `timetable` of `timetable.ts`. */
const directoryOf = (name: string): string => (name.split("/")[0] as string).replace(/\.[jt]s$/, "");

/** A directory may import from directories of a lower rank, and from its own. */
const RANKS: Readonly<Record<string, number>> = {
  errors: 0,
  time: 1,
  model: 2,
  load: 3,
  calendar: 3,
  decide: 4,
  route: 4,
  payment: 5,
  pieces: 6,
  answer: 7,
  assess: 8,
  explain: 9,
  analyse: 10,
  timetable: 11,
  live: 12,
  record: 12,
  index: 13,
  core: 13,
  cli: 14,
  build: 15,
};

/** The shortest way from a node of a graph back to itself; undefined where there is none. */
function pathBack(graph: ReadonlyMap<string, readonly string[]>, start: string): string[] | undefined {
  const paths = [[start]];
  const seen = new Set<string>();
  for (const path of paths) {
    for (const next of graph.get(path.at(-1) as string) ?? []) {
      if (next === start) return [...path, start];
      if (!seen.has(next)) paths.push([...path, next]);
      seen.add(next);
    }
  }
  return undefined;
}

/** Packages with one door: the place that may import them. */
const DOORS: Readonly<Record<string, RegExp>> = {
  luxon: /^time\//,
  ajv: /^(load|build)\/validators\.ts$/,
  "date-holidays": /^calendar\//,
  "json-rules-engine": /^decide\//,
  "intl-messageformat": /^explain\//,
  "jsonc-parser": /^load\//,
  typebox: /^model\/schema\//,
  commander: /^cli\//,
  picocolors: /^cli\//,
  "@noble/hashes": /^load\/sha256\.ts$/,
  rolldown: /^build\//,
};

/** Three screens. */
const LINES_MAX = 300;

describe("house rules", () => {
  test("imports go one way", () => {
    const wrong = sources.flatMap(({ name, inside }) =>
      inside
        .filter(
          (imported) => directoryOf(imported) !== directoryOf(name) && directoryOf(imported) !== "errors",
        )
        .filter((imported) => (RANKS[directoryOf(imported)] ?? 99) >= (RANKS[directoryOf(name)] ?? 0))
        .map((imported) => `${name} imports ${imported}: move what both need into a lower directory`),
    );
    expect(wrong).toEqual([]);
  });

  test("no file imports itself, by way of others", () => {
    const imports = new Map(
      sources.map(({ name, inside }) => [name, inside.map((one) => one.replace(/\.js$/, ".ts"))]),
    );
    const circle = sources.map(({ name }) => pathBack(imports, name)).find((path) => path !== undefined);
    expect(circle?.join(" imports ")).toBeUndefined();
  });

  test("no directory imports itself, by way of others", () => {
    const imports = new Map<string, string[]>();
    for (const { name, inside } of sources) {
      const directory = directoryOf(name);
      const others = inside.map(directoryOf).filter((other) => other !== directory);
      imports.set(directory, [...(imports.get(directory) ?? []), ...others]);
    }
    const circle = [...imports.keys()]
      .map((one) => pathBack(imports, one))
      .find((path) => path !== undefined);
    expect(circle?.join(" imports ")).toBeUndefined();
  });

  test("every directory has a rank", () => {
    expect(
      sources.map(({ name }) => directoryOf(name)).filter((directory) => RANKS[directory] === undefined),
    ).toEqual([]);
  });

  test("each package has one door", () => {
    const wrong = sources.flatMap(({ name, outside }) =>
      outside
        .filter((module) => DOORS[module] !== undefined && !DOORS[module].test(name))
        .map((module) => `${name} imports ${module}: ask the directory that has it`),
    );
    expect(wrong).toEqual([]);
  });

  test("only the command line reads the clock", () => {
    const wrong = sources
      .filter(({ name }) => directoryOf(name) !== "cli")
      .filter(({ text }) => /Date\.now\(|new Date\(\)|performance\.now\(|DateTime\.(now|local)\(/.test(text))
      .map(({ name }) => `${name} reads the clock: take the instant as an argument`);
    expect(wrong).toEqual([]);
  });

  test("only load, live, the command line and the build touch the file system", () => {
    const wrong = sources
      .filter(({ name }) => !["load", "live", "cli", "build"].includes(directoryOf(name)))
      .filter(({ text }) => /from "node:(fs|path|child_process)/.test(text))
      .map(({ name }) => `${name} touches the file system: take what was read as an argument`);
    expect(wrong).toEqual([]);
  });

  test("every file is used", () => {
    const used = new Set(sources.flatMap(({ inside }) => inside.map((name) => name.replace(/\.js$/, ".ts"))));
    const doors = ["index.ts", "core.ts", "cli/main.ts", "build/stamp-pack.ts", "build/bundle.ts"];
    const schemas = /^model\/schema\//;
    const idle = sources
      .map(({ name }) => name)
      .filter((name) => !used.has(name) && !doors.includes(name) && !schemas.test(name));
    expect(idle).toEqual([]);
  });

  test("files are one to three screens", () => {
    const long = sources.filter(({ text }) => text.split("\n").length > LINES_MAX).map(({ name }) => name);
    expect(long).toEqual([]);
  });

  test("nothing escapes the types", () => {
    const wrong = sources
      .filter(({ text }) =>
        /\bas any\b|: any\b|@ts-ignore|@ts-expect-error|\w!\.|\w!;/.test(text.replace(/"[^"]*"/g, "")),
      )
      .map(({ name }) => name);
    expect(wrong).toEqual([]);
  });

  test("no module exports `then`: importing it would wait for it", () => {
    const wrong = sources
      .filter(({ text }) => /export (const|function) then\b/.test(text))
      .map(({ name }) => name);
    expect(wrong).toEqual([]);
  });
});

/** What is kept at the top, and nothing that a tool left behind there. */
const TOP = [
  ...[
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "README.zh.md",
    "SECURITY.md",
    "biome.json",
    "calendars",
    "docs",
  ],
  ...["package-lock.json", "package.json", "rules", "src", "test", "tsconfig.json"],
];

/** A copy without a history cannot tell what is kept. */
test.skipIf(!existsSync(join(ROOT, ".git")))("nothing else is kept at the top", () => {
  const kept = execFileSync("git", ["ls-files", "-z"], { cwd: ROOT, encoding: "utf8" }).split("\0");
  const top = new Set(kept.filter((path) => path !== "").map((path) => path.split("/")[0] as string));
  expect([...top].filter((name) => !TOP.includes(name))).toEqual([]);
});
