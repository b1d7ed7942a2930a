#!/usr/bin/env node
import { run } from "./program.js";
import { EXIT } from "./reply.js";
import { processTerminal } from "./terminal.js";

/** What is thrown here is a fault of the program, never of its user, and its trace is wanted. */
process.exitCode = await run(process.argv.slice(2), processTerminal()).catch((fault: unknown) => {
  console.error(fault);
  return EXIT.noAnswer;
});
