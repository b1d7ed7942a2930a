import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileDeciders, type Decider } from "../../src/decide/decider.js";
import { QuestionError } from "../../src/errors.js";
import type { Facts } from "../../src/model/payment.js";
import type { Instant } from "../../src/time/instant.js";
import { FOREVER } from "../../src/time/instant.js";
import { at, calendars, hold, is, route, rulebookOf } from "./fixture.js";
import { conditions, DATES, facts, namedConditions } from "./random.js";

const deciderOf = (parts: Parameters<typeof rulebookOf>[0]): Decider =>
  compileDeciders(rulebookOf(parts), calendars()).get("cn.test") as Decider;

/** What is decided, or which error there is instead. */
function decided(decider: Decider, payment: Facts, instant: number): string {
  try {
    const { rule, holds } = decider.decide(payment, instant as Instant);
    return [rule.name, ...holds.map(({ name }) => name)].join(" ");
  } catch (error) {
    if (error instanceof QuestionError) return error.code;
    throw error;
  }
}

describe("classes of payments", () => {
  test("payments that no condition tells apart are of one class, however many banks and amounts there are", () => {
    const decider = deciderOf({
      rules: [route("any"), route("large", { priority: 2, conditions: is("amount", "greaterThan", 50_000) })],
    });
    const classes = new Set<unknown>();
    for (let count = 0; count < 5000; count++) {
      classes.add(decider.classOf({ amount: count * 20, "payee.bank": `bank-${count}`, currency: "CNY" }));
    }
    expect(classes.size).toBe(2);
  });

  test("a time that a payment cannot meet does not bound its class", () => {
    const noon = {
      all: [is("speed", "equal", "regular"), is("initiated.time", "before", "12:00")].flatMap(leaves),
    };
    const decider = deciderOf({ rules: [route("any"), route("morning", { priority: 2, conditions: noon })] });
    const now = at("2026-03-10T08:00:00+08:00");
    expect(decider.classOf({ speed: "realtime" }).nextChangeAfter(now)).toBe(FOREVER);
    expect(decider.classOf({ speed: "regular" }).nextChangeAfter(now)).toBe(at("2026-03-10T12:00:00+08:00"));
  });

  test("a rule that is below one that always matches does not bound the class", () => {
    const decider = deciderOf({
      rules: [
        route("always", { priority: 2 }),
        route("morning", { conditions: is("initiated.time", "before", "12:00") }),
      ],
    });
    expect(decider.classOf({}).nextChangeAfter(at("2026-03-10T08:00:00+08:00"))).toBe(FOREVER);
  });

  test("one class is decided alike at every instant, and not otherwise before its next change", () => {
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

/** The leaves of a tree of the fixture. */
const leaves = (tree: object): never[] => ("all" in tree ? (tree.all as never[]) : ([tree] as never[]));
