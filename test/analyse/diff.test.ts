import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ChannelDifference, differencesBetween, judgeDelaysAlike } from "../../src/analyse/diff.js";
import type { Delta, Shift } from "../../src/analyse/shifts.js";
import { shiftsBetween } from "../../src/analyse/shifts.js";
import type { Treatment } from "../../src/analyse/treatments.js";
import { arrive } from "../../src/answer/arrival.js";
import { QuestionError } from "../../src/errors.js";
import { BOUNDS } from "../../src/model/bound.js";
import type { Rulebook, Step } from "../../src/model/rulebook.js";
import { pieceAt } from "../../src/pieces/piece-lookup.js";
import { type Query, queryOf } from "../../src/pieces/query.js";
import { compileSnapshot } from "../../src/pieces/snapshot.js";
import { addDays, DAY_MS, type Day } from "../../src/time/day.js";
import type { Instant } from "../../src/time/instant.js";
import { is, route, rulebookOf } from "../decide/fixture.js";
import {
  type ChoosingWorld,
  choosingRulebookOf,
  choosingWorld,
  FIRST,
  steps,
} from "../support/random-rulebook.js";

/** Compares the difference of two rulebooks with the answers of both, instant by instant. */

const MINUTE = 60_000;

/** An edit of a random world: other steps, a system without hours, one window or rule fewer. */
const edit: fc.Arbitrary<(world: ChoosingWorld) => ChoosingWorld> = fc.oneof(
  steps.map((other) => (world: ChoosingWorld) => ({ ...world, steps: other })),
  fc.constant((world: ChoosingWorld) => ({ ...world, windows: world.windows.slice(1) })),
  fc.constant((world: ChoosingWorld) => ({ ...world, choices: world.choices.slice(1) })),
  fc.constant((world: ChoosingWorld) => ({
    ...world,
    systems: { ...world.systems, one: { title: { zh: "系统", en: "system" } } },
  })),
  fc.constant((world: ChoosingWorld) => ({
    ...world,
    steps: world.steps.map(
      (step): Step =>
        step.kind === "settle" && step.roll === "none" ? { ...step, roll: "following" } : step,
    ),
  })),
  fc.constant((world: ChoosingWorld) => world),
);

function queryIn(rulebook: Rulebook): Query {
  const snapshot = compileSnapshot(rulebook);
  return queryOf(snapshot, "random", { amount: 1000 });
}

/** The answer for one payment: its outcome or error, and its arrival in epoch milliseconds. */
function answerAt(query: Query, at: number): { outcome: string; bounds: number[] } {
  try {
    const arrival = arrive(query, at as Instant);
    const never = pieceAt(query, at as Instant).routeAnswer === undefined;
    const bounds = never ? [] : BOUNDS.map((bound) => Date.parse(arrival[bound]));
    return { outcome: never ? "never" : arrival.outcome, bounds };
  } catch (error) {
    if (error instanceof QuestionError) return { outcome: error.code, bounds: [] };
    throw error;
  }
}

const answerKey = ({ outcome, bounds }: ReturnType<typeof answerAt>): string =>
  `${outcome} ${bounds.join(" ")}`;

/** The delta at an instant within a shift. Rounds, because the division is inexact. */
const deltaAt = ({ from, until, by }: Shift, delta: Delta, at: number): number =>
  by === undefined || delta.first === delta.last || until - 1 === from
    ? delta.first
    : Math.round(delta.first + ((delta.last - delta.first) * (at - from)) / (until - 1 - from));

/** Expects the shifts at one instant to match the two answers. */
function expectConsistentShift(one: Query, other: Query, shifts: readonly Shift[], at: number): void {
  const [before, after] = [answerAt(one, at), answerAt(other, at)];
  const shift = shifts.find(({ from, until }) => at >= from && at < until);
  const moves = JSON.stringify(before) !== JSON.stringify(after);
  expect(shift !== undefined, `at ${new Date(at).toISOString()}`).toBe(moves);
  if (shift?.by === undefined) return;
  const by = shift.by;
  const found = BOUNDS.map((bound) => deltaAt(shift, by[bound], at));
  expect(found).toEqual(after.bounds.map((to, index) => to - (before.bounds[index] as number)));
}

const shiftsOf = ([found]: readonly ChannelDifference[]): readonly Shift[] => found?.moves[0]?.shifts ?? [];

describe("a random edit", () => {
  test("has the shifts that minutely answers over three weeks show", () => {
    fc.assert(
      fc.property(choosingWorld, edit, fc.integer({ min: 0, max: 40 }), (world, change, later) => {
        const [before, after] = [choosingRulebookOf(world), choosingRulebookOf(change(world))];
        const from = addDays(FIRST, later);
        const shifts = shiftsOf(differencesBetween(before, after, from, 23));
        const [one, other] = [queryIn(before), queryIn(after)];
        const [start, end] = [(from + 1) * DAY_MS, (from + 22) * DAY_MS];
        for (let at = start; at < end; at += MINUTE) expectConsistentShift(one, other, shifts, at);
        for (const { from: first, until } of shifts) {
          for (const at of [first - 1, first, until - 1, until]) {
            if (at >= start && at < end) expectConsistentShift(one, other, shifts, at);
          }
        }
      }),
      { numRuns: 12 },
    );
  }, 240_000);

  test("has no other shifts than minutely answers over a year show", () => {
    fc.assert(
      fc.property(choosingWorld, edit, (world, change) => {
        const [before, after] = [choosingRulebookOf(world), choosingRulebookOf(change(world))];
        const shifts = shiftsOf(differencesBetween(before, after, FIRST, 367)).toSorted(
          (a, b) => a.from - b.from,
        );
        const [one, other] = [queryIn(before), queryIn(after)];
        let place = 0;
        for (let at = (FIRST + 1) * DAY_MS; at < (FIRST + 366) * DAY_MS; at += MINUTE) {
          while ((shifts[place]?.until ?? Number.POSITIVE_INFINITY) <= at) place++;
          const reported = (shifts[place]?.from ?? Number.POSITIVE_INFINITY) <= at;
          const moves = answerKey(answerAt(one, at)) !== answerKey(answerAt(other, at));
          if (moves !== reported)
            expect.fail(`${new Date(at).toISOString()}: moves ${moves}, reported ${reported}`);
        }
      }),
      { numRuns: 2 },
    );
  }, 240_000);

  test("has the shifts that some answers on every day of a year show", () => {
    fc.assert(
      fc.property(choosingWorld, edit, fc.integer({ min: 1, max: 1439 }), (world, change, minute) => {
        const [before, after] = [choosingRulebookOf(world), choosingRulebookOf(change(world))];
        const shifts = shiftsOf(differencesBetween(before, after, FIRST, 367));
        const [one, other] = [queryIn(before), queryIn(after)];
        for (let day = FIRST + 1; day < FIRST + 366; day++) {
          for (const shift of [0, 501, 997]) {
            expectConsistentShift(one, other, shifts, day * DAY_MS + ((minute + shift) % 1440) * MINUTE);
          }
        }
      }),
      { numRuns: 10 },
    );
  });
});

describe("classes of payments", () => {
  const fast = (limit: number) =>
    rulebookOf({
      rules: [
        route("small", { priority: 2, conditions: is("amount", "lessThanInclusive", limit) }),
        {
          ...route("large"),
          event: { type: "route", params: { steps: [{ kind: "process", takes: "PT2H" }] } },
        },
      ],
    });
  const TODAY = 20_514 as Day;

  test("are separated at the limits of both rulebooks: only payments between the limits move", () => {
    const [found] = differencesBetween(fast(100), fast(1000), TODAY, 30);
    expect(found).toMatchObject({ channel: "cn.test", status: "moved", classes: 3 });
    expect(found?.moves).toHaveLength(1);
    expect(found?.moves[0]).toMatchObject({
      payment: { channel: "cn.test", amount: "1000" },
      moreClasses: 0,
    });
    expect(found?.moves[0]?.shifts).toHaveLength(1);
    expect(found?.moves[0]?.shifts[0]?.by?.expected).toEqual({ first: -7_200_000, last: -7_200_000 });
  });

  test("do not move if only texts change", () => {
    const noted = { ...fast(100), version: "another" };
    expect(differencesBetween(fast(100), noted, TODAY, 30)).toMatchObject([{ status: "same", moves: [] }]);
  });

  test("of an added or removed channel are reported by its name", () => {
    const renamed = { ...fast(100), channels: { "cn.other": fast(100).channels["cn.test"] } } as Rulebook;
    expect(differencesBetween(fast(100), renamed, TODAY, 30)).toMatchObject([
      { channel: "cn.other", status: "added" },
      { channel: "cn.test", status: "removed" },
    ]);
  });

  test("that no rule matches any more become unanswered", () => {
    const none = rulebookOf({
      rules: [route("small", { conditions: is("amount", "lessThanInclusive", 100) })],
    });
    const [found] = differencesBetween(fast(100), none, TODAY, 30);
    expect(found?.moves[0]?.shifts).toMatchObject([
      { before: { fate: "taken", rule: "large" }, after: { fate: "unanswered", code: "no-rule" } },
    ]);
  });
});

describe("a default that changes", () => {
  const title = { zh: "名", en: "name" };
  const speedy = (standard: string | undefined): Rulebook => ({
    ...rulebookOf({
      facts: {
        amount: { title, type: "number" },
        speed: {
          title,
          type: "string",
          values: ["fast", "slow"],
          ...(standard !== undefined && { default: standard }),
        },
      },
      rules: [
        route("fast", { priority: 2, conditions: is("speed", "equal", "fast") }),
        {
          ...route("slow"),
          event: { type: "route", params: { steps: [{ kind: "process", takes: "PT2H" }] } },
        },
      ],
    }),
  });
  const movesOf = (before?: string, after?: string) =>
    differencesBetween(speedy(before), speedy(after), 20_514 as Day, 30)[0]?.moves;

  test("moves only the payments that do not state the fact", () => {
    expect(movesOf("fast", "slow")).toHaveLength(1);
    expect(movesOf("fast", "slow")).toMatchObject([
      { payment: { channel: "cn.test", amount: "1000" }, moreClasses: 0 },
    ]);
    expect(movesOf("fast", "slow")?.[0]?.payment).not.toHaveProperty("speed");
    expect(movesOf("fast", undefined)?.[0]?.payment).not.toHaveProperty("speed");
    expect(movesOf(undefined, "fast")?.[0]?.payment).not.toHaveProperty("speed");
    expect(movesOf(undefined, "slow")).toEqual([]);
  });
});

test("changed codes are reported apart from arrivals", () => {
  const plain = rulebookOf({ rules: [route("a")] });
  const reason = { meaning: { zh: "名", en: "name" } };
  expect(judgeDelaysAlike(plain, { ...plain, version: "another" })).toBe(true);
  expect(judgeDelaysAlike(plain, { ...plain, reasons: { AC01: reason } } as unknown as Rulebook)).toBe(false);
});

describe("crossing lines", () => {
  const treatment = (slope: 0 | 1, value: number): Treatment[] => {
    const line = { slope, value };
    const lines = { earliest: line, expected: line, latest: line };
    return [
      { from: 0 as Instant, until: 1000 as Instant, fate: "taken", rule: "r", outcome: "credited", lines },
    ];
  };

  test("leave out the single instant that does not move", () => {
    const shifts = shiftsBetween(treatment(1, 100), treatment(0, 400));
    expect(shifts.map(({ from, until }) => [from, until])).toEqual([
      [0, 300],
      [301, 1000],
    ]);
    expect(shifts[0]?.by?.expected).toEqual({ first: 300, last: 1 });
    expect(shifts[1]?.by?.expected).toEqual({ first: -1, last: -699 });
  });

  test("identical lines have no shift", () => {
    expect(shiftsBetween(treatment(1, 100), treatment(1, 100))).toEqual([]);
  });
});
