#!/usr/bin/env node
import { run } from "./program.js";
import { EXIT } from "./reply.js";
import { processTerminal } from "./terminal.js";

/** Errors of the user never get here, so this prints the stack trace of a bug. */
process.exitCode = await run(process.argv.slice(2), processTerminal()).catch((error: unknown) => {
  console.error(error);
  return EXIT.noAnswer;
});
