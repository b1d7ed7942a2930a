import type { Payment, Timetable } from "../../src/index.js";

const [DAY_MS, YEAR_MS] = [86_400_000, 365 * 86_400_000];

/**
 * Payments over all channels: those of the examples, which know every fact that a channel asks for, with other amounts,
 * sent in a month of each of four years, over the Spring Festival. Nothing is drawn, so they are always the same.
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
