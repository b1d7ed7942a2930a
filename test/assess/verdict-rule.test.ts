import { describe, expect, test } from "vitest";
import { thresholdsOf } from "../../src/assess/next-check.js";
import { QuestionError } from "../../src/index.js";
import type { Condition, VerdictRule } from "../../src/model/rulebook.js";
import { is } from "../decide/fixture.js";
import { assessAt, at, closure, routeOf, smallRulebook, step, VERDICTS, verdict } from "./small-rulebook.js";

/** Which verdict rule decides, and when rules may turn. */

function ruleOrError(verdicts: readonly VerdictRule[], now = "01:00", conditions = {}): string {
  try {
    return assessAt(now, "", smallRulebook({ verdicts, conditions })).rule;
  } catch (error) {
    if (error instanceof QuestionError) return `${error.code} ${error.where} ${error.message}`;
    throw error;
  }
}

const never: Condition = { any: [] };

describe("the matching rule of the highest priority decides", () => {
  const high = verdict("high", 3, "normal");
  const middle = verdict("middle", 2, "anomalous");
  const low = verdict("low", 1, "normal");
  test.each([
    ["the highest", [low, middle, high], "high"],
    ["in any order", [high, low, middle], "high"],
    ["among those that match", [verdict("high", 3, "normal", never), low, middle], "middle"],
    [
      "after two that do not match",
      [verdict("a", 3, "normal", never), verdict("b", 3, "normal", never), low],
      "low",
    ],
    [
      "beside one that does not match",
      [verdict("a", 3, "normal", never), verdict("b", 3, "normal"), low],
      "b",
    ],
  ])("%s", (_, rules, name) => {
    expect(ruleOrError(rules)).toBe(name);
    expect(ruleOrError(rules.toReversed())).toBe(name);
  });

  test("two of equal priority are an error that names both", () => {
    const error = ruleOrError([low, middle, verdict("twin", 2, "normal")]);
    expect(error).toMatch(/^ambiguous-rules verdicts .*`middle` and `twin`.*priority 2/);
    expect(ruleOrError([high, middle, verdict("twin", 2, "normal")])).toBe("high");
  });

  test("no matching rule is an error that names the phase", () => {
    expect(ruleOrError([verdict("a", 1, "normal", never)])).toMatch(/^no-rule verdicts .*`before-expected`/);
    expect(ruleOrError([verdict("a", 1, "normal", never)], "09:00")).toMatch(/`overdue`/);
    expect(ruleOrError([verdict("a", 1, "normal", is("amount", "equal", 1))], "05:00")).toMatch(
      /`before-latest`/,
    );
  });
});

describe("a named condition", () => {
  const named = (condition: string): VerdictRule[] => [
    verdict("named", 2, "anomalous", { all: [{ condition }] }),
    verdict("rest", 1, "normal"),
  ];
  const conditions: Record<string, Condition> = {
    large: is("amount", "greaterThan", 500),
    huge: is("amount", "greaterThan", 5000),
    late: is("assessment.overdueMinutes", "greaterThanInclusive", 90),
    nested: { any: [{ condition: "late" }, { condition: "huge" }] },
    rail: is("assessment.system", "equal", "rail"),
  };
  test("is searched for the facts that it tests", () => {
    const ruleWithCheck = (name: string, now: string): (string | undefined)[] => {
      const { rule, nextCheckAt } = assessAt(now, "", smallRulebook({ verdicts: named(name), conditions }));
      return [rule, nextCheckAt];
    };
    expect(ruleWithCheck("large", "01:00")).toEqual(["named", undefined]);
    expect(ruleWithCheck("huge", "01:00")).toEqual(["rest", undefined]);
    expect(ruleWithCheck("late", "01:00")).toEqual(["rest", at("09:30")]);
    expect(ruleWithCheck("nested", "01:00")).toEqual(["rest", at("09:30")]);
    expect(ruleWithCheck("nested", "09:30")).toEqual(["named", undefined]);
    expect(ruleWithCheck("rail", "00:30")).toEqual(["rest", at("01:00")]);
    expect(ruleWithCheck("rail", "01:00")).toEqual(["named", at("03:00")]);
  });
});

describe("the overdue minutes at which a rule may turn", () => {
  const late = (operator: string, value: unknown): VerdictRule =>
    verdict("late", 2, "normal", is("assessment.overdueMinutes", operator, value));
  test.each([
    ["a number and the next one", [late("equal", 5)], [5, 6]],
    ["the next number of a fraction", [late("greaterThan", 5.5)], [6]],
    ["each number of a list", [late("in", [3, 9])], [3, 4, 9, 10]],
    ["each once, in order", [late("equal", 9), late("equal", 10), late("lessThan", 2)], [2, 3, 9, 10, 11]],
    ["none of other facts", [verdict("a", 1, "normal", is("amount", "equal", 7))], []],
    ["none of rules without minutes", VERDICTS, []],
  ])("%s", (_, verdicts, minutes) => {
    const rulebook = smallRulebook({ verdicts });
    expect(thresholdsOf(rulebook)).toEqual(minutes);
    expect(thresholdsOf(rulebook)).toBe(thresholdsOf(rulebook));
  });

  test("numbers, not texts", () => {
    expect(thresholdsOf(smallRulebook({ verdicts: [late("in", ["7", 8])] }))).toEqual([8, 9]);
  });
});

test("money expected after its deadline is overdue without being before-latest first", () => {
  const between = is("assessment.phase", "equal", "before-latest");
  const large = is("amount", "greaterThan", 500);
  const ruleAt = (conditions: Condition, now: string): (string | undefined)[] => {
    const verdicts = [verdict("between", 2, "anomalous", conditions), verdict("rest", 1, "normal")];
    const { rule, phase, nextCheckAt } = assessAt(now, "06:00 accepted", smallRulebook({ verdicts }));
    return [rule, phase, nextCheckAt];
  };
  // Accepted at 06:00, expected at 09:00, deadline at 08:00.
  for (const conditions of [between, { all: [between, large] }]) {
    expect(ruleAt(conditions, "06:30")).toEqual(["rest", "before-expected", undefined]);
    expect(ruleAt(conditions, "08:30")).toEqual(["rest", "overdue", undefined]);
    expect(ruleAt(conditions, "09:30")).toEqual(["rest", "overdue", undefined]);
  }
  const late = is("assessment.phase", "equal", "overdue");
  for (const conditions of [late, { all: [late, large] }])
    expect(ruleAt(conditions, "06:30")).toEqual(["rest", "before-expected", at("08:00:00.001")]);
});

test("a phase of a single instant has its own verdict", () => {
  const takes = { earliest: "PT1H", expected: "PT1H", latest: "PT1H0.001S" };
  const verdicts = [
    verdict("between", 2, "anomalous", is("assessment.phase", "equal", "before-latest")),
    verdict("rest", 1, "normal"),
  ];
  const rulebook = smallRulebook({
    verdicts,
    rules: [routeOf([step("rail", { takes, milestone: "credited" })])],
  });
  expect(assessAt("00:30", "", rulebook).nextCheckAt).toBe(at("01:00:00.001"));
  expect(assessAt("01:00:00.001", "", rulebook).nextCheckAt).toBe(at("01:00:00.002"));
});

describe("an open incident", () => {
  const open = (name: string, system: string, reviewAt: string) => {
    const window = closure(name, system, "01:30", "03:30");
    const interval = { from: at("01:30"), reviewAt: at(reviewAt) };
    return { ...window, event: { type: "incident" as const, params: { ...window.event.params, interval } } };
  };
  const next = (now: string, windows: readonly ReturnType<typeof open>[], events = ""): string | undefined =>
    assessAt(now, events, smallRulebook({ windows })).nextCheckAt;

  test("gives the review of the first incident on the path as next check", () => {
    const rail = open("rail", "rail", "05:00");
    const bank = open("bank", "payee.bank", "07:00");
    const elsewhere = open("elsewhere", "payer.bank", "02:30");
    expect(next("01:00", [rail])).toBe(at("05:00"));
    expect(next("01:00", [rail, bank])).toBe(at("05:00"));
    expect(next("01:00", [bank, rail])).toBe(at("05:00"));
    expect(next("05:00", [rail, bank])).toBe(at("07:00"));
    expect(next("04:59:59.999", [rail])).toBe(at("05:00"));
    // The money leaves the rail at 05:00 and arrives at 11:00 at the latest.
    expect(next("05:00", [rail])).toBe(at("11:00:00.001"));
    // The money leaves the bank of the payer at 01:00, or at 02:00 at the latest: only the latest path meets the incident.
    expect(next("01:00", [elsewhere])).toBe(at("02:30"));
  });

  test("is checked no later than the verdict changes, and also during a return", () => {
    const rail = open("rail", "rail", "05:00");
    const params = { ...rail.event.params, cause: "platform" as const };
    const verdicts = [
      verdict("own", 2, "anomalous", is("assessment.cause", "equal", "platform")),
      verdict("rest", 1, "normal"),
    ];
    const windows = [{ ...rail, event: { ...rail.event, params } }];
    expect(assessAt("01:00", "", smallRulebook({ windows, verdicts })).nextCheckAt).toBe(at("02:00"));
    expect(assessAt("02:00", "", smallRulebook({ windows, verdicts })).nextCheckAt).toBe(at("05:00"));
    // Returned at 04:00, the money leaves the rail at 07:00, or at 09:00 at the latest.
    const interval = { from: at("06:00"), reviewAt: at("09:00") };
    const later = [{ ...rail, event: { ...rail.event, params: { ...params, interval } } }];
    expect(next("04:30", later as never, "04:00 code BACK")).toBe(at("09:00"));
  });

  test("is reviewed beside windows on given dates, which are not", () => {
    const params = { systems: ["rail"], effect: "closed" as const };
    const dates = { on: ["2026-03-10"], from: "00:30", until: "01:15" };
    const dated = { name: "dated", event: { type: "maintenance" as const, params: { ...params, dates } } };
    expect(next("00:30", [dated as never, open("rail", "rail", "05:00")])).toBe(at("05:00"));
  });

  test("is not reviewed for money past it, nor if its end is known", () => {
    const rail = open("rail", "rail", "05:00");
    expect(next("01:30", [rail], "01:20 settled")).toBe(at("11:00:00.001"));
    expect(
      assessAt("01:00", "", smallRulebook({ windows: [closure("w", "rail", "01:30", "05:00")] })).nextCheckAt,
    ).toBe(at("11:00:00.001"));
  });
});
