import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differencesBetween, judgeDelaysAlike } from "../../src/analyse/diff.js";
import { shiftsBetween } from "../../src/analyse/shifts.js";
import type { Treatment } from "../../src/analyse/treatments.js";
import type { Rulebook } from "../../src/model/rulebook.js";
import { DAY_MS, type Day } from "../../src/time/day.js";
import type { Instant } from "../../src/time/instant.js";
import { is, route, rulebookOf } from "../decide/fixture.js";
import { FIRST, rulebookWithChoices, worldWithChoices } from "../support/random-rulebook.js";
import { edit, expectConsistentShift, MINUTE, queryIn, shiftsOf } from "./random-edits.js";

/** Compares the difference of two rulebooks with the answers of both, instant by instant. */

describe("a random edit", () => {
  test("has the shifts that some answers on every day of a year show", () => {
    fc.assert(
      fc.property(worldWithChoices, edit, fc.integer({ min: 1, max: 1439 }), (world, change, minute) => {
        const [before, after] = [rulebookWithChoices(world), rulebookWithChoices(change(world))];
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
