import { readFileSync } from "node:fs";

/** Runs in its own process, with the path of a file of JSON lines: parses and writes each line, and prints how long that took. */

const lines = readFileSync(process.argv[2] ?? "", "utf8")
  .trimEnd()
  .split("\n");
const start = performance.now();
let length = 0;
for (const line of lines) length += JSON.stringify(JSON.parse(line)).length;
console.log(JSON.stringify({ ms: performance.now() - start, length }));
