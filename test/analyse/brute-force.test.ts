import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contextOf } from "../../src/analyse/context.js";
import type { Finding } from "../../src/analyse/finding.js";
import { channelFindings } from "../../src/analyse/rules.js";
import { conditionCompiler } from "../../src/decide/conditions.js";
import { frameOf } from "../../src/decide/decider.js";
import { momentAt } from "../../src/decide/moment.js";
import type { ChannelFile, ChannelRule, Condition, Rulebook } from "../../src/model/rulebook.js";
import { compileReader } from "../../src/payment/question.js";
import { type Day, parseDay } from "../../src/time/day.js";
import { formatInstant, type Instant } from "../../src/time/instant.js";
import { type Zone, zoneNamed } from "../../src/time/zone.js";
import { at, calendars, FACTS, route, rulebookOf } from "../decide/fixture.js";
import { conditions, namedConditions, facts as randomFacts } from "../decide/random.js";
import { askerOf, pairsOf } from "./asked.js";

/** The analysis of cells against asking the decider about payments one by one. */

const TODAY = parseDay("2026-03-02") as Day;
const HOUR = 3_600_000;
const SHANGHAI = zoneNamed("Asia/Shanghai") as Zone;

const findingsOf = (rulebook: Rulebook): readonly Finding[] =>
  channelFindings(contextOf(rulebook, () => ({}), TODAY)).findings;

const rules = (trees: fc.Arbitrary<Condition>, most: number): fc.Arbitrary<ChannelRule[]> =>
  fc
    .array(
      fc.record({ conditions: fc.option(trees, { freq: 9 }), priority: fc.integer({ min: 1, max: 3 }) }),
      {
        minLength: 1,
        maxLength: most,
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

/** Few facts, so that every payment can be asked about: a value between and at all thresholds, every half hour of a week. */
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

/** Every kind of answer with the rules that decide, over a week in which each threshold is met, and passed by 1 ms. */
function everything(rulebook: Rulebook): Set<string> {
  const asked = askerOf(rulebook);
  const monday = at("2026-03-02T00:00:00+08:00");
  const times = [0, 7.5, 8, 8 + 1 / HOUR, 12, 17.5, 17.5 + 1 / HOUR, 23].map((hours) =>
    Math.round(hours * HOUR),
  );
  const said = new Set<string>();
  for (const amount of AMOUNTS)
    for (const speed of SPEEDS)
      for (const sameBank of BANKS)
        for (let day = 0; day < 7; day++)
          for (const time of times) {
            said.add(asked({ amount, speed, sameBank }, monday + day * 24 * HOUR + time));
          }
  return said;
}

/** What is found of the rules is what asking about every payment finds. */
function expectAllFound(list: readonly ChannelRule[]): void {
  const rulebook = rulebookOf({ rules: list });
  const found = findingsOf(rulebook);
  const said = everything(rulebook);
  expectWitnesses(rulebook, found);
  for (const pair of [...said].flatMap(pairsOf)) expect(tieNames(found)).toContain(pair);
  const deciding = new Set([...said].flatMap((one) => one.split(" ")));
  for (const { name } of list) {
    const never = found.some((one) => one.code === "never-decides" && one.name === name);
    expect(never).toBe(!deciding.has(name));
  }
  expect(found.some(({ code }) => code === "gap")).toBe(said.has("no-rule"));
}

describe("of few facts, everything is found and nothing else", () => {
  test("ties, rules that never decide, and gaps are those that asking about every payment finds", () => {
    const lists = rules(
      small.map((tree) => ({ all: [tree] })),
      4,
    );
    fc.assert(fc.property(lists, expectAllFound), { numRuns: 100 });
  });

  test("of four rules without conditions and one priority, every two tie", () => {
    const list = [0, 1, 2, 3].map((number) => route(`rule-${number}`));
    expectAllFound(list);
    expect(tieNames(findingsOf(rulebookOf({ rules: list }))).sort()).toEqual(
      pairsOf("rule-0 rule-1 rule-2 rule-3"),
    );
  });
});

/** Instants at, before and after the thresholds that random conditions use, and anywhere in the year. */
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

type Asked = readonly (readonly [stated: Readonly<Record<string, unknown>>, instant: number])[];

/** No payment contradicts what is found, and a gap's remedy takes those that no rule takes, and no others. */
function expectNoneContradicts(rulebook: Rulebook, payments: Asked): void {
  const found = findingsOf(rulebook);
  expectWitnesses(rulebook, found);
  if (found.some(({ code }) => code === "undecided")) return;
  const [asked, read, remedied] = [askerOf(rulebook), compileReader(rulebook), remediedBy(rulebook, found)];
  const never = found.filter(({ code }) => code === "never-decides").map(({ name }) => name);
  const gaps = found.filter(({ code }) => code === "gap");
  const allSaid = gaps.length < 8 && gaps.every(({ remedy }) => remedy !== undefined);
  for (const [stated, instant] of payments) {
    const { facts } = read({ channel: "cn.test", initiatedAt: instant, ...stated });
    const said = asked(facts, instant);
    if (said === "outside-coverage") continue;
    const shown = `${formatInstant(SHANGHAI, instant as Instant)}: ${JSON.stringify(facts)}`;
    if (said === "no-rule") {
      expect(gaps.length, shown).toBeGreaterThan(0);
      if (allSaid) expect(remedied(facts, instant), shown).toBe(true);
      continue;
    }
    expect(remedied(facts, instant), shown).toBe(false);
    for (const pair of pairsOf(said)) expect(tieNames(found), shown).toContain(pair);
    for (const name of said.split(" ")) expect(never, shown).not.toContain(name);
  }
}

describe("of many facts, dates and kinds of days", () => {
  test("no payment contradicts what was found, and every witness shows what it is said to show", () => {
    const world = fc.record({
      rules: rules(conditions(["first", "second", "third"]), 3),
      named: namedConditions,
      payments: fc.array(fc.tuple(randomFacts, instants), { minLength: 60, maxLength: 60 }),
    });
    fc.assert(
      fc.property(world, ({ rules: list, named, payments }) =>
        expectNoneContradicts(rulebookOf({ rules: list, conditions: named }), payments),
      ),
      { numRuns: 150 },
    );
  });

  const count = (operator: string, value: unknown): Condition => ({ fact: "count", operator, value });
  const slow: Condition = { not: { fact: "speed", operator: "equal", value: "realtime" } };
  test.each<[string, Condition, Condition]>([
    [
      "every count, absent left out",
      count("lessThanInclusive", 10),
      { not: count("greaterThanInclusive", 0) },
    ],
    ["no count but the highest", { not: count("someValue:lessThan", [10]) }, count("lessThan", 10)],
    ["no count, absent taken", { not: count("lessThanInclusive", 10) }, count("greaterThanInclusive", 0)],
    [
      "every count, and absent where slow",
      { any: [count("someValue:greaterThanInclusive", [0]), slow] },
      {
        all: [
          { not: count("greaterThanInclusive", 0) },
          { fact: "speed", operator: "equal", value: "realtime" },
        ],
      },
    ],
  ])("the remedy of a gap takes what a rule leaves: %s", (_, taken, left) => {
    const rulebook = rulebookOf({ rules: [route("rule-0", { conditions: { all: [taken] } })] });
    const noon = at("2026-03-02T12:00:00+08:00");
    const payments = [undefined, 0, 0.01, 5, 9.99, 10].flatMap((number) =>
      SPEEDS.map((speed) => [{ amount: 1, speed, count: number }, noon] as const),
    );
    expectNoneContradicts(rulebook, payments);
    const [gap, ...others] = findingsOf(rulebook).filter(({ code }) => code === "gap");
    expect(others).toEqual([]);
    const parts = "all" in left ? left.all : [left];
    expect(gap?.remedy?.json).toMatchObject({ conditions: { all: expect.arrayContaining(parts) } });
  });

  test("the remedy of a gap names no end where a number has none", () => {
    const facts = { ...FACTS, count: { title: { zh: "数", en: "count" }, type: "number" } } as const;
    const conditions = { all: [count("greaterThan", 10)] };
    const rulebook = rulebookOf({ facts, rules: [route("rule-0", { conditions })] });
    const payments = [undefined, -1e15, 10, 10.01, 1e15].map(
      (number) => [{ amount: 1, count: number }, at("2026-03-02T12:00:00+08:00")] as const,
    );
    expectNoneContradicts(rulebook, payments);
    const [gap] = findingsOf(rulebook).filter(({ code }) => code === "gap");
    expect(JSON.stringify(gap)).not.toMatch(/null|Infinity/);
  });
});

function expectWitnesses(rulebook: Rulebook, found: readonly Finding[]): void {
  const [read, asked] = [compileReader(rulebook), askerOf(rulebook)];
  for (const { code, witness, what } of found) {
    if (witness === undefined || (code !== "tie" && code !== "gap")) continue;
    const { facts, at: instant } = read(witness);
    const said = asked(facts, instant);
    if (code === "gap") expect(said).toBe("no-rule");
    else expect(pairsOf(said)).toContain((what.match(/rule-\d/g) ?? []).sort().join(" "));
  }
}

/** Whether the conditions of a remedy hold for a payment: the rule to paste would take it. */
function remediedBy(rulebook: Rulebook, found: readonly Finding[]): (facts: object, at: number) => boolean {
  const frame = frameOf(rulebook.channels["cn.test"] as ChannelFile, calendars());
  const compile = conditionCompiler(rulebook.conditions, "cn.test");
  const tests = found
    .filter(({ code, remedy }) => code === "gap" && remedy !== undefined)
    .map(({ remedy }) => compile((remedy?.json as { conditions?: Condition } | undefined)?.conditions));
  return (facts, instant) =>
    tests.some((takes) => takes(facts as never, momentAt(frame, instant as Instant)));
}
