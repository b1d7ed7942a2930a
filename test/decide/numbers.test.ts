import { describe, expect, test } from "vitest";
import { classKeyOf, compileDigits, digitValue } from "../../src/decide/class-key.js";
import { partitionOf } from "../../src/decide/partition.js";
import type { Facts, FactValue } from "../../src/model/payment.js";
import type { ChannelRule, Condition, FactDefinition, Leaf, Rulebook } from "../../src/model/rulebook.js";
import {
  type ClassWeights,
  emptyClassWeights,
  type FactWeights,
  listedWeights,
  weightOf,
} from "../../src/payment/class-weights.js";
import { type Classifier, type Classifiers, compileClassifiers } from "../../src/payment/classifier.js";
import type { Field } from "../../src/payment/fields.js";
import { compileReader } from "../../src/payment/parsed-payment.js";
import { closing, FACTS, hold, is, route, rulebookOf } from "./fixture.js";

/** How payments are numbered: by the values that conditions compare with, and by nothing else. */

const title = { zh: "名", en: "name" };
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));
const leaf = (fact: string, operator: string, value: unknown): Leaf => ({ fact, operator, value });
const anyOf = (...any: Condition[]): ChannelRule => route("rule", { conditions: { any } });
const sorterOf = (book: Rulebook, channel = "cn.test"): Classifier =>
  compileClassifiers(book).get(channel) as Classifier;
const fieldOf = ({ classifiers }: Classifier, fact: string): Field =>
  classifiers.fields.all.find(({ name }) => name === fact) as Field;
const shareOf = (sorter: Classifier, fact: string): FactWeights | undefined =>
  sorter.classifiers.weights.byField[fieldOf(sorter, fact).index]?.[sorter.channelIndex];

describe("the cells of a fact", () => {
  const asks = (operator: string, value: number | string) => ({
    constants: [value],
    holds: (fact: FactValue | undefined): boolean =>
      operator === "=" ? fact === value : typeof fact === "number" && fact > (value as number),
  });

  test("are told apart where an answer differs, below, at, between and above the cuts", () => {
    for (const cuts of [[0], [5], [1, 2, 10], [2, 1], [-7, -3, 1e15], [0, 0.5, 1]]) {
      for (const operators of [["="], [">"], ["=", ">"]]) {
        const questions = cuts.flatMap((cut) => operators.map((operator) => asks(operator, cut)));
        const { cellOf, cells, cuts: sorted } = partitionOf("amount", questions);
        const at = [...cuts].sort((one, other) => one - other);
        const values = [-1e16, ...at.flatMap((cut) => [cut - 0.25, cut, cut + 0.25]), 5e15, undefined, "x"];
        const row = (value: FactValue | undefined): string =>
          questions.map(({ holds }) => holds(value)).join();
        expect(sorted).toEqual(at);
        expect(cells).toBe(new Set(values.map(row)).size);
        for (const one of values)
          for (const other of values) expect(cellOf(one) === cellOf(other)).toBe(row(one) === row(other));
      }
    }
  });

  test("are numbered from nothing, over what is not listed and what is, upwards", () => {
    const numbers = partitionOf("amount", [asks(">", 5), asks("=", 7), asks("=", 5)]);
    expect([undefined, "x", 4, 5, 6, 7, 8].map(numbers.cellOf)).toEqual([0, 0, 0, 1, 2, 3, 2]);
    const texts = partitionOf("bank", [asks("=", "other"), asks("=", "b"), asks("=", "other-")]);
    expect([undefined, "x", "other", "b", "other-", "other--", 5].map(texts.cellOf)).toEqual([
      0, 0, 1, 2, 3, 0, 0,
    ]);
    expect(texts.cuts).toEqual([]);
  });

  test("are apart for what is absent and what is not listed, where that is asked", () => {
    const { cellOf, cells } = partitionOf("bank", [
      { constants: [true], holds: (value) => value === undefined },
    ]);
    expect(cells).toBe(2);
    expect(cellOf(undefined)).not.toBe(cellOf("x"));
    expect(cellOf("x")).toBe(cellOf(true));
  });
});

describe("the places of a number", () => {
  test("are those of facts that something tells apart, and not of the time", () => {
    const rule = (...leaves: Leaf[]) => ({ conditions: { all: leaves } });
    const time = [leaf("initiated.time", "before", "12:00"), leaf("initiated.weekday", "equal", "fri")];
    const asOther = leaf("currency", "equal", { fact: "initiated.weekday" });
    expect(compileDigits([rule(...time, asOther)], {})).toEqual([]);
    expect(compileDigits([], {}, [{ fact: "x", constants: [5], holds: () => true }])).toEqual([]);
    const digits = compileDigits(
      [
        rule(leaf("count", "lessThan", 5), leaf("speed", "equal", { fact: "mode" })),
        { conditions: { condition: "n" } },
      ],
      { n: { any: [leaf("count", "lessThan", 5), leaf("speed", "equal", "regular")] } },
    );
    expect(digits.map(({ fact, base }) => [fact, base])).toEqual([
      ["count", 2],
      ["speed", 2],
      [undefined, 2],
    ]);
    const facts = { count: 4, speed: "regular", mode: "regular" };
    expect(digits.map((digit) => digitValue(digit, facts))).toEqual([1, 1, 1]);
    expect(classKeyOf(digits, facts)).toBe(7);
    expect(classKeyOf(digits, { count: 5, speed: "realtime", mode: "realtime" })).toBe(1);
  });
});

describe("what a value adds to the number", () => {
  const facts: Readonly<Record<string, FactDefinition>> = {
    ...FACTS,
    change: { title, type: "number" },
    level: { title, type: "number", default: 3 },
    speedup: { title, type: "number", minimum: 2 },
    note: { title, type: "string" },
  };
  const rule = anyOf(
    ...[0, 1, 2].map((cut) => leaf("amount", "greaterThan", cut)),
    leaf("amount", "equal", 1e15),
    leaf("change", "equal", 0),
    leaf("change", "lessThan", 0),
    ...[1, 2].map((cut) => leaf("level", "equal", cut)),
    leaf("level", "greaterThan", 2.75),
    leaf("count", "equal", 0),
    ...many(17, (n) => leaf("count", "lessThan", n / 2)),
    leaf("currency", "equal", "CNY"),
    leaf("sameBank", "equal", true),
    leaf("sameName", "equal", false),
    leaf("speed", "equal", "regular"),
    leaf("payee.bank", "equal", "abc"),
    leaf("note", "equal", "x"),
  );
  const book = rulebookOf({ facts, rules: [rule] });
  const blankOf = ({ classifiers }: Classifier): Facts => classifiers.fields.defaults;

  test.each([
    ["amount", [0, 0.5, 1, 1.5, 2, 3, 999, 1e15 - 1, 1e15, 1e15 + 1, 5e15]],
    ["change", [-1e9, -1, -0.5, 0, 0.5, 1, 7]],
    ["level", [-5, 0.5, 1, 1.25, 2, 2.5, 2.75, 2.8, 9]],
    ["count", [0, 0.25, 0.5, 0.75, 7.5, 7.75, 8, 10]],
    ["currency", ["CNY", "HKD", "USD", ""]],
    ["sameBank", [true, false]],
    ["sameName", [true, false]],
    ["speed", ["realtime", "regular", "next-day"]],
    ["payee.bank", ["abc", "icbc", "boc"]],
    ["note", ["", "x", "y"]],
  ] as [string, FactValue[]][])("%s adds what tells its number from that of nothing", (fact, values) => {
    const sorter = sorterOf(book);
    const blank = blankOf(sorter);
    const { channelIndex, classifiers } = sorter;
    const field = fieldOf(sorter, fact);
    for (const value of values) {
      const apart = sorter.classIdOf({ ...blank, [fact]: value }) - sorter.classIdOf(blank);
      expect([value, weightOf(classifiers.weights, field, channelIndex, value)]).toEqual([value, apart]);
      const listed = listedWeights(classifiers.weights, field, channelIndex)?.get(value);
      expect([value, listed ?? apart]).toEqual([value, apart]);
    }
  });

  test("every value that may be listed is, and nothing else", () => {
    const sorter = sorterOf(book);
    const listed = (fact: string): unknown[] | undefined => {
      const values = shareOf(sorter, fact)?.listed;
      return values && [...values.keys()];
    };
    expect(listed("speed")).toEqual(["realtime", "regular", "next-day"]);
    expect(listed("payee.bank")).toEqual(["icbc", "abc"]);
    expect(listed("sameBank")).toEqual([true, false]);
    expect(listed("note")).toBeUndefined();
    expect(listed("amount")).toBeUndefined();
    expect(shareOf(sorter, "mode")).toBeUndefined();
    expect(sorter.baseId).toBe(sorter.classIdOf(blankOf(sorter)));
  });

  /** What stands in the tables for a number whose values are told apart by these conditions. */
  const stepsOf = (fact: string, ...leaves: Leaf[]): number[] | undefined => {
    const sorter = sorterOf(rulebookOf({ facts, rules: [anyOf(...leaves)] }));
    const { stepStarts, steps } = sorter.classifiers.weights;
    const begin = stepStarts[fieldOf(sorter, fact).index]?.[sorter.channelIndex];
    return begin === 0 || begin === undefined ? undefined : steps.slice(begin);
  };

  test("is found at the steps of a number, and of anything else in its own way", () => {
    const sorter = sorterOf(book);
    const shares: ClassWeights = {
      ...emptyClassWeights(sorter.classifiers.fields, 2),
      byField: sorter.classifiers.fields.all.map(() => [
        { listed: undefined, cuts: [], weightFor: () => 9 },
        undefined,
      ]),
      stepStarts: sorter.classifiers.fields.all.map(({ name }) => Int32Array.of(name === "count" ? 1 : 0, 0)),
      steps: [Number.NaN, 1, 5, 2, 7, 4, Number.NaN],
    };
    const count = (value: number): number => weightOf(shares, fieldOf(sorter, "count"), 0, value);
    expect([4, 5, 6, 7, 8].map(count)).toEqual([1, 2, 2, 4, 4]);
    expect(weightOf(shares, fieldOf(sorter, "note"), 0, "x")).toBe(9);
    expect(weightOf(shares, fieldOf(sorter, "amount"), 0, 5)).toBe(9);
    expect(weightOf(shares, fieldOf(sorter, "count"), 1, 5)).toBe(0);
  });

  test("up to 16 cuts of a number are walked, with a step wherever something else begins", () => {
    const above = (cut: number): number => expect.closeTo(cut, 12);
    const end = Number.NaN;
    expect(stepsOf("count", leaf("count", "lessThan", 5))).toEqual([1, 5, 0, end]);
    expect(stepsOf("count", leaf("count", "lessThanInclusive", 5))).toEqual([1, above(5), 0, end]);
    expect(stepsOf("count", ...[5, 7].map((value) => leaf("count", "equal", value)))).toEqual([
      ...[0, 5, 1, above(5), 0, 7, 2, above(7), 0, end],
    ]);
    const cuts = (count: number) => many(count, (n) => leaf("amount", "lessThan", n + 1));
    expect(stepsOf("amount", ...cuts(16))).toHaveLength(1 + 2 * 16 + 1);
    expect(stepsOf("amount", ...cuts(17))).toBeUndefined();
    expect(stepsOf("speed", leaf("speed", "equal", "regular"))).toBeUndefined();
  });

  test("no step is told that ends before the least number of a fact", () => {
    const [above, end] = [expect.closeTo(0, 12), Number.NaN];
    // By hand: what is as no value at all adds 0; kinds of numbers are counted upwards, those of no payment too.
    expect(stepsOf("amount", leaf("amount", "greaterThanInclusive", 0))).toEqual([1, end]);
    expect(stepsOf("amount", leaf("amount", "greaterThan", 0))).toEqual([0, above, 1, end]);
    expect(stepsOf("speedup", ...[1, 2, 3].map((cut) => leaf("speedup", "lessThan", cut)))).toEqual([
      ...[3, 3, 0, end],
    ]);
    expect(stepsOf("speedup", ...[1, 2].map((cut) => leaf("speedup", "lessThan", cut)))).toEqual([0, end]);
    expect(stepsOf("change", leaf("change", "greaterThanInclusive", 0))).toEqual([0, 0, 1, end]);
  });

  test.each([5, 0, -0, -5, 1e15, 0.1, 5e-324, -5e-324])(
    "what is greater than %d begins at the very next number",
    (cut) => {
      const [below, begin = 0, over] = stepsOf("change", leaf("change", "greaterThan", cut)) ?? [];
      expect([below, over]).toEqual([0, 1]);
      expect(begin).toBeGreaterThan(cut);
      const middle = cut + (begin - cut) / 2;
      expect([cut, begin]).toContain(middle === 0 ? 0 : middle);
    },
  );
});

describe("a payment that is read", () => {
  test("has the number of what is asked of it, by rules, windows and planned holds alone", () => {
    const big = is("amount", "greaterThan", 5);
    const apart = (parts: Parameters<typeof rulebookOf>[0]): boolean => {
      const { classIdOf } = sorterOf(rulebookOf({ rules: [route("rule")], ...parts }));
      return classIdOf({ amount: 6 }) !== classIdOf({ amount: 4 });
    };
    expect(apart({})).toBe(false);
    expect(apart({ windows: [closing("w", big)] })).toBe(true);
    expect(apart({ holds: [hold("h", { conditions: big })] })).toBe(true);
    expect(apart({ holds: [hold("h", { conditions: big, inFlight: true })] })).toBe(false);
    const elsewhere: Condition = { all: [leaf("channel", "equal", "cn.x"), leaf("amount", "equal", 5)] };
    expect(sorterOf(rulebookOf({ rules: [anyOf(elsewhere)] })).classIdOf({ amount: 5 })).toBe(
      sorterOf(rulebookOf({ rules: [anyOf(elsewhere)] })).classIdOf({ amount: 6 }),
    );
  });

  test("is numbered by its bank where that is a declared system that a step runs on", () => {
    const on = (system: string): ChannelRule =>
      route("rule", {
        event: { type: "route", params: { steps: [{ kind: "process", takes: "PT0S", system }] } },
      } as never);
    const refuse = { name: "no", event: { type: "refuse", params: { reason: {} } } } as never;
    const numbers = (rules: ChannelRule[]): number[] => {
      const book = rulebookOf({ rules });
      const systems = { icbc: { title }, abc: { title }, "payee.bank": { title, fact: "payee.bank" } };
      const sorter = sorterOf({ ...book, systems } as unknown as Rulebook);
      expect(sorter.baseId).not.toBe(0);
      return ["icbc", "abc", "boc", "ccb"].map(
        (bank) => sorter.classIdOf({ amount: 1, "payee.bank": bank }) - 1,
      );
    };
    expect(numbers([on("payee.bank"), refuse])).toEqual([1, 2, 0, 0]);
    expect(numbers([on("icbc"), refuse])).toEqual([0, 0, 0, 0]);
    expect(numbers([refuse])).toEqual([0, 0, 0, 0]);
  });

  test("that says a fact flat and inside alike says it once, and one that says others has no amount yet", () => {
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

describe("the numbers of many channels", () => {
  test("come about by the conditions of each, in whatever order they are asked for", () => {
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
      const sorters = compileClassifiers(book);
      const read = compileReader(book, sorters);
      for (const channel of [...order, ...order]) {
        const { channelIndex, classIdOf } = sorters.get(channel) as Classifier;
        expect(channelIndex).toBe(channel === "one" ? 0 : 1);
        for (const amount of [4, 5, 499, 500])
          expect(read({ channel, amount, initiatedAt: 0 }).classId).toBe(classIdOf({ amount }));
      }
    }
  });

  /** A channel of 2 to the power of `flags` kinds of payments. */
  const flagged = (flags: number): Rulebook => {
    const names = many(flags, (n) => `flag${n}`);
    const declared = Object.fromEntries(names.map((name) => [name, { title, type: "boolean" as const }]));
    return rulebookOf({ facts: declared, rules: [anyOf(...names.map((name) => leaf(name, "equal", true)))] });
  };
  const DEALT_MAX = 2 ** 28;

  test("are dealt out to a channel of up to 2 ** 24 kinds of payments, and to others as they come", () => {
    const known = sorterOf(flagged(24));
    expect([known.classifiers.idAllocator.nextRangeStart, known.baseId === 0]).toEqual([1 + 2 ** 24, false]);
    expect(known.classIdOf({ flag23: true })).toBe(2);
    const coming = sorterOf(flagged(25));
    expect([coming.classifiers.idAllocator.nextRangeStart, coming.baseId]).toEqual([1, 0]);
    expect(coming.classIdOf({ flag24: true })).toBe(DEALT_MAX);
    expect(coming.classIdOf({})).toBe(DEALT_MAX + 1);
    expect(coming.classIdOf({ flag24: true })).toBe(DEALT_MAX);
  });

  test("end before 2 ** 28", () => {
    const begunAt = (next: number): Classifier => {
      const sorters = compileClassifiers(flagged(3));
      sorters.idAllocator.nextRangeStart = next;
      return sorters.get("cn.test") as Classifier;
    };
    expect(begunAt(DEALT_MAX - 8).classIdOf({})).toBe(DEALT_MAX - 8);
    expect(begunAt(DEALT_MAX - 8).baseId).not.toBe(0);
    expect(begunAt(DEALT_MAX - 7).classIdOf({})).toBe(DEALT_MAX);
    expect(begunAt(DEALT_MAX - 7).baseId).toBe(0);
  });

  const coming = (): [Classifiers, Classifier] => {
    const sorters = compileClassifiers(flagged(25));
    return [sorters, sorters.get("cn.test") as Classifier];
  };

  test("that came are forgotten past 100,000, but not given again", () => {
    const [{ idAllocator }, sorter] = coming();
    const first = sorter.classIdOf({});
    for (let count = 1; count < 99_999; count++) idAllocator.seen.set(`another ${count}`, 0);
    const second = sorter.classIdOf({ flag0: true });
    expect([idAllocator.seen.size, sorter.classIdOf({}), sorter.classIdOf({ flag0: true })]).toEqual([
      100_000,
      first,
      second,
    ]);
    expect([sorter.classIdOf({ flag1: true }), idAllocator.seen.size, idAllocator.generation]).toEqual([
      second + 1,
      1,
      0,
    ]);
    expect(sorter.classIdOf({})).toBe(second + 2);
  });

  test("begin anew, and tell so, when all are used up", () => {
    const [{ idAllocator }, sorter] = coming();
    idAllocator.nextId = 2 ** 29 - 1;
    expect([sorter.classIdOf({}), idAllocator.generation]).toEqual([2 ** 29 - 1, 0]);
    expect([sorter.classIdOf({ flag0: true }), idAllocator.generation, idAllocator.seen.size]).toEqual([
      DEALT_MAX,
      1,
      1,
    ]);
    expect([sorter.classIdOf({}), idAllocator.generation]).toEqual([DEALT_MAX + 1, 1]);
  });

  test("that come are apart by channel, and by every place of the number", () => {
    const banks = (fact: string): Leaf[] => many(600, (n) => leaf(fact, "equal", `bank-${n}`));
    const facts = ["payer.bank", "payee.bank", "currency"];
    const book = rulebookOf({ rules: [anyOf(...facts.flatMap(banks))] });
    const one = book.channels["cn.test"] as Rulebook["channels"][string];
    const channels = { ...book.channels, "cn.other": { ...one, channel: "cn.other" } };
    const sorters = compileClassifiers({ ...book, channels });
    const [here, there] = ["cn.test", "cn.other"].map((name) => sorters.get(name)) as [
      Classifier,
      Classifier,
    ];
    const paid = (from: number, to: number) => ({ "payer.bank": `bank-${from}`, "payee.bank": `bank-${to}` });
    const numbers = [paid(0, 10), paid(10, 0), paid(0, 1), paid(0, 110), paid(1, 10), paid(11, 0)].flatMap(
      (one) => [here.classIdOf(one), there.classIdOf(one)],
    );
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
