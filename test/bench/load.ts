import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { assertSame } from "./assert-same.js";
import type { Bench } from "./bench.js";
import type { ProbeResult } from "./load-probe.js";
import { pathOf } from "./root.js";
import { median } from "./timing.js";

const PROCESSES = 5;

export const loading: Bench = {
  targets: { load_ms: "no limit", load_heap_mb: "no limit" },
  measures:
    "a fresh process: import the library, read and compile the shipped pack, and answer once; the pack is validated by the build and not again; the heap is measured after a garbage collection",
  caveats:
    "the files are in the file cache of the operating system, and the start of node itself is not counted; the benchmark checks that date-holidays is not loaded by then",
  async run() {
    const probes = Array.from({ length: PROCESSES }, probe);
    for (const { expected, certainty, after } of probes) {
      const found = { expected, certainty, after };
      // The 23:00 cutoff was missed, and the make-up Saturday is the last business day before the Spring Festival.
      const wanted = { expected: "2026-02-24T10:00:00+08:00", certainty: "projected", after: true };
      assertSame("load", "the first answer, and whether a projection loads date-holidays", { found, wanted });
    }
    const values = {
      load_ms: median(probes.map(({ ms }) => ms)),
      load_heap_mb: median(probes.map(({ heap }) => heap)),
    };
    const fastest = Math.min(...probes.map(({ ms }) => ms));
    const detail = `${PROCESSES} processes, the fastest ${fastest.toFixed(0)} ms`;
    if (!probes.some(({ before }) => before)) return { values, detail };
    return { values, detail, fault: "date-holidays is loaded before a projection needs it" };
  },
};

function probe(): ProbeResult {
  const script = fileURLToPath(new URL("load-probe.js", import.meta.url));
  return JSON.parse(
    execFileSync(process.execPath, ["--expose-gc", script, pathOf("dist/index.js")], { encoding: "utf8" }),
  );
}
