import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contextOf } from "../../src/analyse/context.js";
import type { Finding } from "../../src/analyse/finding.js";
import { channelFindings } from "../../src/analyse/rules.js";
import { conditionCompiler } from "../../src/decide/conditions.js";
import { compileDeciders, type Decider, frameOf } from "../../src/decide/decider.js";
import { momentAt } from "../../src/decide/moment.js";
import { compileReader } from "../../src/decide/payment.js";
import { QuestionError } from "../../src/errors.js";
import type { ChannelFile, ChannelRule, Condition, Rulebook } from "../../src/model/rulebook.js";
import { type Day, formatDay, parseDay } from "../../src/time/day.js";
import type { Instant } from "../../src/time/instant.js";
import { at, calendars, route, rulebookOf } from "../decide/fixture.js";
import { conditions, namedConditions, facts as randomFacts } from "../decide/random.js";

/** The analysis of cells against asking the decider about payments one by one. */

const TODAY = parseDay("2026-03-02") as Day;
const HOUR = 3_600_000;

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

/** What the decider says of one payment: the deciding rule, the two that tie, or nothing. */
function asked(decider: Decider, facts: Record<string, unknown>, instant: number): string {
  try {
    return decider.decide(facts as never, instant as Instant).rule.name;
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    return error.code === "ambiguous-rules"
      ? (error.what.match(/rule-\d/g) ?? []).sort().join(" ")
      : error.code;
  }
}

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
  const decider = compileDeciders(rulebook, calendars()).get("cn.test") as Decider;
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
            said.add(asked(decider, { amount, speed, sameBank }, monday + day * 24 * HOUR + time));
          }
  return said;
}

describe("of few facts, everything is found and nothing else", () => {
  test("ties, rules that never decide, and gaps are those that asking about every payment finds", () => {
    fc.assert(
      fc.property(
        rules(
          small.map((tree) => ({ all: [tree] })),
          4,
        ),
        (list) => {
          const rulebook = rulebookOf({ rules: list });
          const found = findingsOf(rulebook);
          const said = everything(rulebook);
          const ties = [...said].filter((one) => one.includes(" "));
          const decider = compileDeciders(rulebook, calendars()).get("cn.test") as Decider;
          expectWitnesses(rulebook, decider, found);
          for (const pair of ties) expect(tieNames(found)).toContain(pair);
          const deciding = new Set([...said].flatMap((one) => one.split(" ")));
          for (const { name } of list) {
            const never = found.some((one) => one.code === "never-decides" && one.name === name);
            const tied = tieNames(found).some((pair) => pair.split(" ").includes(name));
            expect(never).toBe(!deciding.has(name) && !tied);
          }
          expect(found.some(({ code }) => code === "gap")).toBe(said.has("no-rule"));
        },
      ),
      { numRuns: 100 },
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

describe("of many facts, dates and kinds of days", () => {
  test("no payment contradicts what was found, and every witness shows what it is said to show", () => {
    const world = fc.record({
      rules: rules(conditions(["first", "second", "third"]), 3),
      named: namedConditions,
      payments: fc.array(fc.tuple(randomFacts, instants), { minLength: 60, maxLength: 60 }),
    });
    fc.assert(
      fc.property(world, ({ rules: list, named, payments }) => {
        const rulebook = rulebookOf({ rules: list, conditions: named });
        const found = findingsOf(rulebook);
        const decider = compileDeciders(rulebook, calendars()).get("cn.test") as Decider;
        expectWitnesses(rulebook, decider, found);
        if (found.some(({ code }) => code === "undecided")) return;
        const read = compileReader(rulebook);
        for (const [stated, instant] of payments) {
          const { facts } = read({ channel: "cn.test", initiatedAt: instant, ...stated });
          const said = asked(decider, facts, instant);
          if (said.includes(" ")) expect(tieNames(found)).toContain(said);
          else if (said === "no-rule") expectInGap(rulebook, found, facts, instant);
          else if (said !== "outside-coverage") {
            expect(
              found.filter(({ code }) => code === "never-decides").map(({ name }) => name),
            ).not.toContain(said);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

function expectWitnesses(rulebook: Rulebook, decider: Decider, found: readonly Finding[]): void {
  const read = compileReader(rulebook);
  for (const { code, witness, what } of found) {
    if (witness === undefined || (code !== "tie" && code !== "gap")) continue;
    const { facts, at: instant } = read(witness);
    const said = asked(decider, facts, instant);
    const names: readonly string[] = what.match(/rule-\d/g) ?? [];
    if (code === "gap") expect(said).toBe("no-rule");
    else expect(said.split(" ").some((name) => names.includes(name)) && said.includes(" ")).toBe(true);
  }
}

/** The remedy's conditions hold for the payment: the rule to paste would take it. */
function expectInGap(rulebook: Rulebook, found: readonly Finding[], facts: object, instant: number): void {
  const gaps = found.filter(({ code }) => code === "gap");
  expect(gaps.length).toBeGreaterThan(0);
  if (gaps.length >= 8 || gaps.some(({ remedy }) => remedy === undefined)) return;
  const frame = frameOf(rulebook.channels["cn.test"] as ChannelFile, calendars());
  const compile = conditionCompiler(rulebook.conditions, "cn.test");
  const taken = gaps.some(({ remedy }) => {
    const { conditions: tree } = (remedy?.json ?? {}) as { conditions?: Condition };
    return compile(tree)(facts as never, momentAt(frame, instant as Instant));
  });
  expect(taken, `${formatDay(TODAY)}: ${JSON.stringify(facts)}`).toBe(true);
}
