import fc from "fast-check";
import { expect, test } from "vitest";
import { channelFindings } from "../../src/analyse/channel-rules.js";
import { contextOf } from "../../src/analyse/context.js";
import { compileCalendars } from "../../src/calendar/compile.js";
import type { CalendarFile, ChannelRule, Condition } from "../../src/model/rulebook.js";
import { addDays, type Day, formatDay, parseDay, weekdayIndex, yearOf } from "../../src/time/day.js";
import { at, calendars, route, rulebookOf, WEEK } from "../decide/fixture.js";
import { decisionOracleOf, pairsIn } from "./decision-oracle.js";

/**
 * Compares findings about days that the calendar does not know with the decisions on every day of some years. The narrow
 * calendar covers 2026 only. The wide one also covers the years around it, with every kind of day.
 */

const dayIn = (text: string): Day => parseDay(text) as Day;
const [FIRST, LAST] = [dayIn("2024-12-16"), dayIn("2028-03-31")];
const ALL = Array.from({ length: LAST - FIRST + 1 }, (_, n) => addDays(FIRST, n));

/** A pattern that has every possible pair of kinds of consecutive days, on every weekday, within 27 weeks. */
const dayPattern = (day: Day): number => {
  const week = Math.floor((day - FIRST) / 7);
  const every = [1, 3, 1, 3, 1, 9, 3][weekdayIndex(day)] as number;
  return Math.floor(week / every) % 3;
};

function noticeOf(year: number): NonNullable<CalendarFile["years"]>[string] {
  const days = ALL.filter((day) => yearOf(day) === year);
  const closed = days.filter((day) => dayPattern(day) === 1).map(formatDay);
  const opened = days.filter((day) => weekdayIndex(day) >= 5 && dayPattern(day) === 2).map(formatDay);
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

interface Decisions {
  /** The decisions with the narrow calendar. */
  readonly known: Set<string>;
  /** The decisions with the wide calendar, on days that the narrow one does not know. */
  readonly hypothetical: Set<string>;
}

/** All decisions. `no-rule` counts only after the first rule takes effect. */
function allDecisions(list: readonly ChannelRule[]): Decisions {
  const rulebook = rulebookOf({ rules: list });
  const [narrow, wide] = [decisionOracleOf(rulebook, calendars()), decisionOracleOf(rulebook, WIDE)];
  const start = list.map(({ effective }) => effective?.from ?? "0000").sort()[0] as string;
  const decisions: Decisions = { known: new Set(), hypothetical: new Set() };
  // The wide calendar does not know the day after the last one.
  for (const day of ALL.slice(0, -1)) {
    const midnight = at(`${formatDay(day)}T00:00:00+08:00`);
    for (const sameName of [true, false]) {
      const answer = narrow({ amount: 5, sameName }, midnight);
      const outside = answer === "outside-coverage";
      const decision = outside ? wide({ amount: 5, sameName }, midnight) : answer;
      if (decision === "no-rule" && formatDay(day) < start) continue;
      decisions[outside ? "hypothetical" : "known"].add(decision);
    }
  }
  return decisions;
}

const allPairsIn = (decisions: Iterable<string>): string[] => [...decisions].flatMap(pairsIn);

test("findings match the known decisions, and undecided findings match those with a wider calendar", () => {
  fc.assert(
    fc.property(rules, (list) => {
      const { findings, proofs } = channelFindings(
        contextOf(rulebookOf({ rules: list }), () => ({}), dayIn("2026-03-02")),
      );
      const { known, hypothetical } = allDecisions(list);
      const pairsOfCode = (code: string): string[] =>
        findings
          .filter((one) => one.code === code && one.name !== "cn.test")
          .map(({ what }) => (what.match(/rule-\d/g) ?? []).sort().join(" "));
      const [ties, possibleTies] = [pairsOfCode("tie"), pairsOfCode("undecided")];
      const [knownPairs, allPairs] = [allPairsIn(known), allPairsIn([...known, ...hypothetical])];
      expect(new Set([...ties, ...possibleTies])).toEqual(new Set(allPairs));
      expect(knownPairs).toEqual(expect.arrayContaining(ties));
      expect(ties.filter((pair) => possibleTies.includes(pair))).toEqual([]);

      const deciding = (answers: Set<string>, name: string): boolean =>
        [...answers].some((one) => one.split(" ").includes(name));
      for (const { name } of list) {
        const never = findings.find((one) => one.code === "never-decides" && one.name === name);
        const outcome = deciding(known, name)
          ? "decides"
          : deciding(hypothetical, name)
            ? "undecided"
            : "never";
        const found = never === undefined ? "decides" : never.outcome === "undecided" ? "undecided" : "never";
        expect(found, name).toBe(outcome);
      }

      const gap = findings.some(({ code }) => code === "gap");
      const possibleGap = findings.some(({ code, name }) => code === "undecided" && name === "cn.test");
      expect(gap).toBe(known.has("no-rule"));
      if (!gap) expect(possibleGap).toBe(hypothetical.has("no-rule"));
      expect(proofs.map(({ code }) => code).sort()).toEqual([
        ...(gap || possibleGap ? [] : ["gap"]),
        ...(findings.some(({ code }) => code === "never-decides") ? [] : ["never-decides"]),
        ...(allPairs.length > 0 ? [] : ["tie"]),
      ]);
    }),
    { numRuns: 50 },
  );
}, 120_000);
