import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileDeciders, type Decider } from "../../src/decide/decider.js";
import { QuestionError } from "../../src/errors.js";
import type { Facts } from "../../src/model/payment.js";
import type { Rulebook, WindowRule } from "../../src/model/rulebook.js";
import { FOREVER, type Instant } from "../../src/time/instant.js";
import { at, calendars, closing, hold, is, onHvps, returning, route, rulebookOf } from "./fixture.js";
import { conditions, DATES, facts, namedConditions } from "./random.js";

const NOON = at("2026-03-10T12:00:00+08:00");

function deciderOf(book: Rulebook): Decider {
  const decider = compileDeciders(book, calendars()).get("cn.test");
  if (decider === undefined) throw new Error("the fixture has one channel");
  return decider;
}

const decided = (book: Rulebook, facts: Facts, when = NOON): string =>
  deciderOf(book).decide(facts, when).rule.name;

/** The decision in words, so that two can be compared whatever they are. */
function told(decider: Decider, facts: Facts, when: Instant): string {
  try {
    const { rule, windows, holds } = decider.decide(facts, when);
    return [rule, ...windows, ...holds].map(({ name }) => name).join(" ");
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    return error.code;
  }
}

function thrown(ask: () => unknown): QuestionError {
  try {
    ask();
  } catch (error) {
    if (error instanceof QuestionError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("of the matching rules", () => {
  const small = route("small", { priority: 2, conditions: is("amount", "lessThan", 100) });
  const any = route("any");

  test("the highest priority decides, in whatever order they are written", () => {
    expect(decided(rulebookOf({ rules: [any, small] }), { amount: 99 })).toBe("small");
    expect(decided(rulebookOf({ rules: [small, any] }), { amount: 99 })).toBe("small");
    expect(decided(rulebookOf({ rules: [small, any] }), { amount: 100 })).toBe("any");
  });

  test("two of one priority are an error that names both, in whatever order they are written", () => {
    const twin = route("twin", { conditions: is("amount", "greaterThan", 50) });
    for (const rules of [
      [any, twin],
      [twin, any],
    ]) {
      const error = thrown(() => decided(rulebookOf({ rules }), { amount: 51 }));
      expect(error.toJSON()).toMatchInlineSnapshot(`
        {
          "error": {
            "code": "ambiguous-rules",
            "help": "give the rule that should decide a higher \`priority\`, or let their conditions exclude each other",
            "what": "\`any\` and \`twin\` both match this payment with priority 1",
            "where": "cn.test",
          },
        }
      `);
    }
    expect(decided(rulebookOf({ rules: [any, twin] }), { amount: 50 })).toBe("any");
  });

  test("two of a lower priority than the deciding one are none", () => {
    const first = route("first", { priority: 3 });
    expect(decided(rulebookOf({ rules: [any, route("other"), first] }), { amount: 1 })).toBe("first");
  });

  test("a refusal decides as a route does", () => {
    const refuse = {
      name: "closed",
      priority: 5,
      event: { type: "refuse" as const, params: { reason: { zh: "停", en: "closed" } } },
    };
    expect(decided(rulebookOf({ rules: [any, refuse] }), { amount: 1 })).toBe("closed");
  });

  test("routes that return the money are considered when the money is returned, and only then", () => {
    const decider = deciderOf(rulebookOf({ rules: [any, returning("back")] }));
    expect(decider.decide({ amount: 1 }, NOON).rule.name).toBe("any");
    expect(decider.decide({ amount: 1 }, NOON, "returned").rule.name).toBe("back");
  });

  test("none is an error that lists the nearest misses with what was found", () => {
    const rules = [
      route("fast", {
        conditions: { all: [{ fact: "speed", operator: "equal", value: "realtime" }, { condition: "big" }] },
      }),
      route("old", { effective: { until: "2026-01-01" } }),
      route("not-own", { conditions: { not: { condition: "own" } } }),
      route("night", {
        conditions: {
          any: [is("initiated.time", "before", "06:00"), is("initiated.weekday", "in", ["sat", "sun"])],
        },
      }),
    ];
    const named = { big: is("amount", "greaterThan", 1000), own: is("sameName", "equal", true) };
    const error = thrown(() =>
      decided(rulebookOf({ rules, conditions: named }), { amount: 10, sameName: true }),
    );
    expect(error.toJSON()).toMatchInlineSnapshot(`
      {
        "error": {
          "code": "no-rule",
          "help": "nearest: \`night\` needs \`initiated.time before "06:00"\`, found \`12:00\`; \`not-own\` needs that \`own\` does not hold; \`old\` applies until 2026-01-01, found 2026-03-10",
          "what": "no rule of \`cn.test\` takes this payment",
          "where": "cn.test",
        },
      }
    `);
  });

  test("a fact that the payment lacks equals nothing, as the engine has it with undefined facts allowed", () => {
    const rules = [route("slow", { priority: 2, conditions: is("speed", "notEqual", "realtime") }), any];
    expect(decided(rulebookOf({ rules }), { amount: 1 })).toBe("slow");
    expect(decided(rulebookOf({ rules }), { amount: 1, speed: "realtime" })).toBe("any");
  });
});

describe("a rule is effective on initiation dates in [from, until)", () => {
  const rules = [
    route("era", { priority: 2, effective: { from: "2026-03-10", until: "2026-03-12" } }),
    route("otherwise"),
  ];

  test.each([
    ["2026-03-09T23:59:59.999+08:00", "otherwise"],
    ["2026-03-10T00:00:00+08:00", "era"],
    ["2026-03-11T23:59:59.999+08:00", "era"],
    ["2026-03-12T00:00:00+08:00", "otherwise"],
    ["2026-03-09T16:00:00Z", "era"],
  ])("by the wall clock of the channel: %s is decided by %s", (when, rule) => {
    expect(decided(rulebookOf({ rules }), { amount: 1 }, at(when))).toBe(rule);
  });
});

describe("the day of initiation", () => {
  const rules = ["business", "weekend", "holiday", "makeup"].flatMap((today) =>
    ["business", "weekend", "holiday", "makeup"].map((tomorrow) =>
      route(`${today}-${tomorrow}`, {
        conditions: {
          all: [
            { fact: "initiated.day", operator: "equal", value: today },
            { fact: "initiated.tomorrow", operator: "equal", value: tomorrow },
          ],
        },
      }),
    ),
  );
  const book = rulebookOf({ rules });

  test.each([
    ["2026-02-13T23:59:59.999+08:00", "business-makeup"],
    ["2026-02-14T00:00:00+08:00", "makeup-weekend"],
    ["2026-02-15T12:00:00+08:00", "weekend-holiday"],
    ["2026-02-18T12:00:00+08:00", "holiday-business"],
    ["2026-10-02T12:00:00+08:00", "business-holiday"],
  ])("and its tomorrow are read from the channel's calendar: %s is %s", (when, rule) => {
    expect(decided(book, { amount: 1 }, at(when))).toBe(rule);
  });

  test("outside the calendar's coverage is an error, not a guess", () => {
    const before = at("2025-12-31T12:00:00+08:00");
    expect(thrown(() => decided(book, { amount: 1 }, before)).code).toBe("outside-coverage");
  });

  test("is not asked for where an earlier comparison settles the matter", () => {
    const dated = route("dated", {
      priority: 2,
      conditions: {
        all: [
          { fact: "initiated.date", operator: "onOrAfter", value: "2026-01-01" },
          { fact: "initiated.day", operator: "equal", value: "holiday" },
        ],
      },
    });
    const before = at("2025-12-31T12:00:00+08:00");
    expect(decided(rulebookOf({ rules: [dated, route("any")] }), { amount: 1 }, before)).toBe("any");
    const asks = route("asks", { conditions: is("initiated.day", "equal", "holiday") });
    const first = route("first", { priority: 2 });
    expect(decided(rulebookOf({ rules: [asks, first] }), { amount: 1 }, before)).toBe("first");
    const error = thrown(() => decided(rulebookOf({ rules: [dated] }), { amount: 1 }, before));
    expect(error.code).toBe("no-rule");
    expect(error.help).toContain("found `2025-12-31`");
  });
});

describe("windows and holds", () => {
  const big = is("amount", "greaterThan", 1000);
  const own = (channel: string) => is("channel", "equal", channel);

  test("all apply whose conditions match; windows without conditions are not listed", () => {
    const windows = [
      closing("always"),
      closing("big", big),
      closing("here", own("cn.test")),
      closing("there", own("cn.x")),
    ];
    const holds = [
      hold("planned"),
      hold("reported", { inFlight: true }),
      hold("later", { effective: { from: "2026-03-11" } }),
      hold("big-hold", { conditions: big }),
    ];
    const decider = deciderOf(rulebookOf({ rules: [onHvps("any")], windows, holds }));
    expect(told(decider, { amount: 1 }, NOON)).toBe("any here planned");
    expect(told(decider, { amount: 1001 }, NOON)).toBe("any big here planned big-hold");
    expect(told(decider, { amount: 1 }, at("2026-03-11T00:00:00+08:00"))).toBe("any here planned later");
  });

  test("windows of systems that are not on the way are not asked whether they apply", () => {
    // 2027 is beyond the calendar, and so is the day after the last of 2026.
    const windows = [closing("tomorrow", is("initiated.tomorrow", "equal", "holiday"))];
    const last = at("2026-12-31T12:00:00+08:00");
    const elsewhere = deciderOf(rulebookOf({ rules: [route("any")], windows }));
    expect(told(elsewhere, { amount: 1 }, last)).toBe("any");
    const there = deciderOf(rulebookOf({ rules: [onHvps("any")], windows }));
    expect(told(there, { amount: 1 }, last)).toBe("outside-coverage");
  });

  test("a window of one system among several on the way applies", () => {
    const steps = [
      { kind: "process", takes: "PT0S" },
      { kind: "process", system: "hvps", takes: "PT0S" },
    ] as const;
    const rule = route("any", { event: { type: "route", params: { steps: [...steps] } } });
    const decider = deciderOf(rulebookOf({ rules: [rule], windows: [closing("big", big)] }));
    expect(told(decider, { amount: 1001 }, NOON)).toBe("any big");
  });

  test("a window of the system that stands for a bank is that of payments whose bank is no system of its own", () => {
    const systems = {
      "payee.bank": { title: { zh: "行", en: "bank" }, fact: "payee.bank" },
      icbc: { title: { zh: "工行", en: "ICBC" } },
    };
    const of = (name: string, system: string): WindowRule => ({
      ...closing(name, is("amount", "greaterThan", 0)),
      event: { type: "maintenance", params: { systems: [system], effect: "closed" } },
    });
    const rule = route("any", {
      event: { type: "route", params: { steps: [{ kind: "process", system: "payee.bank", takes: "PT0S" }] } },
    });
    const windows = [of("any-bank", "payee.bank"), of("icbc-down", "icbc")];
    const decider = deciderOf({ ...rulebookOf({ rules: [rule], windows }), systems });
    expect(told(decider, { amount: 1, "payee.bank": "icbc" }, NOON)).toBe("any icbc-down");
    expect(told(decider, { amount: 1, "payee.bank": "abc" }, NOON)).toBe("any any-bank");
    expect(told(decider, { amount: 1 }, NOON)).toBe("any any-bank");
  });

  test("equal decisions are one object", () => {
    const decider = deciderOf(rulebookOf({ rules: [onHvps("any")], windows: [closing("big", big)] }));
    expect(decider.decide({ amount: 1 }, NOON)).toBe(decider.decide({ amount: 2 }, NOON));
    expect(decider.decide({ amount: 5000 }, NOON)).toBe(decider.decide({ amount: 6000 }, NOON));
    expect(decider.decide({ amount: 1 }, NOON)).not.toBe(decider.decide({ amount: 5000 }, NOON));
    expect(Object.isFrozen(decider.decide({ amount: 1 }, NOON))).toBe(true);
  });
});

test("a channel that is not there has no decider, whatever objects inherit", () => {
  const deciders = compileDeciders(rulebookOf({ rules: [route("any")] }), calendars());
  expect(deciders.get("cn.other")).toBeUndefined();
  expect(deciders.get("constructor")).toBeUndefined();
  expect(deciders.get("cn.test")).toBe(deciders.get("cn.test"));
});

describe("a decision changes next", () => {
  const next = (rules: Parameters<typeof rulebookOf>[0], when: string): string => {
    const changes = deciderOf(rulebookOf(rules)).nextChangeAfter(at(when));
    return changes === FOREVER ? "never" : new Date(changes).toISOString();
  };

  test("never, where nothing depends on time or all that does is past", () => {
    expect(next({ rules: [route("any")] }, "2026-03-10T12:00:00+08:00")).toBe("never");
    const past = { rules: [route("era", { effective: { from: "2016-01-01" } })] };
    expect(next(past, "2026-03-10T12:00:00+08:00")).toBe("never");
    expect(next(past, "2015-03-10T12:00:00+08:00")).toBe("2015-12-31T16:00:00.000Z");
  });

  test("when a time of day comes that a condition names, or midnight", () => {
    const rules = [
      route("day", { conditions: is("initiated.time", "someValue:within", [["08:30", "17:00"]]) }),
    ];
    expect(next({ rules }, "2026-03-10T08:29:00+08:00")).toBe("2026-03-10T00:30:00.000Z");
    expect(next({ rules }, "2026-03-10T08:30:00+08:00")).toBe("2026-03-10T09:00:00.000Z");
    expect(next({ rules }, "2026-03-10T17:00:00+08:00")).toBe("2026-03-10T16:00:00.000Z");
  });

  test("just after a date or time that a condition puts before the fact", () => {
    const dated = [route("dated", { conditions: is("initiated.date", "swap:before", "2026-03-10") })];
    expect(next({ rules: dated }, "2026-03-10T12:00:00+08:00")).toBe("2026-03-10T16:00:00.000Z");
    const timed = [route("timed", { conditions: is("initiated.time", "swap:before", "12:00") })];
    expect(next({ rules: timed }, "2026-03-10T12:00:00+08:00")).toBe("2026-03-10T04:00:00.001Z");
  });

  test("at midnight where a condition, even a named one, asks for the day", () => {
    const rules = [route("named", { conditions: { condition: "off" } })];
    const named = { off: is("initiated.day", "in", ["weekend", "holiday"]) };
    expect(next({ rules, conditions: named }, "2026-03-10T12:00:00+08:00")).toBe("2026-03-10T16:00:00.000Z");
  });

  test("when a hold becomes effective", () => {
    const holds = [hold("later", { effective: { from: "2026-03-12" } })];
    expect(next({ rules: [route("any")], holds }, "2026-03-10T12:00:00+08:00")).toBe(
      "2026-03-11T16:00:00.000Z",
    );
  });

  test("never later than told, over random rules, zones and instants", () => {
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
        const told0 = told(decider, payment, from);
        for (const part of [...parts, 1]) {
          const between = Math.floor(from + (last - from) * part) as Instant;
          expect(told(decider, payment, between)).toBe(told0);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});
