import { readFile, writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { RulebookError } from "../errors.js";
import { canonicalText } from "../load/canonical-text.js";
import type { Document } from "../load/document.js";
import { readRoot } from "../load/folder-reader.js";
import { FILE_WORDS } from "./file-words.js";
import { type CommonOptions, withOutput } from "./options.js";
import { type Ask, EXIT, type Page, type Reply } from "./reply.js";

interface FmtOptions extends CommonOptions {
  readonly check?: true;
}

export function addFmt(program: Command, ask: Ask): void {
  withOutput(
    program
      .command("fmt")
      .description("write rules and calendars in their canonical form")
      .argument("[dirs...]", "folders of rules and calendars", ["rules", "calendars"])
      .option("--check", "write nothing, and exit with 1 where a file would change"),
  ).action((dirs: readonly string[], options: FmtOptions) =>
    ask(options, () => fmtReply(dirs, options.check === true)),
  );
}

interface Formatted {
  /** Files that were not in canonical form. */
  readonly changed: readonly string[];
  /** Files that name no schema of a rulebook, and stay as they are. */
  readonly leftAlone: readonly string[];
  readonly files: number;
}

/** Nothing is written while anything below the folders cannot be read. @throws RulebookError */
async function fmtReply(dirs: readonly string[], checkOnly: boolean): Promise<Reply> {
  const documents = (await Promise.all(dirs.map(readRoot))).flat();
  const problems = documents.flatMap((document) => document.problems);
  if (problems.length > 0) throw new RulebookError(problems);
  const looked = await Promise.all(documents.map(rewritten));
  const changes = looked.filter(({ before, after }) => after !== undefined && before !== after);
  if (!checkOnly) {
    await Promise.all(changes.map(({ file, after = "" }) => writeFile(file, after)));
  }
  const formatted: Formatted = {
    changed: changes.map(({ file }) => file),
    leftAlone: looked.filter(({ after }) => after === undefined).map(({ file }) => file),
    files: documents.length,
  };
  return {
    json: formatted,
    lines: (page) => linesOf(formatted, checkOnly, page),
    exitCode: checkOnly && changes.length > 0 ? EXIT.findings : EXIT.ok,
  };
}

/** What is compared is the file itself: a mark at its start and line ends of another system are not canonical. */
async function rewritten({ file, text = "", json }: Document) {
  return { file, before: await readFile(file, "utf8"), after: canonicalText(text, json) };
}

function linesOf({ changed, leftAlone, files }: Formatted, checkOnly: boolean, page: Page): string[] {
  const words = FILE_WORDS[page.locale];
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
