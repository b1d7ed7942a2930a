import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { agree, QUESTIONS } from "./agree.js";
import type { Bench, Finding } from "./bench.js";
import { type Asked, paymentsOf } from "./payments.js";
import { randomFrom } from "./random.js";
import { openShipped, pathOf } from "./root.js";
import { median } from "./timing.js";

/** On a busy machine fewer rounds have to do. */
const ROUNDS = 3;
const ENOUGH_MS = 30_000;

export const batchAgainstJson: Bench = {
  wanted: { batch_vs_json: "2.5 or less" },
  measures:
    "the command `batch` from file to file, timelines and all, against JSON.parse and JSON.stringify of the same lines alone, in a process that holds them in memory",
  unfair:
    "an answer is several times as long as its payment, and files are read and written, neither of which JSON alone does; the start of the command is taken off, as measured with one line (`--lines 1000000` asks for a million)",
  async run({ lines }) {
    const folder = mkdtempSync(join(tmpdir(), "daozhang-bench-"));
    try {
      return await compared(folder, lines);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function compared(folder: string, count: number): Promise<Finding> {
  const payments = paymentsOf(randomFrom(8), count);
  const all = written(folder, "all", payments);
  const one = written(folder, "one", payments.slice(0, 1));
  await sameAsWhen(folder, payments.slice(0, QUESTIONS));
  const end = performance.now() + ENOUGH_MS;
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

async function sameAsWhen(folder: string, payments: readonly Asked[]): Promise<void> {
  const some = written(folder, "some", payments);
  batchMs(some);
  const timetable = await openShipped();
  const answers = readFileSync(`${some}.out`, "utf8").trimEnd().split("\n");
  for (const [index, payment] of payments.entries()) {
    const when: unknown = JSON.parse(JSON.stringify(timetable.when(payment)));
    agree("batch", payment, { when, batch: JSON.parse(answers[index] ?? "null") });
  }
}

function written(folder: string, name: string, payments: readonly Asked[]): string {
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
