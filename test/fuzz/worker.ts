import { parentPort, workerData } from "node:worker_threads";
import type { Fuzzer, Outcome } from "./fuzzer.js";
import { FUZZERS, selectFuzzers } from "./fuzzers.js";

/** The worker thread that runs cases in rounds. Its progress is in shared memory. */

export interface Work {
  readonly seed: number;
  readonly seconds: number;
  readonly only: string | undefined;
  /** Runs only this round, and in it only the case at `path`. */
  readonly round: number | undefined;
  readonly path: string | undefined;
  readonly shared: SharedArrayBuffer;
}

/** The slots of the shared array: fuzzer index, seed of the round, case index, and a counter of cases. */
export const SLOT = { fuzzer: 0, seed: 1, index: 2, caseCount: 3 } as const;

export interface Report {
  readonly name: string;
  readonly tried: number;
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly seed: number;
  readonly path: string;
  readonly message: string;
}

const ROUND_MS = 2000;
const RUNS_MAX = 1_000_000;
/** A fuzzer with this many failures stops. */
const FAILURES_MAX = 3;

async function work({ seed, seconds, only, round, path, shared }: Work): Promise<Report[]> {
  const counters = new Int32Array(shared);
  const fuzzers = selectFuzzers(only).map((index) => ({ fuzzer: FUZZERS[index] as Fuzzer, index }));
  const reports = new Map(
    fuzzers.map(({ fuzzer }) => [fuzzer.name, { tried: 0, failures: [] as Failure[] }]),
  );
  const end = performance.now() + seconds * 1000;
  const ms = Math.min(ROUND_MS, Math.max(50, (seconds * 1000) / fuzzers.length));
  for (let turn = 0; turn === 0 || (performance.now() < end && hasWork(reports)); turn++) {
    for (const { fuzzer, index } of fuzzers) {
      if ((reports.get(fuzzer.name)?.failures.length ?? 0) >= FAILURES_MAX) continue;
      const roundSeed = round ?? (Math.imul(seed, 1_000_003) + turn) | 0;
      counters[SLOT.fuzzer] = index;
      counters[SLOT.seed] = roundSeed;
      const onCase = (at: number): void => {
        counters[SLOT.index] = at;
        Atomics.add(counters, SLOT.caseCount, 1);
      };
      const outcome = await fuzzer.round({ seed: roundSeed, ms, runs: RUNS_MAX, path, onCase });
      addOutcome(reports.get(fuzzer.name), roundSeed, outcome);
      if (round !== undefined || (performance.now() > end && turn > 0)) break;
    }
    if (round !== undefined) break;
  }
  return [...reports].map(([name, report]) => ({ name, ...report }));
}

const hasWork = (reports: ReadonlyMap<string, { failures: readonly unknown[] }>): boolean =>
  [...reports.values()].some(({ failures }) => failures.length < FAILURES_MAX);

function addOutcome(
  report: { tried: number; failures: Failure[] } | undefined,
  seed: number,
  outcome: Outcome,
): void {
  if (report === undefined) return;
  report.tried += outcome.tried;
  if (outcome.failure !== undefined) report.failures.push({ seed, ...outcome.failure });
}

if (parentPort !== null) parentPort.postMessage(await work(workerData as Work));
