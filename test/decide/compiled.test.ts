import { Operator } from "json-rules-engine";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type Calendars, compileCalendars } from "../../src/calendar/compile.js";
import { candidatesOf } from "../../src/decide/candidate.js";
import { ALWAYS, conditionCompiler, NEVER } from "../../src/decide/conditions.js";
import { channelContextOf, compileDeciders, type Decider } from "../../src/decide/decider.js";
import { decisionInterner } from "../../src/decide/decision.js";
import { compileLeaf, predicateOf, referencedFact } from "../../src/decide/leaf.js";
import { momentAt } from "../../src/decide/moment.js";
import { nearestMisses } from "../../src/decide/nearest-misses.js";
import { type Compare, parsePoints, resolveOperator } from "../../src/decide/operators.js";
import type { Facts } from "../../src/model/payment.js";
import type { ChannelFile, Condition, Leaf } from "../../src/model/rulebook.js";
import { FOREVER } from "../../src/time/instant.js";
import { at, calendars, is, route, rulebookOf, WEEK } from "./fixture.js";

/** What conditions are compiled to, and what is remembered of it. */

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));
const leaf = (fact: string, operator: string, value: unknown): Leaf => ({ fact, operator, value });
const own = leaf("channel", "equal", "cn.test");
const foreign = leaf("channel", "equal", "cn.other");
const small = leaf("amount", "lessThan", 5);

const book = rulebookOf({ rules: [route("any")] });
const frame = channelContextOf(book.channels["cn.test"] as ChannelFile, calendars());
const NOON = momentAt(frame, at("2026-03-10T12:00:00+08:00"));

afterEach(() => {
  vi.restoreAllMocks();
});

/** Its types leave out what it is asked by. */
const engineOperator = Operator.prototype as unknown as { evaluate: Compare };

describe("a comparison", () => {
  test("refers to a fact only by an object that itself has one", () => {
    expect([null, undefined, "fact", 5, {}, [], Object.create({ fact: "x" })].map(referencedFact)).toEqual(
      many(7, () => undefined),
    );
    expect(referencedFact({ fact: "x" })).toBe("x");
  });

  test("with an operator that is not there was not checked", () => {
    expect(() => compileLeaf(leaf("amount", "nope", 5))).toThrow(
      new TypeError("no operator nope: the rulebook was not checked"),
    );
  });

  test("of what is no number is left to the engine", () => {
    const facts = [true, null, undefined, "4", "4x", "", Number.NaN, -0];
    expect(facts.map(predicateOf(leaf("x", "lessThan", 5)))).toEqual([
      ...[false, false, false, true, false, false, false, true],
    ]);
    expect(facts.map(predicateOf(leaf("x", "greaterThanInclusive", 0)))).toEqual([
      ...[false, false, false, true, false, false, false, true],
    ]);
    for (const range of [
      ["00:00", 60_000],
      [0, "00:01"],
      ["00:00", "00:01"],
      [0, 60_000],
    ]) {
      const within = predicateOf(leaf("x", "within", range));
      expect([0, 59_999, 60_000, -1].map(within)).toEqual([true, true, false, false]);
    }
    expect(predicateOf(leaf("x", "within", ["00:00", 60_000]))("00:00")).toBe(true);
    expect(predicateOf(leaf("x", "within", [0, "00:01"]))("00:00:59")).toBe(true);
  });

  test.each([
    ["equal", 5],
    ["equal", "x"],
    ["notEqual", true],
    ["in", [5, "x"]],
    ["notIn", [5]],
    ["lessThan", 5],
    ["lessThanInclusive", 5],
    ["greaterThan", 5],
    ["greaterThanInclusive", 5],
    ["not:equal", 5],
    ["not:in", [5]],
    ["not:lessThan", 5],
    ["not:not:greaterThan", 5],
  ])("%s %j of numbers, and of a fact that is absent, never asks the engine", (operator, value) => {
    const evaluate = vi.spyOn(engineOperator, "evaluate");
    const predicate = predicateOf(leaf("x", operator, value));
    const engine = resolveOperator(operator);
    const facts = [4, 5, 6, undefined];
    const answers = facts.map(predicate);
    expect(evaluate).not.toHaveBeenCalled();
    expect(answers).toEqual(facts.map((fact) => engine?.(fact, value)));
    expect(evaluate).toHaveBeenCalled();
  });

  test.each([
    ["initiated.date", "before", "1970-01-06"],
    ["initiated.date", "onOrAfter", "1970-01-06"],
    ["initiated.date", "within", ["1970-01-05", "1970-01-06"]],
    ["initiated.time", "before", "12:00"],
    ["initiated.time", "atOrAfter", "12:00"],
    ["initiated.time", "not:within", ["08:00", "12:00"]],
  ])("of a date or time neither does: %s %s %j", (fact, operator, value) => {
    const evaluate = vi.spyOn(engineOperator, "evaluate");
    const predicate = predicateOf({ fact, operator, value });
    for (const point of [0, 4, 5, 43_200_000]) predicate(point);
    expect(evaluate).not.toHaveBeenCalled();
  });

  test("of dates and times reads them once, in whatever lists they stand", () => {
    expect(parsePoints("1970-01-03")).toBe(2);
    expect(parsePoints([["00:01"], "1970-01-02"])).toEqual([[60_000], 1]);
    expect(parsePoints(5)).toBe(5);
    expect(parsePoints("noon")).toBeNaN();
  });
});

describe("a tree", () => {
  const compile = conditionCompiler({ big: { all: [leaf("amount", "greaterThan", 5)] } }, "cn.test");
  const big: Condition = { condition: "big" };
  const test1 = compile(big);

  test("of which the channel's name settles nothing is its comparison alone", () => {
    expect(compile({ all: [own, big] })).toBe(test1);
    expect(compile({ any: [foreign, big] })).toBe(test1);
    expect(compile({ all: [{ any: [big] }, { not: foreign }] })).toBe(test1);
  });

  test("that the channel's name settles is settled", () => {
    const always: Condition[] = [
      { all: [own] },
      { any: [big, own] },
      { all: [own, { any: [own, big] }] },
      { not: { all: [foreign] } },
    ];
    const never: Condition[] = [
      { all: [foreign] },
      { all: [big, foreign] },
      { any: [foreign, { all: [foreign, big] }] },
      { not: { all: [own] } },
    ];
    for (const tree of always) expect(compile(tree)).toBe(ALWAYS);
    for (const tree of never) expect(compile(tree)).toBe(NEVER);
    expect(compile(undefined)).toBe(ALWAYS);
    expect([ALWAYS({}, NOON), NEVER({}, NOON)]).toEqual([true, false]);
  });

  test("of two, three or four comparisons holds where all or any of them do", () => {
    for (const count of [2, 3, 4]) {
      const leaves = many(count, (n) => leaf(`flag${n}`, "equal", true));
      const [all, any] = [compile({ all: leaves }), compile({ any: leaves })];
      for (let bits = 0; bits < 2 ** count; bits++) {
        const facts = Object.fromEntries(leaves.map(({ fact }, n) => [fact, (bits & (1 << n)) !== 0]));
        expect([all(facts, NOON), any(facts, NOON)]).toEqual([bits === 2 ** count - 1, bits > 0]);
      }
    }
  });

  test("that never holds on a channel is no candidate there", () => {
    const rules = [{ conditions: { all: [foreign] } }, { conditions: { all: [own, small] } }, {}];
    expect(candidatesOf(rules, compile).map(({ rule }) => rule)).toEqual(rules.slice(1));
    const [dated] = candidatesOf([{ effective: { from: "1970-01-03", until: "1970-01-05" } }], compile);
    expect([dated?.from, dated?.until]).toEqual([2, 4]);
    expect(candidatesOf([{}], compile)[0]).toMatchObject({ from: -Infinity, until: Infinity });
  });
});

test("a channel reads the kind of a day by its calendar, and asks for it once", () => {
  const asked: unknown[] = [];
  const compiled = compileCalendars({ week: WEEK });
  const spying: Calendars = {
    get(ids, bound) {
      asked.push([ids, bound]);
      return compiled.get("week", "expected");
    },
  };
  const { calendar, ...without } = book.channels["cn.test"] as ChannelFile;
  const named = channelContextOf({ ...without, calendar: calendar as string }, spying);
  expect([named.kindOf(NOON.date), named.kindOf(NOON.date)]).toEqual(["business", "business"]);
  expect(asked).toEqual([["week", "expected"]]);
  channelContextOf(without as ChannelFile, spying).kindOf(NOON.date);
  expect(asked[1]).toEqual([[], "expected"]);
});

describe("a decision is remembered", () => {
  test("until 5,000 others are", () => {
    const decide = decisionInterner();
    const rules = many(10_003, (n) => route(`rule-${n}`));
    const first = (from: number) => decide(rules[from] as never, [], []);
    const one = first(0);
    for (let n = 1; n < 5_000; n++) first(n);
    expect(first(0)).toBe(one);
    first(5_000);
    const again = first(0);
    expect(again).not.toBe(one);
    expect(again).toEqual(one);
    for (let n = 5_001; n < 10_000; n++) first(n);
    expect(first(0)).toBe(again);
    first(10_000);
    expect(first(0)).not.toBe(again);
  });
});

const deciderOf = (parts: Parameters<typeof rulebookOf>[0]): Decider =>
  compileDeciders(rulebookOf(parts), calendars()).get("cn.test") as Decider;

describe("a class is remembered", () => {
  const banks = (fact: string, count: number): Leaf[] => many(count, (n) => leaf(fact, "equal", `bank-${n}`));
  const paid = (from: number, to: number): Facts => ({
    "payer.bank": `bank-${from}`,
    "payee.bank": `bank-${to}`,
  });

  test("until 2,000 others are", () => {
    const any = many(11, (n) => leaf(`flag${n}`, "equal", true));
    const { classOf } = deciderOf({ rules: [route("rule", { conditions: { any } })] });
    const nth = (n: number) =>
      classOf(Object.fromEntries(any.map(({ fact }, place) => [fact, (n & (1 << place)) !== 0])));
    const first = nth(0);
    expect(new Set(many(2_000, nth)).size).toBe(2_000);
    expect(nth(0)).toBe(first);
    nth(2_000);
    expect(nth(0)).not.toBe(first);
  });

  test("by every place of its number, however long that is", () => {
    const flags = many(60, (n) => leaf(`flag${n}`, "equal", true));
    const any = [...banks("payer.bank", 120), ...banks("payee.bank", 120), ...flags];
    const { classOf } = deciderOf({ rules: [route("rule", { conditions: { any } })] });
    const payments = [
      paid(0, 10),
      paid(10, 0),
      paid(111, 1),
      paid(1, 1),
      { ...paid(1, 1), flag59: true },
      {},
    ];
    expect(new Set(payments.map(classOf)).size).toBe(payments.length);
    for (const one of payments) expect(classOf({ ...one })).toBe(classOf(one));
  });
});

describe("what bounds a class", () => {
  const morning = leaf("initiated.time", "before", "12:00");
  const EIGHT = at("2026-03-10T08:00:00+08:00");
  const TWELVE = at("2026-03-10T12:00:00+08:00");
  const regular = leaf("speed", "equal", "regular");
  const bound = (facts: Facts, ...conditions: Condition[]) =>
    deciderOf({
      rules: conditions.map((tree, index) =>
        route(`rule-${index}`, { priority: 9 - index, conditions: tree }),
      ),
    })
      .classOf(facts)
      .nextChangeAfter(EIGHT);
  const last: Condition = { all: [morning] };

  test("is nothing that stands below a rule which holds at any time, whatever it is made of", () => {
    const regularly: Condition[] = [
      { all: [regular] },
      { any: [small, regular] },
      { not: { all: [leaf("speed", "equal", "realtime")] } },
      { all: [regular, { not: { any: [small] } }] },
    ];
    for (const tree of regularly) {
      expect(bound({ speed: "regular", amount: 9 }, tree, last)).toBe(FOREVER);
      expect(bound({ speed: "realtime", amount: 9 }, tree, last)).toBe(TWELVE);
    }
  });

  test("is what stands below a rule that holds at some time only", () => {
    const june = leaf("initiated.date", "onOrAfter", "2026-06-01");
    const sometimes: Condition[] = [
      { not: { all: [june] } },
      { not: { any: [june] } },
      { any: [june, small] },
      { all: [regular, june] },
      { all: [{ not: june }, regular] },
    ];
    for (const tree of sometimes) expect(bound({ speed: "regular", amount: 9 }, tree, last)).toBe(TWELVE);
    const later = route("later", { priority: 2, effective: { from: "2026-06-01" } });
    const { classOf } = deciderOf({ rules: [later, route("rule", { conditions: last })] });
    expect(classOf({}).nextChangeAfter(EIGHT)).toBe(TWELVE);
  });

  test("is no time that is asked of another channel, but one that is asked where a fact names it", () => {
    const any: Condition = { any: [{ all: [foreign, morning] }, regular] };
    expect(bound({ speed: "realtime" }, any)).toBe(FOREVER);
    expect(bound({ speed: "realtime" }, { any: [{ all: [own, morning] }, regular] })).toBe(TWELVE);
    const named: Condition = { all: [leaf("channel", "equal", { fact: "currency" }), morning] };
    expect(bound({ currency: "cn.test" }, named)).toBe(TWELVE);
  });

  test("is the day, where a fact is compared with its kind", () => {
    const kind: Condition = { all: [leaf("currency", "equal", { fact: "initiated.day" })] };
    const decider = deciderOf({
      rules: [route("rule", { conditions: kind }), route("any", { priority: 0 })],
    });
    expect(decider.decide({ currency: "business" }, EIGHT).rule.name).toBe("rule");
    expect(decider.classOf({ currency: "business" })).toBe(decider.classOf({ currency: "holiday" }));
  });
});

describe("the nearest misses", () => {
  test("of a rule that asks for nothing are none, and a broken fact is no miss", () => {
    expect(nearestMisses([route("any")], {}, {}, NOON)).toEqual([{ rule: "any", failing: [] }]);
    const broken = {
      get amount(): number {
        throw new RangeError("broken");
      },
    };
    const rule = route("rule", { conditions: is("amount", "equal", 5) });
    expect(() => nearestMisses([rule], {}, broken, NOON)).toThrow("broken");
  });
});
