/** Does a piece of work `count` times, and returns something that depends on all of it. */
export type Work = (count: number) => number | Promise<number>;

export interface Measurement {
  /** Nanoseconds for one, by name: the median of the rounds. */
  readonly ns: Readonly<Record<string, number>>;
  /** The time of the first over that of the second: the median of the ratios of the rounds. */
  ratio(first: string, second: string): number;
}

const WARM_UP_MS = 400;
const ROUND_MS = 60;
/** Enough for some seconds, so that other load on the machine averages out. */
const ROUNDS = 45;

/** Takes all results, so that the engine cannot eliminate the work. */
let sink = 0;

/**
 * Times several works in turn, round by round, so that noise affects all alike. In each round a work runs for about
 * `ROUND_MS`, and another work begins.
 */
export async function measure(works: Readonly<Record<string, Work>>, rounds = ROUNDS): Promise<Measurement> {
  const entries = Object.entries(works);
  const counts = new Map<string, number>();
  for (const [name, work] of entries) counts.set(name, await warmUp(work));
  const samples = new Map(entries.map(([name]) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, work] of [
      ...entries.slice(round % entries.length),
      ...entries.slice(0, round % entries.length),
    ]) {
      samples.get(name)?.push(await nanoseconds(work, counts.get(name) ?? 1));
    }
  }
  assertWorked();
  const of = (name: string): number[] => samples.get(name) ?? [];
  return {
    ns: Object.fromEntries(entries.map(([name]) => [name, median(of(name))])),
    ratio: (first, second) => median(of(first).map((ns, round) => ns / (of(second)[round] as number))),
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** Doubles the count until the work is warm, and returns the count that fills a round. */
async function warmUp(work: Work): Promise<number> {
  const end = performance.now() + WARM_UP_MS;
  let count = 1;
  for (;;) {
    const ms = ((await nanoseconds(work, count)) * count) / 1e6;
    if (performance.now() >= end) return Math.max(1, Math.round((count * ROUND_MS) / ms));
    if (ms < ROUND_MS) count *= 2;
  }
}

async function nanoseconds(work: Work, count: number): Promise<number> {
  const start = performance.now();
  const result = work(count);
  sink += typeof result === "number" ? result : await result;
  return ((performance.now() - start) * 1e6) / count;
}

/** Checks that work was done: a sum of instants and lengths is never 0. */
function assertWorked(): void {
  if (!Number.isFinite(sink) || sink === 0) throw new Error(`the sum of all work is ${sink}`);
}
