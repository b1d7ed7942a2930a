import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkConditions } from "../../src/decide/check.js";
import { formatProblem, type Problem } from "../../src/errors.js";
import type { Condition, FactDefinition } from "../../src/model/rulebook.js";
import { byPath, closing, FACTS, hold, route, rulebookOf } from "./fixture.js";

/** The problems of a rule with these conditions, whatever JSON they are, in a channel with a calendar. */
const check = (tree: unknown, named: Record<string, unknown> = {}): Problem[] =>
  checkConditions(
    rulebookOf({
      rules: [route("rule", { conditions: tree as Condition })],
      conditions: named as Record<string, Condition>,
    }),
    byPath,
  );

const told = (problems: readonly Problem[]): string => problems.map(formatProblem).join("\n");
const one = (fact: string, operator: string, value: unknown) => ({ all: [{ fact, operator, value }] });
const fine = { fact: "amount", operator: "lessThan", value: 5 };

/** A fault and, beside it, the nearest thing that is none. */
function refused(tree: unknown, nearMiss: unknown, named: Record<string, unknown> = {}): string {
  expect(check(nearMiss, named)).toEqual([]);
  return told(check(tree, named));
}

describe("the shape of a condition", () => {
  test("an empty `all` or `any` would match every payment", () => {
    expect(refused({ any: [] }, { any: [fine] })).toMatchInlineSnapshot(`
      "conditions.any  (rule)
        an empty \`any\` would match every payment
        put conditions into it, or leave \`conditions\` out where every payment is meant"
    `);
    expect(refused({ all: [{ all: [] }] }, { all: [{ all: [fine] }] })).toMatchInlineSnapshot(`
      "conditions.all[0].all  (rule)
        an empty \`all\` would match every payment
        put conditions into it, or leave \`conditions\` out where every payment is meant"
    `);
  });

  test("two keys that exclude each other on one node", () => {
    const two = { all: [fine], any: [fine] };
    expect(refused(two, { all: [{ all: [fine] }, { any: [fine] }] })).toMatchInlineSnapshot(`
      "conditions  (rule)
        \`all\` and \`any\` stand side by side, and only one would count
        nest them: { "all": [ { "any": [...] }, { "not": {...} } ] }"
    `);
    expect(refused({ all: [{ ...fine, not: fine }] }, { all: [fine, { not: fine }] })).toMatchInlineSnapshot(`
      "conditions.all[0]  (rule)
        \`not\` and \`fact\` stand side by side, and only one would count
        nest them: { "all": [ { "any": [...] }, { "not": {...} } ] }"
    `);
  });

  test("a bare comparison at the root", () => {
    expect(refused(fine, { all: [fine] })).toMatchInlineSnapshot(`
      "conditions  (rule)
        a comparison cannot be the whole condition
        put it into a list: { "all": [ ... ] }"
    `);
    expect(told(check({ all: [fine] }, { bare: fine }))).toContain(
      "a comparison cannot be the whole condition",
    );
  });

  test("keys of json-rules-engine that are not used here, and keys of nobody", () => {
    for (const key of ["path", "params", "priority"]) {
      expect(told(check({ all: [{ ...fine, [key]: 1 }] }))).toContain(`\`${key}\` of json-rules-engine`);
    }
    expect(
      refused({ all: [{ ...fine, path: "$.x" }] }, { all: [{ ...fine, note: "why" }] }),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].path  (rule)
        \`path\` of json-rules-engine is not used here
        declare the inner value as a fact of its own, as in \`payer.bank\`"
    `);
    expect(refused({ al: [fine] }, { all: [fine] })).toMatchInlineSnapshot(`
      "conditions.al  (rule)
        \`al\` is not a key of a condition
        did you mean \`all\`?"
    `);
  });

  test("a comparison without operator or value, or with a name that is no text", () => {
    expect(refused({ all: [{ fact: "amount" }] }, { all: [fine] })).toMatchInlineSnapshot(`
      "conditions.all[0]  (rule)
        \`operator\` is missing
        a comparison has \`fact\`, \`operator\` and \`value\`
      conditions.all[0]  (rule)
        \`value\` is missing
        a comparison has \`fact\`, \`operator\` and \`value\`"
    `);
    expect(told(check({ all: [{ ...fine, operator: 5 }] }))).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        \`5\` is not a text, which \`operator\` is
        write the name of an operator in quotes"
    `);
  });

  test("lists where one is meant, and the reverse", () => {
    expect(refused({ not: [fine] }, { not: fine })).toMatchInlineSnapshot(`
      "conditions.not  (rule)
        \`not\` takes one condition, not a list
        write "not": { "all": [ ... ] } or "not": { "any": [ ... ] }"
    `);
    expect(refused({ all: fine }, { all: [fine] })).toMatchInlineSnapshot(`
      "conditions.all  (rule)
        \`{"fact":"amount","operator":"lessThan","value":5}\` is not a list, which \`all\` needs
        write "all": [ ... ] with one condition or more"
    `);
    expect(told(check({ all: ["amount"] }))).toMatchInlineSnapshot(`
      "conditions.all[0]  (rule)
        \`amount\` is not a condition
        write an object with \`all\`, \`any\`, \`not\`, \`condition\`, or \`fact\` with \`operator\` and \`value\`"
    `);
    expect(told(check({}))).toMatchInlineSnapshot(`
      "conditions  (rule)
        this condition says nothing
        give it one of \`all\`, \`any\`, \`not\`, \`condition\`, or \`fact\` with \`operator\` and \`value\`"
    `);
  });

  test("more than 64 conditions in one another, named ones counted", () => {
    const deep = (levels: number, inner: unknown = fine): unknown =>
      levels === 1 ? inner : { not: deep(levels - 1, inner) };
    expect(refused(deep(65), deep(64))).toMatchInlineSnapshot(`
      "conditions.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not  (rule)
        more than 64 conditions in one another, named ones counted
        flatten it"
    `);
    const named = { far: deep(40) };
    expect(
      refused(deep(25, { condition: "far" }), deep(24, { condition: "far" }), named),
    ).toMatchInlineSnapshot(`
      "conditions  (rule)
        more than 64 conditions in one another, named ones counted
        flatten it"
    `);
  });
});

describe("names", () => {
  test("an unknown fact", () => {
    expect(refused(one("amuont", "lessThan", 5), one("amount", "lessThan", 5))).toMatchInlineSnapshot(`
      "conditions.all[0].fact  (rule)
        there is no fact \`amuont\`
        facts are declared in rules/facts.json; did you mean \`amount\`?"
    `);
    expect(told(check(one("constructor", "equal", "x")))).toContain("there is no fact `constructor`");
    expect(told(check(one("amount", "lessThan", { fact: "cuont" })))).toMatchInlineSnapshot(`
      "conditions.all[0].value.fact  (rule)
        there is no fact \`cuont\`
        facts are declared in rules/facts.json; did you mean \`count\`?"
    `);
  });

  test("an unknown operator or decorator", () => {
    expect(refused(one("amount", "equals", 5), one("amount", "equal", 5))).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        there is no operator \`equals\`
        did you mean \`equal\`?"
    `);
    expect(refused(one("amount", "no:equal", 5), one("amount", "not:equal", 5))).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        there is no decorator \`no\`
        did you mean \`not\`?"
    `);
    expect(told(check(one("amount", `${"not:".repeat(9)}equal`, 5)))).toContain("more than 8 decorators");
  });

  test("an unknown named condition", () => {
    const named = { "small-value": { all: [fine] } };
    expect(refused({ condition: "small-valu" }, { condition: "small-value" }, named)).toMatchInlineSnapshot(`
      "conditions.condition  (rule)
        there is no named condition \`small-valu\`
        named conditions are declared in rules/conditions.json; did you mean \`small-value\`?"
    `);
    expect(told(check({ condition: "toString" }))).toContain("there is no named condition `toString`");
  });

  test("named conditions that go round in a circle, which would kill json-rules-engine's process", () => {
    const named = (end: unknown) => ({ one: { all: [fine, { condition: "two" }] }, two: { not: end } });
    expect(told(check({ condition: "one" }, named({ condition: "one" })))).toMatchInlineSnapshot(`
      "all[1].condition  (one)
        \`two\` refers to \`one\` refers to \`two\`: these conditions go round in a circle
        take one of the references out"
    `);
    expect(check({ condition: "one" }, named(fine))).toEqual([]);
    expect(told(check({ all: [fine] }, { self: { condition: "self" } }))).toContain("go round in a circle");
  });

  test("a net of named conditions that doubles with every step", () => {
    const net = (levels: number): Record<string, unknown> => {
      const named: Record<string, unknown> = { c0: { all: [fine] } };
      for (let level = 1; level <= levels; level++) {
        const below = { condition: `c${level - 1}` };
        named[`c${level}`] = { any: [below, below] };
      }
      return named;
    };
    expect(check({ condition: "c10" }, net(10))).toEqual([]);
    expect(told(check({ condition: "c60" }, net(60)))).toContain("more than 10000 conditions in one");
  });
});

describe("values", () => {
  test("a value of another type than the fact", () => {
    expect(refused(one("amount", "lessThan", "5"), one("amount", "lessThan", 5))).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`"5"\` is not a number, which \`amount\` is
        write a number, without quotes"
    `);
    expect(refused(one("sameBank", "equal", "true"), one("sameBank", "equal", true))).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`"true"\` is not true or false, which \`sameBank\` is
        write true or false, without quotes"
    `);
    expect(told(check(one("speed", "equal", null)))).toContain("`null` is not a text");
  });

  test("a value outside a closed domain, and any text in an open one", () => {
    expect(
      refused(one("speed", "equal", "realtme"), one("speed", "equal", "realtime")),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`realtme\` is not a value of \`speed\`
        did you mean \`realtime\`?"
    `);
    expect(refused(one("count", "in", [1, 11]), one("count", "in", [1, 10]))).toMatchInlineSnapshot(`
      "conditions.all[0].value[1]  (rule)
        \`11\` is out of range for \`count\`
        write a number from 0 to 10"
    `);
    expect(check(one("payee.bank", "equal", "srcb"))).toEqual([]);
    expect(told(check(one("channel", "equal", "cn.tset")))).toContain("did you mean `cn.test`?");
  });

  test("an operator that does not compare such a fact", () => {
    expect(refused(one("speed", "lessThan", "regular"), one("amount", "lessThan", 1))).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        \`lessThan\` does not compare \`speed\`, which is a text
        use one of \`equal\`, \`notEqual\`, \`in\`, \`notIn\`"
    `);
    expect(
      refused(one("amount", "before", 10), one("initiated.time", "before", "10:00")),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        \`before\` does not compare \`amount\`, which is a number
        use one of \`equal\`, \`notEqual\`, \`in\`, \`notIn\`, \`lessThan\`, \`lessThanInclusive\`, \`greaterThan\`, \`greaterThanInclusive\`"
    `);
    expect(told(check(one("speed", "contains", "real")))).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        \`contains\` needs a list, and the fact \`speed\` is never one
        use \`equal\` or \`in\`"
    `);
  });

  test("no list where a list is needed, and an empty one", () => {
    expect(refused(one("speed", "in", "realtime"), one("speed", "in", ["realtime"]))).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`realtime\` is not a list, which \`in\` needs
        write the values in square brackets"
    `);
    expect(refused(one("speed", "in", []), one("speed", "not:in", ["regular"]))).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`in\` with an empty list never depends on the payment
        put values into the list, or take the comparison out"
    `);
    expect(
      refused(one("count", "someValue:equal", 1), one("count", "someValue:equal", [1])),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`1\` is not a list, which \`someValue\` needs
        write the values in square brackets"
    `);
    expect(told(check(one("speed", "someFact:equal", "regular")))).toContain("is never one");
    expect(told(check(one("speed", "in", { fact: "mode" })))).toContain("is never one");
  });

  test("decorators are played through: what `swap` and `someValue` make of the sides must fit", () => {
    expect(check(one("speed", "swap:contains", ["realtime"]))).toEqual([]);
    expect(told(check(one("speed", "swap:contains", ["realtme"])))).toContain("did you mean `realtime`?");
    expect(told(check(one("speed", "swap:in", ["realtime"])))).toContain("is never one");
    expect(check(one("speed", "someValue:in", [["realtime"], ["regular"]]))).toEqual([]);
    expect(told(check(one("speed", "someValue:in", [["realtime"], "regular"])))).toContain("value[1]");
  });

  test("another fact as value", () => {
    expect(
      refused(one("speed", "equal", { fact: "count" }), one("speed", "equal", { fact: "mode" })),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        \`speed\` and \`count\` are of different types, and never equal
        compare facts of one type"
    `);
    expect(told(check(one("speed", "equal", { fact: "mode", path: "$" })))).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        this value is an object, but not a reference to a fact
        write { "fact": "name" } and nothing else, or a plain value"
    `);
    expect(told(check(one("initiated.date", "before", { fact: "initiated.date" })))).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        \`initiated.date\` is compared with another fact
        dates and times are compared with values only: write the date or time itself"
    `);
  });
});

describe("dates and times", () => {
  test("plain operators compare them as texts, and are refused", () => {
    expect(
      refused(
        one("initiated.date", "equal", "2026-02-14"),
        one("initiated.date", "within", ["2026-02-14", "2026-02-15"]),
      ),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        \`equal\` does not compare \`initiated.date\`, which is a date
        use one of \`within\`, \`before\`, \`onOrAfter\`"
    `);
    expect(
      refused(one("initiated.time", "greaterThan", "10:00"), one("initiated.time", "atOrAfter", "10:00")),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        \`greaterThan\` does not compare \`initiated.time\`, which is a time
        use one of \`within\`, \`before\`, \`atOrAfter\`"
    `);
    expect(
      refused(
        one("initiated.date", "atOrAfter", "2026-02-14"),
        one("initiated.date", "onOrAfter", "2026-02-14"),
      ),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].operator  (rule)
        \`atOrAfter\` does not compare \`initiated.date\`, which is a date
        use one of \`within\`, \`before\`, \`onOrAfter\`"
    `);
  });

  test("dates that do not exist and times that are none", () => {
    expect(
      refused(one("initiated.date", "before", "2026-02-30"), one("initiated.date", "before", "2026-02-28")),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`2026-02-30\` is not a date
        write a day that exists as YYYY-MM-DD, as in \`2026-02-14\`"
    `);
    expect(
      refused(one("initiated.time", "before", "24:01"), one("initiated.time", "before", "24:00")),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`24:01\` is not a time of day
        write HH:MM between 00:00 and 24:00, as in \`23:50\`"
    `);
    expect(told(check(one("initiated.time", "before", "-1d 20:30")))).toContain("is not a time of day");
  });

  test("ranges that are none, are empty, or wrap midnight", () => {
    const time = (value: unknown) => one("initiated.time", "within", value);
    expect(refused(time(["10:00"]), time(["10:00", "11:00"]))).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`["10:00"]\` is not a range
        write [from, until], as in ["08:30", "17:00"]; \`until\` itself is outside"
    `);
    expect(refused(time(["23:00", "01:00"]), time(["23:00", "24:00"]))).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        the range from \`23:00\` until \`01:00\` is empty
        let \`from\` be earlier; a range over midnight is \`any\` of two, one until 24:00 and one from 00:00"
    `);
    expect(told(check(time(["10:00", "10:00"])))).toContain("is empty");
    expect(told(check(time(["10:00", "2026-01-01"])))).toContain("is not a time of day");
  });

  test("weekdays and kinds of day are closed domains", () => {
    expect(
      refused(one("initiated.weekday", "equal", "friday"), one("initiated.weekday", "equal", "fri")),
    ).toMatchInlineSnapshot(`
      "conditions.all[0].value  (rule)
        \`friday\` is not a value of \`initiated.weekday\`
        choose one of \`mon\`, \`tue\`, \`wed\`, \`thu\`, \`fri\`, \`sat\`, \`sun\`"
    `);
    expect(told(check(one("initiated.day", "in", ["weekend", "holidays"])))).toContain(
      "did you mean `holiday`?",
    );
  });

  test("the kind of day needs the channel's calendar, also through a named condition, a hold or a window", () => {
    const off = one("initiated.day", "equal", "holiday") as Condition;
    const without = (parts: Parameters<typeof rulebookOf>[0]): string =>
      told(checkConditions(rulebookOf({ ...parts, calendar: false }), byPath));
    expect(without({ rules: [route("rule", { conditions: off })] })).toMatchInlineSnapshot(`
      "conditions.all[0].fact  (rule)
        \`initiated.day\` is read from the channel's calendar, and \`cn.test\` names none
        add "calendar" to the channel file, as in "calendar": "cn.statutory""
    `);
    const conditions = { off };
    expect(
      without({ rules: [route("rule", { conditions: { condition: "off" } })], conditions }),
    ).toMatchInlineSnapshot(`
      "conditions.condition  (rule)
        \`initiated.day\` is read from the channel's calendar, and \`cn.test\` names none
        add "calendar" to the channel file, as in "calendar": "cn.statutory""
    `);
    expect(without({ holds: [hold("hold", { conditions: off })] })).toContain("names none");
    expect(without({ windows: [closing("window", off)] })).toContain("names none");
    expect(without({ rules: [route("rule")], conditions })).toBe("");
    expect(check({ condition: "off" }, conditions)).toEqual([]);
  });
});

test("declared facts must not take a name or a type that is given, nor a default outside their values", () => {
  const title = { zh: "名", en: "name" };
  const facts = (more: Record<string, FactDefinition>): string =>
    told(checkConditions(rulebookOf({ facts: { ...FACTS, ...more } }), byPath));
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

test("all faults are told at once, with their places", () => {
  const problems = check({
    any: [one("amuont", "lessThan", 5), { not: { fact: "speed", operator: "equals", value: "x" } }],
  });
  expect(problems.map(({ path, name }) => [path, name])).toEqual([
    ["conditions.any[0].all[0].fact", "rule"],
    ["conditions.any[1].not.operator", "rule"],
  ]);
});

test("arbitrary JSON gives problems, never an exception", () => {
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
