import { describe, expect, test } from "vitest";
import { type Calendars, compileCalendars } from "../../src/calendar/compile.js";
import { channelContextOf, compileDeciders, type Decider } from "../../src/decide/decider.js";
import { momentAt } from "../../src/decide/moment.js";
import { QuestionError } from "../../src/errors.js";
import type { Facts } from "../../src/model/payment.js";
import type { ChannelFile, Rulebook, WindowRule } from "../../src/model/rulebook.js";
import type { Instant } from "../../src/time/instant.js";
import {
  at,
  calendars,
  closing,
  deciderOf,
  hold,
  is,
  onHvps,
  returning,
  route,
  rulebookOf,
  WEEK,
} from "./fixture.js";

const NOON = at("2026-03-10T12:00:00+08:00");
const FILE = rulebookOf({ rules: [route("any")] }).channels["cn.test"] as ChannelFile;

const decided = (book: Rulebook, facts: Facts, when = NOON): string =>
  deciderOf(book).decide(facts, when).rule.name;

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

function errorOf(ask: () => unknown): QuestionError {
  try {
    ask();
  } catch (error) {
    if (error instanceof QuestionError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("the hit policy", () => {
  const small = route("small", { priority: 2, conditions: is("amount", "lessThan", 100) });
  const any = route("any");

  test("chooses the highest priority, regardless of file order", () => {
    expect(decided(rulebookOf({ rules: [any, small] }), { amount: 99 })).toBe("small");
    expect(decided(rulebookOf({ rules: [small, any] }), { amount: 99 })).toBe("small");
    expect(decided(rulebookOf({ rules: [small, any] }), { amount: 100 })).toBe("any");
  });

  test("reports two matches of one priority with both names, regardless of file order", () => {
    const overlapping = route("overlapping", { conditions: is("amount", "greaterThan", 50) });
    for (const rules of [
      [any, overlapping],
      [overlapping, any],
    ]) {
      const error = errorOf(() => decided(rulebookOf({ rules }), { amount: 51 }));
      expect(error.toJSON()).toMatchInlineSnapshot(`
        {
          "error": {
            "code": "ambiguous-rules",
            "help": "give the rule that should decide a higher \`priority\`, or let their conditions exclude each other",
            "what": "\`any\` and \`overlapping\` both match this payment with priority 1",
            "where": "cn.test",
          },
        }
      `);
    }
    expect(decided(rulebookOf({ rules: [any, overlapping] }), { amount: 50 })).toBe("any");
  });

  test("ignores two matches of a lower priority", () => {
    const first = route("first", { priority: 3 });
    expect(decided(rulebookOf({ rules: [any, route("other"), first] }), { amount: 1 })).toBe("first");
  });

  test("treats refusals like routes", () => {
    const refuse = {
      name: "closed",
      priority: 5,
      event: { type: "refuse" as const, params: { reason: { zh: "停", en: "closed" } } },
    };
    expect(decided(rulebookOf({ rules: [any, refuse] }), { amount: 1 })).toBe("closed");
  });

  test("considers return routes only for returned money", () => {
    const decider = deciderOf(rulebookOf({ rules: [any, returning("back")] }));
    expect(decider.decide({ amount: 1 }, NOON).rule.name).toBe("any");
    expect(decider.decide({ amount: 1 }, NOON, "returned").rule.name).toBe("back");
  });

  test("reports the nearest misses if no rule matches", () => {
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
    const error = errorOf(() =>
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

  test("treats a missing fact as equal to nothing, like `allowUndefinedFacts`", () => {
    const rules = [route("slow", { priority: 2, conditions: is("speed", "notEqual", "realtime") }), any];
    expect(decided(rulebookOf({ rules }), { amount: 1 })).toBe("slow");
    expect(decided(rulebookOf({ rules }), { amount: 1, speed: "realtime" })).toBe("any");
  });
});

describe("the effective period", () => {
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
  ])("is [from, until) on the channel's wall clock: %s is decided by %s", (when, rule) => {
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
  ])("and the day after come from the channel's calendar: %s is %s", (when, rule) => {
    expect(decided(book, { amount: 1 }, at(when))).toBe(rule);
  });

  test("outside the calendar's coverage is an error", () => {
    const before = at("2025-12-31T12:00:00+08:00");
    expect(errorOf(() => decided(book, { amount: 1 }, before)).code).toBe("outside-coverage");
  });

  test("is not evaluated if an earlier comparison decides", () => {
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
    const error = errorOf(() => decided(rulebookOf({ rules: [dated] }), { amount: 1 }, before));
    expect(error.code).toBe("no-rule");
    expect(error.help).toContain("found `2025-12-31`");
  });
});

describe("windows and holds", () => {
  const big = is("amount", "greaterThan", 1000);
  const own = (channel: string) => is("channel", "equal", channel);

  test("apply if their conditions match; unconditional windows are not listed", () => {
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
    expect(describeDecision(decider, { amount: 1 }, NOON)).toBe("any here planned");
    expect(describeDecision(decider, { amount: 1001 }, NOON)).toBe("any big here planned big-hold");
    expect(describeDecision(decider, { amount: 1 }, at("2026-03-11T00:00:00+08:00"))).toBe(
      "any here planned later",
    );
  });

  test("omit windows of systems that the route does not use, without evaluating them", () => {
    // The calendar does not cover 2027, so that `initiated.tomorrow` fails on the last day of 2026.
    const windows = [closing("tomorrow", is("initiated.tomorrow", "equal", "holiday"))];
    const last = at("2026-12-31T12:00:00+08:00");
    const elsewhere = deciderOf(rulebookOf({ rules: [route("any")], windows }));
    expect(describeDecision(elsewhere, { amount: 1 }, last)).toBe("any");
    const there = deciderOf(rulebookOf({ rules: [onHvps("any")], windows }));
    expect(describeDecision(there, { amount: 1 }, last)).toBe("outside-coverage");
  });

  test("include a window of one system among several on the route", () => {
    const steps = [
      { kind: "process", takes: "PT0S" },
      { kind: "process", system: "hvps", takes: "PT0S" },
    ] as const;
    const rule = route("any", { event: { type: "route", params: { steps: [...steps] } } });
    const decider = deciderOf(rulebookOf({ rules: [rule], windows: [closing("big", big)] }));
    expect(describeDecision(decider, { amount: 1001 }, NOON)).toBe("any big");
  });

  test("resolve a placeholder system to the payment's bank, if that is a declared system", () => {
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
    expect(describeDecision(decider, { amount: 1, "payee.bank": "icbc" }, NOON)).toBe("any icbc-down");
    expect(describeDecision(decider, { amount: 1, "payee.bank": "abc" }, NOON)).toBe("any any-bank");
    expect(describeDecision(decider, { amount: 1 }, NOON)).toBe("any any-bank");
  });

  test("are part of decisions that are interned", () => {
    const decider = deciderOf(rulebookOf({ rules: [onHvps("any")], windows: [closing("big", big)] }));
    expect(decider.decide({ amount: 1 }, NOON)).toBe(decider.decide({ amount: 2 }, NOON));
    expect(decider.decide({ amount: 5000 }, NOON)).toBe(decider.decide({ amount: 6000 }, NOON));
    expect(decider.decide({ amount: 1 }, NOON)).not.toBe(decider.decide({ amount: 5000 }, NOON));
    expect(Object.isFrozen(decider.decide({ amount: 1 }, NOON))).toBe(true);
  });
});

test("an unknown channel has no decider, even if its name is an inherited property", () => {
  const deciders = compileDeciders(rulebookOf({ rules: [route("any")] }), calendars());
  expect(deciders.get("cn.other")).toBeUndefined();
  expect(deciders.get("constructor")).toBeUndefined();
  expect(deciders.get("cn.test")).toBe(deciders.get("cn.test"));
});

describe("decisions", () => {
  test("may depend on the channel's name compared with a fact", () => {
    const conditions = is("channel", "equal", { fact: "currency" });
    const book = rulebookOf({ rules: [route("own", { priority: 2, conditions }), route("any")] });
    expect(deciderOf(book).decide({ amount: 1, currency: "cn.test" }, NOON).rule.name).toBe("own");
    expect(deciderOf(book).decide({ amount: 1, currency: "CNY" }, NOON).rule.name).toBe("any");
  });

  test("have no holds for returned money, and neither windows nor holds for refusals", () => {
    const refuse = {
      name: "no",
      priority: 2,
      conditions: is("amount", "greaterThan", 5),
      event: { type: "refuse", params: { reason: {} } },
    };
    const windows = [closing("w", is("amount", "greaterThan", 1))];
    const decider = deciderOf(
      rulebookOf({
        rules: [onHvps("any"), returning("back", "hvps"), refuse as never],
        windows,
        holds: [hold("h")],
      }),
    );
    const names = (amount: number, outcome: "credited" | "returned") => {
      const { rule, windows: closed, holds } = decider.decide({ amount }, NOON, outcome);
      return [rule.name, closed.map(({ name }) => name), holds.map(({ name }) => name)];
    };
    expect(names(1, "credited")).toEqual(["any", [], ["h"]]);
    expect(names(2, "credited")).toEqual(["any", ["w"], ["h"]]);
    expect(names(2, "returned")).toEqual(["back", ["w"], []]);
    expect(names(6, "credited")).toEqual(["no", [], []]);
  });
});

test("a channel context loads its calendar once", () => {
  const { date } = momentAt(channelContextOf(FILE, calendars()), NOON);
  const requested: unknown[] = [];
  const compiled = compileCalendars({ week: WEEK });
  const spying: Calendars = {
    get(ids, bound) {
      requested.push([ids, bound]);
      return compiled.get("week", "expected");
    },
  };
  const { calendar, ...without } = FILE;
  const named = channelContextOf({ ...without, calendar: calendar as string }, spying);
  expect([named.kindOf(date), named.kindOf(date)]).toEqual(["business", "business"]);
  expect(requested).toEqual([["week", "expected"]]);
  channelContextOf(without as ChannelFile, spying).kindOf(date);
  expect(requested[1]).toEqual([[], "expected"]);
});
