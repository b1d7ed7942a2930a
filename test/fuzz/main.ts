import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { FUZZERS, selectFuzzers } from "./fuzzers.js";
import { type Report, SLOT, type Work } from "./worker.js";

/**
 * `npm run fuzz -- --seconds N --seed S` runs all fuzzers in turn. `--only NAME` runs one of them; with `--round R
 * --path P`, it runs the one case of a reported failure.
 *
 * Cases run in a worker thread, because an endless loop can only be stopped from outside. The worker counts cases in
 * shared memory. If the count stops, the main thread prints the case and ends the worker.
 */

/**
 * The CPU time after which a case counts as endless. A case takes some hundred milliseconds at most. CPU time is used
 * because a busy machine may delay the process; an idle case is ended after `IDLE_FACTOR` times as long.
 */
const HANG_MS = 20_000;
const IDLE_FACTOR = 15;
const CHECK_INTERVAL_MS = 250;

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "20" },
    seed: { type: "string", default: process.env.SEED ?? String(Math.floor(Math.random() * 2 ** 30)) },
    only: { type: "string" },
    round: { type: "string" },
    path: { type: "string" },
    "hang-ms": { type: "string", default: String(HANG_MS) },
  },
});

const [seconds, seed, hangMs] = [values.seconds, values.seed, values["hang-ms"]].map(Number) as [
  number,
  number,
  number,
];
if (![seconds, seed, hangMs].every(Number.isFinite)) throw new Error("--seconds and --seed are counters");
if (selectFuzzers(values.only).length === 0)
  throw new Error(`there is no fuzzer ${values.only}: ${FUZZERS.map(({ name }) => name).join(", ")}`);

const round = values.round === undefined ? undefined : Number(values.round);
const shared = new SharedArrayBuffer(16);
const counters = new Int32Array(shared);
const work: Work = { seed: seed | 0, seconds, only: values.only, round, path: values.path, shared };
console.log(round === undefined ? `seed ${work.seed}, ${seconds} seconds` : `round ${round}`);

const worker = new Worker(new URL("./worker.js", import.meta.url), {
  workerData: work,
  resourceLimits: { maxOldGenerationSizeMb: 2048 },
});
const watch = setInterval(checkProgress, CHECK_INTERVAL_MS);
let lastCount = -1;
let since = { wallMs: 0, workMs: 0 };

worker.on("message", (reports: readonly Report[]) => {
  clearInterval(watch);
  for (const report of reports) printReport(report);
});
worker.on("error", (error) => {
  clearInterval(watch);
  fail("the thread ended", error.stack ?? String(error));
});

function elapsed(): typeof since {
  const { user, system } = process.cpuUsage();
  return { wallMs: performance.now(), workMs: (user + system) / 1000 };
}

function checkProgress(): void {
  const count = Atomics.load(counters, SLOT.caseCount);
  const now = elapsed();
  if (count !== lastCount) since = now;
  lastCount = count;
  // Loading modules before the first case may take longer than a short limit.
  const limitMs = count === 0 ? Math.max(hangMs, HANG_MS) : hangMs;
  const hangs = now.workMs - since.workMs > limitMs || now.wallMs - since.wallMs > limitMs * IDLE_FACTOR;
  if (!hangs) return;
  clearInterval(watch);
  fail(`no end within ${limitMs} ms`, "");
  void worker.terminate();
}

/** Prints the current case of the worker, regenerated from its seed. */
function fail(what: string, detail: string): void {
  const [at, roundSeed, index] = [SLOT.fuzzer, SLOT.seed, SLOT.index].map(
    (place) => counters[place] as number,
  ) as [number, number, number];
  const fuzzer = FUZZERS[at];
  process.exitCode = 1;
  console.error(`${fuzzer?.name}: ${what}\n${detail}`);
  console.error(`${fuzzer?.caseAt(roundSeed, index).slice(0, 20_000)}`);
  console.error(`repeat it: npm run fuzz -- --only ${fuzzer?.name} --round ${roundSeed} --path ${index}`);
}

function printReport({ name, tried, failures }: Report): void {
  const description = FUZZERS.find((fuzzer) => fuzzer.name === name)?.description ?? "";
  console.log(`${String(tried).padStart(9)} cases  ${name.padEnd(16)} ${description}`);
  for (const { seed: roundSeed, path, message } of failures) {
    process.exitCode = 1;
    console.error(`${name}: ${message}`);
    console.error(`repeat it: npm run fuzz -- --only ${name} --round ${roundSeed} --path ${path}`);
  }
}
