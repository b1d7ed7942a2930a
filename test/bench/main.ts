import { execFileSync, type StdioOptions } from "node:child_process";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { assessAgainstWhen } from "./assess.js";
import { batchAgainstJson } from "./batch.js";
import type { Bench, Result } from "./bench.js";
import { businessDays } from "./business-days.js";
import { columnsAgainstHand, whenAgainstHand } from "./hand.js";
import { loading } from "./load.js";
import { manyRules } from "./many-rules.js";
import { whenAgainstEngines } from "./when.js";

/**
 * `npm run bench` prints a report, `npm run bench -- --json` JSON in its last line; `--only KEY` runs one benchmark, `--lines N`
 * is for `batch`. Each benchmark runs in its own process, so that none is affected by the heap and compiled code of another.
 */

const BENCHES: readonly Bench[] = [
  whenAgainstEngines,
  whenAgainstHand,
  columnsAgainstHand,
  manyRules,
  businessDays,
  batchAgainstJson,
  assessAgainstWhen,
  loading,
];

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean" },
    only: { type: "string" },
    lines: { type: "string", default: "1000000" },
    /** Runs the one benchmark in this process, and prints its result as JSON. */
    here: { type: "boolean" },
  },
});

const keyOf = ({ targets: wanted }: Bench): string => Object.keys(wanted)[0] as string;
const chosen = BENCHES.filter(
  ({ targets: wanted }) => options.only === undefined || Object.hasOwn(wanted, options.only),
);
if (chosen.length === 0) throw new Error(`no benchmark finds ${options.only}`);
if (options.here === true) {
  console.log(JSON.stringify(await (chosen[0] as Bench).run({ lines: Number(options.lines) })));
} else {
  report(chosen.map((bench) => [bench, runInProcess(bench)] as const));
}

function runInProcess(bench: Bench): Result {
  const here = [fileURLToPath(import.meta.url), "--here", "--only", keyOf(bench), "--lines", options.lines];
  const stdio: StdioOptions = ["ignore", "pipe", "inherit"];
  const found = JSON.parse(execFileSync(process.execPath, here, { encoding: "utf8", stdio })) as Result;
  if (options.json !== true) printResult(bench, found);
  return found;
}

function printResult(
  { targets: wanted, measures, caveats: unfair }: Bench,
  { values, detail }: Result,
): void {
  for (const [key, value] of Object.entries(values))
    console.log(`${key}  ${round(value)}  (wanted: ${wanted[key]})`);
  console.log(`  measures: ${measures}\n  may be unfair: ${unfair}\n  ${detail}\n`);
}

function report(findings: readonly (readonly [Bench, Result])[]): void {
  const machine = {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
  };
  for (const [, { fault }] of findings) {
    if (fault === undefined) continue;
    console.error(`wrong: ${fault}`);
    process.exitCode = 1;
  }
  const values = findings.flatMap(([, found]) => Object.entries(found.values));
  const rounded = Object.fromEntries(values.map(([key, value]) => [key, round(value)]));
  if (options.json === true) console.log(JSON.stringify({ ...rounded, machine }));
  else console.log(Object.values(machine).join(", "));
}

/** Three significant digits. */
function round(value: number): number {
  return Number(value.toPrecision(3));
}
