import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differencesBetween } from "../../src/analyse/diff.js";
import { addDays, DAY_MS } from "../../src/time/day.js";
import { FIRST, rulebookWithChoices, worldWithChoices } from "../support/random-rulebook.js";
import {
  answerAt,
  answerKey,
  edit,
  expectConsistentShift,
  MINUTE,
  queryIn,
  shiftsOf,
} from "./random-edits.js";

/** Compares the difference of two rulebooks with the answers of both, minute by minute. */

describe("a random edit", () => {
  test("has the shifts that minutely answers over three weeks show", () => {
    fc.assert(
      fc.property(worldWithChoices, edit, fc.integer({ min: 0, max: 40 }), (world, change, later) => {
        const [before, after] = [rulebookWithChoices(world), rulebookWithChoices(change(world))];
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
      fc.property(worldWithChoices, edit, (world, change) => {
        const [before, after] = [rulebookWithChoices(world), rulebookWithChoices(change(world))];
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
});
