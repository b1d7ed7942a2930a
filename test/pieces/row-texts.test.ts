import { describe, expect, test } from "vitest";
import { arrivalFrom, type RowTexts, rowTextsOf, textAt } from "../../src/pieces/row-texts.js";
import type { Instant } from "../../src/time/instant.js";
import { type Zone, zoneNamed } from "../../src/time/zone.js";

/** The texts that the answers of a piece share. */

const UTC = zoneNamed("UTC") as Zone;
const utc = (ms: number): string => new Date(ms).toISOString().replace(/(\.000)?Z$/, "+00:00");

describe("the texts of a piece", () => {
  const textsWith = (marks: number, event: object = {}, basis = "published"): RowTexts =>
    rowTextsOf(
      { rule: { event: { type: "route", params: event } }, basis } as never,
      {
        ...{ from: 1000, marks, rules: ["way", "window"] },
        ...{
          earliest: { slope: 1, to: 1000 },
          expected: { slope: 1, to: 6000 },
          latest: { slope: 0, to: 9000 },
        },
      } as never,
      UTC,
      new Map(),
    );

  test("are its outcome, its arrivals and its frozen rules", () => {
    expect(textsWith(0)).toEqual({
      ...{ outcome: "credited", certainty: "official", basis: "published", rules: ["way", "window"] },
      ...{ earliest: 0, expected: 5000, latest: "1970-01-01T00:00:09+00:00" },
    });
    expect(Object.isFrozen(textsWith(0).rules)).toBe(true);
    expect(textsWith(0, { outcome: "returned" }).outcome).toBe("returned");
  });

  test.each([
    [0, "official", "published"],
    [1, "projected", "published"],
    [2, "open-incident", "published"],
    [3, "open-incident", "published"],
    [4, "official", "assumed"],
    [5, "projected", "assumed"],
    [8, "official", "published"],
    [15, "open-incident", "assumed"],
  ])("with the marks %d are %s and %s", (marks, certainty, basis) => {
    expect(textsWith(marks)).toMatchObject({ certainty, basis });
    expect(textsWith(marks, {}, "assumed").basis).toBe("assumed");
  });

  test("have the outcome `credited` for a rule that refuses", () => {
    const { outcome } = rowTextsOf(
      { rule: { event: { type: "refuse", params: { outcome: "returned" } } }, basis: "published" } as never,
      {
        ...{ from: 0, marks: 0, rules: [] },
        ...{ earliest: { slope: 1, to: 0 }, expected: { slope: 1, to: 0 }, latest: { slope: 1, to: 0 } },
      } as never,
      UTC,
      new Map(),
    );
    expect(outcome).toBe("credited");
  });

  test("make an answer with a send time and a timeline", () => {
    const timeline = [{ from: "a", to: "b", cause: "batch" as const, rule: "way" }];
    expect(
      arrivalFrom(textsWith(1), textsWith(1), textsWith(1).rules, 500 as Instant, "sent", timeline, UTC, "v"),
    ).toEqual({
      ...{ outcome: "credited", earliest: "sent", expected: "1970-01-01T00:00:05.500+00:00" },
      ...{ latest: "1970-01-01T00:00:09+00:00", certainty: "projected", basis: "published" },
      ...{ rules: ["way", "window"], timeline, version: "v" },
    });
    expect(textAt(-500, 500 as Instant, "sent", UTC)).toBe(utc(0));
  });
});
