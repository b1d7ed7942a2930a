import { describe, expect, test } from "vitest";
import { arrive } from "../../src/answer/arrival.js";
import { soonerThan } from "../../src/answer/sooner.js";
import type { ChannelRule, Condition } from "../../src/model/rulebook.js";
import { pieceAt } from "../../src/pieces/piece-lookup.js";
import type { Query } from "../../src/pieces/query.js";
import type { Instant } from "../../src/time/instant.js";
import { closed, feb, queryWith, quick, RUN, run, short, stepRule } from "../answer/fixture.js";
import { at, is } from "../decide/fixture.js";

/** The search for a later send time that arrives sooner. */

const HOUR = 3_600_000;
const iso = (instant: Instant | undefined): string =>
  instant === undefined ? "never" : new Date(instant + 8 * HOUR).toISOString().replace(/:00\.000Z$/, "");

const from = (date: string) => ({ effective: { from: date } });
const time = (operator: string, value: string): Condition => is("initiated.time", operator, value);

describe("`sooner`", () => {
  const evening = quick(1, { priority: 2, conditions: is("initiated.time", "atOrAfter", "20:00") });
  const sooner = (of: Query, when: string): string => {
    const { sooner: found } = arrive(of, feb(when));
    return found === undefined ? "no" : `${short(found.sendAt)} arrives ${short(found.expected)}`;
  };

  test("is given if a faster rule decides before the arrival", () => {
    expect(sooner(queryWith(run, evening), "12T12:00")).toBe("12T20:00 arrives 12T20:01");
    expect(sooner(queryWith(run, evening), "12T20:00")).toBe("no");
    expect(sooner(queryWith(run), "12T12:00")).toBe("no");
  });

  test("is left out if the other rule is slower, as slow, or refuses", () => {
    const slow = quick(14 * 60 + 1, { priority: 2, conditions: is("initiated.time", "atOrAfter", "20:00") });
    const alike = quick(14 * 60, { priority: 2, conditions: is("initiated.time", "atOrAfter", "20:00") });
    const barely = quick(14 * 60 - 1, {
      priority: 2,
      conditions: is("initiated.time", "atOrAfter", "20:00"),
    });
    const never = closed({ conditions: is("initiated.time", "atOrAfter", "16:00") });
    expect(sooner(queryWith(run, slow), "12T12:00")).toBe("no");
    expect(sooner(queryWith(run, alike), "12T12:00")).toBe("no");
    expect(sooner(queryWith(run, barely), "12T12:00")).toBe("12T20:00 arrives 13T09:59");
    expect(sooner(queryWith(run, never), "12T12:00")).toBe("no");
  });

  test("is left out if the later instant has no answer", () => {
    const day = { ...run, conditions: is("initiated.time", "before", "16:00") };
    expect(sooner(queryWith(day), "12T12:00")).toBe("no");
  });
});

describe("`sooner` is searched", () => {
  /** The decision changes at noon and midnight, and both rules are slow. */
  const slow = [
    stepRule("slow", { kind: "process", takes: "P400D" }),
    stepRule(
      "afternoon",
      { kind: "process", takes: "P400D" },
      {
        priority: 2,
        conditions: time("atOrAfter", "12:00"),
      },
    ),
  ];
  const sooner = (...rules: ChannelRule[]): string => {
    const one = queryWith(...slow, ...rules);
    const start = at("2026-01-01T00:00:00+08:00");
    return iso(soonerThan(one, pieceAt(one, start), start)?.sendAt);
  };

  test("at up to 500 changes of decision: the last is the midnight of the 250th day", () => {
    expect(sooner(quick(5, { priority: 3, ...from("2026-01-02") }))).toBe("2026-01-02T00:00");
    expect(sooner(quick(5, { priority: 3, ...from("2026-09-08") }))).toBe("2026-09-08T00:00");
    const noon = time("atOrAfter", "12:00");
    expect(sooner(quick(5, { priority: 3, conditions: noon, ...from("2026-09-07") }))).toBe(
      "2026-09-07T12:00",
    );
    expect(sooner(quick(5, { priority: 3, conditions: noon, ...from("2026-09-08") }))).toBe("never");
  });

  test("and passes on errors other than QuestionError", () => {
    const one = queryWith(...slow);
    const start = at("2026-01-01T00:00:00+08:00");
    const piece = pieceAt(one, start);
    const failing = Object.create(one, {
      paymentClass: { value: one.paymentClass },
      snapshot: {
        get: () => {
          throw new TypeError("broken");
        },
      },
    }) as Query;
    expect(() => soonerThan(failing, piece, start)).toThrow(TypeError);
  });

  test("before the arrival, and not at it", () => {
    const evening = quick(0, { priority: 2, conditions: time("atOrAfter", "10:00") });
    const one = queryWith(run, evening);
    const when = feb("12T09:00");
    expect(iso(soonerThan(one, pieceAt(one, when), when)?.sendAt)).toBe("2026-02-12T10:00");
    const late = queryWith(
      stepRule("late", RUN),
      quick(0, { priority: 2, ...from("2026-02-13"), conditions: time("atOrAfter", "10:00") }),
    );
    expect(soonerThan(late, pieceAt(late, when), when)).toBeUndefined();
  });
});
