import fc from "fast-check";
import type { Condition } from "../../src/model/rulebook.js";

/** Generates random valid conditions on the facts of the fixture. */

const CHOICES: Readonly<Record<string, readonly (string | number | boolean)[]>> = {
  speed: ["realtime", "regular", "next-day"],
  mode: ["realtime", "regular", "next-day"],
  sameBank: [true, false],
  sameName: [true, false],
  amount: [0, 0.01, 999.99, 1000, 1000.01, 50_000, 1e15],
  count: [0, 1, 2, 9, 10],
  "payee.bank": ["icbc", "abc", "srcb", ""],
  "initiated.weekday": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
  "initiated.day": ["business", "weekend", "holiday", "makeup"],
  "initiated.tomorrow": ["business", "weekend", "holiday", "makeup"],
};
const NUMBERS = ["amount", "count"];
const PAIRS = [
  ["speed", "mode"],
  ["sameBank", "sameName"],
  ["amount", "count"],
] as const;
export const DATES = ["2026-02-14", "2026-02-16", "2026-03-08", "2026-10-03", "2026-11-01", "2027-01-01"];
export const TIMES = ["00:00", "01:30", "02:30", "17:15", "23:00", "24:00"];

const EQUALITIES = ["equal", "notEqual"];
const ORDERINGS = ["lessThan", "lessThanInclusive", "greaterThan", "greaterThanInclusive"];

type LeafArb = fc.Arbitrary<Condition>;

const choicesOf = (fact: string): readonly (string | number | boolean)[] => CHOICES[fact] ?? [];
const some = <T>(values: readonly T[]): fc.Arbitrary<T[]> =>
  fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });

const single = (fact: string): LeafArb => {
  const operators = NUMBERS.includes(fact) ? [...EQUALITIES, ...ORDERINGS] : EQUALITIES;
  const decorators = ["", "not:", "swap:", "not:swap:", "not:not:"];
  return fc.record({
    fact: fc.constant(fact),
    operator: fc
      .tuple(fc.constantFrom(...decorators), fc.constantFrom(...operators))
      .map(([one, other]) => one + other),
    value: fc.constantFrom(...choicesOf(fact)),
  });
};

const listed = (fact: string): LeafArb => {
  const operators = ["in", "notIn", "not:in", "swap:contains", "swap:doesNotContain", "not:swap:contains"];
  const decorators = ["someValue:", "everyValue:", "not:someValue:", "everyValue:not:", "swap:someFact:"];
  const bare = NUMBERS.includes(fact) ? [...EQUALITIES, ...ORDERINGS] : EQUALITIES;
  const decorated = decorators.flatMap((one) => bare.map((other) => one + other));
  return fc.record({
    fact: fc.constant(fact),
    operator: fc.constantFrom(...operators, ...decorated),
    value: some(choicesOf(fact)),
  });
};

const nested = (fact: string): LeafArb =>
  fc.record({
    fact: fc.constant(fact),
    operator: fc.constantFrom("someValue:in", "everyValue:not:in", "swap:everyFact:contains"),
    value: fc.array(some(choicesOf(fact)), { minLength: 1, maxLength: 2 }),
  });

const twoFacts: LeafArb = fc.constantFrom(...PAIRS).chain(([one, other]) =>
  fc.record({
    fact: fc.constant(one as string),
    operator: fc.constantFrom(
      ...EQUALITIES,
      "not:equal",
      "swap:equal",
      ...(NUMBERS.includes(one) ? [...ORDERINGS, "not:lessThan", "swap:lessThan"] : []),
    ),
    value: fc.constant({ fact: other as string }),
  }),
);

const temporal = (fact: string, after: string, points: readonly string[]): LeafArb => {
  const point = fc.constantFrom(...points);
  const range = fc.uniqueArray(point, { minLength: 2, maxLength: 2 }).map((pair) => pair.sort());
  const leaf = (operators: string[], value: fc.Arbitrary<unknown>): LeafArb =>
    fc.record({ fact: fc.constant(fact), operator: fc.constantFrom(...operators), value });
  return fc.oneof(
    leaf(["before", after, "not:before", `not:${after}`, "swap:before"], point),
    leaf(["within", "not:within"], range),
    leaf(["someValue:within", "everyValue:not:within"], fc.array(range, { minLength: 1, maxLength: 2 })),
    leaf(["someValue:before", `everyValue:${after}`], fc.array(point, { minLength: 1, maxLength: 2 })),
  );
};

const anyLeaf: LeafArb = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...Object.keys(CHOICES)).chain(single) },
  { weight: 4, arbitrary: fc.constantFrom(...Object.keys(CHOICES)).chain(listed) },
  { weight: 1, arbitrary: fc.constantFrom(...Object.keys(CHOICES)).chain(nested) },
  { weight: 2, arbitrary: twoFacts },
  { weight: 2, arbitrary: temporal("initiated.date", "onOrAfter", DATES) },
  { weight: 2, arbitrary: temporal("initiated.time", "atOrAfter", TIMES) },
);

/** A tree that may refer to the named conditions `names`. */
export function conditions(names: readonly string[]): fc.Arbitrary<Condition> {
  const references = names.map((condition) => ({
    weight: 1,
    arbitrary: fc.constant<Condition>({ condition }),
  }));
  const { root } = fc.letrec<{ root: Condition; node: Condition }>((tie) => {
    const children = fc.array(tie("node"), { minLength: 1, maxLength: 3 });
    const branch = fc.oneof(
      children.map((all): Condition => ({ all })),
      children.map((any): Condition => ({ any })),
      tie("node").map((not): Condition => ({ not })),
    );
    const end = fc.oneof({ weight: 8, arbitrary: anyLeaf }, ...references);
    return {
      root: fc.oneof({ weight: 12, arbitrary: branch }, ...references),
      node: fc.oneof({ maxDepth: 2 }, end, branch),
    };
  });
  return root;
}

/** Named conditions. Each may refer to the previous ones. */
export const namedConditions: fc.Arbitrary<Record<string, Condition>> = fc.record({
  first: conditions([]),
  second: conditions(["first"]),
  third: conditions(["first", "second"]),
});

/** The facts of a payment. Only the amount is required. */
export const facts: fc.Arbitrary<Record<string, string | number | boolean>> = fc.record(
  Object.fromEntries(
    Object.entries(CHOICES)
      .filter(([fact]) => !fact.startsWith("initiated."))
      .map(([fact, values]) => [fact, fc.constantFrom(...values)]),
  ),
  { requiredKeys: ["amount"] },
) as fc.Arbitrary<Record<string, string | number | boolean>>;
