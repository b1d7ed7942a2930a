import { execFileSync, type StdioOptions } from "node:child_process";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { assessAgainstWhen } from "./assess.js";
import { batchAgainstJson } from "./batch.js";
import type { Bench, Finding } from "./bench.js";
import { businessDays } from "./business-days.js";
import { columnsAgainstHand, whenAgainstHand } from "./hand.js";
import { loading } from "./load.js";
import { manyRules } from "./many-rules.js";
import { whenAgainstEngines } from "./when.js";

/**
 * `npm run bench` for people, `npm run bench -- --json` for machines (the last line); `--only KEY` runs one, `--lines N` for
 * `batch`. Each runs in a process of its own, so that none meets the memory and the compiled code that another has left.
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
    /** Runs the one here, and prints what was found as JSON. */
    here: { type: "boolean" },
  },
});

const keyOf = ({ wanted }: Bench): string => Object.keys(wanted)[0] as string;
const chosen = BENCHES.filter(
  ({ wanted }) => options.only === undefined || Object.hasOwn(wanted, options.only),
);
if (chosen.length === 0) throw new Error(`no benchmark finds ${options.only}`);
if (options.here === true) {
  console.log(JSON.stringify(await (chosen[0] as Bench).run({ lines: Number(options.lines) })));
} else {
  report(chosen.map((bench) => [bench, elsewhere(bench)] as const));
}

function elsewhere(bench: Bench): Finding {
  const here = [fileURLToPath(import.meta.url), "--here", "--only", keyOf(bench), "--lines", options.lines];
  const stdio: StdioOptions = ["ignore", "pipe", "inherit"];
  const found = JSON.parse(execFileSync(process.execPath, here, { encoding: "utf8", stdio })) as Finding;
  if (options.json !== true) tell(bench, found);
  return found;
}

function tell({ wanted, measures, unfair }: Bench, { values, detail }: Finding): void {
  for (const [key, value] of Object.entries(values))
    console.log(`${key}  ${round(value)}  (wanted: ${wanted[key]})`);
  console.log(`  measures: ${measures}\n  may be unfair: ${unfair}\n  ${detail}\n`);
}

function report(findings: readonly (readonly [Bench, Finding])[]): void {
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

/** Three digits that matter. */
function round(value: number): number {
  return Number(value.toPrecision(3));
}
