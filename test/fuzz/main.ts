import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { selectFuzzers, FUZZERS } from "./fuzzers.js";
import { SLOT, type Report, type Work } from "./worker.js";

/**
 * `npm run fuzz -- --seconds N --seed S`: every fuzzer in turn, until the time is up; `--only NAME` runs one of them, with
 * `--round R --path P` the one case that a failure told.
 *
 * A loop without an end cannot be stopped from inside its own thread. So the cases are tried in a thread of their own that
 * counts them in shared memory; where the count stands still for too long, the case is told and the thread is ended.
 */

/**
 * A single case takes some hundred milliseconds at most. What counts is the time that the process was at work, as it may
 * wait long for its turn on a busy machine; one that does nothing at all is ended too, later.
 */
const HANG_MS = 20_000;
const IDLE_FACTOR = 15;
const LOOK_MS = 250;

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
if (![seconds, seed, hangMs].every(Number.isFinite)) throw new Error("--seconds and --seed are numbers");
if (selectFuzzers(values.only).length === 0)
  throw new Error(`there is no fuzzer ${values.only}: ${FUZZERS.map(({ name }) => name).join(", ")}`);

const round = values.round === undefined ? undefined : Number(values.round);
const shared = new SharedArrayBuffer(16);
const numbers = new Int32Array(shared);
const work: Work = { seed: seed | 0, seconds, only: values.only, round, path: values.path, shared };
console.log(round === undefined ? `seed ${work.seed}, ${seconds} seconds` : `round ${round}`);

const worker = new Worker(new URL("./worker.js", import.meta.url), {
  workerData: work,
  resourceLimits: { maxOldGenerationSizeMb: 2048 },
});
const watch = setInterval(look, LOOK_MS);
let beat = -1;
let since = { wallMs: 0, workMs: 0 };

worker.on("message", (reports: readonly Report[]) => {
  clearInterval(watch);
  for (const report of reports) tell(report);
});
worker.on("error", (error) => {
  clearInterval(watch);
  fail("the thread ended", error.stack ?? String(error));
});

function spent(): typeof since {
  const { user, system } = process.cpuUsage();
  return { wallMs: performance.now(), workMs: (user + system) / 1000 };
}

function look(): void {
  const count = Atomics.load(numbers, SLOT.beat);
  const now = spent();
  if (count !== beat) since = now;
  beat = count;
  // Before its first case the thread loads what it needs, which is no case that hangs.
  const limitMs = count === 0 ? Math.max(hangMs, HANG_MS) : hangMs;
  const hangs = now.workMs - since.workMs > limitMs || now.wallMs - since.wallMs > limitMs * IDLE_FACTOR;
  if (!hangs) return;
  clearInterval(watch);
  fail(`no end within ${limitMs} ms`, "");
  void worker.terminate();
}

/** What the thread was at, made again from its seed. */
function fail(what: string, detail: string): void {
  const [at, roundSeed, index] = [SLOT.fuzzer, SLOT.seed, SLOT.index].map(
    (place) => numbers[place] as number,
  ) as [number, number, number];
  const fuzzer = FUZZERS[at];
  process.exitCode = 1;
  console.error(`${fuzzer?.name}: ${what}\n${detail}`);
  console.error(`${fuzzer?.caseAt(roundSeed, index).slice(0, 20_000)}`);
  console.error(`repeat it: npm run fuzz -- --only ${fuzzer?.name} --round ${roundSeed} --path ${index}`);
}

function tell({ name, tried, failures }: Report): void {
  const makes = FUZZERS.find((fuzzer) => fuzzer.name === name)?.description ?? "";
  console.log(`${String(tried).padStart(9)} cases  ${name.padEnd(16)} ${makes}`);
  for (const { seed: roundSeed, path, message } of failures) {
    process.exitCode = 1;
    console.error(`${name}: ${message}`);
    console.error(`repeat it: npm run fuzz -- --only ${name} --round ${roundSeed} --path ${path}`);
  }
}
