import type { FailingExample } from "../answer/examples.js";
import { formatProblem } from "../errors.js";
import { DIFF_WORDS } from "./diff-words.js";
import type { Page } from "./reply.js";

/** The examples that one of the two rulebooks contradicts; no lines if there are none. */
export function failingExampleLines(
  edition: "before" | "after",
  failing: readonly FailingExample[],
  page: Page,
): string[] {
  if (failing.length === 0) return [];
  const problems = failing.flatMap((example) => example.problems);
  return [
    page.colors.bold(DIFF_WORDS[page.locale].failing[edition](failing.length)),
    ...problems.flatMap((problem) => formatProblem(problem).split("\n")).map((line) => `  ${line}`),
    "",
  ];
}
