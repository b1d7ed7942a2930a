import type { DelayCause, Phase, Status } from "../../src/model/assessment.js";
import type { FactValue } from "../../src/model/payment.js";
import type { VerdictRule } from "../../src/model/rulebook.js";
import { type Answer, type Query, returnPath, sentAt, when } from "./answer.js";
import { factsOf, holds } from "./decide.js";
import { DAY, MINUTE } from "./local-time.js";
import { Unanswerable } from "./unanswerable.js";

/**
 * What is known of a payment: nothing, its arrival, or one code that reports a cause, a return or the end. The oracle does
 * not support milestones and holds in flight.
 */
export interface Knowledge {
  readonly now: number;
  readonly arrivedAt?: number;
  readonly code?: { readonly at: number; readonly code: string };
}

export interface Judgement {
  readonly verdict: "normal" | "anomalous";
  readonly phase: Phase;
  readonly status: Status;
  readonly deadline: number;
  readonly nextCheckAt: number | null;
}

/** Everything that does not depend on `now`. */
interface Situation {
  readonly query: Query;
  readonly status: Status;
  readonly cause: DelayCause;
  readonly expected: number;
  readonly deadline: number;
  readonly doneAt: number | undefined;
  readonly certainty: Answer["certainty"];
}

export function assess({ book, payment }: Query, known: Knowledge): Judgement {
  const { now } = known;
  const baseline = when({ book, payment, asOf: sentAt(payment) });
  const current = when({ book, payment, asOf: now });
  const situation = situationOf({ book, payment, asOf: now }, baseline, current, known);
  const verdict = verdictAt(situation, now);
  const { status, deadline } = situation;
  return {
    verdict,
    phase: phaseAt(situation, now),
    status,
    deadline,
    nextCheckAt: nextVerdictChange(situation, now),
  };
}

function situationOf(
  query: Query,
  baseline: Answer,
  current: Answer,
  { arrivedAt, code }: Knowledge,
): Situation {
  const deadline = Math.max(baseline.latest, current.latest);
  const refused = current.outcome === "refused";
  const initial: Situation = {
    ...{ query, deadline, expected: current.expected, certainty: current.certainty, doneAt: undefined },
    status: refused ? "refused" : "none",
    cause: refused ? "none" : causeOfAccountDetails(query),
  };
  /** Later knowledge moves the deadline at most to the actual arrival. */
  const credited = (doneAt: number): Situation => ({
    ...{ ...initial, status: "credited", cause: "none", doneAt },
    deadline: Math.max(baseline.latest, Math.min(doneAt, current.latest)),
  });
  if (arrivedAt !== undefined) return credited(arrivedAt);
  if (code === undefined) return initial;
  const reason = query.book.reasons[code.code];
  if (reason === undefined) return { ...initial, cause: "unknown" };
  const { effect, cause = effect === "continue" ? initial.cause : "unknown" } = reason;
  if (effect === "arrived") return credited(code.at);
  if (effect === "end") return { ...initial, status: "ended", cause, doneAt: code.at };
  if (effect !== "return") return { ...initial, cause };
  const back = returnPath(query, code.at);
  return { ...initial, status: "returning", cause, ...(back ?? {}) };
}

/** Wrong details: the caller's statement about the account, or a personal card number with a wrong check digit. */
function causeOfAccountDetails({ payment }: Query): DelayCause {
  const { account, kind } = (payment.payee ?? {}) as Record<string, FactValue>;
  if (["name-mismatch", "not-found", "closed"].includes(String(account))) return "wrong-details";
  if (kind === "business" || !/^\d{16,19}$/.test(String(account))) return "none";
  const digits = [...String(account)].reverse().map(Number);
  const doubled = digits.map((digit, n) => (n % 2 === 0 ? digit : digit * 2));
  const sum = doubled.reduce((total, digit) => total + (digit > 9 ? digit - 9 : digit), 0);
  return sum % 10 === 0 ? "none" : "wrong-details";
}

function phaseAt({ doneAt, deadline, expected }: Situation, now: number): Phase {
  if (doneAt !== undefined) return doneAt > deadline ? "arrived-late" : "arrived";
  if (now > deadline) return "overdue";
  return now > expected ? "before-latest" : "before-expected";
}

function verdictAt(situation: Situation, now: number): "normal" | "anomalous" {
  const { query, status, cause, certainty, deadline, doneAt } = situation;
  const findings: Record<string, FactValue> = {
    "assessment.phase": phaseAt(situation, now),
    "assessment.overdueMinutes": Math.floor(Math.max(0, (doneAt ?? now) - deadline) / MINUTE),
    "assessment.cause": cause,
    "assessment.status": status,
    "assessment.certainty": certainty,
  };
  const { book, payment } = query;
  const facts = factsOf({ book, bound: "expected", asOf: undefined }, payment, sentAt(payment));
  const matching = book.verdicts.filter(({ conditions }) =>
    holds(book, conditions, (name) => findings[name] ?? facts(name)),
  );
  const highest = Math.max(...matching.map(({ priority }) => priority));
  const [rule, other] = matching.filter(({ priority }) => priority === highest);
  if (other !== undefined) throw new Unanswerable("ambiguous-rules");
  if (rule === undefined) throw new Unanswerable("no-rule");
  return (rule as VerdictRule).event.params.verdict;
}

/** How long after the deadline a verdict may still change. */
const PATIENCE = 4 * DAY;

/**
 * The first millisecond at which the verdict changes. Searches minute by minute for a day from now and around the deadline,
 * and hour by hour in between, which may be years.
 */
function nextVerdictChange(situation: Situation, now: number): number | null {
  const { deadline, doneAt } = situation;
  if (doneAt !== undefined) return null;
  const verdict = verdictAt(situation, now);
  const changes = (at: number): boolean => verdictAt(situation, at) !== verdict;
  const last = Math.max(now, deadline + PATIENCE);
  for (let before = now; before <= last; ) {
    const closely = before < now + DAY || Math.abs(before - deadline) < DAY / 2;
    const step = closely ? MINUTE : 60 * MINUTE;
    const at = (Math.floor(before / step) + 1) * step;
    if (changes(at)) return firstChange(changes, before, at);
    before = at;
  }
  return null;
}

/** Binary search between two instants with different verdicts. */
function firstChange(changes: (at: number) => boolean, before: number, after: number): number {
  if (after - before <= 1) return after;
  const middle = Math.floor((before + after) / 2);
  return changes(middle) ? firstChange(changes, before, middle) : firstChange(changes, middle, after);
}
