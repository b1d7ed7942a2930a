import { describe, expect, test } from "vitest";
import { arrive } from "../../src/answer/arrival.js";
import { QuestionError } from "../../src/errors.js";
import type { ChannelRule, Condition } from "../../src/model/rulebook.js";
import { ROW } from "../../src/pieces/cache.js";
import { arrivalsOf, lineOf, numbersOf } from "../../src/pieces/piece.js";
import { pieceAt, piecesBetween, rowFor } from "../../src/pieces/piece-lookup.js";
import { type Query, queryOf } from "../../src/pieces/query.js";
import { compileSnapshot } from "../../src/pieces/snapshot.js";
import type { Instant } from "../../src/time/instant.js";
import { closed, feb, queryWith, quick, run, short, stepRule } from "../answer/fixture.js";
import { at, is, rulebookOf } from "../decide/fixture.js";

/** Pieces, and the search for `retryAt`, on the calendar of `decide/fixture.ts`. */

const HOUR = 3_600_000;
const iso = (instant: Instant | undefined): string =>
  instant === undefined ? "never" : new Date(instant + 8 * HOUR).toISOString().replace(/:00\.000Z$/, "");

const from = (date: string) => ({ effective: { from: date } });
const time = (operator: string, value: string): Condition => is("initiated.time", operator, value);

describe("a piece", () => {
  test.each([
    ["Asia/Shanghai", 16],
    ["UTC", 0],
    ["America/New_York", 5],
    ["Asia/Kathmandu", 18.25],
    ["Pacific/Kiritimati", 10],
  ])("is cached by its day, which begins at midnight in %s", (zone, hours) => {
    const one = queryOf(compileSnapshot(rulebookOf({ rules: [quick(5, {})], zone })), "cn.test", {
      amount: 1,
    });
    expect(one.zone.phaseMs).toBe(hours * HOUR);
    pieceAt(one, feb("12T12:00"));
    expect([...one.snapshot.cache.rows].filter((number) => number > 0)[0]).toBe(
      Date.parse("2026-02-12T00:00:00Z") + hours * HOUR + (hours <= 4 ? 24 : 0) * HOUR,
    );
  });

  test("has another row after each local midnight and each clock change", () => {
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

  test("is built once with its whole day, and then looked up", () => {
    const one = queryWith(run);
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

  test("is built alone and not cached if some instant of its day has no answer", () => {
    const day = { ...run, conditions: time("atOrAfter", "12:00") };
    const one = queryWith(day);
    expect(iso(pieceAt(one, feb("12T13:00")).until)).toBe("2026-02-12T16:00");
    expect(one.snapshot.cache.daysKnown).toBe(0);
    expect(() => pieceAt(one, feb("12T11:00"))).toThrow(QuestionError);
  });

  test("passes on other errors", () => {
    const one = queryWith(run);
    const broken = (where: object): Query => Object.create(one, { facts: where, decider: where }) as Query;
    const failing = {
      get: () => {
        throw new TypeError("broken");
      },
    };
    expect(() => pieceAt(broken(failing), feb("12T12:00"))).toThrow(TypeError);
  });

  test("has arrivals at every bound", () => {
    const spread = stepRule("spread", {
      ...{ kind: "process", milestone: "credited" },
      takes: { earliest: "PT1M", expected: "PT2M", latest: "PT3M" },
    });
    const noon = feb("12T12:00");
    expect(arrivalsOf(pieceAt(queryWith(spread), noon), noon)).toEqual({
      earliest: feb("12T12:01"),
      expected: feb("12T12:02"),
      latest: feb("12T12:03"),
    });
  });

  test("has arrivals as lines: of slope 0, or of slope 1", () => {
    const spread = stepRule("spread", {
      ...{ kind: "process", milestone: "credited" },
      takes: { earliest: "PT1M", expected: "PT2M", latest: "PT3M" },
    });
    expect(numbersOf(pieceAt(queryWith(spread), feb("12T12:00")), feb("13T00:00"))).toEqual([
      ...[feb("13T00:00"), 60_000, 1, 120_000, 1, 180_000, 1],
    ]);
    const ten = feb("13T10:00");
    expect(numbersOf(pieceAt(queryWith(run), feb("12T12:00")), feb("12T16:00"))).toEqual([
      ...[feb("12T16:00"), ten, 0, ten, 0, ten, 0],
    ]);
    const refusing = queryWith(quick(5, {}), closed({ conditions: time("before", "06:00") }));
    expect(lineOf(pieceAt(refusing, feb("12T05:00")), "latest")).toEqual({
      slope: 0,
      value: feb("12T06:05"),
    });
    const never = pieceAt(queryWith(closed({})), feb("12T05:00"));
    expect(lineOf(never, "latest")).toEqual({ slope: 1, value: 0 });
  });

  test("is settled if no decision changes before its last payment arrives", () => {
    const settled = (minutes: number): boolean => {
      const evening = quick(1, { priority: 2, conditions: time("atOrAfter", "20:00") });
      const day = stepRule(
        "day",
        { kind: "process", takes: `PT${minutes}M` },
        {
          priority: 2,
          conditions: time("before", "20:00"),
        },
      );
      return pieceAt(queryWith(run, evening, day), feb("12T12:00")).settled;
    };
    expect(settled(0)).toBe(true);
    expect(settled(1)).toBe(false);
    expect(pieceAt(queryWith(quick(600, {})), feb("12T12:00")).settled).toBe(true);
  });

  test("is one of the pieces between two instants", () => {
    const endsBetween = (start: string, end: string): string[] =>
      [...piecesBetween(queryWith(run), feb(start), feb(end))].map(({ until }) => iso(until).slice(8));
    expect(endsBetween("12T12:00", "12T16:00")).toEqual(["12T16:00"]);
    expect(endsBetween("12T12:00", "12T16:01")).toEqual(["12T16:00", "13T16:00"]);
    expect(endsBetween("12T12:00", "12T12:00")).toEqual([]);
  });

  test("shares its route answer with other classes that take the same route", () => {
    const snapshot = compileSnapshot(
      rulebookOf({
        rules: [
          run,
          { ...quick(5, { priority: 2 }), conditions: is("count", "equal", 3) },
          closed({ conditions: is("count", "equal", 2), effective: { from: "2026-06-01" } }),
        ],
      }),
    );
    const [one, other, three] = [{}, { count: 2 }, { count: 3 }].map((facts) =>
      pieceAt(queryOf(snapshot, "cn.test", { amount: 1, ...facts }), feb("12T16:00")),
    );
    expect(one?.routeAnswer).toBeDefined();
    expect(other?.routeAnswer).toBe(one?.routeAnswer);
    expect(three?.routeAnswer).not.toBe(one?.routeAnswer);
    expect(snapshot.cache.routeAnswers.size).toBe(2);
  });
});

describe("`retryAt` of a refused payment", () => {
  const retryAt = (when: string, ...rules: ChannelRule[]): string => {
    const { retryAt: found, outcome } = arrive(queryWith(...rules), feb(when));
    expect(outcome).toBe("refused");
    return found === undefined ? "never" : found.replace(/:00\+08:00$/, "");
  };
  const always = quick(5, {});
  const nights = closed({ conditions: time("before", "12:00") });
  const days = closed({ name: "days", conditions: time("atOrAfter", "12:00") });
  const until = (date: string, ...rules: ChannelRule[]): ChannelRule[] =>
    rules.map((rule) => ({ ...rule, effective: { until: date } }));

  test("is the end of the refusal, at any distance if a rule names the date", () => {
    expect(retryAt("12T09:00", always, nights)).toBe("2026-02-12T12:00");
    expect(retryAt("12T09:00", always, ...until("2026-06-01", closed({})))).toBe("2026-06-01T00:00");
    expect(retryAt("12T09:00", always, ...until("2029-06-01", closed({})))).toBe("2029-06-01T00:00");
    expect(retryAt("12T09:00", always, ...until("2040-06-01", nights, days))).toBe("2040-06-01T00:00");
    expect(retryAt("12T09:00", nights, days)).toBe("never");
  });

  test("is searched for recurring days within 400 days of a named date", () => {
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

  test("skips times without a rule, and times at which a closed system refuses", () => {
    const evening = quick(5, { conditions: time("atOrAfter", "20:00") });
    const morning = closed({ conditions: time("before", "06:00") });
    expect(retryAt("12T05:00", evening, morning)).toBe("2026-02-12T20:00");
    const params = {
      ...{ systems: ["hvps"], effect: "closed", zone: "Asia/Shanghai" },
      interval: { from: "2026-02-12T05:30:00+08:00", until: "2026-02-12T07:00:00+08:00" },
    };
    const step = { kind: "process", system: "hvps", onClosed: "refuse", takes: "PT5M" };
    const snapshot = compileSnapshot({
      ...rulebookOf({
        rules: [stepRule("way", step), morning],
        windows: [{ name: "stop", event: { type: "maintenance", params } } as never],
      }),
      systems: { hvps: { title: { zh: "名", en: "name" } } },
    });
    const answer = arrive(queryOf(snapshot, "cn.test", { amount: 1 }), feb("12T05:00"));
    expect([answer.retryAt, answer.expected].map((text = "") => short(text))).toEqual([
      "12T07:00",
      "12T07:05",
    ]);
    const closedNow = arrive(queryOf(snapshot, "cn.test", { amount: 1 }), feb("12T06:30"));
    expect([closedNow.outcome, short(closedNow.retryAt ?? "")]).toEqual(["refused", "12T07:00"]);
    expect(closedNow.rules).toEqual(["way"]);
    const piece = pieceAt(queryOf(snapshot, "cn.test", { amount: 1 }), feb("12T06:30"));
    expect([iso(piece.from), iso(piece.until), piece.refused]).toEqual([
      ...["2026-02-12T06:00", "2026-02-12T07:00", true],
    ]);
  });

  test("passes on other errors", () => {
    const one = queryWith(always, ...until("2026-06-01", closed({})));
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
