import { describe, expect, test } from "vitest";
import type { Facts, FactValue } from "../../src/model/payment.js";
import type { ChannelRule, Condition, FactDefinition, Leaf, Rulebook } from "../../src/model/rulebook.js";
import {
  type ClassWeights,
  emptyClassWeights,
  type FactWeights,
  listedWeights,
  weightOf,
} from "../../src/payment/class-weights.js";
import { type Classifier, compileClassifiers } from "../../src/payment/classifier.js";
import type { Field } from "../../src/payment/fields.js";
import { FACTS, route, rulebookOf } from "../decide/fixture.js";

const title = { zh: "名", en: "name" };

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

const leaf = (fact: string, operator: string, value: unknown): Leaf => ({ fact, operator, value });

const anyOf = (...any: Condition[]): ChannelRule => route("rule", { conditions: { any } });

const classifierOf = (book: Rulebook, channel = "cn.test"): Classifier =>
  compileClassifiers(book).get(channel) as Classifier;

const fieldOf = ({ classifiers }: Classifier, fact: string): Field =>
  classifiers.fields.all.find(({ name }) => name === fact) as Field;

const factWeightsOf = (classifier: Classifier, fact: string): FactWeights | undefined =>
  classifier.classifiers.weights.byField[fieldOf(classifier, fact).index]?.[classifier.channelIndex];

describe("class weights", () => {
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
  const defaultsOf = ({ classifiers }: Classifier): Facts => classifiers.fields.defaults;

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
  ] as [string, FactValue[]][])("the weight of %s is the difference of class ids", (fact, values) => {
    const classifier = classifierOf(book);
    const blank = defaultsOf(classifier);
    const { channelIndex, classifiers } = classifier;
    const field = fieldOf(classifier, fact);
    for (const value of values) {
      const apart = classifier.classIdOf({ ...blank, [fact]: value }) - classifier.classIdOf(blank);
      expect([value, weightOf(classifiers.weights, field, channelIndex, value)]).toEqual([value, apart]);
      const listed = listedWeights(classifiers.weights, field, channelIndex)?.get(value);
      expect([value, listed ?? apart]).toEqual([value, apart]);
    }
  });

  test("every listed value has a weight, and no other", () => {
    const classifier = classifierOf(book);
    const listed = (fact: string): unknown[] | undefined => {
      const values = factWeightsOf(classifier, fact)?.listed;
      return values && [...values.keys()];
    };
    expect(listed("speed")).toEqual(["realtime", "regular", "next-day"]);
    expect(listed("payee.bank")).toEqual(["icbc", "abc"]);
    expect(listed("sameBank")).toEqual([true, false]);
    expect(listed("note")).toBeUndefined();
    expect(listed("amount")).toBeUndefined();
    expect(factWeightsOf(classifier, "mode")).toBeUndefined();
    expect(classifier.baseId).toBe(classifier.classIdOf(defaultsOf(classifier)));
  });

  /** The step function of a numeric fact with these conditions. */
  const stepsOf = (fact: string, ...leaves: Leaf[]): number[] | undefined => {
    const classifier = classifierOf(rulebookOf({ facts, rules: [anyOf(...leaves)] }));
    const { stepStarts, steps } = classifier.classifiers.weights;
    const start = stepStarts[fieldOf(classifier, fact).index]?.[classifier.channelIndex];
    return start === 0 || start === undefined ? undefined : steps.slice(start);
  };

  test("weightOf uses the step function of a number, and `weightFor` for other facts", () => {
    const classifier = classifierOf(book);
    const weights: ClassWeights = {
      ...emptyClassWeights(classifier.classifiers.fields, 2),
      byField: classifier.classifiers.fields.all.map(() => [
        { listed: undefined, cuts: [], weightFor: () => 9 },
        undefined,
      ]),
      stepStarts: classifier.classifiers.fields.all.map(({ name }) =>
        Int32Array.of(name === "count" ? 1 : 0, 0),
      ),
      steps: [Number.NaN, 1, 5, 2, 7, 4, Number.NaN],
    };
    const count = (value: number): number => weightOf(weights, fieldOf(classifier, "count"), 0, value);
    expect([4, 5, 6, 7, 8].map(count)).toEqual([1, 2, 2, 4, 4]);
    expect(weightOf(weights, fieldOf(classifier, "note"), 0, "x")).toBe(9);
    expect(weightOf(weights, fieldOf(classifier, "amount"), 0, 5)).toBe(9);
    expect(weightOf(weights, fieldOf(classifier, "count"), 1, 5)).toBe(0);
  });

  test("facts with up to 16 cuts get a step function", () => {
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

  test("steps below the minimum of a fact are omitted", () => {
    const [above, end] = [expect.closeTo(0, 12), Number.NaN];
    // Computed by hand. An absent value has weight 0. Cells are numbered upwards, including those below the minimum.
    expect(stepsOf("amount", leaf("amount", "greaterThanInclusive", 0))).toEqual([1, end]);
    expect(stepsOf("amount", leaf("amount", "greaterThan", 0))).toEqual([0, above, 1, end]);
    expect(stepsOf("speedup", ...[1, 2, 3].map((cut) => leaf("speedup", "lessThan", cut)))).toEqual([
      ...[3, 3, 0, end],
    ]);
    expect(stepsOf("speedup", ...[1, 2].map((cut) => leaf("speedup", "lessThan", cut)))).toEqual([0, end]);
    expect(stepsOf("change", leaf("change", "greaterThanInclusive", 0))).toEqual([0, 0, 1, end]);
  });

  test.each([5, 0, -0, -5, 1e15, 0.1, 5e-324, -5e-324])(
    "the step for values greater than %d starts at the next double",
    (cut) => {
      const [below, start = 0, above] = stepsOf("change", leaf("change", "greaterThan", cut)) ?? [];
      expect([below, above]).toEqual([0, 1]);
      expect(start).toBeGreaterThan(cut);
      const middle = cut + (start - cut) / 2;
      expect([cut, start]).toContain(middle === 0 ? 0 : middle);
    },
  );
});
