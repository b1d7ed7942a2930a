import { formatProblem, type QuestionError, RulebookError } from "../../errors.js";
import type { Colors } from "./page.js";

/** The lines of an error that replaces a reply. */
export function errorLines(error: QuestionError | RulebookError, colors: Colors): string[] {
  if (error instanceof RulebookError) return problemLines(error, colors);
  return [`${colors.bold(`${error.where}:`)} ${error.what}`, `  ${error.help}`];
}

/** Prints each problem as `file:line:column`, what is wrong, and how to fix it. */
export const problemLines = ({ problems }: RulebookError, colors: Colors): string[] =>
  problems.flatMap((problem) => {
    const [head = "", ...rest] = formatProblem(problem).split("\n");
    return [colors.bold(head), ...rest];
  });
