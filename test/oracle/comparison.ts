import { type Arrival, QuestionError, type Timetable } from "../../src/index.js";
import type { Payment } from "../../src/model/payment.js";
import { type Answer, isWithinHorizon, sentAt, when } from "./answer.js";
import { assess, type Knowledge } from "./assess.js";
import type { Book } from "./book.js";
import { findSooner, latestSend } from "./latest-send.js";
import { Unanswerable } from "./unanswerable.js";

/** Asks the oracle and the engine the same question and compares the answers in one format. */

export interface Disagreement {
  readonly question: string;
  readonly payment: Payment;
  /** The fields that differ. Only these are listed in `oracle` and `engine`. */
  readonly fields: readonly string[];
  readonly oracle: object;
  readonly engine: object;
}

/** One rulebook, as read by the oracle and as compiled by the engine. */
export interface Implementations {
  readonly book: Book;
  readonly timetable: Timetable;
}

export function answerOrError<T>(ask: () => T): T | { error: string } {
  try {
    return ask();
  } catch (error) {
    if (error instanceof QuestionError || error instanceof Unanswerable) return { error: error.code };
    throw error;
  }
}

export function compareWhen(
  { book, timetable }: Implementations,
  payment: Payment,
  asOf?: number,
): Disagreement | undefined {
  const query = { book, payment, asOf };
  const options = asOf === undefined ? {} : { asOf };
  const oracle = answerOrError(() => comparableAnswer(when(query)));
  const engine = answerOrError(() => comparableArrival(timetable.when(payment, options)));
  // The second answer comes from the cache.
  const again = answerOrError(() => comparableArrival(timetable.when(payment, options)));
  const retryAt = "retryAt" in engine && engine.retryAt !== null ? engine.retryAt : 0;
  if (!isWithinHorizon(query, sentAt(payment), retryAt)) return undefined;
  return (
    disagreementOf("when", payment, oracle, engine) ??
    disagreementOf("when, asked again", payment, oracle, again)
  );
}

/** Compares the last instants at which to send. This covers `inclusive`, which shifts the instant by a millisecond. */
export function compareLatest(
  { book, timetable }: Implementations,
  payment: Payment,
  by: number,
  bound: "expected" | "latest",
): Disagreement | undefined {
  const oracle = answerOrError(() => latestSend({ book, payment }, by, bound) ?? null);
  const engine = answerOrError(() => {
    const found = timetable.latestSend(payment, { by, bound });
    if (found === undefined) return null;
    const last = Date.parse(found.sendBy) - (found.inclusive ? 0 : 1);
    return { last, from: Date.parse(found.from) };
  });
  return disagreementOf(`latestSend ${bound} by ${new Date(by).toISOString()}`, payment, oracle, engine);
}

export function compareSooner(
  { book, timetable }: Implementations,
  payment: Payment,
): Disagreement | undefined {
  const oracle = answerOrError(() => {
    when({ book, payment });
    return findSooner({ book, payment }, sentAt(payment)) ?? null;
  });
  const engine = answerOrError(() => {
    const { sooner } = timetable.when(payment);
    return sooner === undefined
      ? null
      : { sendAt: Date.parse(sooner.sendAt), expected: Date.parse(sooner.expected) };
  });
  return disagreementOf("sooner", payment, oracle, engine);
}

export function compareAssess(
  { book, timetable }: Implementations,
  payment: Payment,
  known: Knowledge,
): Disagreement | undefined {
  const { now, arrivedAt, code } = known;
  const oracle = answerOrError(() => assess({ book, payment }, known));
  const engine = answerOrError(() => {
    const options = { now, ...(arrivedAt !== undefined && { arrivedAt }), ...(code && { events: [code] }) };
    const { verdict, phase, status, deadline, nextCheckAt } = timetable.assess(payment, options);
    const next = nextCheckAt === undefined ? null : Date.parse(nextCheckAt);
    return { verdict, phase, status, deadline: Date.parse(deadline), nextCheckAt: next };
  });
  return disagreementOf(`assess ${JSON.stringify(known)}`, payment, oracle, engine);
}

export function disagreementOf(
  query: string,
  payment: Payment,
  oracle: unknown,
  engine: unknown,
): Disagreement | undefined {
  if (JSON.stringify(oracle) === JSON.stringify(engine)) return undefined;
  const [oracleParts, engineParts] = [partsOf(oracle), partsOf(engine)];
  const fields = Object.keys({ ...oracleParts, ...engineParts }).filter(
    (key) => JSON.stringify(oracleParts[key]) !== JSON.stringify(engineParts[key]),
  );
  const only = (parts: Record<string, unknown>): object =>
    Object.fromEntries(fields.map((key) => [key, parts[key]]));
  return { question: query, payment, fields, oracle: only(oracleParts), engine: only(engineParts) };
}

const partsOf = (answer: unknown): Record<string, unknown> =>
  typeof answer === "object" && answer !== null ? { ...answer } : { answer };

/** Rules are named in order of effect, but the order of simultaneous effects is not specified: they are sorted here. */
function comparableAnswer({ rules, retryAt, timeline, ...answer }: Answer) {
  const { outcome, earliest, expected, latest, certainty, basis } = answer;
  return {
    ...{ outcome, earliest, expected, latest, certainty, basis, rule: rules[0] },
    others: [...new Set(rules)].slice(1).sort(),
    retryAt: retryAt ?? null,
    timeline: timelineLines(timeline),
  };
}

function comparableArrival({ outcome, certainty, basis, rules, retryAt, timeline, ...arrival }: Arrival) {
  const [earliest, expected, latest] = [arrival.earliest, arrival.expected, arrival.latest].map(Date.parse);
  return {
    ...{ outcome, earliest, expected, latest, certainty, basis, rule: rules[0] },
    others: rules.slice(1).sort(),
    retryAt: retryAt === undefined ? null : Date.parse(retryAt),
    timeline: timelineLines(
      timeline.map((wait) => ({ ...wait, from: Date.parse(wait.from), to: Date.parse(wait.to) })),
    ),
  };
}

interface Segment {
  readonly from: number;
  readonly to: number;
  readonly cause: string;
  readonly system?: string | undefined;
  readonly name?: string | undefined;
  readonly calendar?: string | undefined;
  readonly rule?: string | undefined;
}

/** One line per period with the same reason, whether it is one segment or several. */
function timelineLines(timeline: readonly Segment[]): string[] {
  const reasonOf = ({ cause, system, name, calendar, rule }: Segment): string =>
    [cause, system, name, calendar, rule].join(" ");
  return timeline
    .filter((one, n) => n === 0 || reasonOf(one) !== reasonOf(timeline[n - 1] as Segment))
    .map((one) => `${new Date(one.from).toISOString()} ${reasonOf(one)}`)
    .concat(timeline.slice(-1).map(({ to }) => new Date(to).toISOString()));
}
