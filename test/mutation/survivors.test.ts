import { expect, test } from "vitest";
import { figures, judge, mutantsOf } from "./survivors.mjs";

/** The list of survivors is held against a report in which one mutant was found and one was not. */

const source = "export const twice = (n: number): number =>\n  n * 2;\n";
const operator = (status: string, replacement: string) => ({
  location: { start: { line: 2, column: 3 }, end: { line: 2, column: 8 } },
  replacement,
  status,
});
const report = {
  files: {
    "src/time/twice.ts": { source, mutants: [operator("Survived", "n + 2"), operator("Killed", "n / 2")] },
  },
};
const mutants = mutantsOf(report);
const why = { file: "src/time/twice.ts", line: "n * 2;", why: "a test of two" };

test("a survivor is told until the list explains it", () => {
  expect(judge(mutants, []).unexplained.map(({ at, change }) => [at, change])).toEqual([
    [2, "n * 2 → n + 2"],
  ]);
  expect(judge(mutants, [{ ...why, changes: ["n * 2 → n + 2"] }])).toEqual({ unexplained: [], idle: [] });
});

test("so is an explanation that no survivor needs", () => {
  const { idle } = judge(mutants, [{ ...why, changes: ["n * 2 → n + 2", "n * 2 → n / 2"] }]);
  expect(idle).toEqual(["src/time/twice.ts | n * 2; | n * 2 → n / 2"]);
  expect(judge(mutants, [{ ...why, line: "n * 3;", changes: ["n * 2 → n + 2"] }]).idle).toHaveLength(1);
});

test("the score is the share of the mutants that were found", () => {
  expect(figures(mutants).map(({ room, mutants: all, killed, score }) => [room, all, killed, score])).toEqual(
    [
      ["time", 2, 1, "50.0"],
      ["all", 2, 1, "50.0"],
    ],
  );
});
