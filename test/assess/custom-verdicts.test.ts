import { beforeAll, describe, expect, test } from "vitest";
import { assess } from "../../src/assess/assess.js";
import type { Assessment } from "../../src/index.js";
import type { Condition, Rulebook, VerdictRule } from "../../src/model/rulebook.js";
import { compileReader } from "../../src/payment/parsed-payment.js";
import { compileSnapshots } from "../../src/pieces/snapshots.js";
import { timetableWith } from "./golden-cases.js";

/** Verdict rules of an operator: the next check is exact, whatever facts they test. */

const PAYMENT = {
  channel: "cn.acquiring",
  settlement: "t1",
  amount: "1000.00",
  initiatedAt: "2026-02-13T23:30:00+08:00",
};

let rulebook: Rulebook;
beforeAll(async () => {
  ({ rulebook } = await timetableWith());
});

/** The assessment at an instant, with one more rule of the highest priority. */
function assessWithRule(now: string, verdict: "normal" | "anomalous", ...all: Condition[]): Assessment {
  const like = rulebook.verdicts.find(({ name }) => name === "overdue") as VerdictRule;
  const own: VerdictRule = {
    ...like,
    name: "own",
    priority: 1000,
    conditions: { all },
    event: { type: "verdict", params: { ...like.event.params, verdict } },
  };
  const changed = { ...rulebook, verdicts: [...rulebook.verdicts, own] };
  return assess(compileSnapshots(changed), compileReader(changed)(PAYMENT), { now });
}

const at = (time: string): string => `2026-02-${time}+08:00`;
const is = (fact: string, operator: string, value: unknown): Condition => ({ fact, operator, value });

describe("a rule with half an hour of grace", () => {
  const grace = is("assessment.overdueMinutes", "lessThan", 30);
  const overdue = is("assessment.phase", "equal", "overdue");
  test.each([
    ["24T12:00:00", "normal", at("24T20:30:00")],
    ["24T20:29:59.999", "normal", at("24T20:30:00")],
    ["24T20:30:00", "anomalous", undefined],
  ])("at %s it is %s", (now, verdict, next) => {
    const found = assessWithRule(at(now), "normal", overdue, grace);
    expect([found.verdict, found.nextCheckAt]).toEqual([verdict, next]);
  });
});

describe("a rule on the cause", () => {
  test.each([
    ["13T23:40:00", "normal", at("15T00:00:00")],
    ["15T00:00:00", "anomalous", at("24T00:00:00")],
    ["24T00:00:00", "normal", at("24T20:00:00.001")],
  ])("at %s it is %s", (now, verdict, next) => {
    const found = assessWithRule(at(now), "anomalous", is("assessment.cause", "equal", "holiday"));
    expect([found.verdict, found.nextCheckAt]).toEqual([verdict, next]);
  });
});

describe("a rule on the system", () => {
  const early = is("assessment.phase", "equal", "before-latest");
  test.each([
    ["24T12:00:00", "normal", at("24T18:00:00")],
    ["24T18:00:00", "anomalous", undefined],
  ])("at %s it is %s", (now, verdict, next) => {
    const found = assessWithRule(at(now), "anomalous", early, is("assessment.system", "equal", "payee.bank"));
    expect([found.verdict, found.nextCheckAt]).toEqual([verdict, next]);
  });
});

describe("a rule on the payment", () => {
  test("decides by the amount", () => {
    const large = is("amount", "greaterThan", 500);
    expect(assessWithRule(at("20T12:00:00"), "anomalous", large).rule).toBe("own");
    expect(assessWithRule(at("20T12:00:00"), "anomalous", is("amount", "greaterThan", 5000)).rule).toBe(
      "holiday",
    );
  });
});
