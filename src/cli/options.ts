import { type Command, Option } from "commander";
import type { Locale } from "../index.js";
import type { Terminal } from "./terminal.js";

/** What every command takes. */
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

/** For a command that names its folders itself. */
export const withOutput = (command: Command): Command =>
  command
    .option("--json", "print the answer as JSON")
    .addOption(
      new Option("--lang <lang>", "language of the answer (default: the terminal's)").choices(["zh", "en"]),
    );

/** The language asked for, else that of the environment in the order of POSIX: Chinese, or else English. */
export function localeOf({ lang }: CommonOptions, env: Terminal["env"]): Locale {
  const told = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== "");
  return lang ?? (told?.startsWith("zh") ? "zh" : "en");
}
