import fc from "fast-check";
import { QuestionError, RulebookError } from "../../src/errors.js";

/** One kind of input, and what must come of it. */
export interface Fuzzer {
  readonly name: string;
  /** What it makes, for people. */
  readonly description: string;
  /** Tries up to `runs` cases, fewer where they take longer than `ms`; tells how many, and what failed. */
  readonly round: (round: Round) => Promise<Outcome>;
  /** The text of one case of a round, counted from 0: made again, and not run. */
  readonly caseAt: (seed: number, index: number) => string;
}

export interface Round {
  readonly seed: number;
  readonly ms: number;
  readonly runs: number;
  /** Where a failure said that its smallest case lies: that one is tried, and no other. */
  readonly path?: string | undefined;
  /** Told before each case, with its place in the round. */
  readonly onCase?: (index: number) => void;
}

export interface Outcome {
  readonly tried: number;
  /** The smallest case that fails, what is wrong with it, and how to repeat it. */
  readonly failure: { readonly message: string; readonly path: string } | undefined;
}

interface FuzzerOptions<T> {
  readonly name: string;
  readonly description: string;
  readonly cases: fc.Arbitrary<T>;
  /** Throws where what comes of a case is neither an answer that keeps the laws nor one of our errors. */
  readonly check: (one: T) => void | Promise<void>;
}

export const fuzzer = <T>({ name, description: makes, cases, check: holds }: FuzzerOptions<T>): Fuzzer => ({
  name,
  description: makes,
  async round({ seed, ms, runs, path, onCase: begins }) {
    let tried = 0;
    const property = fc.asyncProperty(cases, async (one) => {
      begins?.(tried++);
      await holds(one);
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
    // A round whose time is up before its first case is through has failed for fast-check, and has found nothing.
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

/** The answer, or undefined where it is one of our errors, whole; anything else is thrown on. */
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
  checkSentence(error);
  JSON.stringify(error);
}

export function checkRulebookError({ problems }: RulebookError): void {
  if (problems.length === 0) throw new Error("a RulebookError without problems");
  for (const problem of problems) {
    if (problem.file === undefined && problem.path === undefined && problem.name === undefined)
      throw new Error(`a problem without its place: ${problem.what}`);
    checkSentence(problem);
  }
  JSON.stringify(problems);
}

/** A sentence is one line of a length that can be read. */
const SENTENCE_MAX = 2000;

function checkSentence({ what, help }: { what: unknown; help: unknown }): void {
  for (const text of [what, help]) {
    if (typeof text !== "string" || text === "") throw new Error(`half a problem: ${what}; ${help}`);
    if (/[\r\n]/.test(text)) throw new Error(`a sentence of several lines: ${JSON.stringify(text)}`);
    if (text.length > SENTENCE_MAX) throw new Error(`a sentence of ${text.length} characters`);
    if (/\bundefined\b|\[object |\bNaN\b/.test(text.replace(/`[^`]*`/g, "")))
      throw new Error(`a sentence with a hole: ${text}`);
  }
}
