import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Decider } from "../../src/decide/decider.js";
import { QuestionError } from "../../src/errors.js";
import type { Facts } from "../../src/model/payment.js";
import { FOREVER, type Instant } from "../../src/time/instant.js";
import { at, deciderOf, hold, is, route, rulebookOf } from "./fixture.js";
import { conditions, DATES, facts, namedConditions } from "./random-conditions.js";

/** The names of the rule, windows and holds, or the error code. */
function describeDecision(decider: Decider, facts: Facts, when: Instant): string {
  try {
    const { rule, windows, holds } = decider.decide(facts, when);
    return [rule, ...windows, ...holds].map(({ name }) => name).join(" ");
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    return error.code;
  }
}

describe("the next change", () => {
  const next = (rules: Parameters<typeof rulebookOf>[0], when: string): string => {
    const change = deciderOf(rulebookOf(rules)).nextChangeAfter(at(when));
    return change === FOREVER ? "never" : new Date(change).toISOString();
  };

  test("is never if nothing depends on time, or only on past dates", () => {
    expect(next({ rules: [route("any")] }, "2026-03-10T12:00:00+08:00")).toBe("never");
    const past = { rules: [route("era", { effective: { from: "2016-01-01" } })] };
    expect(next(past, "2026-03-10T12:00:00+08:00")).toBe("never");
    expect(next(past, "2015-03-10T12:00:00+08:00")).toBe("2015-12-31T16:00:00.000Z");
  });

  test("is a time of day in a condition, or midnight", () => {
    const rules = [
      route("day", { conditions: is("initiated.time", "someValue:within", [["08:30", "17:00"]]) }),
    ];
    expect(next({ rules }, "2026-03-10T08:29:00+08:00")).toBe("2026-03-10T00:30:00.000Z");
    expect(next({ rules }, "2026-03-10T08:30:00+08:00")).toBe("2026-03-10T09:00:00.000Z");
    expect(next({ rules }, "2026-03-10T17:00:00+08:00")).toBe("2026-03-10T16:00:00.000Z");
  });

  test("is one day or millisecond after the constant of `swap:before`", () => {
    const dated = [route("dated", { conditions: is("initiated.date", "swap:before", "2026-03-10") })];
    expect(next({ rules: dated }, "2026-03-10T12:00:00+08:00")).toBe("2026-03-10T16:00:00.000Z");
    const timed = [route("timed", { conditions: is("initiated.time", "swap:before", "12:00") })];
    expect(next({ rules: timed }, "2026-03-10T12:00:00+08:00")).toBe("2026-03-10T04:00:00.001Z");
  });

  test("is midnight if a condition, perhaps a named one, tests the kind of day", () => {
    const rules = [route("named", { conditions: { condition: "off" } })];
    const named = { off: is("initiated.day", "in", ["weekend", "holiday"]) };
    expect(next({ rules, conditions: named }, "2026-03-10T12:00:00+08:00")).toBe("2026-03-10T16:00:00.000Z");
  });

  test("is the date on which a hold becomes effective", () => {
    const holds = [hold("later", { effective: { from: "2026-03-12" } })];
    expect(next({ rules: [route("any")], holds }, "2026-03-10T12:00:00+08:00")).toBe(
      "2026-03-11T16:00:00.000Z",
    );
  });

  test("is never reported too late, for random rules, zones and instants", () => {
    const period = fc.record({ from: fc.constantFrom(...DATES) });
    const rule = fc.record({
      conditions: conditions(["first", "second", "third"]),
      effective: fc.option(period, { nil: undefined, freq: 3 }),
    });
    const books = fc.record({
      named: namedConditions,
      rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
      zone: fc.constantFrom("Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"),
    });
    const around = fc
      .tuple(
        fc.constantFrom(...DATES.slice(0, 5)),
        fc.integer({ min: -72, max: 72 }),
        fc.constantFrom(-1, 0, 1),
      )
      .map(([date, halfHours, ms]) => (Date.parse(date) + halfHours * 1_800_000 + ms) as Instant);
    const fractions = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(books, facts, around, fractions, ({ named, rules, zone }, payment, from, parts) => {
        const built = rules.map(({ conditions, effective }, index) =>
          route(`r${index}`, { priority: index + 1, conditions, ...(effective && { effective }) }),
        );
        const decider = deciderOf(rulebookOf({ rules: [...built], conditions: named, zone }));
        const until = decider.nextChangeAfter(from);
        expect(until).toBeGreaterThan(from);
        const last = Math.min(until - 1, from + 5 * 86_400_000);
        const first = describeDecision(decider, payment, from);
        for (const part of [...parts, 1]) {
          const between = Math.floor(from + (last - from) * part) as Instant;
          expect(describeDecision(decider, payment, between)).toBe(first);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  test("is never for facts of the payment, and only the date for a date", () => {
    expect(
      next({ rules: [route("r", { conditions: is("amount", "lessThan", 5) })] }, "2026-03-10T04:00:00Z"),
    ).toBe("never");
    const dated = { rules: [route("r", { conditions: is("initiated.date", "onOrAfter", "2026-03-13") })] };
    expect(next(dated, "2026-03-10T04:00:00Z")).toBe("2026-03-12T16:00:00.000Z");
    expect(next(dated, "2026-03-12T16:00:00Z")).toBe("never");
  });

  test("is the first of several, regardless of file order", () => {
    const era = (name: string, from: string) => route(name, { effective: { from } });
    const rules = [era("c", "2026-03-20"), era("a", "2026-03-12"), era("b", "2026-03-15")];
    const walk = ["2026-03-10T04:00:00.000Z"];
    for (let at = next({ rules }, walk[0] as string); at !== "never"; at = next({ rules }, at)) walk.push(at);
    expect(walk.slice(1)).toEqual([
      "2026-03-11T16:00:00.000Z",
      "2026-03-14T16:00:00.000Z",
      "2026-03-19T16:00:00.000Z",
    ]);
  });

  test("covers a day that begins, is interrupted after a minute, and begins again", () => {
    // Newfoundland set its clocks back from 00:01 on 7 November 2010 to 23:01 on 6 November.
    const rules = [route("r", { effective: { from: "2010-11-07" } })];
    const zone = "America/St_Johns";
    const walk = ["2010-11-06T12:00:00.000Z"];
    for (let at = next({ rules, zone }, walk[0] as string); at !== "never"; at = next({ rules, zone }, at))
      walk.push(at);
    expect(walk.slice(1)).toEqual([
      "2010-11-07T02:30:00.000Z",
      "2010-11-07T02:31:00.000Z",
      "2010-11-07T03:30:00.000Z",
    ]);
  });
});
