import { readFile, writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { RulebookError } from "../errors.js";
import { canonicalText } from "../load/canonical-text.js";
import type { Document } from "../load/document.js";
import { readRoot } from "../load/folder-reader.js";
import { type CommonOptions, withOutput } from "./options.js";
import type { Page } from "./render/page.js";
import { EXIT, type Reply, type RunCommand } from "./reply.js";

interface FmtOptions extends CommonOptions {
  readonly check?: true;
}

export function addFmt(program: Command, runCommand: RunCommand): void {
  withOutput(
    program
      .command("fmt")
      .description("write rules and calendars in their canonical form")
      .argument("[dirs...]", "folders of rules and calendars", ["rules", "calendars"])
      .option("--check", "write nothing, and exit with 1 where a file would change"),
  ).action((dirs: readonly string[], options: FmtOptions) =>
    runCommand(options, () => fmtReply(dirs, options.check === true)),
  );
}

interface FormatResult {
  /** Files that were not in canonical form. */
  readonly changed: readonly string[];
  /** Files without the schema of a rulebook. They stay as they are. */
  readonly leftAlone: readonly string[];
  readonly files: number;
}

/**
 * Formats all files, or none if any cannot be read.
 *
 * @throws RulebookError with all files that cannot be read
 */
async function fmtReply(dirs: readonly string[], checkOnly: boolean): Promise<Reply> {
  const documents = (await Promise.all(dirs.map(readRoot))).flat();
  const problems = documents.flatMap((document) => document.problems);
  if (problems.length > 0) throw new RulebookError(problems);
  const files = await Promise.all(documents.map(formatFile));
  const changes = files.filter(({ before, after }) => after !== undefined && before !== after);
  if (!checkOnly) {
    await Promise.all(changes.map(({ file, after = "" }) => writeFile(file, after)));
  }
  const formatted: FormatResult = {
    changed: changes.map(({ file }) => file),
    leftAlone: files.filter(({ after }) => after === undefined).map(({ file }) => file),
    files: documents.length,
  };
  return {
    json: formatted,
    lines: (page) => linesOf(formatted, checkOnly, page),
    exitCode: checkOnly && changes.length > 0 ? EXIT.findings : EXIT.ok,
  };
}

/** Reads the file itself, because a byte order mark and foreign line ends are not canonical. */
async function formatFile({ file, text = "", json }: Document) {
  return { file, before: await readFile(file, "utf8"), after: canonicalText(text, json) };
}

function linesOf({ changed, leftAlone, files }: FormatResult, checkOnly: boolean, page: Page): string[] {
  const words = page.words.files;
  const summary = checkOnly ? words.wouldFormat : words.formatted;
  const count = files - leftAlone.length;
  return [
    ...changed,
    ...leftAlone.map((file) => `${file}  ${page.colors.dim(words.noSchema)}`),
    changed.length === 0
      ? page.colors.green(words.allFormatted(count))
      : page.colors.yellow(summary(changed.length, count)),
  ];
}
