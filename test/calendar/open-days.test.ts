import fc from "fast-check";
import { expect, test } from "vitest";
import {
  buildOpenDays,
  covers,
  intersectOpenDays,
  isOpenOn,
  type OpenDays,
  rankOf,
} from "../../src/calendar/open-days.js";
import type { Day } from "../../src/time/day.js";

// Words hold 32 days, and days before 1970 are negative: every alignment of both ends, on both sides of day 0.
const anyFrom = fc.integer({ min: -100, max: 100 });
const anyLength = fc.nat({ max: 140 });

const daysOf = (from: number, to: number): Day[] =>
  Array.from({ length: to - from + 1 }, (_, n) => (from + n) as Day);

function sameAs(table: OpenDays, open: (day: Day) => boolean): void {
  const all = daysOf(table.from, table.to);
  const wanted = all.filter((day) => open(day));
  expect([...table.opens]).toEqual(wanted);
  expect(all.filter((day) => isOpenOn(table, day))).toEqual(wanted);
  for (const day of [...all, (table.to + 1) as Day]) {
    expect(rankOf(table, day)).toBe(wanted.filter((one) => one < day).length);
  }
  expect([
    covers(table, (table.from - 1) as Day),
    covers(table, table.from),
    covers(table, table.to),
  ]).toEqual([false, true, true]);
  expect(covers(table, (table.to + 1) as Day)).toBe(false);
}

test("a table has the open days in order, a bit for each, and a rank for every day and the day after the last", () => {
  fc.assert(
    fc.property(anyFrom, anyLength, fc.func(fc.boolean()), (from, length, open) => {
      sameAs(buildOpenDays(from as Day, (from + length) as Day, open), open);
    }),
  );
});

test("so it has where a table begins and ends at the edges of words, alone and joined", () => {
  for (const from of [-64, -33, -32, -31, -1, 0, 1, 31, 32]) {
    for (const length of [0, 1, 30, 31, 32, 33, 62, 63, 64]) {
      const [first, last] = [from as Day, (from + length) as Day];
      const odd = (day: Day): boolean => day % 2 !== 0;
      sameAs(buildOpenDays(first, last, odd), odd);
      sameAs(
        buildOpenDays(first, last, () => true),
        () => true,
      );
      for (const margin of [0, 1, 31, 32, 40]) {
        const wide = buildOpenDays((from - margin) as Day, (last + margin) as Day, () => true);
        sameAs(intersectOpenDays(first, last, [wide, buildOpenDays(first, last, odd)]), odd);
        sameAs(intersectOpenDays(first, last, [wide]), () => true);
      }
    }
  }
});

test("joined tables keep the days that are open in all, and none outside the range that is asked for", () => {
  const anyMargins = fc.tuple(fc.nat({ max: 70 }), fc.nat({ max: 70 }));
  fc.assert(
    fc.property(
      anyFrom,
      anyLength,
      fc.array(anyMargins, { minLength: 1, maxLength: 3 }),
      fc.func(fc.boolean()),
      (from, length, margins, open) => {
        const to = from + length;
        const tables = margins.map(([before, after], n) =>
          buildOpenDays((from - before) as Day, (to + after) as Day, (day) => n > 0 || open(day)),
        );
        sameAs(intersectOpenDays(from as Day, to as Day, tables), open);
      },
    ),
  );
});
