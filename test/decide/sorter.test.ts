import fc from "fast-check";
import { expect, test } from "vitest";
import type { Condition, Rulebook } from "../../src/model/rulebook.js";
import { type Classifier, compileClassifiers } from "../../src/payment/classifier.js";
import { compileReader } from "../../src/payment/parsed-payment.js";
import { FACTS, route, rulebookOf } from "./fixture.js";
import { conditions, facts, namedConditions } from "./random.js";

/** Payments are numbered while they are read, and by their facts: both ways must give one number. */

const book = fc.record({
  named: namedConditions,
  trees: fc.array(conditions(["first", "second", "third"]), { minLength: 1, maxLength: 5 }),
});

const rulebook = ({
  named,
  trees,
}: {
  named: Record<string, Condition>;
  trees: readonly object[];
}): Rulebook =>
  rulebookOf({
    conditions: named,
    rules: trees.map((one, index) => route(`rule-${index}`, { conditions: one as never })),
  });

const sorterOf = (sorters: ReturnType<typeof compileClassifiers>): Classifier =>
  sorters.get("cn.test") as Classifier;

test("a payment has the number of its facts, stated flat or in groups", () => {
  fc.assert(
    fc.property(
      book,
      fc.array(facts, { minLength: 1, maxLength: 8 }),
      fc.boolean(),
      (random, payments, grouped) => {
        const rules = rulebook(random as never);
        const sorters = compileClassifiers(rules);
        const read = compileReader(rules, sorters);
        for (const stated of payments) {
          const payment = read(paymentOf(stated as Record<string, unknown>, grouped));
          expect(payment.classId).toBe(sorterOf(sorters).classIdOf(payment.facts));
        }
      },
    ),
    { numRuns: 2000 },
  );
});

const NAMES = new Set(Object.keys(FACTS));

function paymentOf(stated: Readonly<Record<string, unknown>>, grouped: boolean): object {
  const known = Object.entries(stated).filter(([name, value]) => NAMES.has(name) && value !== undefined);
  const flat = known.filter(([name]) => !grouped || !name.includes("."));
  const inside = (group: string): object =>
    Object.fromEntries(
      known
        .filter(([name]) => grouped && name.startsWith(`${group}.`))
        .map(([name, value]) => [name.slice(group.length + 1), value]),
    );
  return {
    channel: "cn.test",
    amount: "1.00",
    initiatedAt: "2026-02-13T23:00:00+08:00",
    ...Object.fromEntries(flat),
    payer: inside("payer"),
    payee: inside("payee"),
  };
}

test("a payment that says something else each time it is read has no facts that would be remembered for its number", () => {
  const rules = rulebook({
    named: {},
    trees: [{ all: [{ fact: "amount", operator: "greaterThan", value: 50_000 }] }],
  } as never);
  let times = 0;
  const payment = {
    channel: "cn.test",
    initiatedAt: "2026-02-13T23:00:00+08:00",
    get amount() {
      return times++ % 2 === 0 ? "1.00" : "60000.00";
    },
  };
  const parsed = compileReader(rules)(payment);
  expect(() => parsed.facts).toThrowErrorMatchingInlineSnapshot(
    `[QuestionError: payment: the payment says something else each time it is read; give a plain object, without getters]`,
  );
});

test.each(["UTC", "Asia/Kathmandu"])("the zone of a channel is its file's: %s", (zone) => {
  const sorter = sorterOf(compileClassifiers(rulebookOf({ rules: [route("rule")], zone })));
  expect(sorter.zone.name).toBe(zone);
});

test("no two payments that a condition tells apart have one number, of however many numbers there are", () => {
  const values = Array.from({ length: 30 }, (_, n) => n);
  const tree = { any: values.map((value) => ({ fact: "count", operator: "equal", value: value / 3 })) };
  const banks = (fact: string): object => ({
    any: Array.from({ length: 600 }, (_, n) => ({ fact, operator: "equal", value: `bank-${n}` })),
  });
  const each = (fact: string): object[] =>
    Array.from({ length: 600 }, (_, n) => ({ all: [{ fact, operator: "equal", value: `bank-${n}` }] }));
  const rules = rulebook({
    named: {},
    trees: [tree, banks("payer.bank"), ...each("payer.bank"), ...each("payee.bank"), ...each("currency")],
  } as never);
  const sorter = sorterOf(compileClassifiers(rules));
  expect(sorter.baseId).toBe(0);
  const numbers = Array.from({ length: 600 }, (_, n) =>
    sorter.classIdOf({
      amount: 1,
      currency: `bank-${n}`,
      "payer.bank": `bank-${(n * 7) % 600}`,
      "payee.bank": "bank-1",
    }),
  );
  expect(new Set(numbers).size).toBe(600);
  expect(
    sorter.classIdOf({ amount: 1, currency: "bank-0", "payer.bank": "bank-0", "payee.bank": "bank-1" }),
  ).toBe(numbers[0]);
});
