import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { assessAgainstWhen } from "./assess.js";
import { batchAgainstJson } from "./batch.js";
import type { Bench } from "./bench.js";
import { businessDays } from "./business-days.js";
import { columnsAgainstHand, whenAgainstHand } from "./hand.js";
import { loading } from "./load.js";
import { manyRules } from "./many-rules.js";
import { assertWorked } from "./timing.js";
import { whenAgainstEngines } from "./when.js";

/** `npm run bench` for people, `npm run bench -- --json` for machines (the last line); `--only KEY` runs one, `--lines N` for `batch`. */

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

const { json, only, lines } = parseArgs({
  options: {
    json: { type: "boolean" },
    only: { type: "string" },
    lines: { type: "string", default: "1000000" },
  },
}).values;

const machine = {
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
};
const found: Record<string, number> = {};
const tell = (text: string): void => {
  if (json !== true) console.log(text);
};

tell(Object.values(machine).join(", "));
const chosen = BENCHES.filter(({ wanted }) => only === undefined || Object.hasOwn(wanted, only));
if (chosen.length === 0) throw new Error(`no benchmark finds ${only}`);
for (const { wanted, measures, unfair, run } of chosen) {
  const { values, detail, fault } = await run({ lines: Number(lines) });
  Object.assign(found, values);
  for (const [key, value] of Object.entries(values))
    tell(`\n${key}  ${round(value)}  (wanted: ${wanted[key]})`);
  tell(`  measures: ${measures}\n  may be unfair: ${unfair}\n  ${detail}`);
  if (fault !== undefined) {
    console.error(`  wrong: ${fault}`);
    process.exitCode = 1;
  }
}
if (only === undefined) assertWorked();
if (json === true) {
  const rounded = Object.entries(found).map(([key, value]) => [key, round(value)]);
  console.log(JSON.stringify({ ...Object.fromEntries(rounded), machine }));
}

/** Three digits that matter. */
function round(value: number): number {
  return Number(value.toPrecision(3));
}
