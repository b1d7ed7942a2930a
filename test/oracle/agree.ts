import { type Arrival, QuestionError, type Timetable } from "../../src/index.js";
import type { Payment } from "../../src/model/payment.js";
import { type Answer, type Question, when } from "./answer.js";
import { Unanswerable } from "./unanswerable.js";

/** One question to both: what the oracle says and what the engine says, in the same words. */

export interface Disagreement {
  readonly question: string;
  readonly payment: Payment;
  readonly oracle: unknown;
  readonly engine: unknown;
}

export function asked<T>(ask: () => T): T | { error: string } {
  try {
    return ask();
  } catch (error) {
    if (error instanceof QuestionError || error instanceof Unanswerable) return { error: error.code };
    throw error;
  }
}

export function compareWhen(timetable: Timetable, question: Question): Disagreement | undefined {
  const { payment, asOf } = question;
  const options = asOf === undefined ? {} : { asOf };
  const oracle = asked(() => laidOut(when(question)));
  const engine = asked(() => fromEngine(timetable.when(payment, options), payment));
  return differ("when", payment, oracle, engine);
}

export function differ(
  question: string,
  payment: Payment,
  oracle: unknown,
  engine: unknown,
): Disagreement | undefined {
  const same = JSON.stringify(oracle) === JSON.stringify(engine);
  return same ? undefined : { question, payment, oracle, engine };
}

function laidOut({
  outcome,
  earliest,
  expected,
  latest,
  certainty,
  basis,
  rule,
  holds,
  windows,
  retryAt,
}: Answer) {
  return {
    ...{ outcome, earliest, expected, latest, certainty, basis, rule },
    others: [...holds, ...windows].sort(),
    retryAt: retryAt ?? null,
  };
}

function fromEngine(arrival: Arrival, _payment: Payment) {
  const { outcome, earliest, expected, latest, certainty, basis, rules, retryAt } = arrival;
  return {
    outcome,
    ...{ earliest: Date.parse(earliest), expected: Date.parse(expected), latest: Date.parse(latest) },
    ...{ certainty, basis, rule: rules[0] },
    others: rules.slice(1).sort(),
    retryAt: retryAt === undefined ? null : Date.parse(retryAt),
  };
}
