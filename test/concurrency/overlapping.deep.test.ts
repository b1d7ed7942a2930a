import { setImmediate as turn } from "node:timers/promises";
import { Engine } from "json-rules-engine";
import { describe, expect, test } from "vitest";
import { openTimetable } from "../../src/index.js";
import { answersTo } from "./answers.mjs";
import { paymentsOver } from "./payments.js";

/** Overlapping calls on one timetable have the same answers as sequential calls. */

const PAYMENTS = 2000;

describe("overlapping calls", () => {
  test("over all channels have the same answers as sequential calls", async () => {
    const [shared, alone] = await Promise.all([openTimetable(), openTimetable()]);
    const payments = paymentsOver(shared, PAYMENTS);
    let asking = 0;
    let most = 0;
    const call = async (index: number): Promise<string> => {
      most = Math.max(most, ++asking);
      for (let ticks = (index * 7) % 5; ticks > 0; ticks--) await undefined;
      if (index % 3 === 0) await turn();
      const answers = answersTo(shared, payments[index] as (typeof payments)[number]);
      if (index % 2 === 0) await turn();
      asking--;
      return answers;
    };
    const together = await Promise.all(payments.map((_, index) => call(index)));
    expect(most).toBeGreaterThan(PAYMENTS / 2);
    // In reverse order, so that caches fill differently.
    const oneByOne = payments.toReversed().map((payment) => answersTo(alone, payment));
    expect(together.findIndex((answers, index) => answers !== oneByOne[PAYMENTS - 1 - index])).toBe(-1);
  }, 300_000);

  test("of whenAll, iterated alternately, give every payment its own answer", async () => {
    const timetable = await openTimetable();
    const payments = paymentsOver(timetable, 600);
    const lists = [payments, payments.toReversed(), payments.slice(300)].map((list) => ({
      list,
      walk: timetable.whenAll(list),
      found: [] as string[],
    }));
    for (let round = 0; round < payments.length; round++)
      for (const { walk, found } of lists) {
        const { value, done } = walk.next();
        if (done !== true) found.push(JSON.stringify(value));
      }
    for (const { list, found } of lists)
      expect(found).toEqual([...timetable.whenAll(list)].map((answer) => JSON.stringify(answer)));
  });
});

describe("json-rules-engine", () => {
  test("loses events when runs on a shared engine overlap, so queries do not run one", async () => {
    const engine = new Engine();
    for (let priority = 1; priority <= 20; priority++) {
      engine.addRule({
        priority,
        conditions: { all: [{ fact: "amount", operator: "greaterThan", value: 0 }] },
        event: { type: `p${priority}` },
      });
    }
    const run = async (): Promise<number> => (await engine.run({ amount: 1 })).events.length;
    expect(await run()).toBe(20);
    const late = async (ticks: number): Promise<number> => {
      for (let tick = 0; tick < ticks; tick++) await undefined;
      return run();
    };
    const second: number[] = [];
    for (let ticks = 0; ticks < 200; ticks += 10) second.push((await Promise.all([run(), late(ticks)]))[1]);
    expect(Math.min(...second)).toBeLessThan(20);
  });
});
