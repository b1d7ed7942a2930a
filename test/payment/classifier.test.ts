import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChannelRule, Condition, Leaf, Rulebook } from "../../src/model/rulebook.js";
import { type Classifier, type Classifiers, compileClassifiers } from "../../src/payment/classifier.js";
import { compileReader } from "../../src/payment/parsed-payment.js";
import { closing, FACTS, hold, is, route, rulebookOf } from "../decide/fixture.js";
import { conditions, facts, namedConditions } from "../decide/random-conditions.js";

const title = { zh: "名", en: "name" };

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

const leaf = (fact: string, operator: string, value: unknown): Leaf => ({ fact, operator, value });

const anyOf = (...any: Condition[]): ChannelRule => route("rule", { conditions: { any } });

const classifierOf = (book: Rulebook, channel = "cn.test"): Classifier =>
  compileClassifiers(book).get(channel) as Classifier;

const randomBook = fc.record({
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

describe("the class id", () => {
  test("depends on rules, windows and planned holds of the channel", () => {
    const big = is("amount", "greaterThan", 5);
    const distinguishes = (parts: Parameters<typeof rulebookOf>[0]): boolean => {
      const { classIdOf } = classifierOf(rulebookOf({ rules: [route("rule")], ...parts }));
      return classIdOf({ amount: 6 }) !== classIdOf({ amount: 4 });
    };
    expect(distinguishes({})).toBe(false);
    expect(distinguishes({ windows: [closing("w", big)] })).toBe(true);
    expect(distinguishes({ holds: [hold("h", { conditions: big })] })).toBe(true);
    expect(distinguishes({ holds: [hold("h", { conditions: big, inFlight: true })] })).toBe(false);
    const elsewhere: Condition = { all: [leaf("channel", "equal", "cn.x"), leaf("amount", "equal", 5)] };
    expect(classifierOf(rulebookOf({ rules: [anyOf(elsewhere)] })).classIdOf({ amount: 5 })).toBe(
      classifierOf(rulebookOf({ rules: [anyOf(elsewhere)] })).classIdOf({ amount: 6 }),
    );
  });

  test("depends on the bank if that is a declared system and a step runs on it", () => {
    const on = (system: string): ChannelRule =>
      route("rule", {
        event: { type: "route", params: { steps: [{ kind: "process", takes: "PT0S", system }] } },
      } as never);
    const refuse = { name: "no", event: { type: "refuse", params: { reason: {} } } } as never;
    const classIds = (rules: ChannelRule[]): number[] => {
      const book = rulebookOf({ rules });
      const systems = { icbc: { title }, abc: { title }, "payee.bank": { title, fact: "payee.bank" } };
      const classifier = classifierOf({ ...book, systems } as unknown as Rulebook);
      expect(classifier.baseId).not.toBe(0);
      return ["icbc", "abc", "boc", "ccb"].map(
        (bank) => classifier.classIdOf({ amount: 1, "payee.bank": bank }) - 1,
      );
    };
    expect(classIds([on("payee.bank"), refuse])).toEqual([1, 2, 0, 0]);
    expect(classIds([on("icbc"), refuse])).toEqual([0, 0, 0, 0]);
    expect(classIds([refuse])).toEqual([0, 0, 0, 0]);
  });

  test("counts a fact once that is stated flat and in a group", () => {
    const book = rulebookOf({ rules: [anyOf(leaf("payee.bank", "equal", "icbc"))] });
    const read = compileReader(book);
    const payment = { channel: "cn.test", amount: 1, initiatedAt: 0 };
    const once = read({ ...payment, payee: { bank: "icbc" } }).classId;
    expect(read({ ...payment, payee: { bank: "icbc" }, "payee.bank": "icbc" }).classId).toBe(once);
    expect(() => read({ channel: "cn.test", initiatedAt: 0, speed: "regular" })).toThrow(
      "`amount` is missing",
    );
  });
});

describe("class ids of several channels", () => {
  test("depend on the conditions of each channel, regardless of the order of use", () => {
    const [one, other] = [5, 500].map((cut) => {
      const { channels } = rulebookOf({ rules: [anyOf(leaf("amount", "lessThan", cut))] });
      return channels["cn.test"];
    });
    const channels = { one: { ...one, channel: "one" }, other: { ...other, channel: "other" } };
    const book = { ...rulebookOf({ rules: [] }), channels } as unknown as Rulebook;
    for (const order of [
      ["one", "other"],
      ["other", "one"],
    ]) {
      const classifiers = compileClassifiers(book);
      const read = compileReader(book, classifiers);
      for (const channel of [...order, ...order]) {
        const { channelIndex, classIdOf } = classifiers.get(channel) as Classifier;
        expect(channelIndex).toBe(channel === "one" ? 0 : 1);
        for (const amount of [4, 5, 499, 500])
          expect(read({ channel, amount, initiatedAt: 0 }).classId).toBe(classIdOf({ amount }));
      }
    }
  });

  /** A channel with 2 ** `flags` classes. */
  const flagged = (flags: number): Rulebook => {
    const names = many(flags, (n) => `flag${n}`);
    const declared = Object.fromEntries(names.map((name) => [name, { title, type: "boolean" as const }]));
    return rulebookOf({ facts: declared, rules: [anyOf(...names.map((name) => leaf(name, "equal", true)))] });
  };
  const RANGE_IDS_END = 2 ** 28;

  test("are a range for up to 2 ** 24 classes, and single ids for more", () => {
    const ranged = classifierOf(flagged(24));
    expect([ranged.classifiers.idAllocator.nextRangeStart, ranged.baseId === 0]).toEqual([
      1 + 2 ** 24,
      false,
    ]);
    expect(ranged.classIdOf({ flag23: true })).toBe(2);
    const onDemand = classifierOf(flagged(25));
    expect([onDemand.classifiers.idAllocator.nextRangeStart, onDemand.baseId]).toEqual([1, 0]);
    expect(onDemand.classIdOf({ flag24: true })).toBe(RANGE_IDS_END);
    expect(onDemand.classIdOf({})).toBe(RANGE_IDS_END + 1);
    expect(onDemand.classIdOf({ flag24: true })).toBe(RANGE_IDS_END);
  });

  test("use ranges that end before 2 ** 28", () => {
    const startingAt = (next: number): Classifier => {
      const classifiers = compileClassifiers(flagged(3));
      classifiers.idAllocator.nextRangeStart = next;
      return classifiers.get("cn.test") as Classifier;
    };
    expect(startingAt(RANGE_IDS_END - 8).classIdOf({})).toBe(RANGE_IDS_END - 8);
    expect(startingAt(RANGE_IDS_END - 8).baseId).not.toBe(0);
    expect(startingAt(RANGE_IDS_END - 7).classIdOf({})).toBe(RANGE_IDS_END);
    expect(startingAt(RANGE_IDS_END - 7).baseId).toBe(0);
  });

  const onDemand = (): [Classifiers, Classifier] => {
    const classifiers = compileClassifiers(flagged(25));
    return [classifiers, classifiers.get("cn.test") as Classifier];
  };

  test("are forgotten at 100,000 single ids, but not reused", () => {
    const [{ idAllocator }, classifier] = onDemand();
    const first = classifier.classIdOf({});
    for (let count = 1; count < 99_999; count++) idAllocator.seen.set(`another ${count}`, 0);
    const second = classifier.classIdOf({ flag0: true });
    expect([idAllocator.seen.size, classifier.classIdOf({}), classifier.classIdOf({ flag0: true })]).toEqual([
      100_000,
      first,
      second,
    ]);
    expect([classifier.classIdOf({ flag1: true }), idAllocator.seen.size, idAllocator.generation]).toEqual([
      second + 1,
      1,
      0,
    ]);
    expect(classifier.classIdOf({})).toBe(second + 2);
  });

  test("are reused in a new generation when all are used up", () => {
    const [{ idAllocator }, classifier] = onDemand();
    idAllocator.nextId = 2 ** 29 - 1;
    expect([classifier.classIdOf({}), idAllocator.generation]).toEqual([2 ** 29 - 1, 0]);
    expect([classifier.classIdOf({ flag0: true }), idAllocator.generation, idAllocator.seen.size]).toEqual([
      RANGE_IDS_END,
      1,
      1,
    ]);
    expect([classifier.classIdOf({}), idAllocator.generation]).toEqual([RANGE_IDS_END + 1, 1]);
  });

  test("differ by channel and by every digit of the key", () => {
    const banks = (fact: string): Leaf[] => many(600, (n) => leaf(fact, "equal", `bank-${n}`));
    const facts = ["payer.bank", "payee.bank", "currency"];
    const book = rulebookOf({ rules: [anyOf(...facts.flatMap(banks))] });
    const one = book.channels["cn.test"] as Rulebook["channels"][string];
    const channels = { ...book.channels, "cn.other": { ...one, channel: "cn.other" } };
    const classifiers = compileClassifiers({ ...book, channels });
    const [here, there] = ["cn.test", "cn.other"].map((name) => classifiers.get(name)) as [
      Classifier,
      Classifier,
    ];
    const paid = (from: number, to: number) => ({ "payer.bank": `bank-${from}`, "payee.bank": `bank-${to}` });
    const classIds = [paid(0, 10), paid(10, 0), paid(0, 1), paid(0, 110), paid(1, 10), paid(11, 0)].flatMap(
      (one) => [here.classIdOf(one), there.classIdOf(one)],
    );
    expect(new Set(classIds).size).toBe(classIds.length);
  });
});

test("reading a payment gives the class id of its facts, stated flat or in groups", () => {
  fc.assert(
    fc.property(
      randomBook,
      fc.array(facts, { minLength: 1, maxLength: 8 }),
      fc.boolean(),
      (random, payments, grouped) => {
        const rules = rulebook(random as never);
        const classifiers = compileClassifiers(rules);
        const read = compileReader(rules, classifiers);
        const classifier = classifiers.get("cn.test") as Classifier;
        for (const stated of payments) {
          const payment = read(paymentOf(stated as Record<string, unknown>, grouped));
          expect(payment.classId).toBe(classifier.classIdOf(payment.facts));
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test("a payment that changes between readings is an error", () => {
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

test.each(["UTC", "Asia/Kathmandu"])("a classifier has the zone of its channel file: %s", (zone) => {
  const classifier = classifierOf(rulebookOf({ rules: [route("rule")], zone }));
  expect(classifier.zone.name).toBe(zone);
});

test("payments that a condition distinguishes have different class ids, even if there are too many classes for a range", () => {
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
  const classifier = classifierOf(rules);
  expect(classifier.baseId).toBe(0);
  const classIds = Array.from({ length: 600 }, (_, n) =>
    classifier.classIdOf({
      amount: 1,
      currency: `bank-${n}`,
      "payer.bank": `bank-${(n * 7) % 600}`,
      "payee.bank": "bank-1",
    }),
  );
  expect(new Set(classIds).size).toBe(600);
  expect(
    classifier.classIdOf({ amount: 1, currency: "bank-0", "payer.bank": "bank-0", "payee.bank": "bank-1" }),
  ).toBe(classIds[0]);
});
