import { describe, expect, test } from "vitest";
import { checkConditions } from "../../src/decide/check.js";
import type { Condition, Leaf, Rulebook } from "../../src/model/rulebook.js";
import { byPath, is, route, rulebookOf } from "./fixture.js";

const problemTexts = (book: Rulebook): string[] =>
  checkConditions(book, byPath).map(({ path, name, what }) => `${path} ${name}: ${what}`);

const check = (tree: unknown, named: Record<string, unknown> = {}): string[] =>
  problemTexts(
    rulebookOf({
      rules: [route("rule", { conditions: tree as Condition })],
      conditions: named as Record<string, Condition>,
    }),
  );

const small: Leaf = { fact: "amount", operator: "lessThan", value: 5 };

describe("facts in verdicts", () => {
  const judging = (fact: string, operator: string, value: unknown): string[] => {
    const verdict = {
      name: "v",
      conditions: is(fact, operator, value),
      event: { type: "verdict", params: {} },
    };
    const book = rulebookOf({});
    const systems = { hvps: { title: { zh: "名", en: "name" } } };
    return problemTexts({ ...book, systems, verdicts: [verdict] } as unknown as Rulebook);
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
  ])("%s %s accepts %j and rejects %j", (fact, operator, right, wrong) => {
    expect(judging(fact, operator, right)).toEqual([]);
    expect(judging(fact, operator, wrong)).toHaveLength(1);
    if (fact !== "amount")
      expect(check(is(fact, operator, right))).toEqual([expect.stringContaining("there is no fact")]);
  });
});

describe("faults of conditions", () => {
  test("a channel without a calendar may test the weekday, but not the kind of tomorrow", () => {
    const bare = (conditions: Condition, named: Record<string, Condition> = {}) =>
      problemTexts(
        rulebookOf({ rules: [route("rule", { conditions })], conditions: named, calendar: false }),
      );
    expect(bare(is("initiated.weekday", "equal", "fri"))).toEqual([]);
    expect(bare(is("initiated.tomorrow", "equal", "holiday"))).toHaveLength(1);
    const both = {
      all: [...(is("amount", "lessThan", 5) as { all: [] }).all, is("initiated.day", "equal", "holiday")],
    };
    expect(bare({ condition: "both" }, { both })).toEqual([
      expect.stringContaining("`initiated.day` is read from"),
    ]);
  });

  test("a fact with a maximum has no implied minimum", () => {
    const title = { zh: "名", en: "name" };
    const facts = { below: { title, type: "number" as const, maximum: 10 } };
    const bounded = (value: number) =>
      problemTexts(
        rulebookOf({ facts, rules: [route("rule", { conditions: is("below", "lessThan", value) })] }),
      );
    expect(bounded(-1_000_000)).toEqual([]);
    expect(bounded(11)).toHaveLength(1);
  });

  test("a range consists of two times, not of a fact, and faults have the path of the time", () => {
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

  test("eight decorators are allowed", () => {
    expect(check(is("amount", `${"not:".repeat(8)}equal`, 5))).toEqual([]);
  });

  test("references are checked: type, cycles, and only if named conditions have no other faults", () => {
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

describe("the path of a fault", () => {
  const problemTexts = (tree: unknown, conditions: Record<string, Condition> = {}): string[] =>
    checkConditions(
      rulebookOf({ rules: [route("rule", { conditions: tree as Condition })], conditions }),
      byPath,
    ).map(({ path, name }) => `${path} ${name}`);

  test("is given for a bare comparison and for a deep tree", () => {
    expect(problemTexts({ ...small, nte: 5 })).toEqual(["conditions.nte rule", "conditions rule"]);
    const deep = (levels: number): unknown => (levels === 1 ? small : { all: [deep(levels - 1)] });
    expect(problemTexts(deep(64))).toEqual([]);
    expect(problemTexts(deep(65))).toEqual([`conditions${".all[0]".repeat(64)} rule`]);
  });

  test("is that of the cyclic condition, not of a rule with the same name", () => {
    expect(problemTexts({ condition: "rule" }, { rule: { condition: "rule" } })).toEqual(["condition rule"]);
  });
});

describe("a rejection by json-rules-engine", () => {
  const problemTexts = (note: object): string[] => {
    const tree = { all: [Object.defineProperties({ ...small }, { note: { enumerable: true, ...note } })] };
    const book = rulebookOf({ rules: [route("rule", { conditions: tree as Condition })] });
    return checkConditions(book, byPath).map(({ path, name, what }) => `${path} ${name}: ${what}`);
  };

  test("is reported with the message of any thrown value", () => {
    const throwing = (thrown: unknown) => ({
      get() {
        throw thrown;
      },
    });
    expect(problemTexts({ value: "a text" })).toEqual([]);
    expect(problemTexts(throwing(new Error("this is broken")))).toEqual([
      expect.stringMatching(/^conditions rule: .*this is broken/),
    ]);
    expect(problemTexts(throwing("just a text"))).toEqual([
      expect.stringMatching(/^conditions rule: .*just a text/),
    ]);
  });
});
