import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { addAssess } from "./assess.js";
import { addBatch } from "./batch.js";
import { addCalendar } from "./calendar.js";
import { addChannels } from "./channels.js";
import { addCheck } from "./check.js";
import { addCompare } from "./compare.js";
import { addDiff } from "./diff.js";
import { addFmt } from "./fmt.js";
import { addInit } from "./init.js";
import { addLatest } from "./latest.js";
import { addProfile } from "./profile.js";
import { addReplay } from "./replay.js";
import { EXIT, type RunCommand, runHandler } from "./reply.js";
import { addRules } from "./rules.js";
import { addStory } from "./story.js";
import type { Terminal } from "./terminal.js";
import { addTest } from "./test-examples.js";
import { addWhen } from "./when.js";

/** All commands, in the order of the help text. */
const COMMANDS: readonly ((program: Command, runCommand: RunCommand) => void)[] = [
  addWhen,
  addAssess,
  addLatest,
  addProfile,
  addCompare,
  addBatch,
  addCalendar,
  addChannels,
  addRules,
  addCheck,
  addTest,
  addDiff,
  addInit,
  addFmt,
  addReplay,
  addStory,
];

/** Runs a command line, given without the name of the program, and returns its exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT.ok;
  const runCommand: RunCommand = async (options, handler) => {
    exitCode = await runHandler(terminal, options, handler);
  };
  const program = programFor(terminal);
  for (const add of COMMANDS) add(program, runCommand);
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.noAnswer;
    throw error;
  }
}

/** Settings of all commands, which must be set before a command is added. */
const programFor = ({ out, err, color }: Terminal): Command =>
  new Command("daozhang")
    .description("When should my money arrive, and is this delay normal?")
    .version(version(), "-V, --version", "print the version")
    .configureOutput({
      writeOut: out,
      writeErr: err,
      getOutHasColors: () => color.out,
      getErrHasColors: () => color.err,
      getOutHelpWidth: () => 80,
      getErrHelpWidth: () => 80,
    })
    .helpOption("-h, --help", "print what it takes")
    .helpCommand("help [command]", "print what a command takes")
    .exitOverride();

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return (manifest as { version: string }).version;
}
