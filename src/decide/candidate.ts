import type { Facts } from "../model/payment.js";
import type { Condition } from "../model/rulebook.js";
import type { Period } from "../model/schema/common.js";
import { type Day, parseDay } from "../time/day.js";
import { type CompileConditions, NEVER } from "./conditions.js";
import type { Test } from "./leaf.js";
import type { Moment } from "./moment.js";

/** Candidates are rules, windows and holds that may apply to a payment. */

export interface Candidate<R> {
  readonly rule: R;
  readonly test: Test;
  /** Applies on initiation dates in [from, until). */
  readonly from: number;
  readonly until: number;
}

export interface Conditional {
  readonly conditions?: Condition;
  readonly effective?: Period;
}

export const priorityOf = (rule: { readonly priority?: number }): number => rule.priority ?? 1;

/** Compiles rules and omits those that can never apply on this channel. Dates are valid in a loaded rulebook. */
export const candidatesOf = <R extends Conditional>(
  rules: readonly R[],
  compile: CompileConditions,
): Candidate<R>[] =>
  rules
    .map((rule) => ({
      rule,
      test: compile(rule.conditions),
      from: dateOr(rule.effective?.from, -Infinity),
      until: dateOr(rule.effective?.until, Infinity),
    }))
    .filter(({ test }) => test !== NEVER);

const dateOr = (text: string | undefined, otherwise: number): number =>
  text === undefined ? otherwise : (parseDay(text) as Day);

export const applies = <R>(candidate: Candidate<R>, facts: Facts, moment: Moment): boolean =>
  moment.date >= candidate.from && moment.date < candidate.until && candidate.test(facts, moment);
