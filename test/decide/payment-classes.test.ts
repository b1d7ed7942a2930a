import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileDeciders, type Decider } from "../../src/decide/decider.js";
import { QuestionError } from "../../src/errors.js";
import type { Facts } from "../../src/model/payment.js";
import type { Condition, Leaf } from "../../src/model/rulebook.js";
import { FOREVER, type Instant } from "../../src/time/instant.js";
import { at, calendars, hold, is, route, rulebookOf } from "./fixture.js";
import { conditions, DATES, facts, namedConditions } from "./random-conditions.js";

const deciderOf = (parts: Parameters<typeof rulebookOf>[0]): Decider =>
  compileDeciders(rulebookOf(parts), calendars()).get("cn.test") as Decider;

/** The names of the rule and holds, or the error code. */
function decided(decider: Decider, payment: Facts, instant: number): string {
  try {
    const { rule, holds } = decider.decide(payment, instant as Instant);
    return [rule.name, ...holds.map(({ name }) => name)].join(" ");
  } catch (error) {
    if (error instanceof QuestionError) return error.code;
    throw error;
  }
}

/** The leaves of a tree that `is` builds. */
const leaves = (tree: object): never[] => ("all" in tree ? (tree.all as never[]) : ([tree] as never[]));

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

const leaf = (fact: string, operator: string, value: unknown): Leaf => ({ fact, operator, value });

const own = leaf("channel", "equal", "cn.test");

const foreign = leaf("channel", "equal", "cn.other");

const small = leaf("amount", "lessThan", 5);

describe("classes of payments", () => {
  test("contain all payments that no condition distinguishes, for any number of banks and amounts", () => {
    const decider = deciderOf({
      rules: [route("any"), route("large", { priority: 2, conditions: is("amount", "greaterThan", 50_000) })],
    });
    const classes = new Set<unknown>();
    for (let count = 0; count < 5000; count++) {
      classes.add(decider.classOf({ amount: count * 20, "payee.bank": `bank-${count}`, currency: "CNY" }));
    }
    expect(classes.size).toBe(2);
  });

  test("do not change at a time that only matters for other payments", () => {
    const noon = {
      all: [is("speed", "equal", "regular"), is("initiated.time", "before", "12:00")].flatMap(leaves),
    };
    const decider = deciderOf({ rules: [route("any"), route("morning", { priority: 2, conditions: noon })] });
    const now = at("2026-03-10T08:00:00+08:00");
    expect(decider.classOf({ speed: "realtime" }).nextChangeAfter(now)).toBe(FOREVER);
    expect(decider.classOf({ speed: "regular" }).nextChangeAfter(now)).toBe(at("2026-03-10T12:00:00+08:00"));
  });

  test("do not change because of a rule below one that always matches", () => {
    const decider = deciderOf({
      rules: [
        route("always", { priority: 2 }),
        route("morning", { conditions: is("initiated.time", "before", "12:00") }),
      ],
    });
    expect(decider.classOf({}).nextChangeAfter(at("2026-03-10T08:00:00+08:00"))).toBe(FOREVER);
  });

  test("have equal decisions at every instant, which hold until the next change", () => {
    const rule = fc.record({
      conditions: conditions(["first", "second", "third"]),
      effective: fc.option(fc.record({ from: fc.constantFrom(...DATES) }), { nil: undefined, freq: 3 }),
      priority: fc.integer({ min: 1, max: 3 }),
    });
    const books = fc.record({
      named: namedConditions,
      rules: fc.array(rule, { minLength: 1, maxLength: 4 }),
      held: rule,
    });
    const instants = fc
      .tuple(
        fc.constantFrom(...DATES.slice(0, 5)),
        fc.integer({ min: -72, max: 72 }),
        fc.constantFrom(-1, 0, 1),
      )
      .map(([date, halfHours, ms]) => Date.parse(date) + halfHours * 1_800_000 + ms);
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        books,
        fc.array(facts, { minLength: 2, maxLength: 6 }),
        instants,
        share,
        (book, payments, from, part) => {
          const decider = deciderOf({
            rules: book.rules.map((one, index) => route(`rule-${index}`, one as object)),
            holds: [hold("held", { conditions: book.held.conditions })],
            conditions: book.named,
          });
          for (const one of payments) {
            for (const other of payments) {
              if (decider.classOf(one) === decider.classOf(other)) {
                expect(decided(decider, one, from)).toBe(decided(decider, other, from));
              }
            }
            const until = Math.min(
              decider.classOf(one).nextChangeAfter(from as Instant),
              from + 40 * 86_400_000,
            );
            const inside = Math.floor(from + part * (until - 1 - from));
            expect(decided(decider, one, inside)).toBe(decided(decider, one, from));
            expect(decided(decider, one, until - 1)).toBe(decided(decider, one, from));
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe("the cache of classes", () => {
  const banks = (fact: string, count: number): Leaf[] => many(count, (n) => leaf(fact, "equal", `bank-${n}`));
  const paid = (from: number, to: number): Facts => ({
    "payer.bank": `bank-${from}`,
    "payee.bank": `bank-${to}`,
  });

  test("is cleared at 2,000 classes", () => {
    const any = many(11, (n) => leaf(`flag${n}`, "equal", true));
    const { classOf } = deciderOf({ rules: [route("rule", { conditions: { any } })] });
    const nth = (n: number) =>
      classOf(Object.fromEntries(any.map(({ fact }, place) => [fact, (n & (1 << place)) !== 0])));
    const first = nth(0);
    expect(new Set(many(2_000, nth)).size).toBe(2_000);
    expect(nth(0)).toBe(first);
    nth(2_000);
    expect(nth(0)).not.toBe(first);
  });

  test("uses all digits of the key, even if it exceeds a safe integer", () => {
    const flags = many(60, (n) => leaf(`flag${n}`, "equal", true));
    const any = [...banks("payer.bank", 120), ...banks("payee.bank", 120), ...flags];
    const { classOf } = deciderOf({ rules: [route("rule", { conditions: { any } })] });
    const payments = [
      paid(0, 10),
      paid(10, 0),
      paid(111, 1),
      paid(1, 1),
      { ...paid(1, 1), flag59: true },
      {},
    ];
    expect(new Set(payments.map(classOf)).size).toBe(payments.length);
    for (const one of payments) expect(classOf({ ...one })).toBe(classOf(one));
  });
});

describe("the next change of a class", () => {
  const morning = leaf("initiated.time", "before", "12:00");
  const EIGHT = at("2026-03-10T08:00:00+08:00");
  const TWELVE = at("2026-03-10T12:00:00+08:00");
  const regular = leaf("speed", "equal", "regular");
  const bound = (facts: Facts, ...conditions: Condition[]) =>
    deciderOf({
      rules: conditions.map((tree, index) =>
        route(`rule-${index}`, { priority: 9 - index, conditions: tree }),
      ),
    })
      .classOf(facts)
      .nextChangeAfter(EIGHT);
  const last: Condition = { all: [morning] };

  test("ignores rules below one that holds at every instant", () => {
    const regularly: Condition[] = [
      { all: [regular] },
      { any: [small, regular] },
      { not: { all: [leaf("speed", "equal", "realtime")] } },
      { all: [regular, { not: { any: [small] } }] },
    ];
    for (const tree of regularly) {
      expect(bound({ speed: "regular", amount: 9 }, tree, last)).toBe(FOREVER);
      expect(bound({ speed: "realtime", amount: 9 }, tree, last)).toBe(TWELVE);
    }
  });

  test("includes rules below one that holds only at some instants", () => {
    const june = leaf("initiated.date", "onOrAfter", "2026-06-01");
    const sometimes: Condition[] = [
      { not: { all: [june] } },
      { not: { any: [june] } },
      { any: [june, small] },
      { all: [regular, june] },
      { all: [{ not: june }, regular] },
    ];
    for (const tree of sometimes) expect(bound({ speed: "regular", amount: 9 }, tree, last)).toBe(TWELVE);
    const later = route("later", { priority: 2, effective: { from: "2026-06-01" } });
    const { classOf } = deciderOf({ rules: [later, route("rule", { conditions: last })] });
    expect(classOf({}).nextChangeAfter(EIGHT)).toBe(TWELVE);
  });

  test("ignores times in conditions of another channel, but not if a fact may name the channel", () => {
    const any: Condition = { any: [{ all: [foreign, morning] }, regular] };
    expect(bound({ speed: "realtime" }, any)).toBe(FOREVER);
    expect(bound({ speed: "realtime" }, { any: [{ all: [own, morning] }, regular] })).toBe(TWELVE);
    const named: Condition = { all: [leaf("channel", "equal", { fact: "currency" }), morning] };
    expect(bound({ currency: "cn.test" }, named)).toBe(TWELVE);
  });

  test("ignores facts that are compared only with the kind of day", () => {
    const kind: Condition = { all: [leaf("currency", "equal", { fact: "initiated.day" })] };
    const decider = deciderOf({
      rules: [route("rule", { conditions: kind }), route("any", { priority: 0 })],
    });
    expect(decider.decide({ currency: "business" }, EIGHT).rule.name).toBe("rule");
    expect(decider.classOf({ currency: "business" })).toBe(decider.classOf({ currency: "holiday" }));
  });
});
