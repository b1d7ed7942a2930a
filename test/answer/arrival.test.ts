import { describe, expect, test } from "vitest";
import { arrive } from "../../src/answer/arrival.js";
import { closed, feb, queryWith, run, short } from "../answer/fixture.js";
import { is } from "../decide/fixture.js";

/** Arrivals of refused payments. */

describe("a refused payment", () => {
  test("arrives as if it were sent at `retryAt`", () => {
    const saturday = closed({ conditions: is("initiated.weekday", "equal", "sat"), basis: "published" });
    const {
      outcome,
      retryAt = "",
      expected,
      rules,
      timeline,
      certainty,
    } = arrive(queryWith(run, saturday), feb("14T12:00"));
    expect([outcome, short(retryAt), short(expected), rules, certainty]).toEqual([
      ...["refused", "15T00:00", "19T10:00"],
      ["closed", "run"],
      "official",
    ]);
    expect(
      timeline.map(({ from, to, cause, rule }) => [short(from), short(to), cause, rule].join(" ")),
    ).toEqual([
      "14T12:00 15T00:00 closed closed",
      "15T00:00 16T00:00 weekend run",
      "16T00:00 19T00:00 holiday run",
      "19T00:00 19T10:00 batch run",
    ]);
  });

  test("that is never accepted does not leave the payer", () => {
    const sent = "2026-02-14T12:00:00+08:00";
    const answer = arrive(queryWith(closed({ basis: "published" })), feb("14T12:00"));
    expect(answer).toEqual({
      ...{ outcome: "refused", earliest: sent, expected: sent, latest: sent, certainty: "official" },
      ...{ basis: "published", rules: ["closed"], timeline: [], version: "test" },
    });
    expect(arrive(queryWith(closed({})), feb("14T12:00")).basis).toBe("assumed");
  });

  test("names each rule once", () => {
    const night = closed({ name: "run", conditions: is("initiated.time", "before", "06:00") });
    expect(arrive(queryWith(run, night), feb("12T05:00")).rules).toEqual(["run"]);
  });
});
