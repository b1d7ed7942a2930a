import { describe, expect, test } from "vitest";
import { compareOver } from "../../src/answer/compare.js";
import { QuestionError } from "../../src/errors.js";
import type { Arrival } from "../../src/model/answers.js";

/** Comparisons of channels. */

describe("a comparison", () => {
  const answer = (expected: string, more: Partial<Arrival> = {}): Arrival =>
    ({ outcome: "credited", expected, latest: expected, ...more }) as Arrival;
  const answers: Record<string, () => Arrival> = {
    slow: () => answer("2026-02-14T12:00:00+08:00"),
    abroad: () => answer("2026-02-14T03:30:00Z"),
    steady: () => answer("2026-02-14T12:00:00+08:00", { latest: "2026-02-14T11:59:00+08:00" }),
    again: () => answer("2026-02-14T12:00:00+08:00"),
    refusing: () => answer("2026-02-14T09:00:00+08:00", { outcome: "refused" }),
    without: () => {
      throw new QuestionError("no-rule", "without", { what: "w", help: "h" });
    },
    beyond: () => {
      throw new QuestionError("outside-coverage", "beyond", { what: "w", help: "h" });
    },
    torn: () => {
      throw new QuestionError("ambiguous-rules", "torn", { what: "w", help: "h" });
    },
    broken: () => {
      throw new TypeError("broken");
    },
  };
  const order = (...channels: string[]): string[] =>
    compareOver(
      channels,
      { amount: 1, initiatedAt: 0 },
      ({ channel }) => answers[channel]?.() as Arrival,
    ).map(({ channel }) => channel);

  test("sorts by expected arrival, latest arrival and name, and leaves out channels that do not accept", () => {
    expect(order("slow", "refusing", "without", "abroad", "beyond", "steady", "again")).toEqual([
      ...["abroad", "steady", "again", "slow"],
    ]);
    expect(order("again", "slow")).toEqual(["again", "slow"]);
  });

  test("passes on other errors", () => {
    expect(() => order("slow", "torn")).toThrow(QuestionError);
    expect(() => order("broken")).toThrow(TypeError);
  });
});
