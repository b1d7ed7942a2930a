import type { WindowRule } from "../model/rulebook.js";
import { type Clock, parseClock } from "../time/clock.js";
import { addDays, type Day, dayOfMonth, monthOf, parseDay, WEEKDAYS, weekdayIndex } from "../time/day.js";

type RecurrenceRule = NonNullable<WindowRule["event"]["params"]["recurs"]>;

/** Recurring days, and the hours on them. */
export interface Recurrence {
  readonly from: Clock;
  readonly until: Clock;
  readonly firstDay: Day | undefined;
  readonly endDay: Day | undefined;
  /** Tests that a day must pass; one for each key of the rule. */
  readonly tests: readonly ((day: Day) => boolean)[];
}

export function compileRecurrence(rule: RecurrenceRule): Recurrence {
  const { effective, weekday, nth, day, month } = rule;
  const tests: ((day: Day) => boolean)[] = [];
  if (weekday !== undefined) tests.push((one) => weekdayIndex(one) === WEEKDAYS.indexOf(weekday));
  if (nth !== undefined) tests.push((one) => isNth(one, nth));
  if (day !== undefined) tests.push((one) => dayOfMonth(one) === day);
  if (month !== undefined) tests.push((one) => monthOf(one) === month);
  return {
    from: parseClock(rule.from) as Clock,
    until: parseClock(rule.until) as Clock,
    firstDay: effective?.from === undefined ? undefined : parseDay(effective.from),
    endDay: effective?.until === undefined ? undefined : parseDay(effective.until),
    tests,
  };
}

export function matches(recurrence: Recurrence, day: Day): boolean {
  if (recurrence.firstDay !== undefined && day < recurrence.firstDay) return false;
  if (recurrence.endDay !== undefined && day >= recurrence.endDay) return false;
  return recurrence.tests.every((test) => test(day));
}

/** Whether a day is the n-th of its weekday in its month; -1 is the last. */
function isNth(day: Day, nth: number): boolean {
  if (nth === -1) return monthOf(addDays(day, 7)) !== monthOf(day);
  return Math.ceil(dayOfMonth(day) / 7) === nth;
}
