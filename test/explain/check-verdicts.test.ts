import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { checkConditions } from "../../src/decide/check.js";
import { formatProblem } from "../../src/errors.js";
import { checkVerdicts } from "../../src/explain/check-verdicts.js";
import type { Condition, Reason, Rulebook, VerdictRule } from "../../src/model/rulebook.js";
import { timetableWith } from "../assess/golden-cases.js";
import { SMALL_RULEBOOK } from "../assess/small-rulebook.js";

/** Problems of verdicts.json and reasons.json, each added to the shipped rulebook, which has none. */

let rulebook: Rulebook;
beforeAll(async () => {
  // If the shipped rulebook does not load, a test reports it and not this hook.
  rulebook = await timetableWith().then(
    (timetable) => timetable.rulebook,
    () => SMALL_RULEBOOK,
  );
});

const byPath = (_: object, path = "") => ({ path });

function problemsOf(changed: Rulebook): string {
  return [...checkVerdicts(changed, byPath), ...checkConditions(changed, byPath)]
    .map(formatProblem)
    .join("\n");
}

const edited = (name: string, edit: (rule: VerdictRule) => VerdictRule): Rulebook => ({
  ...rulebook,
  verdicts: rulebook.verdicts.map((rule) => (rule.name === name ? edit(structuredClone(rule)) : rule)),
});

const withConditions = (fact: string, operator: string, value: unknown): Rulebook =>
  edited("holiday", (rule) => ({ ...rule, conditions: { all: [{ fact, operator, value }] } }));

describe("a problem in verdicts.json", () => {
  test("the shipped rulebook has none", async () => {
    await timetableWith();
    expect(problemsOf(rulebook)).toBe("");
  });

  test("a missing text", () => {
    const changed = edited("holiday", (rule) => {
      rule.event.params.reason = "reason.holidays";
      return rule;
    });
    expect(problemsOf(changed)).toMatchSnapshot();
  });

  test("a phase without a catch-all rule", () => {
    const verdicts = rulebook.verdicts.filter(({ name }) => name !== "overdue");
    expect(problemsOf({ ...rulebook, verdicts })).toMatchSnapshot();
  });

  test("an unknown fact of the assessment", () => {
    expect(problemsOf(withConditions("assessment.reason", "equal", "x"))).toMatchSnapshot();
  });

  test("a value that the fact does not have", () => {
    expect(problemsOf(withConditions("assessment.phase", "equal", "late"))).toMatchSnapshot();
  });

  test("facts of the assessment in a hold", () => {
    const [hold, ...holds] = rulebook.holds;
    const conditions = { all: [{ fact: "assessment.phase", operator: "equal", value: "overdue" }] };
    expect(
      problemsOf({ ...rulebook, holds: [{ ...(hold as (typeof holds)[0]), conditions }, ...holds] }),
    ).toMatchSnapshot();
  });
});

/** The problems of the shipped rules with more rules that compare with these minutes. */
function problemsWithMinutes(...minutes: number[]): string {
  const like = rulebook.verdicts.find(({ name }) => name === "overdue") as VerdictRule;
  const own = minutes.map(
    (value, index): VerdictRule => ({
      ...like,
      name: `own-${index}`,
      conditions: { all: [{ fact: "assessment.overdueMinutes", operator: "greaterThan", value }] },
    }),
  );
  return problemsOf({ ...rulebook, verdicts: [...rulebook.verdicts, ...own] });
}

test("verdicts turn at no more than a thousand minutes", () => {
  const apart = (count: number): number[] => Array.from({ length: count }, (_, n) => 10_000 + 2 * n);
  // The shipped rules have 4320 and 4321; each of these rules adds two.
  expect(problemsWithMinutes(...apart(499))).toBe("");
  expect(problemsWithMinutes(...apart(500))).toMatch(
    /verdicts turn at 1002 numbers of minutes, more than 1000/,
  );
});

/** The phases without a catch-all rule if a rule with this condition replaces two of them. */
function uncoveredPhases(conditions: Condition | undefined): string {
  const like = rulebook.verdicts.find(({ name }) => name === "overdue") as VerdictRule;
  const { conditions: _, ...rest } = like;
  const verdicts = rulebook.verdicts
    .filter(({ name }) => name !== "overdue" && name !== "before-expected")
    .concat({ ...rest, ...(conditions && { conditions }) });
  const problems = checkVerdicts({ ...rulebook, verdicts }, byPath).map(({ what }) => what);
  return problems.map((what) => /`(.*)`/.exec(what)?.[1]).join(" ");
}

describe("every phase has a rule without other conditions", () => {
  const phase = (operator: string, value: unknown): Condition => ({
    fact: "assessment.phase",
    operator,
    value,
  });
  const other = { fact: "amount", operator: "greaterThan", value: 5 };
  const both = "before-expected overdue";
  test.each<[string, Condition | undefined, string]>([
    ["no condition", undefined, ""],
    ["the phase alone", phase("equal", "overdue"), "before-expected"],
    ["another fact", other, both],
    ["the phase, and another fact", { all: [phase("equal", "overdue"), other] }, both],
    ["the phase, or another fact", { any: [other, phase("equal", "overdue")] }, "before-expected"],
    ["one of two other facts", { any: [other, other] }, both],
    ["a phase twice", { all: [phase("equal", "overdue"), phase("in", ["overdue"])] }, "before-expected"],
    ["two phases", phase("in", ["overdue", "before-expected"]), ""],
    ["two phases, one each", { any: [phase("equal", "overdue"), phase("equal", "before-expected")] }, ""],
    ["another phase", phase("equal", "arrived"), both],
    ["all but a phase", phase("notEqual", "arrived"), both],
    ["none of the phases", phase("notIn", ["overdue", "before-expected"]), both],
    ["what a phase is not", { not: phase("equal", "arrived") }, both],
    ["a condition by its name", { condition: "own-account-same-bank" }, both],
    [
      "another fact of the assessment",
      { fact: "assessment.status", operator: "equal", value: "overdue" },
      both,
    ],
    ["nothing", { all: [] }, ""],
  ])("%s", (_, conditions, missing) => {
    expect(uncoveredPhases(conditions)).toBe(missing);
  });

  test("a rulebook without verdicts is left to another check", () => {
    expect(checkVerdicts({ ...rulebook, verdicts: [] }, byPath)).toEqual([]);
  });
});

test("help for a missing text suggests texts of its kind, or of all kinds", () => {
  const helps = (reason: string): string[] => {
    const changed = edited("holiday", (rule) => {
      rule.event.params.reason = reason;
      return rule;
    });
    return checkVerdicts(changed, byPath).map(({ name, path, help }) => `${name} ${path} ${help}`);
  };
  const [en = "", zh = ""] = helps("advice.wai");
  expect(en).toMatch(
    /^holiday event\.params\.reason add it to rules\/texts\/en.json; did you mean `advice\.wait`/,
  );
  expect(zh).toMatch(/rules\/texts\/zh.json/);
  // The first texts of the same kind are listed, or without such texts the first of all.
  expect(helps("reason.-----------------")[0]).toMatch(/choose one of `reason\.arrived`/);
  expect(helps("nothing")[0]).toMatch(
    /choose one of `advice\.ask-authority`, `advice\.ask-bank`.* and \d\d\d more/,
  );
  expect(helps("!.-------------------")[0]).toMatch(/choose one of `advice\.ask-authority`/);
  expect(helps("xyz.-------------------")[0]).toMatch(
    /choose one of `advice\.ask-authority`, `advice\.ask-bank`.* and \d\d\d more/,
  );
});

test("a missing text of an advice has its own path", () => {
  const changed = edited("holiday", (rule) => {
    rule.event.params.advice.action = "advice.wai";
    return rule;
  });
  expect(checkVerdicts(changed, byPath).map(({ path }) => path)).toEqual([
    "event.params.advice.action",
    "event.params.advice.action",
  ]);
});

describe("required and superfluous keys of an effect", () => {
  const title = { zh: "名", en: "name" };
  test.each<[Omit<Reason, "title">, string[]]>([
    [{ effect: "continue" }, []],
    [{ effect: "milestone", milestone: "sent" }, []],
    [{ effect: "hold", hold: "risk-review" }, []],
    [{ effect: "milestone" }, ["effect: the effect `milestone` needs `milestone`"]],
    [{ effect: "hold" }, ["effect: the effect `hold` needs `hold`"]],
    [
      { effect: "hold", milestone: "sent" },
      ["milestone: `milestone` stands beside the effect `hold`", "effect: the effect `hold` needs `hold`"],
    ],
    [{ effect: "return", hold: "risk-review" }, ["hold: `hold` stands beside the effect `return`"]],
    [{ effect: "hold", hold: "nobody" }, ["hold: there is no hold `nobody`"]],
  ])("%j", (reason, messages) => {
    const found = checkVerdicts({ ...rulebook, reasons: { X: { title, ...reason } } }, byPath);
    expect(found.map(({ name, path, what }) => `${name} ${path}: ${what}`.slice(0, 70))).toEqual(
      messages.map((one) => expect.stringContaining(`X ${one}`.slice(0, 60))),
    );
  });
});

describe("a problem in reasons.json", () => {
  const title = { zh: "名", en: "name" };
  test.each([
    ["a milestone without its name", { title, effect: "milestone" as const }],
    ["a hold without its name", { title, effect: "hold" as const }],
    ["an undeclared hold", { title, effect: "hold" as const, hold: "risk-reveiw" }],
    ["a superfluous milestone", { title, effect: "return" as const, milestone: "sent" as const }],
  ])("%s", (name, reason) => {
    expect(problemsOf({ ...rulebook, reasons: { ZZ99: reason } })).toMatchSnapshot(name);
  });
});

test("two matching verdicts of equal priority are an error that names both", async () => {
  const { assess } = await import("../../src/assess/assess.js");
  const { compileSnapshots: compileViews } = await import("../../src/pieces/snapshots.js");
  const { compileReader } = await import("../../src/payment/parsed-payment.js");
  const twin = {
    ...(rulebook.verdicts.find(({ name }) => name === "before-expected") as VerdictRule),
    name: "twin",
  };
  const changed = { ...rulebook, verdicts: [...rulebook.verdicts, twin] };
  const payment = { channel: "cn.ibps", amount: "1.00", initiatedAt: "2026-03-10T10:00:00+08:00" };
  const parsed = compileReader(changed)(payment);
  expect(() => assess(compileViews(changed), parsed, { now: parsed.at })).toThrow(
    /before-expected.*twin|twin.*before-expected/,
  );
});

test("every reason, advice and party has a text in both languages", async () => {
  for (const locale of ["zh", "en"]) {
    const json = JSON.parse(
      readFileSync(new URL(`../../rules/texts/${locale}.json`, import.meta.url), "utf8"),
    );
    const keys = Object.keys(json.messages);
    for (const { event } of rulebook.verdicts) {
      expect(keys).toContain(event.params.reason);
      expect(keys).toContain(event.params.advice.action);
      expect(keys).toContain(`who.${event.params.advice.who}`);
    }
  }
});
