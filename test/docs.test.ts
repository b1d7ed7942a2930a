import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildOnce, commandLine } from "./support/command-line.js";

/** The documents are true: commands print what is shown, programs run, files of the guides load, links lead somewhere. */

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const read = (document: string): string => readFileSync(join(ROOT, document), "utf8");

const DOCUMENTS = [
  ...["README.md", "README.zh.md", "SECURITY.md", "src/README.md", "rules/README.md", "calendars/README.md"],
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

interface Command {
  readonly args: readonly string[];
  readonly output: string;
}

/** Blocks ```console, each a command and what it prints. */
const commandsIn = (document: string): Command[] =>
  [...read(document).matchAll(/^```console\n\$ npx daozhang ((?:.*\\\n)*.*)\n([\s\S]*?)^```/gm)].map(
    ([, command, output]) => ({
      args: (command as string).replaceAll("\\\n", " ").trim().split(/\s+/),
      output: (output as string).trimEnd(),
    }),
  );

describe.each(["README.md", "README.zh.md"])("%s", (document) => {
  test.each(commandsIn(document))("prints what `daozhang $args` prints", async ({ args, output }) => {
    const { out } = await commandLine(args);
    expect(out.trimEnd()).toBe(output);
  });
});

/** The files of a guide, blocks ```json PATH, are a rulebook; opening it proves its examples. */
describe.each(["docs/operators.md", "docs/zh/operators.md"])("%s", (document) => {
  const folder = mkdtempSync(join(tmpdir(), "daozhang-guide-"));

  beforeAll(() => {
    for (const [, path, json] of read(document).matchAll(/^```json (\S+)\n([\s\S]*?)^```/gm)) {
      const file = join(folder, path as string);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, json as string);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(commandsIn(document))("prints what `daozhang $args` prints", async ({ args, output }) => {
    const inFolder = args.map((arg) => (arg === "rules" || arg === "calendars" ? join(folder, arg) : arg));
    const { out, err } = await commandLine(inFolder);
    expect(err).toBe("");
    expect(out.trimEnd()).toBe(output);
  });
});

/** All programs of a document are one: later ones use what earlier ones declare. */
describe.each(["README.md", "README.zh.md", "docs/api.md"])("the program of %s", (document) => {
  beforeAll(buildOnce, 120_000);

  test("runs, and prints what its comments say", () => {
    const blocks = [...read(document).matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code]) => code as string);
    const program = blocks.join("\n").replaceAll(" as const", "");
    const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
      cwd: ROOT,
      encoding: "utf8",
    });
    const comments = [...program.matchAll(/console\.log\(.*\);\s*\/\/ (.*)$/gm)].map(
      ([, comment]) => comment,
    );
    expect(comments.length).toBeGreaterThan(1);
    expect(printed.trimEnd().split("\n")).toEqual(comments);
  });
});

test.each(DOCUMENTS)("%s links to files that exist", (document) => {
  const links = [...read(document).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link]) => link as string);
  expect(links.filter((link) => !existsSync(join(ROOT, dirname(document), link)))).toEqual([]);
});

test("docs/licences.md justifies every run-time dependency", () => {
  const { dependencies } = JSON.parse(read("package.json")) as { dependencies: object };
  const table = read("docs/licences.md");
  expect(Object.keys(dependencies).filter((name) => !table.includes(name))).toEqual([]);
});
