import fc from "fast-check";
import { Engine, type TopLevelCondition } from "json-rules-engine";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { checkConditions } from "../../src/decide/check.js";
import { conditionCompiler } from "../../src/decide/conditions.js";
import { momentAt } from "../../src/decide/moment.js";
import { registerOperators, resolveOperator } from "../../src/decide/operators.js";
import type { Condition } from "../../src/model/rulebook.js";
import { formatDay } from "../../src/time/day.js";
import type { Instant } from "../../src/time/instant.js";
import { type Zone, zoneNamed } from "../../src/time/zone.js";
import { byPath, HOLIDAYS, route, rulebookOf, WORKED } from "./fixture.js";
import { conditions, DATES, facts, namedConditions, TIMES } from "./random-conditions.js";

/**
 * Compares compiled conditions with `run` of json-rules-engine. The engine gets the facts of the initiation instant as
 * text, computed by luxon and a list of days. Each call uses a new engine.
 */

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

function kindOn(local: DateTime): string {
  const date = local.toISODate() ?? "";
  if (HOLIDAYS.includes(date)) return "holiday";
  if (WORKED.includes(date)) return "makeup";
  return local.weekday > 5 ? "weekend" : "business";
}

function instantFacts(at: number, zone: string): Record<string, string> {
  const local = DateTime.fromMillis(at, { zone });
  const time = local.toFormat("HH:mm:ss.SSS");
  return {
    "initiated.date": local.toISODate() ?? "",
    "initiated.time": time.endsWith(":00.000") ? time.slice(0, 5) : time,
    "initiated.weekday": WEEKDAYS[local.weekday - 1] ?? "",
    "initiated.day": kindOn(local),
    "initiated.tomorrow": kindOn(local.plus({ days: 1 })),
  };
}

interface RuleSet {
  named: Record<string, Condition>;
  rules: { name: string; priority: number; conditions: Condition }[];
}

async function matchedByEngine(set: RuleSet, facts: Record<string, unknown>): Promise<string[]> {
  const engine = new Engine([], { allowUndefinedFacts: true });
  registerOperators(engine);
  for (const [name, tree] of Object.entries(set.named)) {
    engine.setCondition(name, structuredClone(tree) as TopLevelCondition);
  }
  for (const { name, priority, conditions } of set.rules) {
    const copy = structuredClone(conditions) as TopLevelCondition;
    engine.addRule({ name, priority, conditions: copy, event: { type: name } });
  }
  const { events } = await engine.run(facts);
  return events.map(({ type }) => type).sort();
}

function matchedByClosures(
  set: RuleSet,
  facts: Record<string, string | number | boolean>,
  at: Instant,
  zone: string,
) {
  const compile = conditionCompiler(set.named, "cn.test");
  const kindOf = (day: Parameters<typeof formatDay>[0]) =>
    kindOn(DateTime.fromISO(formatDay(day), { zone: "utc" })) as "business";
  const moment = momentAt({ channel: "cn.test", zone: zoneNamed(zone) as Zone, kindOf }, at);
  return set.rules
    .filter((rule) => compile(rule.conditions)(facts, moment))
    .map(({ name }) => name)
    .sort();
}

const ruleSets: fc.Arbitrary<RuleSet> = fc.record({
  named: namedConditions,
  rules: fc
    .array(
      fc.record({
        priority: fc.integer({ min: 1, max: 3 }),
        conditions: conditions(["first", "second", "third"]),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((rules) => rules.map((rule, index) => ({ name: `r${index}`, ...rule }))),
});

/** Near the dates and times in the rules, or anywhere in 2026. */
const moments = fc
  .record({
    zone: fc.constantFrom("Asia/Shanghai", "America/New_York"),
    date: fc.constantFrom(...DATES.filter((date) => date.startsWith("2026"))),
    time: fc.constantFrom(...TIMES.filter((time) => time !== "24:00")),
    offset: fc.constantFrom(-1, 0, 1, 86_400_000, 3_600_000),
    anywhere: fc.option(fc.integer({ min: Date.UTC(2026, 0, 3), max: Date.UTC(2026, 11, 28) }), { freq: 4 }),
  })
  .map(({ zone, date, time, offset, anywhere }) => ({
    zone,
    at: anywhere ?? DateTime.fromISO(`${date}T${time}`, { zone }).toMillis() + offset,
  }));

describe("compiled conditions", () => {
  test("match the same rules as `run` of json-rules-engine", async () => {
    let matched = 0;
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(
        ruleSets,
        fc.array(fc.tuple(facts, moments), { minLength: 1, maxLength: 2 }),
        async (set, payments) => {
          const rules = set.rules.map(({ name, conditions }) => route(name, { conditions }));
          const book = rulebookOf({ rules, conditions: set.named });
          expect(checkConditions(book, byPath)).toEqual([]);
          for (const [payment, { at, zone }] of payments) {
            const closures = matchedByClosures(set, payment, at as Instant, zone);
            expect(closures).toEqual(await matchedByEngine(set, { ...payment, ...instantFacts(at, zone) }));
            matched += closures.length;
            asked += set.rules.length;
          }
        },
      ),
      { numRuns: 10_000 },
    );
    // Rules that never or always match would prove nothing.
    expect(matched / asked).toBeGreaterThan(0.2);
    expect(matched / asked).toBeLessThan(0.8);
  }, 120_000);
});

describe("the private API of json-rules-engine", () => {
  test("resolves decorated operators by name", () => {
    const engine = new Engine();
    registerOperators(engine);
    const { operators } = engine as unknown as { operators: { get(name: string): unknown } };
    expect(operators.get("not:someValue:within")).toHaveProperty("evaluate");
    expect(operators.get("equals")).toBeNull();
    expect(resolveOperator("not:in")?.(1, [2])).toBe(true);
    expect(resolveOperator("nott:in")).toBeUndefined();
  });
});
