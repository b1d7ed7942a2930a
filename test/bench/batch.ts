import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assertSame, QUESTIONS } from "./assert-same.js";
import type { Bench, Result } from "./bench.js";
import { type BenchPayment, paymentsOf } from "./payments.js";
import { randomFrom } from "./random.js";
import { openShipped, pathOf } from "./root.js";
import { median } from "./timing.js";

/** A busy machine runs fewer rounds: none begins after this time. */
const ROUNDS = 3;
const TIME_MAX_MS = 30_000;

export const batchAgainstJson: Bench = {
  targets: { batch_vs_json: "2.5 or less" },
  measures:
    "the command `batch` from file to file, with timelines, against JSON.parse and JSON.stringify of the same lines, in a process that holds them in memory",
  caveats:
    "an answer is several times as long as its payment, and `batch` reads and writes files; the start of the command, measured with one line, is subtracted (`--lines 1000000` sets the number of lines)",
  async run({ lines }) {
    const folder = mkdtempSync(join(tmpdir(), "daozhang-bench-"));
    try {
      return await compare(folder, lines);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function compare(folder: string, count: number): Promise<Result> {
  const payments = paymentsOf(randomFrom(8), count);
  const all = writeLines(folder, "all", payments);
  const one = writeLines(folder, "one", payments.slice(0, 1));
  await assertSameAsWhen(folder, payments.slice(0, QUESTIONS));
  const end = performance.now() + TIME_MAX_MS;
  const rounds = [round(one, all)];
  while (rounds.length < ROUNDS && performance.now() < end) rounds.push(round(one, all));
  const of = (pick: (round: Round) => number): number => median(rounds.map(pick));
  const us = (pick: (round: Round) => number): string => `${((of(pick) * 1000) / count).toFixed(2)} us`;
  return {
    values: { batch_vs_json: of(({ batch, json }) => batch / json) },
    detail: `${count} lines, each: batch ${us(({ batch }) => batch)}, without timelines ${us(({ bare }) => bare)}, JSON alone ${us(({ json }) => json)}; start ${of(({ start }) => start).toFixed(0)} ms`,
  };
}

/** Milliseconds. */
type Round = Readonly<Record<"start" | "json" | "batch" | "bare", number>>;

function round(one: string, all: string): Round {
  const start = batchMs(one);
  const json = jsonMs(all);
  return { start, json, batch: batchMs(all) - start, bare: batchMs(all, "--no-timeline") - start };
}

async function assertSameAsWhen(folder: string, payments: readonly BenchPayment[]): Promise<void> {
  const some = writeLines(folder, "some", payments);
  batchMs(some);
  const timetable = await openShipped();
  const answers = readFileSync(`${some}.out`, "utf8").trimEnd().split("\n");
  for (const [index, payment] of payments.entries()) {
    const when: unknown = JSON.parse(JSON.stringify(timetable.when(payment)));
    assertSame("batch", payment, { when, batch: JSON.parse(answers[index] ?? "null") });
  }
}

function writeLines(folder: string, name: string, payments: readonly BenchPayment[]): string {
  const path = join(folder, name);
  writeFileSync(path, payments.map((payment) => `${JSON.stringify(payment)}\n`).join(""));
  return path;
}

function batchMs(path: string, ...options: string[]): number {
  const start = performance.now();
  run(pathOf("dist/cli/main.js"), "batch", path, "-o", `${path}.out`, ...options);
  return performance.now() - start;
}

const jsonMs = (path: string): number =>
  (JSON.parse(run(fileURLToPath(new URL("json-probe.js", import.meta.url)), path)) as { ms: number }).ms;

const run = (...command: string[]): string => execFileSync(process.execPath, command, { encoding: "utf8" });
