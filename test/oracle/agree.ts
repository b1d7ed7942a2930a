import { type Arrival, QuestionError, type Timetable } from "../../src/index.js";
import type { Payment } from "../../src/model/payment.js";
import { type Answer, seesAsFarAs, sentAt, when } from "./answer.js";
import { assess, type Known } from "./assess.js";
import type { Book } from "./book.js";
import { latestSend, soonerThan } from "./latest.js";
import { Unanswerable } from "./unanswerable.js";

/** One question to both: what the oracle says and what the engine says, in the same words. */

export interface Disagreement {
  readonly question: string;
  readonly payment: Payment;
  /** What they say differently; the rest is the same. */
  readonly fields: readonly string[];
  readonly oracle: object;
  readonly engine: object;
}

/** One rulebook, for both. */
export interface Subject {
  readonly book: Book;
  readonly timetable: Timetable;
}

export function asked<T>(ask: () => T): T | { error: string } {
  try {
    return ask();
  } catch (error) {
    if (error instanceof QuestionError || error instanceof Unanswerable) return { error: error.code };
    throw error;
  }
}

export function compareWhen(
  { book, timetable }: Subject,
  payment: Payment,
  asOf?: number,
): Disagreement | undefined {
  const question = { book, payment, asOf };
  const options = asOf === undefined ? {} : { asOf };
  const oracle = asked(() => laidOut(when(question)));
  const engine = asked(() => fromEngine(timetable.when(payment, options)));
  // What was told once is told again in another way.
  const again = asked(() => fromEngine(timetable.when(payment, options)));
  const retryAt = "retryAt" in engine && engine.retryAt !== null ? engine.retryAt : 0;
  if (!seesAsFarAs(question, sentAt(payment), retryAt)) return undefined;
  return differ("when", payment, oracle, engine) ?? differ("when, asked again", payment, oracle, again);
}

/** The last instant of both; one millisecond more decides what `inclusive` says, so that is no question of its own. */
export function compareLatest(
  { book, timetable }: Subject,
  payment: Payment,
  by: number,
  bound: "expected" | "latest",
): Disagreement | undefined {
  const oracle = asked(() => latestSend({ book, payment }, by, bound) ?? null);
  const engine = asked(() => {
    const found = timetable.latestSend(payment, { by, bound });
    if (found === undefined) return null;
    const last = Date.parse(found.sendBy) - (found.inclusive ? 0 : 1);
    return { last, from: Date.parse(found.from) };
  });
  return differ(`latestSend ${bound} by ${new Date(by).toISOString()}`, payment, oracle, engine);
}

export function compareSooner({ book, timetable }: Subject, payment: Payment): Disagreement | undefined {
  const oracle = asked(() => {
    when({ book, payment });
    return soonerThan({ book, payment }, sentAt(payment)) ?? null;
  });
  const engine = asked(() => {
    const { sooner } = timetable.when(payment);
    return sooner === undefined
      ? null
      : { sendAt: Date.parse(sooner.sendAt), expected: Date.parse(sooner.expected) };
  });
  return differ("sooner", payment, oracle, engine);
}

export function compareAssess(
  { book, timetable }: Subject,
  payment: Payment,
  known: Known,
): Disagreement | undefined {
  const { now, arrivedAt, code } = known;
  const oracle = asked(() => assess({ book, payment }, known));
  const engine = asked(() => {
    const options = { now, ...(arrivedAt !== undefined && { arrivedAt }), ...(code && { events: [code] }) };
    const { verdict, phase, status, deadline, nextCheckAt } = timetable.assess(payment, options);
    const next = nextCheckAt === undefined ? null : Date.parse(nextCheckAt);
    return { verdict, phase, status, deadline: Date.parse(deadline), nextCheckAt: next };
  });
  return differ(`assess ${JSON.stringify(known)}`, payment, oracle, engine);
}

export function differ(
  question: string,
  payment: Payment,
  oracle: unknown,
  engine: unknown,
): Disagreement | undefined {
  if (JSON.stringify(oracle) === JSON.stringify(engine)) return undefined;
  const [one, other] = [partsOf(oracle), partsOf(engine)];
  const fields = Object.keys({ ...one, ...other }).filter(
    (key) => JSON.stringify(one[key]) !== JSON.stringify(other[key]),
  );
  const only = (parts: Record<string, unknown>): object =>
    Object.fromEntries(fields.map((key) => [key, parts[key]]));
  return { question, payment, fields, oracle: only(one), engine: only(other) };
}

const partsOf = (said: unknown): Record<string, unknown> =>
  typeof said === "object" && said !== null ? { ...said } : { said };

/** Names come in the order in which they acted; of what acts at once the order says nothing. */
function laidOut({ rules, retryAt, timeline, ...answer }: Answer) {
  const { outcome, earliest, expected, latest, certainty, basis } = answer;
  return {
    ...{ outcome, earliest, expected, latest, certainty, basis, rule: rules[0] },
    others: [...new Set(rules)].slice(1).sort(),
    retryAt: retryAt ?? null,
    timeline: toldOf(timeline),
  };
}

function fromEngine({ outcome, certainty, basis, rules, retryAt, timeline, ...arrival }: Arrival) {
  const [earliest, expected, latest] = [arrival.earliest, arrival.expected, arrival.latest].map(Date.parse);
  return {
    ...{ outcome, earliest, expected, latest, certainty, basis, rule: rules[0] },
    others: rules.slice(1).sort(),
    retryAt: retryAt === undefined ? null : Date.parse(retryAt),
    timeline: toldOf(
      timeline.map((wait) => ({ ...wait, from: Date.parse(wait.from), to: Date.parse(wait.to) })),
    ),
  };
}

interface Stay {
  readonly from: number;
  readonly to: number;
  readonly cause: string;
  readonly system?: string | undefined;
  readonly name?: string | undefined;
  readonly calendar?: string | undefined;
  readonly rule?: string | undefined;
}

/** One line for each stretch of time that has one reason, whether it was told in one segment or in several. */
function toldOf(timeline: readonly Stay[]): string[] {
  const about = ({ cause, system, name, calendar, rule }: Stay): string =>
    [cause, system, name, calendar, rule].join(" ");
  return timeline
    .filter((one, n) => n === 0 || about(one) !== about(timeline[n - 1] as Stay))
    .map((one) => `${new Date(one.from).toISOString()} ${about(one)}`)
    .concat(timeline.slice(-1).map(({ to }) => new Date(to).toISOString()));
}
