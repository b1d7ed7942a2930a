import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { channelFindings } from "../../src/analyse/channel-rules.js";
import { contextOf } from "../../src/analyse/context.js";
import type { Finding } from "../../src/analyse/finding.js";
import { conditionCompiler } from "../../src/decide/conditions.js";
import { channelContextOf } from "../../src/decide/decider.js";
import { momentAt } from "../../src/decide/moment.js";
import type { ChannelFile, ChannelRule, Condition, Rulebook } from "../../src/model/rulebook.js";
import { compileReader } from "../../src/payment/parsed-payment.js";
import { type Day, parseDay } from "../../src/time/day.js";
import { formatInstant, type Instant } from "../../src/time/instant.js";
import { type Zone, zoneNamed } from "../../src/time/zone.js";
import { at, calendars, FACTS, route, rulebookOf } from "../decide/fixture.js";
import { conditions, namedConditions, facts as randomFacts } from "../decide/random-conditions.js";
import { decisionOracleOf, pairsIn } from "./decision-oracle.js";

/** Compares the findings of the grid with the decisions about single payments. */

const TODAY = parseDay("2026-03-02") as Day;
const HOUR = 3_600_000;
const SHANGHAI = zoneNamed("Asia/Shanghai") as Zone;

const findingsOf = (rulebook: Rulebook): readonly Finding[] =>
  channelFindings(contextOf(rulebook, () => ({}), TODAY)).findings;

const rules = (trees: fc.Arbitrary<Condition>, limit: number): fc.Arbitrary<ChannelRule[]> =>
  fc
    .array(
      fc.record({ conditions: fc.option(trees, { freq: 9 }), priority: fc.integer({ min: 1, max: 3 }) }),
      {
        minLength: 1,
        maxLength: limit,
      },
    )
    .map((list) =>
      list.map(({ conditions, priority }, index) =>
        route(`rule-${index}`, { priority, ...(conditions !== null && { conditions }) }),
      ),
    );

const tieNames = (found: readonly Finding[]): string[] =>
  found
    .filter(({ code }) => code === "tie")
    .map(({ what }) => (what.match(/rule-\d/g) ?? []).sort().join(" "));

/** Few facts, so that every combination can be tested: values at all thresholds and between them. */
const AMOUNTS = [0, 99, 100, 101, 500, 999, 1000, 1001, 5000];
const SPEEDS = [undefined, "realtime", "regular", "next-day"];
const BANKS = [undefined, true, false];
const small: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 2 },
    fc.record({
      fact: fc.constant("amount"),
      operator: fc.constantFrom("lessThan", "lessThanInclusive", "greaterThan", "equal", "not:equal"),
      value: fc.constantFrom(0, 100, 1000),
    }),
    fc.record({
      fact: fc.constant("speed"),
      operator: fc.constantFrom("in", "notIn"),
      value: fc.subarray(["realtime", "regular", "next-day"], { minLength: 1 }),
    }),
    fc.record({
      fact: fc.constant("sameBank"),
      operator: fc.constantFrom("equal", "notEqual"),
      value: fc.boolean(),
    }),
    fc.record({
      fact: fc.constant("initiated.weekday"),
      operator: fc.constant("in"),
      value: fc.subarray(["mon", "wed", "sat", "sun"], { minLength: 1 }),
    }),
    fc.record({
      fact: fc.constant("initiated.time"),
      operator: fc.constantFrom("before", "atOrAfter", "swap:before"),
      value: fc.constantFrom("08:00", "17:30"),
    }),
    fc.array(tie("tree"), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie("tree"), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie("tree").map((not) => ({ not })),
  ),
})).tree;

/** All decisions in a week, at instants that include each threshold and 1 ms after it. */
function allDecisions(rulebook: Rulebook): Set<string> {
  const oracle = decisionOracleOf(rulebook);
  const monday = at("2026-03-02T00:00:00+08:00");
  const times = [0, 7.5, 8, 8 + 1 / HOUR, 12, 17.5, 17.5 + 1 / HOUR, 23].map((hours) =>
    Math.round(hours * HOUR),
  );
  const decisions = new Set<string>();
  for (const amount of AMOUNTS)
    for (const speed of SPEEDS)
      for (const sameBank of BANKS)
        for (let day = 0; day < 7; day++)
          for (const time of times) {
            decisions.add(oracle({ amount, speed, sameBank }, monday + day * 24 * HOUR + time));
          }
  return decisions;
}

/** Expects the findings to match the decisions about every payment. */
function expectCompleteFindings(list: readonly ChannelRule[]): void {
  const rulebook = rulebookOf({ rules: list });
  const found = findingsOf(rulebook);
  const decisions = allDecisions(rulebook);
  expectWitnesses(rulebook, found);
  for (const pair of [...decisions].flatMap(pairsIn)) expect(tieNames(found)).toContain(pair);
  const deciding = new Set([...decisions].flatMap((one) => one.split(" ")));
  for (const { name } of list) {
    const never = found.some((one) => one.code === "never-decides" && one.name === name);
    expect(never).toBe(!deciding.has(name));
  }
  expect(found.some(({ code }) => code === "gap")).toBe(decisions.has("no-rule"));
}

describe("with few facts", () => {
  test("ties, rules that never decide and gaps match the decisions about every payment", () => {
    const lists = rules(
      small.map((tree) => ({ all: [tree] })),
      4,
    );
    fc.assert(fc.property(lists, expectCompleteFindings), { numRuns: 100 });
  });

  test("four rules without conditions and with one priority tie in every pair", () => {
    const list = [0, 1, 2, 3].map((number) => route(`rule-${number}`));
    expectCompleteFindings(list);
    expect(tieNames(findingsOf(rulebookOf({ rules: list }))).sort()).toEqual(
      pairsIn("rule-0 rule-1 rule-2 rule-3"),
    );
  });
});

/** Instants at, before and after the thresholds of random conditions, and random instants of the year. */
const instants = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("2026-02-13", "2026-02-14", "2026-02-16", "2026-03-08", "2026-10-03", "2026-11-01"),
      fc.constantFrom(0, 1.5, 2.5, 17.25, 23),
      fc.constantFrom(-1, 0, 1),
    )
    .map(([date, hours, off]) => at(`${date}T00:00:00+08:00`) + hours * HOUR + off),
  fc.integer({ min: at("2026-01-02T00:00:00+08:00"), max: at("2026-12-29T00:00:00+08:00") }),
);

type SentPayments = readonly (readonly [stated: Readonly<Record<string, unknown>>, instant: number])[];

/** Expects that no payment contradicts the findings, and that the remedies of gaps match exactly the payments in gaps. */
function expectConsistentFindings(rulebook: Rulebook, payments: SentPayments): void {
  const found = findingsOf(rulebook);
  expectWitnesses(rulebook, found);
  if (found.some(({ code }) => code === "undecided")) return;
  const [oracle, read, isRemedied] = [
    decisionOracleOf(rulebook),
    compileReader(rulebook),
    compileRemedies(rulebook, found),
  ];
  const never = found.filter(({ code }) => code === "never-decides").map(({ name }) => name);
  const gaps = found.filter(({ code }) => code === "gap");
  const allGapsReported = gaps.length < 8 && gaps.every(({ remedy }) => remedy !== undefined);
  for (const [stated, instant] of payments) {
    const { facts } = read({ channel: "cn.test", initiatedAt: instant, ...stated });
    const decision = oracle(facts, instant);
    if (decision === "outside-coverage") continue;
    const label = `${formatInstant(SHANGHAI, instant as Instant)}: ${JSON.stringify(facts)}`;
    if (decision === "no-rule") {
      expect(gaps.length, label).toBeGreaterThan(0);
      if (allGapsReported) expect(isRemedied(facts, instant), label).toBe(true);
      continue;
    }
    expect(isRemedied(facts, instant), label).toBe(false);
    for (const pair of pairsIn(decision)) expect(tieNames(found), label).toContain(pair);
    for (const name of decision.split(" ")) expect(never, label).not.toContain(name);
  }
}

describe("with many facts, dates and kinds of days", () => {
  test("no payment contradicts the findings, and every witness shows its finding", () => {
    const world = fc.record({
      rules: rules(conditions(["first", "second", "third"]), 3),
      named: namedConditions,
      payments: fc.array(fc.tuple(randomFacts, instants), { minLength: 60, maxLength: 60 }),
    });
    fc.assert(
      fc.property(world, ({ rules: list, named, payments }) =>
        expectConsistentFindings(rulebookOf({ rules: list, conditions: named }), payments),
      ),
      { numRuns: 150 },
    );
  });

  const count = (operator: string, value: unknown): Condition => ({ fact: "count", operator, value });
  const slow: Condition = { not: { fact: "speed", operator: "equal", value: "realtime" } };
  test.each<[string, Condition, Condition]>([
    [
      "every count, but not absent",
      count("lessThanInclusive", 10),
      { not: count("greaterThanInclusive", 0) },
    ],
    ["all counts but the highest", { not: count("someValue:lessThan", [10]) }, count("lessThan", 10)],
    ["no count, but absent", { not: count("lessThanInclusive", 10) }, count("greaterThanInclusive", 0)],
    [
      "every count, and absent if slow",
      { any: [count("someValue:greaterThanInclusive", [0]), slow] },
      {
        all: [
          { not: count("greaterThanInclusive", 0) },
          { fact: "speed", operator: "equal", value: "realtime" },
        ],
      },
    ],
  ])("the remedy of a gap matches what the rule leaves: %s", (_, taken, left) => {
    const rulebook = rulebookOf({ rules: [route("rule-0", { conditions: { all: [taken] } })] });
    const noon = at("2026-03-02T12:00:00+08:00");
    const payments = [undefined, 0, 0.01, 5, 9.99, 10].flatMap((number) =>
      SPEEDS.map((speed) => [{ amount: 1, speed, count: number }, noon] as const),
    );
    expectConsistentFindings(rulebook, payments);
    const [gap, ...others] = findingsOf(rulebook).filter(({ code }) => code === "gap");
    expect(others).toEqual([]);
    const parts = "all" in left ? left.all : [left];
    expect(gap?.remedy?.json).toMatchObject({ conditions: { all: expect.arrayContaining(parts) } });
  });

  test("the remedy of a gap names no bound for an unbounded number", () => {
    const facts = { ...FACTS, count: { title: { zh: "数", en: "count" }, type: "number" } } as const;
    const conditions = { all: [count("greaterThan", 10)] };
    const rulebook = rulebookOf({ facts, rules: [route("rule-0", { conditions })] });
    const payments = [undefined, -1e15, 10, 10.01, 1e15].map(
      (number) => [{ amount: 1, count: number }, at("2026-03-02T12:00:00+08:00")] as const,
    );
    expectConsistentFindings(rulebook, payments);
    const [gap] = findingsOf(rulebook).filter(({ code }) => code === "gap");
    expect(JSON.stringify(gap)).not.toMatch(/null|Infinity/);
  });
});

function expectWitnesses(rulebook: Rulebook, found: readonly Finding[]): void {
  const [read, oracle] = [compileReader(rulebook), decisionOracleOf(rulebook)];
  for (const { code, witness, what } of found) {
    if (witness === undefined || (code !== "tie" && code !== "gap")) continue;
    const { facts, at: instant } = read(witness);
    const decision = oracle(facts, instant);
    if (code === "gap") expect(decision).toBe("no-rule");
    else expect(pairsIn(decision)).toContain((what.match(/rule-\d/g) ?? []).sort().join(" "));
  }
}

/** Compiles a predicate: whether the rule in some remedy would match a payment. */
function compileRemedies(
  rulebook: Rulebook,
  found: readonly Finding[],
): (facts: object, at: number) => boolean {
  const context = channelContextOf(rulebook.channels["cn.test"] as ChannelFile, calendars());
  const compile = conditionCompiler(rulebook.conditions, "cn.test");
  const tests = found
    .filter(({ code, remedy }) => code === "gap" && remedy !== undefined)
    .map(({ remedy }) => compile((remedy?.json as { conditions?: Condition } | undefined)?.conditions));
  return (facts, instant) =>
    tests.some((matches) => matches(facts as never, momentAt(context, instant as Instant)));
}
