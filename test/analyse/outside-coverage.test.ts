import fc from "fast-check";
import { expect, test } from "vitest";
import { contextOf } from "../../src/analyse/context.js";
import { channelFindings } from "../../src/analyse/rules.js";
import { compileCalendars } from "../../src/calendar/compile.js";
import type { CalendarFile, ChannelRule, Condition } from "../../src/model/rulebook.js";
import { addDays, type Day, formatDay, parseDay, weekdayIndex, yearOf } from "../../src/time/day.js";
import { at, calendars, route, rulebookOf, WEEK } from "../decide/fixture.js";
import { askerOf, pairsOf } from "./asked.js";

/**
 * What is found of days that the calendar does not know, against asking about every day of some years: as the calendar
 * is, which ends with 2026, and as one that knows the years around it and has every kind of day there.
 */

const dayIn = (text: string): Day => parseDay(text) as Day;
const [FIRST, LAST] = [dayIn("2024-12-16"), dayIn("2028-03-31")];
const ALL = Array.from({ length: LAST - FIRST + 1 }, (_, n) => addDays(FIRST, n));

/** Within 27 weeks every two kinds that two days in a row can have come up, on every weekday. */
const turnOf = (day: Day): number => {
  const week = Math.floor((day - FIRST) / 7);
  const every = [1, 3, 1, 3, 1, 9, 3][weekdayIndex(day)] as number;
  return Math.floor(week / every) % 3;
};

function noticeOf(year: number): NonNullable<CalendarFile["years"]>[string] {
  const days = ALL.filter((day) => yearOf(day) === year);
  const closed = days.filter((day) => turnOf(day) === 1).map(formatDay);
  const opened = days.filter((day) => weekdayIndex(day) >= 5 && turnOf(day) === 2).map(formatDay);
  return { holidays: closed.map((date) => ({ name: "休", from: date, to: date })), workdays: opened };
}

const WIDE = compileCalendars({
  week: {
    ...WEEK,
    coverage: { from: formatDay(FIRST), to: formatDay(LAST) },
    years: {
      ...Object.fromEntries([2024, 2025, 2027, 2028].map((year) => [String(year), noticeOf(year)])),
      ...WEEK.years,
    },
  },
});

const leaf = (fact: string, operators: string[], value: fc.Arbitrary<unknown>): fc.Arbitrary<Condition> =>
  fc.record({ fact: fc.constant(fact), operator: fc.constantFrom(...operators), value });

const KINDS = ["business", "weekend", "holiday", "makeup"];
const some = (values: string[]): fc.Arbitrary<string[]> => fc.subarray(values, { minLength: 1 });
const conditions: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 2 },
    leaf("initiated.day", ["in", "notIn"], some(KINDS)),
    leaf("initiated.tomorrow", ["in", "notIn"], some(KINDS)),
    leaf("initiated.weekday", ["in"], some(["mon", "fri", "sat", "sun"])),
    leaf("initiated.date", ["before", "onOrAfter"], fc.constantFrom("2025-07-01", "2027-09-01")),
    leaf("sameName", ["equal"], fc.boolean()),
    fc.array(tie("tree"), { minLength: 2, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie("tree"), { minLength: 2, maxLength: 3 }).map((any) => ({ any })),
    tie("tree").map((not) => ({ not })),
  ),
})).tree;

const rules: fc.Arbitrary<ChannelRule[]> = fc
  .array(
    fc.record({
      tree: fc.option(conditions, { freq: 9 }),
      priority: fc.integer({ min: 1, max: 3 }),
      from: fc.option(fc.constantFrom("2025-07-01", "2027-09-01"), { freq: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((list) =>
    list.map(({ tree, priority, from }, index) =>
      route(`rule-${index}`, {
        priority,
        ...(tree !== null && { conditions: { all: [tree] } }),
        ...(from !== null && { effective: { from } }),
      }),
    ),
  );

interface Said {
  /** What the calendar answers as it is, and where it does not what the wide one answers. */
  readonly known: Set<string>;
  readonly supposed: Set<string>;
}

/** Every kind of answer; that no rule takes a payment counts from the day on that the first rule begins. */
function everything(list: readonly ChannelRule[]): Said {
  const rulebook = rulebookOf({ rules: list });
  const [narrow, wide] = [askerOf(rulebook, calendars()), askerOf(rulebook, WIDE)];
  const begins = list.map(({ effective }) => effective?.from ?? "0000").sort()[0] as string;
  const said: Said = { known: new Set(), supposed: new Set() };
  // Of the last day the wide calendar knows no tomorrow.
  for (const day of ALL.slice(0, -1)) {
    const midnight = at(`${formatDay(day)}T00:00:00+08:00`);
    for (const sameName of [true, false]) {
      const answer = narrow({ amount: 5, sameName }, midnight);
      const outside = answer === "outside-coverage";
      const told = outside ? wide({ amount: 5, sameName }, midnight) : answer;
      if (told === "no-rule" && formatDay(day) < begins) continue;
      said[outside ? "supposed" : "known"].add(told);
    }
  }
  return said;
}

const pairsIn = (said: Iterable<string>): string[] => [...said].flatMap(pairsOf);

test("what is found is what is answered, and undecided is what would be if the calendar knew", () => {
  fc.assert(
    fc.property(rules, (list) => {
      const { findings, proofs } = channelFindings(
        contextOf(rulebookOf({ rules: list }), () => ({}), dayIn("2026-03-02")),
      );
      const { known, supposed } = everything(list);
      const pairsOfCode = (code: string): string[] =>
        findings
          .filter((one) => one.code === code && one.name !== "cn.test")
          .map(({ what }) => (what.match(/rule-\d/g) ?? []).sort().join(" "));
      const [ties, open] = [pairsOfCode("tie"), pairsOfCode("undecided")];
      const [sure, all] = [pairsIn(known), pairsIn([...known, ...supposed])];
      expect(new Set([...ties, ...open])).toEqual(new Set(all));
      expect(sure).toEqual(expect.arrayContaining(ties));
      expect(ties.filter((pair) => open.includes(pair))).toEqual([]);

      const deciding = (answers: Set<string>, name: string): boolean =>
        [...answers].some((one) => one.split(" ").includes(name));
      for (const { name } of list) {
        const never = findings.find((one) => one.code === "never-decides" && one.name === name);
        const outcome = deciding(known, name) ? "decides" : deciding(supposed, name) ? "undecided" : "never";
        const told = never === undefined ? "decides" : never.outcome === "undecided" ? "undecided" : "never";
        expect(told, name).toBe(outcome);
      }

      const gap = findings.some(({ code }) => code === "gap");
      const maybe = findings.some(({ code, name }) => code === "undecided" && name === "cn.test");
      expect(gap).toBe(known.has("no-rule"));
      if (!gap) expect(maybe).toBe(supposed.has("no-rule"));
      expect(proofs.map(({ code }) => code).sort()).toEqual([
        ...(gap || maybe ? [] : ["gap"]),
        ...(findings.some(({ code }) => code === "never-decides") ? [] : ["never-decides"]),
        ...(all.length > 0 ? [] : ["tie"]),
      ]);
    }),
    { numRuns: 50 },
  );
}, 120_000);
