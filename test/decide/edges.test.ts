import { describe, expect, test, vi } from "vitest";
import { checkConditions } from "../../src/decide/check.js";
import { compileDeciders, type Decider } from "../../src/decide/decider.js";
import { predicateOf } from "../../src/decide/leaf.js";
import { QuestionError } from "../../src/errors.js";
import type { Facts } from "../../src/model/payment.js";
import type { ChannelRule, Condition, Rulebook } from "../../src/model/rulebook.js";
import { parseAmount } from "../../src/payment/amount.js";
import { FOREVER, type Instant } from "../../src/time/instant.js";
import { at, byPath, calendars, closing, hold, is, onHvps, returning, route, rulebookOf } from "./fixture.js";

/** The edges of what is read, compared, told and looked ahead. */

const said = (given: unknown): number | string => {
  const amount = parseAmount(given);
  return typeof amount === "number" ? amount : amount.what.replace(/^`.*` (is|has) /, "");
};

describe("amounts", () => {
  test.each([
    ["9", 9],
    ["0.5", 0.5],
    ["90.09", 90.09],
    ["123456789012345", 123456789012345],
    ["0000000000000000.5", 0.5],
    ["00000000000000000000", 0],
    ["0.12345678901234500000", 0.123456789012345],
    ["12345678901234500", 12345678901234500],
    [123456789012345, 123456789012345],
    [12345678901234500, 12345678901234500],
    [0.000001, 0.000001],
  ])("%s is read as it is written", (given, amount) => {
    expect(said(given)).toBe(amount);
  });

  test.each([
    ["1234567890123456", "more than 15 significant digits and would be rounded"],
    ["0000000000000001.00000000000000005", "more than 15 significant digits and would be rounded"],
    ["0.1234567890123456", "more than 15 significant digits and would be rounded"],
    [1234567890123456, "more than 15 significant digits and would be rounded"],
    ["-12", "negative"],
    ["-12.50", "negative"],
    ["1,000", "commas in it"],
    ["1,000.00", "commas in it"],
    ["12,34.5", "commas in it"],
  ])("`%s` is none: it is %s", (given, what) => {
    expect(said(given)).toBe(what);
  });

  test.each([
    "-12x",
    "x-12",
    "-12.",
    "-12.5x",
    "-.5",
    "-1a.5",
    "-12.x",
    "--1",
    ",1",
    "1,0.",
    "1,0.x",
    "1,0x",
    "x1,0",
    ".5",
    "5.",
    "1.2.3",
    "1..2",
    "+1",
    ":",
    "/",
    "1:",
    "1/",
    ".",
  ])("`%s` is no decimal amount", (given) => {
    expect(said(given)).toBe("not a decimal amount");
  });
});

describe("what is simple about an amount is read simply", () => {
  /** How often a method is called meanwhile; what `expect` calls does not count. */
  function calls<T extends object>(of: T, method: keyof T & string, act: () => void): number {
    const spy = vi.spyOn(of as Record<string, () => unknown>, method);
    act();
    const { length } = spy.mock.calls;
    spy.mockRestore();
    return length;
  }

  test.each(["0", "5", "09", "1000.00", "12.34", "0.00", "999999999999999", "1234567890123.4"])(
    "`%s` without looking for its form",
    (text) => {
      let amount: unknown;
      expect(
        calls(RegExp.prototype, "test", () => {
          amount = parseAmount(text);
        }),
      ).toBe(0);
      expect(amount).toBe(Number.parseFloat(text));
    },
  );

  test.each([0, 1, 1000, 12.5, 0.25])("%d without writing it out", (amount) => {
    expect(calls(Number.prototype, "toPrecision", () => parseAmount(amount))).toBe(0);
    expect(calls(Number.prototype, "toPrecision", () => parseAmount(0.001))).toBe(1);
  });
});

const told = (book: Rulebook): string[] =>
  checkConditions(book, byPath).map(({ path, name, what }) => `${path} ${name}: ${what}`);
const check = (tree: unknown, named: Record<string, unknown> = {}): string[] =>
  told(
    rulebookOf({
      rules: [route("rule", { conditions: tree as Condition })],
      conditions: named as Record<string, Condition>,
    }),
  );

describe("what a verdict may test", () => {
  const judging = (fact: string, operator: string, value: unknown): string[] => {
    const verdict = {
      name: "v",
      conditions: is(fact, operator, value),
      event: { type: "verdict", params: {} },
    };
    const book = rulebookOf({});
    const systems = { hvps: { title: { zh: "名", en: "name" } } };
    return told({ ...book, systems, verdicts: [verdict] } as unknown as Rulebook);
  };

  test.each([
    ["assessment.phase", "equal", "overdue", "overdu"],
    ["assessment.cause", "equal", "unknown", "unknwn"],
    ["assessment.status", "equal", "sent", "sentt"],
    ["assessment.system", "equal", "hvps", "hvpss"],
    ["assessment.system", "equal", "none", "nine"],
    ["assessment.certainty", "in", ["official", "projected", "open-incident"], ["oficial"]],
    ["assessment.overdueMinutes", "greaterThan", 0, -1],
    ["amount", "greaterThan", 0, "0"],
  ])("%s may be %s %j, and not %j", (fact, operator, right, wrong) => {
    expect(judging(fact, operator, right)).toEqual([]);
    expect(judging(fact, operator, wrong)).toHaveLength(1);
    if (fact !== "amount")
      expect(check(is(fact, operator, right))).toEqual([expect.stringContaining("there is no fact")]);
  });
});

describe("faults of conditions", () => {
  test("what has no calendar may ask for the weekday, not for the kind of tomorrow", () => {
    const bare = (conditions: Condition, named: Record<string, Condition> = {}) =>
      told(rulebookOf({ rules: [route("rule", { conditions })], conditions: named, calendar: false }));
    expect(bare(is("initiated.weekday", "equal", "fri"))).toEqual([]);
    expect(bare(is("initiated.tomorrow", "equal", "holiday"))).toHaveLength(1);
    const both = {
      all: [...(is("amount", "lessThan", 5) as { all: [] }).all, is("initiated.day", "equal", "holiday")],
    };
    expect(bare({ condition: "both" }, { both })).toEqual([
      expect.stringContaining("`initiated.day` is read from"),
    ]);
  });

  test("a fact with a highest value has no lowest by itself", () => {
    const title = { zh: "名", en: "name" };
    const facts = { below: { title, type: "number" as const, maximum: 10 } };
    const bounded = (value: number) =>
      told(rulebookOf({ facts, rules: [route("rule", { conditions: is("below", "lessThan", value) })] }));
    expect(bounded(-1_000_000)).toEqual([]);
    expect(bounded(11)).toHaveLength(1);
  });

  test("a range is two times, each told by its place, and no fact", () => {
    expect(check(is("initiated.time", "within", { fact: "initiated.time" }))).toEqual([
      expect.stringContaining("`within` needs a list, and the fact `initiated.time` is never one"),
    ]);
    expect(check(is("initiated.time", "within", ["2x:00", "11:00"]))[0]).toMatch(
      /^conditions.all\[0\].value\[0\] /,
    );
    expect(check(is("initiated.time", "before", 5))).toEqual([
      expect.stringContaining("is not a time of day"),
    ]);
    expect(check(is("initiated.time", "before", { fact: 5 }))).toEqual([
      expect.stringContaining("but not a reference to a fact"),
    ]);
  });

  test("eight decorators are taken", () => {
    expect(check(is("amount", `${"not:".repeat(8)}equal`, 5))).toEqual([]);
  });

  test("a reference is a text, a circle is told where it is written, and nothing is followed while names are wrong", () => {
    expect(check({ condition: 5 })).toEqual([expect.stringMatching(/^conditions.condition rule: /)]);
    const self = { condition: "self" };
    expect(check(is("amount", "lessThan", 5), { self })).toEqual([
      expect.stringMatching(/^condition self: .*circle/),
    ]);
    const inner = { all: [is("amount", "lessThan", 5), { condition: "inner" }] };
    expect(check(is("amount", "lessThan", 5), { inner })).toEqual([
      expect.stringMatching(/^all\[1\].condition inner: /),
    ]);
    expect(check(is("amount", "lessThan", 5), { self, bad: { all: [] } })).toEqual([
      expect.stringMatching(/^all bad: /),
    ]);
    expect(check(is("amount", "lessThan", 5), { bad: 5 })).toEqual([expect.stringMatching(/^bad bad: /)]);
    expect(check({ fact: "amount", operator: "lessThan", value: 5 })).toEqual([
      expect.stringMatching(/^conditions rule: /),
    ]);
  });
});

describe("comparisons at their very value", () => {
  test.each([
    ["lessThan", 5, [true, false, false]],
    ["lessThanInclusive", 5, [true, true, false]],
    ["greaterThan", 5, [false, false, true]],
    ["greaterThanInclusive", 5, [false, true, true]],
    ["not:lessThan", 5, [false, true, true]],
    ["in", [5, 7], [false, true, false]],
    ["notIn", [5, 7], [true, false, true]],
    ["equal", 5, [false, true, false]],
    ["notEqual", 5, [true, false, true]],
  ])("%s %j", (operator, value, expected) => {
    const predicate = predicateOf({ fact: "amount", operator, value });
    expect([4, 5, 6].map(predicate)).toEqual(expected);
  });

  test.each([
    ["initiated.date", "before", "1970-01-06", [true, false, false]],
    ["initiated.date", "onOrAfter", "1970-01-06", [false, true, true]],
    ["initiated.date", "within", ["1970-01-05", "1970-01-06"], [true, false, false]],
    ["initiated.date", "within", ["1970-01-06", "1970-01-07"], [false, true, false]],
    ["initiated.date", "someValue:before", ["1970-01-06"], [true, false, false]],
    ["initiated.time", "before", "00:00:00.005", [true, false, false]],
    ["initiated.time", "atOrAfter", "00:00:00.005", [false, true, true]],
  ])("%s %s %j", (fact, operator, value, expected) => {
    const predicate = predicateOf({ fact, operator, value });
    expect([4, 5, 6].map(predicate)).toEqual(expected);
  });
});

function deciderOf(book: Rulebook): Decider {
  return compileDeciders(book, calendars()).get("cn.test") as Decider;
}

const NOON = at("2026-03-10T12:00:00+08:00");

const help = (rules: ChannelRule[], facts: Facts, when = NOON): string => {
  try {
    deciderOf(rulebookOf({ rules })).decide(facts, when);
  } catch (error) {
    if (error instanceof QuestionError) return error.help;
    throw error;
  }
  return "decided";
};

describe("the nearest misses", () => {
  const big = is("amount", "greaterThan", 1000);

  test("a rule that is not yet in force is told by its date alone", () => {
    const soon = route("soon", { effective: { from: "2026-03-11" }, conditions: big });
    expect(help([soon], { amount: 1 })).toBe("nearest: `soon` applies from 2026-03-11, found 2026-03-10");
    const today = route("today", { effective: { from: "2026-03-10", until: "2026-03-11" }, conditions: big });
    expect(help([today], { amount: 1 })).toBe("nearest: `today` needs `amount greaterThan 1000`, found `1`");
    const past = route("past", { effective: { from: "2026-03-01", until: "2026-03-10" } });
    expect(help([past], { amount: 1 })).toBe(
      "nearest: `past` applies from 2026-03-01 until 2026-03-10, found 2026-03-10",
    );
  });

  test("refusals are no misses, and three routes are told, the nearest first", () => {
    const refuse = {
      name: "no",
      conditions: big,
      event: { type: "refuse", params: { reason: {} } },
    } as never;
    const far = (name: string, count: number) =>
      route(name, {
        conditions: {
          all: Array.from({ length: count }, (_, n) => ({ fact: "amount", operator: "equal", value: n + 5 })),
        },
      });
    const told3 = help([refuse, far("d", 4), far("b", 2), far("c", 3), far("a", 1)], { amount: 1 });
    expect([...told3.matchAll(/`([abcd]|no)` needs/g)].map(([, name]) => name)).toEqual(["a", "b", "c"]);
  });

  test("of alternatives the nearest is told, the first of two; what holds is not told", () => {
    const any = (...nodes: Condition[]) => route("any", { conditions: { any: nodes } });
    const two: Condition = {
      all: [
        { fact: "amount", operator: "equal", value: 5 },
        { fact: "count", operator: "equal", value: 5 },
      ],
    };
    expect(help([any(two, big)], { amount: 1 })).toContain("`amount greaterThan 1000`");
    expect(help([any(is("amount", "equal", 7), big)], { amount: 1 })).toBe(
      "nearest: `any` needs `amount equal 7`, found `1`",
    );
    expect(help([route("r", { conditions: { all: [is("amount", "equal", 1), big] } })], { amount: 1 })).toBe(
      "nearest: `r` needs `amount greaterThan 1000`, found `1`",
    );
    const not = (node: Condition) => route("not", { conditions: { all: [{ not: node }, big] } });
    expect(help([not(is("amount", "equal", 7))], { amount: 1 })).toBe(
      "nearest: `not` needs `amount greaterThan 1000`, found `1`",
    );
    expect(help([not({ fact: "amount", operator: "equal", value: 1 })], { amount: 1 })).toContain(
      "needs that `amount equal 1` does not hold",
    );
    expect(help([not(is("amount", "equal", 1))], { amount: 1 })).toContain("needs that `all` does not hold");
  });

  test("what the payment lacks is nothing, times are told as times, and an unknown day as nothing", () => {
    const needs = (conditions: Condition, facts: Facts, when = NOON) =>
      help([route("r", { conditions })], facts, when);
    expect(needs(is("speed", "equal", "regular"), { amount: 1 })).toContain("found nothing");
    expect(needs(is("initiated.time", "before", "10:00"), { amount: 1 })).toContain("found `12:00`");
    expect(needs(is("initiated.weekday", "equal", "fri"), { amount: 1 })).toContain("found `tue`");
    const unknown: Condition = { all: [big, is("initiated.day", "equal", "holiday")] };
    expect(needs(unknown, { amount: 1 }, at("2025-12-31T12:00:00+08:00"))).toBe(
      'nearest: `r` needs `amount greaterThan 1000`, found `1` and needs `initiated.day equal "holiday"`, found nothing',
    );
  });
});

describe("a decision", () => {
  test("may compare the channel's name with a fact", () => {
    const conditions = is("channel", "equal", { fact: "currency" });
    const book = rulebookOf({ rules: [route("own", { priority: 2, conditions }), route("any")] });
    expect(deciderOf(book).decide({ amount: 1, currency: "cn.test" }, NOON).rule.name).toBe("own");
    expect(deciderOf(book).decide({ amount: 1, currency: "CNY" }, NOON).rule.name).toBe("any");
  });

  test("has no holds on the way back, and nothing at all where the payment is refused", () => {
    const refuse = {
      name: "no",
      priority: 2,
      conditions: is("amount", "greaterThan", 5),
      event: { type: "refuse", params: { reason: {} } },
    };
    const windows = [closing("w", is("amount", "greaterThan", 1))];
    const decider = deciderOf(
      rulebookOf({
        rules: [onHvps("any"), returning("back", "hvps"), refuse as never],
        windows,
        holds: [hold("h")],
      }),
    );
    const names = (amount: number, outcome: "credited" | "returned") => {
      const { rule, windows: closed, holds } = decider.decide({ amount }, NOON, outcome);
      return [rule.name, closed.map(({ name }) => name), holds.map(({ name }) => name)];
    };
    expect(names(1, "credited")).toEqual(["any", [], ["h"]]);
    expect(names(2, "credited")).toEqual(["any", ["w"], ["h"]]);
    expect(names(2, "returned")).toEqual(["back", ["w"], []]);
    expect(names(6, "credited")).toEqual(["no", [], []]);
  });
});

describe("the next change", () => {
  const next = (rules: Parameters<typeof rulebookOf>[0], when: string): string => {
    const changes = deciderOf(rulebookOf(rules)).nextChangeAfter(Date.parse(when) as Instant);
    return changes === FOREVER ? "never" : new Date(changes).toISOString();
  };

  test("comes never for facts of the payment, and at the date alone for a date", () => {
    expect(
      next({ rules: [route("r", { conditions: is("amount", "lessThan", 5) })] }, "2026-03-10T04:00:00Z"),
    ).toBe("never");
    const dated = { rules: [route("r", { conditions: is("initiated.date", "onOrAfter", "2026-03-13") })] };
    expect(next(dated, "2026-03-10T04:00:00Z")).toBe("2026-03-12T16:00:00.000Z");
    expect(next(dated, "2026-03-12T16:00:00Z")).toBe("never");
  });

  test("is the first of several, in whatever order the rules are written", () => {
    const era = (name: string, from: string) => route(name, { effective: { from } });
    const rules = [era("c", "2026-03-20"), era("a", "2026-03-12"), era("b", "2026-03-15")];
    const walk = ["2026-03-10T04:00:00.000Z"];
    for (let at = next({ rules }, walk[0] as string); at !== "never"; at = next({ rules }, at)) walk.push(at);
    expect(walk.slice(1)).toEqual([
      "2026-03-11T16:00:00.000Z",
      "2026-03-14T16:00:00.000Z",
      "2026-03-19T16:00:00.000Z",
    ]);
  });

  test("is the day that begins, ends a minute later, and begins again", () => {
    // In Newfoundland the clocks went back from 00:01 on 7 November 2010 to 23:01 on the 6th.
    const rules = [route("r", { effective: { from: "2010-11-07" } })];
    const zone = "America/St_Johns";
    const walk = ["2010-11-06T12:00:00.000Z"];
    for (let at = next({ rules, zone }, walk[0] as string); at !== "never"; at = next({ rules, zone }, at))
      walk.push(at);
    expect(walk.slice(1)).toEqual([
      "2010-11-07T02:30:00.000Z",
      "2010-11-07T02:31:00.000Z",
      "2010-11-07T03:30:00.000Z",
    ]);
  });
});
