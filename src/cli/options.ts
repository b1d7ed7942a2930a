import { type Command, Option } from "commander";
import type { Locale } from "../index.js";
import type { Terminal } from "./terminal.js";

/** Options of every command. */
export interface CommonOptions {
  readonly json?: true;
  readonly lang?: Locale;
  readonly rules?: string;
  readonly calendars?: string;
}

export const withCommon = (command: Command): Command =>
  withOutput(command)
    .option("--rules <dir>", "folder of rules (default: the shipped ones)")
    .option("--calendars <dir>", "folder of calendars (default: the shipped ones)");

/** The options of output alone, for a command that takes its folders as arguments. */
export const withOutput = (command: Command): Command =>
  command
    .option("--json", "print the answer as JSON")
    .addOption(
      new Option("--lang <lang>", "language of the answer (default: the terminal's)").choices(["zh", "en"]),
    );

/** The language of `--lang`, else of the environment variables in POSIX order. Any but Chinese means English. */
export function localeOf({ lang }: CommonOptions, env: Terminal["env"]): Locale {
  const variables = [env.LC_ALL, env.LC_MESSAGES, env.LANG];
  const first = variables.find((value) => value !== undefined && value !== "");
  return lang ?? (first?.startsWith("zh") ? "zh" : "en");
}
