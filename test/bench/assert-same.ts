import { isDeepStrictEqual } from "node:util";

/** The number of questions that all peers must answer alike before anything is timed. */
export const QUESTIONS = 3000;

/** @throws Error with the question, if two answers differ. */
export function assertSame(
  where: string,
  question: unknown,
  answers: Readonly<Record<string, unknown>>,
): void {
  const [[, first] = []] = Object.entries(answers);
  for (const other of Object.values(answers)) {
    if (!isDeepStrictEqual(first, other)) {
      throw new Error(
        `${where}: ${JSON.stringify(question)} is answered in two ways: ${JSON.stringify(answers)}`,
      );
    }
  }
}
