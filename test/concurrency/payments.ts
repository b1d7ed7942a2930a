import type { Payment, Timetable } from "../../src/index.js";

const [DAY_MS, YEAR_MS] = [86_400_000, 365 * 86_400_000];

/**
 * Deterministic payments over all channels: the payments of the examples, which have all facts, with other amounts and
 * sending times in four years, each around the Spring Festival.
 */
export function paymentsOver({ rulebook }: Timetable, count: number): Payment[] {
  const models = Object.entries(rulebook.channels).flatMap(([channel, { examples }]) =>
    examples.map(({ payment }) => ({ ...payment, channel })),
  );
  return Array.from({ length: count }, (_, step) => ({
    ...models[step % models.length],
    initiatedAt: Date.UTC(2023, 0, 20) + (step % 4) * YEAR_MS + ((step * 7_213_547) % (30 * DAY_MS)),
    amount: `${(step * 7919) % 90_000}.${10 + (step % 90)}`,
  })) as Payment[];
}
