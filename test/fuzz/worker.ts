import { parentPort, workerData } from "node:worker_threads";
import type { Fuzzer, Outcome } from "./fuzzer.js";
import { selectFuzzers, FUZZERS } from "./fuzzers.js";

/** The thread that tries cases, round after round; what it is at stands in shared memory, where the watch sees it. */

export interface Work {
  readonly seed: number;
  readonly seconds: number;
  readonly only: string | undefined;
  /** One round alone, and in it one case alone. */
  readonly round: number | undefined;
  readonly path: string | undefined;
  readonly shared: SharedArrayBuffer;
}

/** The places of the shared numbers: which fuzzer, the seed of its round, which case of it, and a count that must move. */
export const SLOT = { fuzzer: 0, seed: 1, index: 2, beat: 3 } as const;

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
/** A fuzzer that has failed so often is not asked again. */
const FAILURES_MAX = 3;

async function work({ seed, seconds, only, round, path, shared }: Work): Promise<Report[]> {
  const numbers = new Int32Array(shared);
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
      numbers[SLOT.fuzzer] = index;
      numbers[SLOT.seed] = roundSeed;
      const begins = (at: number): void => {
        numbers[SLOT.index] = at;
        Atomics.add(numbers, SLOT.beat, 1);
      };
      const found = await fuzzer.round({ seed: roundSeed, ms, runs: RUNS_MAX, path, onCase: begins });
      addOutcome(reports.get(fuzzer.name), roundSeed, found);
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
  found: Outcome,
): void {
  if (report === undefined) return;
  report.tried += found.tried;
  if (found.failure !== undefined) report.failures.push({ seed, ...found.failure });
}

if (parentPort !== null) parentPort.postMessage(await work(workerData as Work));
