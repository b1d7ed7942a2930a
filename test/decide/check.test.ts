import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkConditions } from "../../src/decide/check.js";
import { formatProblem, type Problem } from "../../src/errors.js";
import type { Condition, FactDefinition } from "../../src/model/rulebook.js";
import { byPath, closing, FACTS, hold, route, rulebookOf } from "./fixture.js";

/** The problems of a rule with these conditions, in a channel with a calendar. */
const check = (tree: unknown, named: Record<string, unknown> = {}): Problem[] =>
  checkConditions(
    rulebookOf({
      rules: [route("rule", { conditions: tree as Condition })],
      conditions: named as Record<string, Condition>,
    }),
    byPath,
  );

const problemText = (problems: readonly Problem[]): string => problems.map(formatProblem).join("\n");
const comparison = (fact: string, operator: string, value: unknown) => ({ all: [{ fact, operator, value }] });
const valid = { fact: "amount", operator: "lessThan", value: 5 };

/** The problems of a tree. Also checks that a similar tree is valid. */
function problemsOf(tree: unknown, validTree: unknown, named: Record<string, unknown> = {}): string {
  expect(check(validTree, named)).toEqual([]);
  return problemText(check(tree, named));
}

describe("the shape of a condition", () => {
  test("must not contain an empty `all` or `any`", () => {
    expect(problemsOf({ any: [] }, { any: [valid] })).toMatchInlineSnapshot(`
      "conditions.any  (rule)
        an empty \`any\` would match every payment
        put conditions into it, or leave \`conditions\` out where every payment is meant"
    `);
    expect(problemsOf({ all: [{ all: [] }] }, { all: [{ all: [valid] }] })).toMatchInlineSnapshot(`
      "conditions.all[0].all  (rule)
        an empty \`all\` would match every payment
        put conditions into it, or leave \`conditions\` out where every payment is meant"
    `);
  });

  test("must not have two kinds in one node", () => {
    const two = { all: [valid], any: [valid] };
    expect(problemsOf(two, { all: [{ all: [valid] }, { any: [valid] }] })).toMatchInlineSnapshot(`
      "conditions  (rule)
        \`all\` and \`any\` stand side by side, and only one would count
        nest them: { "all": [ { "any": [...] }, { "not": {...} } ] }"
    `);
    expect(
      problemsOf({ all: [{ ...valid, not: valid }] }, { all: [valid, { not: valid }] }),
    ).toMatchInlineSnapshot(`
      "conditions.all[0]  (rule)
        \`not\` and \`fact\` stand side by side, and only one would count
        nest them: { "all": [ { "any": [...] }, { "not": {...} } ] }"
    `);
  });

  test("must not be a bare comparison", () => {
    expect(problemsOf(valid, { all: [valid] })).toMatchInlineSnapshot(`
      "conditions  (rule)
        a comparison cannot be the whole condition
        put it into a list: { "all": [ ... ] }"
    `);
    expect(problemText(check({ all: [valid] }, { bare: valid }))).toContain(
      "a comparison cannot be the whole condition",
    );
  });

  test("must not contain unused keys of json-rules-engine or unknown keys", () => {
    for (const key of ["path", "params", "priority"]) {
      expect(problemText(check({ all: [{ ...valid, [key]: 1 }] }))).toContain(
        `\`${key}\` of json-rules-engine`,
      );
    }
    expect(
      problemsOf({ all: [{ ...valid, path: "$.x" }] }, { all: [{ ...valid, note: "why" }] }),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].path  (rule)
        \`path\` of json-rules-engine is not used here
        declare the inner value as a fact of its own, as in \`payer.bank\`"
    `);
    expect(problemsOf({ al: [valid] }, { all: [valid] })).toMatchInlineSnapshot(`
      "conditions.al  (rule)
        \`al\` is not a key of a condition
        did you mean \`all\`?"
    `);
  });

  test("needs an operator that is text and a value in each comparison", () => {
    expect(problemsOf({ all: [{ fact: "amount" }] }, { all: [valid] })).toMatchInlineSnapshot(`
      "conditions.all[0]  (rule)
        \`operator\` is missing
        a comparison has \`fact\`, \`operator\` and \`value\`
      conditions.all[0]  (rule)
        \`value\` is missing
        a comparison has \`fact\`, \`operator\` and \`value\`"
    `);
    expect(problemText(check({ all: [{ ...valid, operator: 5 }] }))).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        \`5\` is not a text, which \`operator\` is
        write the name of an operator in quotes"
    `);
  });

  test("needs one condition in `not`, and lists in `all` and `any`", () => {
    expect(problemsOf({ not: [valid] }, { not: valid })).toMatchInlineSnapshot(`
      "conditions.not  (rule)
        \`not\` takes one condition, not a list
        write "not": { "all": [ ... ] } or "not": { "any": [ ... ] }"
    `);
    expect(problemsOf({ all: valid }, { all: [valid] })).toMatchInlineSnapshot(`
      "conditions.all  (rule)
        \`{"fact":"amount","operator":"lessThan","value":5}\` is not a list, which \`all\` needs
        write "all": [ ... ] with one condition or more"
    `);
    expect(problemText(check({ all: ["amount"] }))).toMatchInlineSnapshot(`
      "conditions.all[0]  (rule)
        \`amount\` is not a condition
        write an object with \`all\`, \`any\`, \`not\`, \`condition\`, or \`fact\` with \`operator\` and \`value\`"
    `);
    expect(problemText(check({}))).toMatchInlineSnapshot(`
      "conditions  (rule)
        this condition says nothing
        give it one of \`all\`, \`any\`, \`not\`, \`condition\`, or \`fact\` with \`operator\` and \`value\`"
    `);
  });

  test("must not be nested deeper than 64, with references resolved", () => {
    const deep = (levels: number, inner: unknown = valid): unknown =>
      levels === 1 ? inner : { not: deep(levels - 1, inner) };
    expect(problemsOf(deep(65), deep(64))).toMatchInlineSnapshot(`
      "conditions.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not  (rule)
        more than 64 conditions in one another, named ones counted
        flatten it"
    `);
    const named = { far: deep(40) };
    expect(
      problemsOf(deep(25, { condition: "far" }), deep(24, { condition: "far" }), named),
    ).toMatchInlineSnapshot(`
      "conditions  (rule)
        more than 64 conditions in one another, named ones counted
        flatten it"
    `);
  });
});

describe("names in conditions", () => {
  test("facts must exist", () => {
    expect(
      problemsOf(comparison("amuont", "lessThan", 5), comparison("amount", "lessThan", 5)),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].fact  (rule)
        there is no fact \`amuont\`
        facts are declared in rules/facts.json; did you mean \`amount\`?"
    `);
    expect(problemText(check(comparison("constructor", "equal", "x")))).toContain(
      "there is no fact `constructor`",
    );
    expect(problemText(check(comparison("amount", "lessThan", { fact: "cuont" })))).toMatchInlineSnapshot(`
      "conditions.all[0].value.fact  (rule)
        there is no fact \`cuont\`
        facts are declared in rules/facts.json; did you mean \`count\`?"
    `);
  });

  test("operators and decorators must exist", () => {
    expect(
      problemsOf(comparison("amount", "equals", 5), comparison("amount", "equal", 5)),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        there is no operator \`equals\`
        did you mean \`equal\`?"
    `);
    expect(
      problemsOf(comparison("amount", "no:equal", 5), comparison("amount", "not:equal", 5)),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        there is no decorator \`no\`
        did you mean \`not\`?"
    `);
    expect(problemText(check(comparison("amount", `${"not:".repeat(9)}equal`, 5)))).toContain(
      "more than 8 decorators",
    );
  });

  test("named conditions must exist", () => {
    const named = { "small-value": { all: [valid] } };
    expect(
      problemsOf({ condition: "small-valu" }, { condition: "small-value" }, named),
    ).toMatchInlineSnapshot(`
      "conditions.condition  (rule)
        there is no named condition \`small-valu\`
        named conditions are declared in rules/conditions.json; did you mean \`small-value\`?"
    `);
    expect(problemText(check({ condition: "toString" }))).toContain("there is no named condition `toString`");
  });

  test("named conditions must not form a cycle, which would exhaust memory in json-rules-engine", () => {
    const named = (end: unknown) => ({ one: { all: [valid, { condition: "two" }] }, two: { not: end } });
    expect(problemText(check({ condition: "one" }, named({ condition: "one" })))).toMatchInlineSnapshot(`
      "all[1].condition  (one)
        \`two\` refers to \`one\` refers to \`two\`: these conditions go round in a circle
        take one of the references out"
    `);
    expect(check({ condition: "one" }, named(valid))).toEqual([]);
    expect(problemText(check({ all: [valid] }, { self: { condition: "self" } }))).toContain(
      "go round in a circle",
    );
  });

  test("named conditions must not grow exponentially", () => {
    const net = (levels: number): Record<string, unknown> => {
      const named: Record<string, unknown> = { c0: { all: [valid] } };
      for (let level = 1; level <= levels; level++) {
        const below = { condition: `c${level - 1}` };
        named[`c${level}`] = { any: [below, below] };
      }
      return named;
    };
    expect(check({ condition: "c10" }, net(10))).toEqual([]);
    expect(problemText(check({ condition: "c60" }, net(60)))).toContain("more than 10000 conditions in one");
  });
});

describe("values in conditions", () => {
  test("must have the type of the fact", () => {
    expect(
      problemsOf(comparison("amount", "lessThan", "5"), comparison("amount", "lessThan", 5)),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`"5"\` is not a number, which \`amount\` is
        write a number, without quotes"
    `);
    expect(
      problemsOf(comparison("sameBank", "equal", "true"), comparison("sameBank", "equal", true)),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`"true"\` is not true or false, which \`sameBank\` is
        write true or false, without quotes"
    `);
    expect(problemText(check(comparison("speed", "equal", null)))).toContain("`null` is not a text");
  });

  test("must be in the domain if it is closed", () => {
    expect(
      problemsOf(comparison("speed", "equal", "realtme"), comparison("speed", "equal", "realtime")),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`realtme\` is not a value of \`speed\`
        did you mean \`realtime\`?"
    `);
    expect(
      problemsOf(comparison("count", "in", [1, 11]), comparison("count", "in", [1, 10])),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].value[1]  (rule)
        \`11\` is out of range for \`count\`
        write a number from 0 to 10"
    `);
    expect(check(comparison("payee.bank", "equal", "srcb"))).toEqual([]);
    expect(problemText(check(comparison("channel", "equal", "cn.tset")))).toContain(
      "did you mean `cn.test`?",
    );
  });

  test("must be compared by an operator for that type of fact", () => {
    expect(
      problemsOf(comparison("speed", "lessThan", "regular"), comparison("amount", "lessThan", 1)),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        \`lessThan\` does not compare \`speed\`, which is a text
        use one of \`equal\`, \`notEqual\`, \`in\`, \`notIn\`"
    `);
    expect(
      problemsOf(comparison("amount", "before", 10), comparison("initiated.time", "before", "10:00")),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        \`before\` does not compare \`amount\`, which is a number
        use one of \`equal\`, \`notEqual\`, \`in\`, \`notIn\`, \`lessThan\`, \`lessThanInclusive\`, \`greaterThan\`, \`greaterThanInclusive\`"
    `);
    expect(problemText(check(comparison("speed", "contains", "real")))).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        \`contains\` needs a list, and the fact \`speed\` is never one
        use \`equal\` or \`in\`"
    `);
  });

  test("must be a non-empty list if the operator needs one", () => {
    expect(
      problemsOf(comparison("speed", "in", "realtime"), comparison("speed", "in", ["realtime"])),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`realtime\` is not a list, which \`in\` needs
        write the values in square brackets"
    `);
    expect(
      problemsOf(comparison("speed", "in", []), comparison("speed", "not:in", ["regular"])),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`in\` with an empty list never depends on the payment
        put values into the list, or take the comparison out"
    `);
    expect(
      problemsOf(comparison("count", "someValue:equal", 1), comparison("count", "someValue:equal", [1])),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`1\` is not a list, which \`someValue\` needs
        write the values in square brackets"
    `);
    expect(problemText(check(comparison("speed", "someFact:equal", "regular")))).toContain("is never one");
    expect(problemText(check(comparison("speed", "in", { fact: "mode" })))).toContain("is never one");
  });

  test("must fit after decorators such as `swap` and `someValue` are applied", () => {
    expect(check(comparison("speed", "swap:contains", ["realtime"]))).toEqual([]);
    expect(problemText(check(comparison("speed", "swap:contains", ["realtme"])))).toContain(
      "did you mean `realtime`?",
    );
    expect(problemText(check(comparison("speed", "swap:in", ["realtime"])))).toContain("is never one");
    expect(check(comparison("speed", "someValue:in", [["realtime"], ["regular"]]))).toEqual([]);
    expect(problemText(check(comparison("speed", "someValue:in", [["realtime"], "regular"])))).toContain(
      "value[1]",
    );
  });

  test("may be another fact of the same type, except for dates and times", () => {
    expect(
      problemsOf(
        comparison("speed", "equal", { fact: "count" }),
        comparison("speed", "equal", { fact: "mode" }),
      ),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        \`speed\` and \`count\` are of different types, and never equal
        compare facts of one type"
    `);
    expect(
      problemText(check(comparison("speed", "equal", { fact: "mode", path: "$" }))),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        this value is an object, but not a reference to a fact
        write { "fact": "name" } and nothing else, or a plain value"
    `);
    expect(
      problemText(check(comparison("initiated.date", "before", { fact: "initiated.date" }))),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        \`initiated.date\` is compared with another fact
        dates and times are compared with values only: write the date or time itself"
    `);
  });
});

describe("dates and times", () => {
  test("must use the operators for dates and times", () => {
    expect(
      problemsOf(
        comparison("initiated.date", "equal", "2026-02-14"),
        comparison("initiated.date", "within", ["2026-02-14", "2026-02-15"]),
      ),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        \`equal\` does not compare \`initiated.date\`, which is a date
        use one of \`within\`, \`before\`, \`onOrAfter\`"
    `);
    expect(
      problemsOf(
        comparison("initiated.time", "greaterThan", "10:00"),
        comparison("initiated.time", "atOrAfter", "10:00"),
      ),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        \`greaterThan\` does not compare \`initiated.time\`, which is a time
        use one of \`within\`, \`before\`, \`atOrAfter\`"
    `);
    expect(
      problemsOf(
        comparison("initiated.date", "atOrAfter", "2026-02-14"),
        comparison("initiated.date", "onOrAfter", "2026-02-14"),
      ),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        \`atOrAfter\` does not compare \`initiated.date\`, which is a date
        use one of \`within\`, \`before\`, \`onOrAfter\`"
    `);
  });

  test("must exist", () => {
    expect(
      problemsOf(
        comparison("initiated.date", "before", "2026-02-30"),
        comparison("initiated.date", "before", "2026-02-28"),
      ),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`2026-02-30\` is not a date
        write a day that exists as YYYY-MM-DD, as in \`2026-02-14\`"
    `);
    expect(
      problemsOf(
        comparison("initiated.time", "before", "24:01"),
        comparison("initiated.time", "before", "24:00"),
      ),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`24:01\` is not a time of day
        write HH:MM between 00:00 and 24:00, as in \`23:50\`"
    `);
    expect(problemText(check(comparison("initiated.time", "before", "-1d 20:30")))).toContain(
      "is not a time of day",
    );
  });

  test("must form ranges that are not empty and do not wrap midnight", () => {
    const time = (value: unknown) => comparison("initiated.time", "within", value);
    expect(problemsOf(time(["10:00"]), time(["10:00", "11:00"]))).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`["10:00"]\` is not a range
        write [from, until], as in ["08:30", "17:00"]; \`until\` itself is outside"
    `);
    expect(problemsOf(time(["23:00", "01:00"]), time(["23:00", "24:00"]))).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        the range from \`23:00\` until \`01:00\` is empty
        let \`from\` be earlier; a range over midnight is \`any\` of two, one until 24:00 and one from 00:00"
    `);
    expect(problemText(check(time(["10:00", "10:00"])))).toContain("is empty");
    expect(problemText(check(time(["10:00", "2026-01-01"])))).toContain("is not a time of day");
  });

  test("have closed domains of weekdays and kinds of day", () => {
    expect(
      problemsOf(
        comparison("initiated.weekday", "equal", "friday"),
        comparison("initiated.weekday", "equal", "fri"),
      ),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`friday\` is not a value of \`initiated.weekday\`
        choose one of \`mon\`, \`tue\`, \`wed\`, \`thu\`, \`fri\`, \`sat\`, \`sun\`"
    `);
    expect(problemText(check(comparison("initiated.day", "in", ["weekend", "holidays"])))).toContain(
      "did you mean `holiday`?",
    );
  });

  test("need the channel's calendar for the kind of day, also in named conditions, holds and windows", () => {
    const off = comparison("initiated.day", "equal", "holiday") as Condition;
    const without = (parts: Parameters<typeof rulebookOf>[0]): string =>
      problemText(checkConditions(rulebookOf({ ...parts, calendar: false }), byPath));
    expect(without({ rules: [route("rule", { conditions: off })] })).toMatchInlineSnapshot(`
      "conditions.all[0].fact  (rule)
        \`initiated.day\` is read from the channel's calendar, and \`cn.test\` names none
        add "calendar" to the channel file, as in "calendar": "cn.statutory"; where that file is not yours, test \`initiated.weekday\`"
    `);
    const conditions = { off };
    expect(
      without({ rules: [route("rule", { conditions: { condition: "off" } })], conditions }),
    ).toMatchInlineSnapshot(`
      "conditions.condition  (rule)
        \`initiated.day\` is read from the channel's calendar, and \`cn.test\` names none
        add "calendar" to the channel file, as in "calendar": "cn.statutory"; where that file is not yours, test \`initiated.weekday\`"
    `);
    expect(without({ holds: [hold("hold", { conditions: off })] })).toContain("names none");
    expect(without({ windows: [closing("window", off)] })).toContain("names none");
    expect(without({ rules: [route("rule")], conditions })).toBe("");
    expect(check({ condition: "off" }, conditions)).toEqual([]);
  });
});

test("declared facts must not use a reserved name, change a fixed type, or have an invalid default", () => {
  const title = { zh: "名", en: "name" };
  const facts = (more: Record<string, FactDefinition>): string =>
    problemText(checkConditions(rulebookOf({ facts: { ...FACTS, ...more } }), byPath));
  expect(facts({ initiatedAt: { title, type: "string" } })).toMatchInlineSnapshot(`
    "(initiatedAt)
      \`initiatedAt\` is not a name that facts.json may give away
      rename it: every payment or instant has one already"
  `);
  expect(facts({ amount: { title, type: "string" } })).toMatchInlineSnapshot(`
    "type  (amount)
      \`amount\` is always a number
      write "type": "number""
  `);
  expect(
    facts({ card: { title, type: "string", values: ["debit", "credit"], default: "debt" } }),
  ).toMatchInlineSnapshot(`
    "default  (card)
      \`debt\` is not a value of \`card\`
      did you mean \`debit\`?"
  `);
  expect(facts({ card: { title, type: "string", values: ["debit", "credit"], default: "debit" } })).toBe("");
});

test("all faults are reported at once, with their paths", () => {
  const problems = check({
    any: [comparison("amuont", "lessThan", 5), { not: { fact: "speed", operator: "equals", value: "x" } }],
  });
  expect(problems.map(({ path, name }) => [path, name])).toEqual([
    ["conditions.any[0].all[0].fact", "rule"],
    ["conditions.any[1].not.operator", "rule"],
  ]);
});

test("arbitrary JSON causes problems, never an exception", () => {
  const key = fc.constantFrom(
    "all",
    "any",
    "not",
    "condition",
    "fact",
    "operator",
    "value",
    "note",
    "__proto__",
    "x",
  );
  const word = fc.constantFrom(
    "amount",
    "initiated.time",
    "in",
    "not:within",
    "someValue:in",
    "one",
    "24:00",
    "",
  );
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 5 },
      fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null)),
      fc.array(tie("json"), { maxLength: 3 }),
      fc.dictionary(key, tie("json"), { maxKeys: 3 }),
    ),
  }));
  fc.assert(
    fc.property(json, json, (tree, named) => {
      for (const problem of check(tree, { one: named })) {
        expect(problem).toMatchObject({
          what: expect.stringMatching(/^\S.*$/),
          help: expect.stringMatching(/^\S.*$/),
        });
      }
    }),
    { numRuns: 3_000 },
  );
});
