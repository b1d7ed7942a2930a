import fc from "fast-check";
import { QuestionError, RulebookError } from "../../src/errors.js";

/** A generator of one kind of input, with a check of the outcome. */
export interface Fuzzer {
  readonly name: string;
  /** A description for the report. */
  readonly description: string;
  /** Runs up to `runs` cases, for at most `ms` milliseconds. */
  readonly round: (round: Round) => Promise<Outcome>;
  /** Regenerates the case at a 0-based index of a round as text, without running it. */
  readonly caseAt: (seed: number, index: number) => string;
}

export interface Round {
  readonly seed: number;
  readonly ms: number;
  readonly runs: number;
  /** The path of a failure. Runs only that case. */
  readonly path?: string | undefined;
  /** Called before each case with its index. */
  readonly onCase?: (index: number) => void;
}

export interface Outcome {
  readonly tried: number;
  /** The smallest failing case with its error, and the path to reproduce it. */
  readonly failure: { readonly message: string; readonly path: string } | undefined;
}

interface FuzzerOptions<T> {
  readonly name: string;
  readonly description: string;
  readonly cases: fc.Arbitrary<T>;
  /** Throws if the outcome is neither an answer that satisfies the laws nor one of our errors. */
  readonly check: (one: T) => void | Promise<void>;
}

export const fuzzer = <T>({ name, description, cases, check }: FuzzerOptions<T>): Fuzzer => ({
  name,
  description,
  async round({ seed, ms, runs, path, onCase }) {
    let tried = 0;
    const property = fc.asyncProperty(cases, async (one) => {
      onCase?.(tried++);
      await check(one);
    });
    const limits = {
      numRuns: runs,
      interruptAfterTimeLimit: ms,
      markInterruptAsFailure: false,
      skipAllAfterTimeLimit: 60_000,
    };
    const details = await fc.check(property, {
      seed,
      ...limits,
      ...(path !== undefined && { path, numRuns: 1 }),
    });
    const { counterexample, counterexamplePath, errorInstance } = details;
    // fast-check reports a failure without a counterexample if the time ends before the first case.
    if (!details.failed || counterexample === null) return { tried, failure: undefined };
    const error = errorInstance instanceof Error ? errorInstance.stack : String(errorInstance);
    const message = `${textOf(counterexample[0])}\n${error}`;
    return { tried, failure: { message, path: counterexamplePath ?? "0" } };
  },
  caseAt: (seed, index) => textOf(fc.sample(cases, { seed, numRuns: index + 1 }).at(-1)),
});

const textOf = (one: unknown): string => {
  try {
    return fc.stringify(one);
  } catch (error) {
    return `a case that cannot be written: ${error}`;
  }
};

const CODES = [
  "unknown-channel",
  "no-rule",
  "ambiguous-rules",
  "outside-coverage",
  "bad-payment",
  "bad-time",
];

/** The answer, or undefined after a well-formed error of ours. Rethrows any other error. */
export function answerOf<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    return checkError(error);
  }
}

export async function answerOfAsync<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    return checkError(error);
  }
}

function checkError(error: unknown): undefined {
  if (error instanceof QuestionError) checkQuestionError(error);
  else if (error instanceof RulebookError) checkRulebookError(error);
  else throw error;
}

export function checkQuestionError(error: QuestionError): void {
  if (!CODES.includes(error.code)) throw new Error(`a code that there is not: ${error.code}`);
  if (typeof error.where !== "string" || error.where === "") throw new Error("an error without its place");
  checkMessage(error);
  JSON.stringify(error);
}

export function checkRulebookError({ problems }: RulebookError): void {
  if (problems.length === 0) throw new Error("a RulebookError without problems");
  for (const problem of problems) {
    if (problem.file === undefined && problem.path === undefined && problem.name === undefined)
      throw new Error(`a problem without its place: ${problem.what}`);
    checkMessage(problem);
  }
  JSON.stringify(problems);
}

/** In characters. A message is one line of readable length. */
const MAX_MESSAGE_LENGTH = 2000;

function checkMessage({ what, help }: { what: unknown; help: unknown }): void {
  for (const text of [what, help]) {
    if (typeof text !== "string" || text === "") throw new Error(`half a problem: ${what}; ${help}`);
    if (/[\r\n]/.test(text)) throw new Error(`a sentence of several lines: ${JSON.stringify(text)}`);
    if (text.length > MAX_MESSAGE_LENGTH) throw new Error(`a sentence of ${text.length} characters`);
    if (/\bundefined\b|\[object |\bNaN\b/.test(text.replace(/`[^`]*`/g, "")))
      throw new Error(`a sentence with a hole: ${text}`);
  }
}
