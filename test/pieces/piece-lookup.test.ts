import { describe, expect, test } from "vitest";
import { arrive } from "../../src/answer/arrival.js";
import { soonerThan } from "../../src/answer/sooner.js";
import { QuestionError } from "../../src/errors.js";
import type { ChannelRule, Condition } from "../../src/model/rulebook.js";
import { ROW } from "../../src/pieces/cache.js";
import { arrivalsOf, lineOf, numbersOf } from "../../src/pieces/piece.js";
import { pieceAt, piecesBetween, rowFor } from "../../src/pieces/piece-lookup.js";
import { type Query, queryOf } from "../../src/pieces/query.js";
import { compileSnapshot } from "../../src/pieces/snapshot.js";
import type { Instant } from "../../src/time/instant.js";
import { closed, feb, quick, RUN, run, short, subject, through } from "../answer/fixture.js";
import { at, is, rulebookOf } from "../decide/fixture.js";

/** Stretches of sending times, and what is looked for beyond them, on the calendar of `decide/fixture.ts`. */

const HOUR = 3_600_000;
const iso = (instant: Instant | undefined): string =>
  instant === undefined ? "never" : new Date(instant + 8 * HOUR).toISOString().replace(/:00\.000Z$/, "");

const from = (date: string) => ({ effective: { from: date } });
const time = (operator: string, value: string): Condition => is("initiated.time", operator, value);

describe("a stretch", () => {
  test.each([
    ["Asia/Shanghai", 16],
    ["UTC", 0],
    ["America/New_York", 5],
    ["Asia/Kathmandu", 18.25],
    ["Pacific/Kiritimati", 10],
  ])("is known by its day, which begins at midnight in %s", (zone, hours) => {
    const one = queryOf(compileSnapshot(rulebookOf({ rules: [quick(5, {})], zone })), "cn.test", {
      amount: 1,
    });
    expect(one.zone.phaseMs).toBe(hours * HOUR);
    pieceAt(one, feb("12T12:00"));
    expect([...one.snapshot.cache.rows].filter((number) => number > 0)[0]).toBe(
      Date.parse("2026-02-12T00:00:00Z") + hours * HOUR + (hours <= 4 ? 24 : 0) * HOUR,
    );
  });

  test("goes on in another row where a local day ends, as on each day of a summer, and where clocks are moved", () => {
    const rules = [quick(5, {})];
    const one = queryOf(compileSnapshot(rulebookOf({ rules, zone: "America/New_York" })), "cn.test", {
      amount: 1,
    });
    const ends = (when: string): (string | undefined)[] => {
      const instant = at(when);
      const rows = [0, 23 * HOUR].map((later) => rowFor(one, (instant + later) as Instant));
      return rows.map((row) =>
        new Date(one.snapshot.cache.rows[row * ROW] as number).toISOString().slice(5, 16),
      );
    };
    expect(ends("2026-01-15T05:00:00Z")).toEqual(["01-16T05:00", "01-16T05:00"]);
    expect(ends("2026-07-15T05:00:00Z")).toEqual(["07-16T04:00", "07-17T04:00"]);
    expect(ends("2026-03-08T05:00:00Z")).toEqual(["03-08T07:00", "03-10T04:00"]);
    expect(ends("2026-11-01T05:00:00Z")).toEqual(["11-01T06:00", "11-02T05:00"]);
    expect(pieceAt(one, at("2026-07-15T05:00:00Z")).until).toBeGreaterThan(at("2199-12-30T00:00:00Z"));
  });

  test("is worked out with its day once, and then looked up", () => {
    const one = subject(run);
    const first = pieceAt(one, feb("12T12:00"));
    expect([iso(first.from), iso(first.until), first.rule.name]).toEqual([
      ...["2026-02-12T00:00", "2026-02-12T16:00", "run"],
    ]);
    expect(pieceAt(one, feb("12T09:00"))).toBe(first);
    expect(one.snapshot.cache.daysKnown).toBe(1);
    expect(pieceAt(one, feb("12T16:00"))).not.toBe(first);
    expect(one.snapshot.cache.daysKnown).toBe(1);
    expect(pieceAt(one, feb("13T00:00"))).not.toBe(first);
    expect(one.snapshot.cache.daysKnown).toBe(2);
  });

  test("of a day that cannot be answered whole is worked out by itself, and not kept", () => {
    const day = { ...run, conditions: time("atOrAfter", "12:00") };
    const one = subject(day);
    expect(iso(pieceAt(one, feb("12T13:00")).until)).toBe("2026-02-12T16:00");
    expect(one.snapshot.cache.daysKnown).toBe(0);
    expect(() => pieceAt(one, feb("12T11:00"))).toThrow(QuestionError);
  });

  test("passes on what is no question's fault", () => {
    const one = subject(run);
    const broken = (where: object): Query => Object.create(one, { facts: where, decider: where }) as Query;
    const failing = {
      get: () => {
        throw new TypeError("broken");
      },
    };
    expect(() => pieceAt(broken(failing), feb("12T12:00"))).toThrow(TypeError);
  });

  test("tells its arrivals at every bound", () => {
    const spread = through("spread", {
      ...{ kind: "process", milestone: "credited" },
      takes: { earliest: "PT1M", expected: "PT2M", latest: "PT3M" },
    });
    const noon = feb("12T12:00");
    expect(arrivalsOf(pieceAt(subject(spread), noon), noon)).toEqual({
      earliest: feb("12T12:01"),
      expected: feb("12T12:02"),
      latest: feb("12T12:03"),
    });
  });

  test("tells its arrivals as lines: together, or each equally long after", () => {
    const spread = through("spread", {
      ...{ kind: "process", milestone: "credited" },
      takes: { earliest: "PT1M", expected: "PT2M", latest: "PT3M" },
    });
    expect(numbersOf(pieceAt(subject(spread), feb("12T12:00")), feb("13T00:00"))).toEqual([
      ...[feb("13T00:00"), 60_000, 1, 120_000, 1, 180_000, 1],
    ]);
    const ten = feb("13T10:00");
    expect(numbersOf(pieceAt(subject(run), feb("12T12:00")), feb("12T16:00"))).toEqual([
      ...[feb("12T16:00"), ten, 0, ten, 0, ten, 0],
    ]);
    const refusing = subject(quick(5, {}), closed({ conditions: time("before", "06:00") }));
    expect(lineOf(pieceAt(refusing, feb("12T05:00")), "latest")).toEqual({
      slope: 0,
      value: feb("12T06:05"),
    });
    const never = pieceAt(subject(closed({})), feb("12T05:00"));
    expect(lineOf(never, "latest")).toEqual({ slope: 1, value: 0 });
  });

  test("is settled where nothing is decided anew before its last payment arrives", () => {
    const settled = (minutes: number): boolean => {
      const evening = quick(1, { priority: 2, conditions: time("atOrAfter", "20:00") });
      const day = through(
        "day",
        { kind: "process", takes: `PT${minutes}M` },
        {
          priority: 2,
          conditions: time("before", "20:00"),
        },
      );
      return pieceAt(subject(run, evening, day), feb("12T12:00")).settled;
    };
    expect(settled(0)).toBe(true);
    expect(settled(1)).toBe(false);
    expect(pieceAt(subject(quick(600, {})), feb("12T12:00")).settled).toBe(true);
  });

  test("is walked from an instant to another", () => {
    const walked = (start: string, end: string): string[] =>
      [...piecesBetween(subject(run), feb(start), feb(end))].map(({ until }) => iso(until).slice(8));
    expect(walked("12T12:00", "12T16:00")).toEqual(["12T16:00"]);
    expect(walked("12T12:00", "12T16:01")).toEqual(["12T16:00", "13T16:00"]);
    expect(walked("12T12:00", "12T12:00")).toEqual([]);
  });

  test("shares its piece with payments of other numbers that take the same route", () => {
    const view = compileSnapshot(
      rulebookOf({
        rules: [
          run,
          { ...quick(5, { priority: 2 }), conditions: is("count", "equal", 3) },
          closed({ conditions: is("count", "equal", 2), effective: { from: "2026-06-01" } }),
        ],
      }),
    );
    const [one, other, three] = [{}, { count: 2 }, { count: 3 }].map((facts) =>
      pieceAt(queryOf(view, "cn.test", { amount: 1, ...facts }), feb("12T16:00")),
    );
    expect(one?.routeAnswer).toBeDefined();
    expect(other?.routeAnswer).toBe(one?.routeAnswer);
    expect(three?.routeAnswer).not.toBe(one?.routeAnswer);
    expect(view.cache.routeAnswers.size).toBe(2);
  });
});

describe("a payment that is refused is taken", () => {
  const retryAt = (when: string, ...rules: ChannelRule[]): string => {
    const { retryAt: found, outcome } = arrive(subject(...rules), feb(when));
    expect(outcome).toBe("refused");
    return found === undefined ? "never" : found.replace(/:00\+08:00$/, "");
  };
  const always = quick(5, {});
  const nights = closed({ conditions: time("before", "12:00") });
  const days = closed({ name: "days", conditions: time("atOrAfter", "12:00") });
  const until = (date: string, ...rules: ChannelRule[]): ChannelRule[] =>
    rules.map((rule) => ({ ...rule, effective: { until: date } }));

  test("when the refusal ends, however far that is, where a date says so", () => {
    expect(retryAt("12T09:00", always, nights)).toBe("2026-02-12T12:00");
    expect(retryAt("12T09:00", always, ...until("2026-06-01", closed({})))).toBe("2026-06-01T00:00");
    expect(retryAt("12T09:00", always, ...until("2029-06-01", closed({})))).toBe("2029-06-01T00:00");
    expect(retryAt("12T09:00", always, ...until("2040-06-01", nights, days))).toBe("2040-06-01T00:00");
    expect(retryAt("12T09:00", nights, days)).toBe("never");
  });

  test("within 400 days of a date that is named, where it comes round with the days", () => {
    const rules = [
      closed({}),
      quick(5, { priority: 6, conditions: is("initiated.weekday", "equal", "sat"), ...from("2029-06-01") }),
    ];
    expect(retryAt("12T09:00", ...rules)).toBe("2029-06-02T00:00");
    const other = quick(5, {
      name: "other",
      priority: 7,
      conditions: is("amount", "equal", 2),
      ...from("2040-01-01"),
    });
    expect(retryAt("12T09:00", ...rules, other)).toBe("2029-06-02T00:00");
  });

  test("passing over times that have no rule, and those at which a closed system refuses too", () => {
    const evening = quick(5, { conditions: time("atOrAfter", "20:00") });
    const morning = closed({ conditions: time("before", "06:00") });
    expect(retryAt("12T05:00", evening, morning)).toBe("2026-02-12T20:00");
    const params = {
      ...{ systems: ["hvps"], effect: "closed", zone: "Asia/Shanghai" },
      interval: { from: "2026-02-12T05:30:00+08:00", until: "2026-02-12T07:00:00+08:00" },
    };
    const step = { kind: "process", system: "hvps", onClosed: "refuse", takes: "PT5M" };
    const view = compileSnapshot({
      ...rulebookOf({
        rules: [through("way", step), morning],
        windows: [{ name: "stop", event: { type: "maintenance", params } } as never],
      }),
      systems: { hvps: { title: { zh: "名", en: "name" } } },
    });
    const answer = arrive(queryOf(view, "cn.test", { amount: 1 }), feb("12T05:00"));
    expect([answer.retryAt, answer.expected].map((text = "") => short(text))).toEqual([
      "12T07:00",
      "12T07:05",
    ]);
    const closedNow = arrive(queryOf(view, "cn.test", { amount: 1 }), feb("12T06:30"));
    expect([closedNow.outcome, short(closedNow.retryAt ?? "")]).toEqual(["refused", "12T07:00"]);
    expect(closedNow.rules).toEqual(["way"]);
    const stretch = pieceAt(queryOf(view, "cn.test", { amount: 1 }), feb("12T06:30"));
    expect([iso(stretch.from), iso(stretch.until), stretch.refused]).toEqual([
      ...["2026-02-12T06:00", "2026-02-12T07:00", true],
    ]);
  });

  test("or what goes wrong meanwhile is passed on", () => {
    const one = subject(always, ...until("2026-06-01", closed({})));
    const { decider } = one;
    const decide: typeof decider.decide = (facts, when, outcome) => {
      if (when > feb("20T00:00")) throw new TypeError("broken");
      return decider.decide(facts, when, outcome);
    };
    const deciders = { get: () => ({ ...decider, decide }) };
    const failing = queryOf({ ...one.snapshot, deciders }, "cn.test", one.facts);
    expect(() => pieceAt(failing, feb("12T08:00"))).toThrow(TypeError);
  });
});

describe("sending later is looked at", () => {
  /** Decided anew at noon and at midnight, but slow all the same. */
  const slow = [
    through("slow", { kind: "process", takes: "P400D" }),
    through(
      "afternoon",
      { kind: "process", takes: "P400D" },
      {
        priority: 2,
        conditions: time("atOrAfter", "12:00"),
      },
    ),
  ];
  const sooner = (...rules: ChannelRule[]): string => {
    const one = subject(...slow, ...rules);
    const start = at("2026-01-01T00:00:00+08:00");
    return iso(soonerThan(one, pieceAt(one, start), start)?.sendAt);
  };

  test("at up to 500 changes of the decision: the last is the midnight of the 250th day", () => {
    expect(sooner(quick(5, { priority: 3, ...from("2026-01-02") }))).toBe("2026-01-02T00:00");
    expect(sooner(quick(5, { priority: 3, ...from("2026-09-08") }))).toBe("2026-09-08T00:00");
    const noon = time("atOrAfter", "12:00");
    expect(sooner(quick(5, { priority: 3, conditions: noon, ...from("2026-09-07") }))).toBe(
      "2026-09-07T12:00",
    );
    expect(sooner(quick(5, { priority: 3, conditions: noon, ...from("2026-09-08") }))).toBe("never");
  });

  test("where nothing keeps it from being answered, and passes other errors on", () => {
    const one = subject(...slow);
    const start = at("2026-01-01T00:00:00+08:00");
    const stretch = pieceAt(one, start);
    const failing = Object.create(one, {
      paymentClass: { value: one.paymentClass },
      view: {
        get: () => {
          throw new TypeError("broken");
        },
      },
    }) as Query;
    expect(() => soonerThan(failing, stretch, start)).toThrow(TypeError);
  });

  test("before the arrival and not at it", () => {
    const evening = quick(0, { priority: 2, conditions: time("atOrAfter", "10:00") });
    const one = subject(run, evening);
    const when = feb("12T09:00");
    expect(iso(soonerThan(one, pieceAt(one, when), when)?.sendAt)).toBe("2026-02-12T10:00");
    const late = subject(
      through("late", RUN),
      quick(0, { priority: 2, ...from("2026-02-13"), conditions: time("atOrAfter", "10:00") }),
    );
    expect(soonerThan(late, pieceAt(late, when), when)).toBeUndefined();
  });
});
