import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type * as Library from "../../src/index.js";

/**
 * Runs in its own process, with the path of the built library: opens the shipped pack, answers once, and prints the time and
 * heap of that. Then asks about a date that is only projected.
 */

const NOW = {
  channel: "cn.acquiring",
  settlement: "t1",
  amount: "1000.00",
  initiatedAt: "2026-02-13T23:30:00+08:00",
};
const PROJECTED = { ...NOW, initiatedAt: "2028-02-13T23:30:00+08:00" };

const { cache } = createRequire(import.meta.url);
/** Except for its manifest, which is read for the release of its lists. */
const holidaysLoaded = (): boolean =>
  Object.keys(cache).some((file) => /[\\/]date-holidays(?![\\/]package\.json$)/.test(file));
const heapMb = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

const heapBefore = heapMb();
const start = performance.now();
const { openTimetable } = (await import(pathToFileURL(process.argv[2] ?? "").href)) as typeof Library;
const timetable = await openTimetable();
const { expected } = timetable.when(NOW);
const ms = performance.now() - start;
const heap = heapMb() - heapBefore;
const before = holidaysLoaded();
const { certainty } = timetable.when(PROJECTED);
console.log(
  JSON.stringify({ ms, heap, expected, certainty, before, after: holidaysLoaded() } satisfies ProbeResult),
);

export interface ProbeResult {
  readonly ms: number;
  readonly heap: number;
  readonly expected: string;
  readonly certainty: string;
  /** Whether date-holidays was loaded before and after an answer needed it. */
  readonly before: boolean;
  readonly after: boolean;
}
