import { describe, expect, test } from "vitest";
import { channelContextOf } from "../../src/decide/decider.js";
import { momentAt } from "../../src/decide/moment.js";
import { nearestMisses } from "../../src/decide/nearest-misses.js";
import { QuestionError } from "../../src/errors.js";
import type { Facts } from "../../src/model/payment.js";
import type { ChannelFile, ChannelRule, Condition } from "../../src/model/rulebook.js";
import { at, calendars, deciderOf, is, route, rulebookOf } from "./fixture.js";

const NOON = at("2026-03-10T12:00:00+08:00");

const helpOf = (rules: ChannelRule[], facts: Facts, when = NOON): string => {
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

  test("report only the effective period of a rule that is not effective", () => {
    const soon = route("soon", { effective: { from: "2026-03-11" }, conditions: big });
    expect(helpOf([soon], { amount: 1 })).toBe("nearest: `soon` applies from 2026-03-11, found 2026-03-10");
    const today = route("today", { effective: { from: "2026-03-10", until: "2026-03-11" }, conditions: big });
    expect(helpOf([today], { amount: 1 })).toBe(
      "nearest: `today` needs `amount greaterThan 1000`, found `1`",
    );
    const past = route("past", { effective: { from: "2026-03-01", until: "2026-03-10" } });
    expect(helpOf([past], { amount: 1 })).toBe(
      "nearest: `past` applies from 2026-03-01 until 2026-03-10, found 2026-03-10",
    );
  });

  test("are at most three routes, nearest first, without refusals", () => {
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
    const helpText = helpOf([refuse, far("d", 4), far("b", 2), far("c", 3), far("a", 1)], { amount: 1 });
    expect([...helpText.matchAll(/`([abcd]|no)` needs/g)].map(([, name]) => name)).toEqual(["a", "b", "c"]);
  });

  test("name the nearest alternative of `any`, the first on a tie, and only failing comparisons", () => {
    const any = (...nodes: Condition[]) => route("any", { conditions: { any: nodes } });
    const two: Condition = {
      all: [
        { fact: "amount", operator: "equal", value: 5 },
        { fact: "count", operator: "equal", value: 5 },
      ],
    };
    expect(helpOf([any(two, big)], { amount: 1 })).toContain("`amount greaterThan 1000`");
    expect(helpOf([any(is("amount", "equal", 7), big)], { amount: 1 })).toBe(
      "nearest: `any` needs `amount equal 7`, found `1`",
    );
    expect(
      helpOf([route("r", { conditions: { all: [is("amount", "equal", 1), big] } })], { amount: 1 }),
    ).toBe("nearest: `r` needs `amount greaterThan 1000`, found `1`");
    const not = (node: Condition) => route("not", { conditions: { all: [{ not: node }, big] } });
    expect(helpOf([not(is("amount", "equal", 7))], { amount: 1 })).toBe(
      "nearest: `not` needs `amount greaterThan 1000`, found `1`",
    );
    expect(helpOf([not({ fact: "amount", operator: "equal", value: 1 })], { amount: 1 })).toContain(
      "needs that `amount equal 1` does not hold",
    );
    expect(helpOf([not(is("amount", "equal", 1))], { amount: 1 })).toContain(
      "needs that `all` does not hold",
    );
  });

  test("show missing facts and unknown days as nothing, and times as times", () => {
    const needs = (conditions: Condition, facts: Facts, when = NOON) =>
      helpOf([route("r", { conditions })], facts, when);
    expect(needs(is("speed", "equal", "regular"), { amount: 1 })).toContain("found nothing");
    expect(needs(is("initiated.time", "before", "10:00"), { amount: 1 })).toContain("found `12:00`");
    expect(needs(is("initiated.weekday", "equal", "fri"), { amount: 1 })).toContain("found `tue`");
    const unknown: Condition = { all: [big, is("initiated.day", "equal", "holiday")] };
    expect(needs(unknown, { amount: 1 }, at("2025-12-31T12:00:00+08:00"))).toBe(
      'nearest: `r` needs `amount greaterThan 1000`, found `1` and needs `initiated.day equal "holiday"`, found nothing',
    );
  });

  test("have no failing comparison for an unconditional rule, and rethrow unexpected errors", () => {
    const context = channelContextOf(rulebookOf({}).channels["cn.test"] as ChannelFile, calendars());
    const moment = momentAt(context, NOON);
    expect(nearestMisses([route("any")], {}, {}, moment)).toEqual([{ rule: "any", failing: [] }]);
    const broken = {
      get amount(): number {
        throw new RangeError("broken");
      },
    };
    const rule = route("rule", { conditions: is("amount", "equal", 5) });
    expect(() => nearestMisses([rule], {}, broken, moment)).toThrow("broken");
  });
});
