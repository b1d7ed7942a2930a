import type { FailingExample } from "../../answer/examples.js";
import { formatProblem } from "../../errors.js";
import type { Page } from "./page.js";

/** Lists the examples that fail in one of two rulebooks. */
export function failingExampleLines(
  edition: "before" | "after",
  failing: readonly FailingExample[],
  page: Page,
): string[] {
  if (failing.length === 0) return [];
  const problems = failing.flatMap((example) => example.problems);
  return [
    page.colors.bold(page.words.diff.failing[edition](failing.length)),
    ...problems.flatMap((problem) => formatProblem(problem).split("\n")).map((line) => `  ${line}`),
    "",
  ];
}
