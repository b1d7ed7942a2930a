import { describe, expect, test } from "vitest";
import type { Assessment } from "../../src/index.js";
import { assessAt, at, routeOf, STEPS, smallRulebook, step, verdict } from "./small-rulebook.js";

/** The advice, and the plain fields of an assessment. */

describe("the next step", () => {
  const advised = (advice: object, more: object = {}, events = "", now = "01:00"): Assessment["advice"] =>
    assessAt(now, events, smallRulebook({ verdicts: [verdict("one", 1, "normal", undefined, advice)] }), more)
      .advice;

  test("comes from the rule", () => {
    expect(advised({})).toEqual({ who: "rail", action: "advice.do" });
    expect(advised({ who: "payee", action: "advice.wait" })).toEqual({ who: "payee", action: "advice.wait" });
  });

  test("is for the party that a code or a hold names, if any", () => {
    expect(advised({}, {}, "00:30 code SLOW").who).toBe("platform");
    expect(advised({}, {}, "00:30 hold stop").who).toBe("police");
  });

  test("quotes the references that the payment carries, in the order of the rule", () => {
    const quote = ["uetr", "trace", "toString", "order"];
    const references = { order: "42", trace: "t-7", bank: "x" };
    expect(advised({ quote }, { references }).quote).toEqual(["t-7", "42"]);
    expect(advised({ quote, from: "PT1H" }, { references })).toEqual({
      who: "rail",
      action: "advice.do",
      quote: ["t-7", "42"],
      from: at("09:00"),
    });
    expect(advised({ quote, from: "PT1H" })).not.toHaveProperty("quote");
    expect(advised({ quote: ["uetr"] }, { references })).not.toHaveProperty("quote");
    expect(advised({ quote })).not.toHaveProperty("quote");
    expect(advised({}, { references })).not.toHaveProperty("quote");
  });

  test("is due at the given time after the deadline", () => {
    expect(advised({ from: "P15D" }).from).toBe("2026-03-25T08:00:00+08:00");
    expect(advised({ from: "PT90M" }).from).toBe(at("09:30"));
    expect(advised({ from: "PT0S" }).from).toBe(at("08:00"));
    expect(advised({ from: "PT90M" }, {}, "01:00 code BACK").from).toBe(at("07:30"));
    expect(advised({})).not.toHaveProperty("from");
  });
});

test("an assessment has rule, severity, reason and version", () => {
  const one = assessAt("01:00", "", smallRulebook({ version: "v-7" }));
  expect(one).toMatchObject({
    rule: "rest",
    verdict: "normal",
    severity: "info",
    reason: "reason.why",
    phase: "before-expected",
    status: "none",
    cause: "none",
    now: at("01:00"),
    version: "v-7",
  });
  expect(one.baseline).toMatchObject({ expected: at("04:00"), latest: at("08:00"), outcome: "credited" });
  expect(one).not.toHaveProperty("overdueBy");
});

test("overdueBy is exact to the millisecond, and absent unless late", () => {
  expect(assessAt("08:00").overdueBy).toBeUndefined();
  expect(assessAt("08:00:00.001").overdueBy).toBe("PT0.001S");
  expect(assessAt("09:30").overdueBy).toBe("PT1H30M");
  expect(assessAt("23:00", "08:30 credited").overdueBy).toBe("PT30M");
  expect(assessAt("23:00", "07:30 credited")).not.toHaveProperty("overdueBy");
  expect(assessAt("08:00:00.001")).not.toHaveProperty("nextCheckAt");
});

test("stuckAt has no system or milestone if the step has none", () => {
  const rulebook = smallRulebook({ rules: [routeOf([step("rail"), ...STEPS.slice(3)])] });
  expect(assessAt("00:30", "", rulebook).stuckAt).toStrictEqual({
    step: 0,
    since: at("00:00"),
    system: "rail",
  });
  expect(assessAt("01:30", "", rulebook).stuckAt).toStrictEqual({
    step: 1,
    since: at("01:00"),
    system: "payee.bank",
    milestone: "credited",
  });
  const alone = smallRulebook({ rules: [routeOf([{ kind: "process", takes: "PT1H", milestone: "sent" }])] });
  expect(assessAt("00:30", "", alone).stuckAt).toStrictEqual({
    step: 0,
    since: at("00:00"),
    milestone: "sent",
  });
  const bare = [{ kind: "process", takes: "PT1H" }, STEPS[3]] as never;
  const { stuckAt } = assessAt("00:30", "", smallRulebook({ rules: [routeOf(bare)] }));
  expect(stuckAt).toStrictEqual({ step: 0, since: at("00:00") });
});
