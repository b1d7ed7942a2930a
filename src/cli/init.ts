import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { fileMessages, RulebookError } from "../errors.js";
import type { Timetable } from "../index.js";
import { canonicalText } from "../load/canonical-text.js";
import { SAMPLE_COMMAND, TEMPLATE } from "./init-template.js";
import { type CommonOptions, withOutput } from "./options.js";
import { layerLines } from "./render/layers.js";
import type { Reply, RunCommand } from "./reply.js";
import { readmeText } from "./words/init-readme.js";

export function addInit(program: Command, runCommand: RunCommand): void {
  withOutput(
    program
      .command("init")
      .description("lay out a rulebook of one's own, on top of the shipped one")
      .argument("<dir>", "a new or empty folder"),
  ).action((dir: string, options: CommonOptions) =>
    runCommand({ ...options, ...foldersOf(dir) }, async ({ timetable, locale }) => {
      await requireEmpty(dir);
      const texts = {
        ...filesFor(dir),
        "README.md": readmeText(locale, { ...foldersOf(dir), sampleCommand: SAMPLE_COMMAND }),
      };
      for (const [path, text] of Object.entries(texts)) await writeNewFile(join(dir, path), text);
      return initReply(dir, Object.keys(texts), await timetable());
    }),
  );
}

const foldersOf = (dir: string) => ({ rules: join(dir, "rules"), calendars: join(dir, "calendars") });

/** @throws RulebookError if the folder has any content, so that no file is overwritten */
async function requireEmpty(dir: string): Promise<void> {
  const found = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new RulebookError([{ file: dir, ...fileMessages.notAFolder(error.code ?? String(error)) }]);
  });
  if (found.length > 0) throw new RulebookError([{ file: dir, ...fileMessages.notEmpty(found.sort()) }]);
}

async function writeNewFile(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: "wx" });
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new RulebookError([{ file: path, ...fileMessages.notWritten(code) }]);
  }
}

function filesFor(dir: string): Record<string, string> {
  const schemas = schemaFolder(dir);
  const entries = Object.entries(TEMPLATE).map(([path, { kind, json }]) => {
    const link = relative(dirname(resolve(dir, path)), join(schemas, `${kind}.schema.json`));
    const whole = { $schema: link.replaceAll(sep, "/"), ...json };
    return [path, canonicalText("", whole) ?? ""];
  });
  return Object.fromEntries(entries);
}

/** The schemas of the package that an enclosing project has installed, else of the running package. */
function schemaFolder(dir: string): string {
  const installed = join("node_modules", "daozhang", "src", "model", "schema");
  for (let at = resolve(dir); at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, installed))) return join(at, installed);
  }
  return fileURLToPath(new URL("../../src/model/schema", import.meta.url));
}

function initReply(dir: string, files: readonly string[], { version, layers }: Timetable): Reply {
  const { rules, calendars } = foldersOf(dir);
  const folders = `--rules ${rules} --calendars ${calendars}`;
  const next = {
    check: `daozhang check ${folders}`,
    when: `${SAMPLE_COMMAND} ${folders}`,
    readme: join(dir, "README.md"),
  };
  return {
    json: { folder: dir, files, layers: layers(), version, next: [next.check, next.when] },
    lines: (page) => {
      const words = page.words.files;
      return [
        page.colors.green(words.created(files.length, dir)),
        ...layerLines(layers(), page),
        `${words.next}:`,
        ...(["check", "when", "readme"] as const).map(
          (step) => `  ${words.nextSteps[step]}\n    ${next[step]}`,
        ),
      ];
    },
  };
}
