import { describe, expect, test } from "vitest";
import { checkRulebook, type Report } from "../../src/analyse/check.js";
import type { ChannelRule, Condition, Example, Hours, Rulebook, Step } from "../../src/model/rulebook.js";
import type { FindingCode } from "../../src/model/schema/check.js";
import { type Day, parseDay } from "../../src/time/day.js";
import { closing, hold, is, returning, route, rulebookOf, WEEK } from "../decide/fixture.js";

/** For each kind of finding, a rulebook that has it and a similar one that does not. */

const TODAY = "2026-03-02";
const title = { zh: "名", en: "name" };

const check = (rulebook: Rulebook, today = TODAY): Report =>
  checkRulebook(rulebook, () => ({}), parseDay(today) as Day);

/** The names of all findings with a code. */
const named = (code: FindingCode, rulebook: Rulebook, today = TODAY): (string | undefined)[] =>
  check(rulebook, today)
    .findings.filter((one) => one.code === code)
    .map(({ name }) => name);

const byRules = (...rules: ChannelRule[]): Rulebook => rulebookOf({ rules });

const withExamples = (rulebook: Rulebook, ...examples: Example[]): Rulebook => {
  const file = rulebook.channels["cn.test"] as Rulebook["channels"][string];
  return { ...rulebook, channels: { "cn.test": { ...file, examples } } };
};

const stepping = (name: string, steps: Step[], more: Partial<ChannelRule> = {}): ChannelRule => ({
  ...route(name, more),
  event: { type: "route", params: { steps } },
});

const amountIs = (operator: string, value: number) => is("amount", operator, value);

describe("rules", () => {
  test("two rules of one priority tie if a payment matches both, but not if a limit separates them", () => {
    const upper = route("b", { conditions: amountIs("greaterThanInclusive", 100) });
    const touching = byRules(route("a", { conditions: amountIs("lessThanInclusive", 100) }), upper);
    expect(named("tie", touching)).toEqual(["b"]);
    const [tie] = check(touching).findings.filter(({ code }) => code === "tie");
    expect(tie).toMatchObject({
      severity: "error",
      outcome: "witness",
      witness: { channel: "cn.test", amount: "100" },
      remedy: { where: "b", json: { priority: 2 } },
    });
    expect(named("tie", byRules(route("a", { conditions: amountIs("lessThan", 100) }), upper))).toEqual([]);
    expect(named("tie", byRules(route("a", { priority: 2 }), upper))).toEqual([]);
  });

  test("rules below one that always decides do not tie", () => {
    expect(named("tie", byRules(route("top", { priority: 9 }), route("a"), route("b")))).toEqual([]);
  });

  test("routes to the payee and routes back do not tie", () => {
    expect(named("tie", byRules(route("a"), returning("back")))).toEqual([]);
  });

  test("a rule whose conditions contradict each other never decides", () => {
    const within = (low: number) => ({
      all: [
        { fact: "amount", operator: "greaterThan", value: low },
        { fact: "amount", operator: "lessThan", value: 100 },
      ],
    });
    expect(
      named("never-decides", byRules(route("a", { priority: 2, conditions: within(100) }), route("b"))),
    ).toEqual(["a"]);
    expect(
      named("never-decides", byRules(route("a", { priority: 2, conditions: within(99) }), route("b"))),
    ).toEqual([]);
  });

  test("a rule that two higher ones cover together never decides, and the witness matches it", () => {
    const covered = (limit: number) =>
      byRules(
        route("low", { priority: 3, conditions: amountIs("lessThan", limit) }),
        route("high", { priority: 2, conditions: amountIs("greaterThanInclusive", 100) }),
        route("rest", { priority: 1 }),
      );
    expect(named("never-decides", covered(100))).toEqual(["rest"]);
    const [never] = check(covered(100)).findings.filter(({ code }) => code === "never-decides");
    expect(never?.witness).toMatchObject({ channel: "cn.test" });
    expect(named("never-decides", covered(99))).toEqual([]);
  });

  test("a rule for a kind of day that does not occur in its dates never decides", () => {
    const on = (kind: string) => ({
      all: [
        { fact: "initiated.date", operator: "within", value: ["2026-02-14", "2026-02-15"] },
        { fact: "initiated.day", operator: "equal", value: kind },
      ],
    });
    const holding = (kind: string) => byRules(route("a", { priority: 2, conditions: on(kind) }), route("b"));
    expect(named("never-decides", holding("weekend"))).toEqual(["a"]);
    expect(named("never-decides", holding("makeup"))).toEqual([]);
  });

  test("outside the coverage of the calendar, nothing is proved that depends on kinds of days", () => {
    const early = { conditions: is("initiated.date", "before", "2025-06-01") };
    const onBusinessDays = route("days", { conditions: is("initiated.day", "equal", "business") });
    const proved = (...rules: ChannelRule[]) => check(byRules(...rules)).proofs.map(({ code }) => code);
    expect(proved(route("a", early), route("b", early), onBusinessDays)).not.toContain("tie");
    expect(proved(route("a", early), onBusinessDays)).not.toContain("tie");
    const apart = route("others", { conditions: is("initiated.day", "notEqual", "business") });
    expect(proved(apart, onBusinessDays)).toEqual(["tie", "never-decides", "gap", "sooner"]);
    const never = check(byRules(route("a", early), onBusinessDays)).findings.find(({ name }) => name === "a");
    expect(never).toMatchObject({ code: "never-decides", outcome: "undecided" });
    const settled = byRules(route("a", { ...early, priority: 2 }), onBusinessDays);
    expect(named("never-decides", settled)).toEqual([]);
    expect(named("undecided", settled)).toEqual([]);
  });

  test("a tie on days that the calendar does not know is undecided, and the witness is sent on such a day", () => {
    const until = (year: string) => ({ conditions: is("initiated.date", "before", `${year}-06-01`) });
    const onBusinessDays = route("c", { priority: 2, conditions: is("initiated.day", "equal", "business") });
    const undecided = (...rules: ChannelRule[]) =>
      check(byRules(...rules)).findings.filter(({ code }) => code === "undecided");
    expect(undecided(route("b", until("2025")), route("a", until("2025")), onBusinessDays)).toMatchObject([
      {
        severity: "warning",
        outcome: "undecided",
        name: "b",
        what: "`a` and `b` may both match a payment with priority 1, sent on a day whose kind the calendar does not know",
        witness: { channel: "cn.test", initiatedAt: expect.stringMatching(/^2025-05-/) },
      },
    ]);
    const apart = { conditions: is("initiated.date", "onOrAfter", "2025-06-01") };
    expect(undecided(route("b", until("2025")), route("a", apart), onBusinessDays)).toEqual([]);
    const known = byRules(route("b", until("2026")), route("a", until("2026")), onBusinessDays);
    expect([named("tie", known), named("undecided", known)]).toEqual([["b"], []]);
  });

  test("every weekday is checked before and after the coverage of the calendar", () => {
    const onBusinessDays = route("days", { conditions: is("initiated.day", "equal", "business") });
    const on = (weekday: string, date: string, operator: string) =>
      route(weekday, {
        priority: 2,
        conditions: {
          all: [
            { fact: "initiated.date", operator, value: date },
            { fact: "initiated.weekday", operator: "equal", value: weekday },
          ],
        },
      });
    for (const weekday of ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]) {
      expect(named("never-decides", byRules(on(weekday, "2027-09-01", "onOrAfter"), onBusinessDays))).toEqual(
        [],
      );
      expect(named("never-decides", byRules(on(weekday, "2025-06-01", "before"), onBusinessDays))).toEqual(
        [],
      );
    }
  });

  test("rules with the same event for the same payments are duplicates, however their conditions are written", () => {
    const one = route("a", { conditions: is("speed", "in", ["regular", "next-day"]) });
    const same = {
      any: [
        { fact: "speed", operator: "equal", value: "next-day" },
        { fact: "speed", operator: "equal", value: "regular" },
      ],
    };
    expect(named("duplicate", byRules(one, route("b", { priority: 2, conditions: same })))).toEqual(["a"]);
    expect(
      named(
        "duplicate",
        byRules(one, route("b", { priority: 2, conditions: is("speed", "equal", "regular") })),
      ),
    ).toEqual([]);
    const slower = stepping("b", [{ kind: "process", takes: "P1D" }], { priority: 2, conditions: same });
    expect(named("duplicate", byRules(one, slower))).toEqual([]);
  });

  test("windows and holds with the same content are duplicates", () => {
    const twice = rulebookOf({
      rules: [route("a")],
      windows: [closing("w1"), closing("w2")],
      holds: [hold("h1"), hold("h2")],
    });
    expect(named("duplicate", twice)).toEqual(["w2", "h2"]);
    const apart = rulebookOf({
      rules: [route("a")],
      windows: [closing("w1"), closing("w2", amountIs("lessThan", 1))],
    });
    expect(named("duplicate", apart)).toEqual([]);
  });
});

describe("gaps", () => {
  const regular = route("a", { conditions: is("speed", "equal", "regular") });
  const others = route("b", { conditions: is("speed", "notEqual", "regular") });
  const [regularOnly, notRegular] = [regular.conditions, others.conditions] as [Condition, Condition];
  const asked = { amount: "5", initiatedAt: "2026-03-02T12:00:00+08:00" };

  test("are payments that no rule matches, with a rule to paste", () => {
    const { findings } = check(byRules(regular));
    expect(findings.filter(({ code }) => code === "gap")).toMatchObject([
      {
        severity: "warning",
        remedy: {
          json: {
            conditions: { all: [{ fact: "speed", operator: "notEqual", value: "regular" }] },
          },
        },
      },
    ]);
    expect(named("gap", byRules(regular, others))).toEqual([]);
  });

  test("are proved absent over all cells", () => {
    expect(check(byRules(regular, others)).proofs).toContainEqual({
      code: "gap",
      channel: "cn.test",
      cells: 2,
    });
  });

  test("are intended if an example expects no-rule", () => {
    const refused: Example = { payment: asked, expect: { error: "no-rule" } };
    expect(named("gap", withExamples(byRules(regular), refused))).toEqual([]);
    const other: Example = { payment: { ...asked, speed: "regular" }, expect: { rule: "a" } };
    expect(named("gap", withExamples(byRules(regular), other))).toEqual(["cn.test"]);
  });

  test("are described by the ends of a range, even if other thresholds split it", () => {
    const cut = route("a", { priority: 2, conditions: { all: [amountIs("lessThan", 10), regularOnly] } });
    const above = route("b", { conditions: { all: [amountIs("greaterThan", 500), notRegular] } });
    const rest = route("c", { conditions: regularOnly });
    const [gap, ...others] = check(byRules(cut, above, rest)).findings.filter(({ code }) => code === "gap");
    expect(others).toEqual([]);
    expect(gap?.what).toBe(
      "no rule of `cn.test` takes payments with amount lessThanInclusive 500 and speed notEqual regular",
    );
  });

  test("have a witness of today if they include today", () => {
    const onBusinessDays = { fact: "initiated.day", operator: "equal", value: "business" };
    const list = [regularOnly, onBusinessDays];
    const rest = route("c", { conditions: { all: [regularOnly, { not: onBusinessDays }] } });
    const gaps = check(byRules(route("a", { conditions: { all: list } }), rest)).findings.filter(
      ({ code }) => code === "gap",
    );
    expect(gaps.map(({ witness }) => witness?.initiatedAt)).toEqual([`${TODAY}T12:00:00+08:00`]);
  });

  test("are reported between periods, but not before the first", () => {
    const until = (date: string) => route("a", { effective: { from: "2026-02-01", until: date } });
    const later = route("b", { effective: { from: "2026-06-01" } });
    expect(named("gap", byRules(until("2026-05-31"), later))).toEqual(["cn.test"]);
    const [hole] = check(byRules(until("2026-05-31"), later)).findings.filter(({ code }) => code === "gap");
    expect(hole?.witness?.initiatedAt).toMatch(/^2026-05-31T/);
    expect(named("gap", byRules(until("2026-06-01"), later))).toEqual([]);
  });

  test("are undecided on days that the calendar does not know, if they depend on the kind of day", () => {
    const from = (date: string) => ({ from: date });
    const year = route("a", { conditions: is("initiated.date", "before", "2027-06-01") });
    const onBusinessDays = is("initiated.day", "equal", "business");
    const later = route("b", { effective: from("2027-06-01"), conditions: onBusinessDays });
    const { findings, proofs } = check(byRules(year, later));
    expect(findings.filter(({ code }) => code === "undecided")).toMatchObject([
      { name: "cn.test", outcome: "undecided", witness: { initiatedAt: expect.stringMatching(/^2027-06-/) } },
    ]);
    expect(proofs.map(({ code }) => code)).toEqual(["tie", "sooner"]);
    const others = route("c", { effective: from("2027-06-01"), conditions: { not: onBusinessDays } });
    expect(named("undecided", byRules(year, later, others))).toEqual([]);
  });

  test("on days that the calendar does not know are described by their dates, with a rule to paste", () => {
    const until = is("initiated.date", "before", "2027-06-01");
    const [gap, ...others] = check(
      byRules(
        route("a", { conditions: until }),
        route("b", {
          effective: { until: "2027-06-01" },
          conditions: is("initiated.day", "equal", "business"),
          priority: 2,
        }),
      ),
    ).findings.filter(({ code }) => code === "gap");
    expect(others).toEqual([]);
    const conditions = { all: [{ fact: "initiated.date", operator: "onOrAfter", value: "2027-06-01" }] };
    expect(gap).toMatchObject({
      what: "no rule of `cn.test` takes payments with initiated.date onOrAfter 2027-06-01",
      remedy: { json: { conditions } },
    });
  });

  test("and ties are undecided if a condition compares two facts", () => {
    const than = (operator: string) => is("amount", operator, { fact: "count" });
    const vague = byRules(
      route("a", { conditions: than("lessThan") }),
      route("b", { conditions: than("greaterThanInclusive") }),
    );
    expect(named("undecided", vague)).toContain("cn.test");
    expect(check(vague).proofs.filter(({ code }) => code === "tie")).toEqual([]);
    expect(named("undecided", byRules(regular, others))).toEqual([]);
  });

  test("are undecided if there are too many kinds of payments", () => {
    const limits = Array.from({ length: 700 }, (_, n) => ({
      fact: "amount",
      operator: "lessThan",
      value: n + 1,
    }));
    const counts = Array.from({ length: 300 }, (_, n) => ({
      fact: "count",
      operator: "lessThan",
      value: (n + 1) / 100,
    }));
    expect(
      named("undecided", byRules(route("a", { conditions: { any: [...limits, ...counts] } }))),
    ).toContain("cn.test");
  });
});

describe("sooner", () => {
  const slow = stepping("night", [{ kind: "process", takes: "PT12H", milestone: "credited" }], {
    priority: 2,
    conditions: is("initiated.time", "atOrAfter", "22:00"),
  });
  const fast = (takes: string) => stepping("day", [{ kind: "process", takes, milestone: "credited" }]);

  test("is reported with both instants if a later payment takes another rule and arrives sooner", () => {
    const { findings } = check(byRules(slow, fast("PT1H")));
    expect(findings.filter(({ code }) => code === "sooner")).toMatchObject([
      {
        name: "night",
        outcome: "witness",
        witness: { initiatedAt: "2026-03-02T23:59:59.999+08:00" },
        what: expect.stringContaining(
          "2026-03-03T00:00:00+08:00 (`day`), it arrives sooner, 2026-03-03T01:00:00+08:00",
        ),
      },
    ]);
    expect(named("sooner", byRules(slow, fast("PT12H")))).toEqual([]);
  });
});

describe("systems, calendars and windows", () => {
  const systems = (hours: Hours[]): Rulebook => ({
    ...byRules(stepping("a", [{ kind: "process", system: "rail", takes: "PT0S", milestone: "credited" }])),
    systems: { rail: { title, zone: "Asia/Shanghai", hours } },
  });
  const period = (effective?: Hours["effective"]): Hours => ({
    ...(effective && { effective }),
    calendar: "week",
    opens: "08:00",
    closes: "17:00",
  });

  test("two periods of hours have a gap or an overlap, unless one ends as the next begins", () => {
    const periods = (until: string) => systems([period({ until }), period({ from: "2026-06-01" })]);
    expect([
      named("hours-gap", periods("2026-05-30")),
      named("hours-overlap", periods("2026-05-30")),
    ]).toEqual([["rail"], []]);
    expect([
      named("hours-gap", periods("2026-06-02")),
      named("hours-overlap", periods("2026-06-02")),
    ]).toEqual([[], ["rail"]]);
    expect([
      named("hours-gap", periods("2026-06-01")),
      named("hours-overlap", periods("2026-06-01")),
    ]).toEqual([[], []]);
  });

  test("hours that end without a further period have a gap", () => {
    expect(named("hours-gap", systems([period({ until: "2026-09-01" })]))).toEqual(["rail"]);
    expect(named("hours-gap", systems([period()]))).toEqual([]);
  });

  test("coverage that ends within 60 days is reported, and not a day earlier", () => {
    const plain = byRules(route("a"));
    expect(named("coverage-ends", plain, "2026-11-02")).toEqual(["week"]);
    expect(named("coverage-ends", plain, "2026-11-01")).toEqual([]);
  });

  test("coverage that ends within the longest lag is reported", () => {
    const lagging = (lag: string) =>
      byRules(
        stepping("a", [
          { kind: "settle", calendar: "week", cutoff: "24:00", lag, at: "10:00", milestone: "credited" },
        ]),
      );
    expect(named("coverage-ends", lagging("T+300"))).toEqual(["week"]);
    expect(named("coverage-ends", lagging("T+30"))).toEqual([]);
  });

  test("a projection after the official days is reported as such", () => {
    const projected = { ...WEEK, projection: { country: "CN", until: "2028-12-31", blocks: [] } };
    const rulebook = { ...byRules(route("a")), calendars: { week: projected } };
    expect([
      named("coverage-ends", rulebook, "2026-12-01"),
      named("projection-begins", rulebook, "2026-12-01"),
    ]).toEqual([[], ["week"]]);
    expect(named("projection-begins", rulebook, "2026-10-01")).toEqual([]);
  });

  test("a calendar that extends another needs every year from its first to the last official one", () => {
    const on = (...years: string[]): Rulebook => ({
      ...byRules(route("a")),
      calendars: {
        week: WEEK,
        top: {
          id: "top",
          title,
          zone: "Asia/Shanghai",
          extends: "week",
          years: Object.fromEntries(years.map((year) => [year, { holidays: [], workdays: [] }])),
        },
      },
    });
    expect(named("calendar-year", on("2025"))).toEqual(["top"]);
    expect(named("calendar-year", on("2025", "2026"))).toEqual([]);
  });

  test("a window is reported as past 60 days after its end", () => {
    const windows = [
      {
        ...closing("w"),
        event: {
          type: "maintenance" as const,
          params: {
            systems: ["rail"],
            effect: "closed" as const,
            interval: { from: "2026-01-01T00:00:00+08:00", until: "2026-01-01T07:00:00+08:00" },
          },
        },
      },
    ];
    const rulebook = rulebookOf({ rules: [route("a")], windows });
    expect(check(rulebook, "2026-03-03").findings).toContainEqual(
      expect.objectContaining({ code: "window-past", name: "w", what: "`w` was over on 2026-01-01" }),
    );
    expect(named("window-past", rulebook, "2026-03-01")).toEqual([]);
  });
});

describe("sources and unused definitions", () => {
  test("a source without a date is reported", () => {
    const sourced = (published?: string) =>
      byRules(route("a", { source: [{ title: "a notice", ...(published && { published }) }] }));
    expect(named("source-undated", sourced())).toEqual(["a"]);
    expect(named("source-undated", sourced("2026-01-01"))).toEqual([]);
  });

  test("facts, conditions, systems, calendars and texts are unused unless something refers to them", () => {
    const used = (yes: boolean): Rulebook => ({
      ...rulebookOf({
        rules: [
          stepping(
            "a",
            [{ kind: "process", ...(yes && { system: "rail" }), takes: "PT0S" }],
            yes ? { conditions: { all: [{ condition: "big" }] } } : {},
          ),
        ],
        conditions: { big: amountIs("greaterThan", 1) },
        facts: { amount: { title, type: "number" }, speed: { title, type: "string" } },
        windows: [],
        calendar: yes,
      }),
      systems: { rail: { title, zone: "Asia/Shanghai" } },
      texts: { en: { "reason.idle": "-", "arrival.credited": "-" }, zh: {} },
    });
    expect(named("unused", used(false)).sort()).toEqual(["big", "rail", "reason.idle", "speed", "week"]);
    expect(named("unused", used(true)).sort()).toEqual(["reason.idle", "speed"]);
  });

  test("a planned hold is unproved until it applies in an example", () => {
    const held = rulebookOf({
      rules: [route("a")],
      holds: [
        hold("h", {
          event: {
            type: "hold",
            params: { for: "PT24H", cause: "risk-hold", before: "credited", who: "payer-bank" },
          },
        }),
      ],
    });
    expect(named("unproved", held)).toEqual(["h"]);
    const met: Example = {
      payment: { amount: "5", initiatedAt: "2026-03-02T12:00:00+08:00" },
      expect: { rule: "a" },
    };
    expect(named("unproved", withExamples(held, met))).toEqual([]);
  });
});

describe("rules/check.json", () => {
  const tied = byRules(route("a"), route("b"));

  test("sets severities, and removes findings that are off", () => {
    expect(check({ ...tied, check: { severities: { tie: "info" } } }).findings).toContainEqual(
      expect.objectContaining({ code: "tie", severity: "info" }),
    );
    expect(named("tie", { ...tied, check: { severities: { tie: "off" } } })).toEqual([]);
  });

  test("confirms findings by name, with a reason", () => {
    const confirmed = [{ finding: "tie" as const, name: "b", reason: "never both" }];
    const { findings, confirmed: accepted } = check({ ...tied, check: { confirmed } });
    expect(findings.filter(({ code }) => code === "tie")).toEqual([]);
    expect(accepted).toContainEqual(
      expect.objectContaining({ code: "tie", name: "b", reason: "never both" }),
    );
    expect(named("confirms-nothing", { ...tied, check: { confirmed } })).toEqual([]);
  });

  test("is reported if it confirms a finding that no longer exists", () => {
    const confirmed = [{ finding: "tie" as const, name: "a", reason: "never both" }];
    expect(named("confirms-nothing", { ...tied, check: { confirmed } })).toEqual(["a"]);
    expect(named("tie", { ...tied, check: { confirmed } })).toEqual(["b"]);
  });
});
