import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { buildOnce, commandLine } from "./support/command-line.js";

/** What the README shows is what there is: its commands print what it prints, its program runs, its links lead somewhere. */

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const README = readFileSync(join(ROOT, "README.md"), "utf8");

const blocks = (kind: string): string[] =>
  README.split(/^```/m)
    .filter((part) => part.startsWith(`${kind}\n`))
    .map((part) => part.slice(kind.length + 1));

describe("README.md", () => {
  const shown = blocks("console").map((block) => {
    const lines = block.replaceAll("\\\n", " ").split("\n");
    const [command = "", ...output] = lines;
    return { args: command.replace("$ npx daozhang ", "").trim().split(/\s+/), output: output.join("\n") };
  });

  test("shows at least a yes and a no", () => {
    expect(shown.length).toBeGreaterThanOrEqual(2);
  });

  test.each(shown)("prints what `daozhang $args` prints", async ({ args, output }) => {
    const { out } = await commandLine(args);
    expect(out.trimEnd()).toBe(output.trimEnd());
  });

  describe("the program", () => {
    beforeAll(buildOnce, 120_000);

    test("runs, and prints what its comments say", () => {
      const [program] = blocks("ts");
      const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", program ?? ""], {
        cwd: ROOT,
        encoding: "utf8",
      });
      const said = [...(program ?? "").matchAll(/console\.log\(.*\);\s*\/\/ (.*)$/gm)].map(
        ([, comment]) => comment,
      );
      expect(said.length).toBeGreaterThan(3);
      expect(printed.trimEnd().split("\n")).toEqual(said);
    });
  });

  test("links to files that exist", () => {
    const links = [...README.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => link as string);
    expect(links.filter((link) => !existsSync(join(dirname(join(ROOT, "README.md")), link)))).toEqual([]);
  });

  test("justifies every run-time dependency", () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { dependencies: object };
    const table = README.slice(README.indexOf("## Dependencies"));
    expect(Object.keys(manifest.dependencies).filter((name) => !table.includes(name))).toEqual([]);
  });
});
