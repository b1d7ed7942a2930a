import type { FactValue, Payment } from "../../src/model/payment.js";
import type { ChannelFile, ChannelRule, Condition, Leaf } from "../../src/model/rulebook.js";
import type { Book } from "./book.js";
import { type CalendarQuery, isOpenDay, stateOf } from "./calendar.js";
import { dateOf, localDate, localDay, localTime, weekdayOf } from "./local-time.js";
import { Unanswerable } from "./unanswerable.js";

/** Decides a payment at one instant by interpreting conditions. */

export type Facts = (name: string) => FactValue | undefined;

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** The facts of a payment that is sent at an instant. */
export function factsOf(calendarQuery: CalendarQuery, payment: Payment, at: number): Facts {
  const { book } = calendarQuery;
  const { zone, calendar } = book.channels[payment.channel] as ChannelFile;
  return (name) => {
    if (name === "channel") return payment.channel;
    if (name === "amount") return Number(payment.amount);
    if (name === "initiated.date") return localDate(zone, at);
    if (name === "initiated.time") return localTime(zone, at);
    if (name === "initiated.weekday") return WEEKDAYS[weekdayOf(localDay(zone, at))];
    if (name === "initiated.day") return kindOf(calendarQuery, calendar ?? [], localDay(zone, at));
    if (name === "initiated.tomorrow") return kindOf(calendarQuery, calendar ?? [], localDay(zone, at) + 1);
    const value = name
      .split(".")
      .reduce<unknown>((inside, key) => (inside as Record<string, unknown> | undefined)?.[key], payment);
    return (value ?? book.facts[name]?.default) as FactValue | undefined;
  };
}

/** A day is open if all calendars are open. It is a holiday or a makeup workday if any calendar has it as one. */
function kindOf(calendarQuery: CalendarQuery, calendars: string | string[], day: number): string {
  const states = [calendars].flat().map((id) => stateOf(calendarQuery, id, day));
  const closed = states.filter((state) => !isOpenDay(state)).map(({ kind }) => kind);
  if (closed.length > 0) return closed.includes("holiday") ? "holiday" : "weekend";
  return states.some(({ kind }) => kind === "makeup") ? "makeup" : "business";
}

export function holds(book: Book, condition: Condition | undefined, facts: Facts): boolean {
  if (condition === undefined) return true;
  if ("all" in condition) return condition.all.every((one) => holds(book, one, facts));
  if ("any" in condition) return condition.any.some((one) => holds(book, one, facts));
  if ("not" in condition) return !holds(book, condition.not, facts);
  if ("condition" in condition) return holds(book, book.conditions[condition.condition], facts);
  return compare(condition, facts);
}

function compare({ fact, operator, value }: Leaf, facts: Facts): boolean {
  const other = typeof value === "object" && value !== null && "fact" in value;
  return apply(operator, facts(fact), other ? facts(value.fact as string) : value);
}

const isNumber = (value: unknown): boolean => !Number.isNaN(Number.parseFloat(String(value)));

function apply(operator: string, fact: unknown, value: unknown): boolean {
  if (operator.startsWith("not:")) return !apply(operator.slice(4), fact, value);
  const [text, against] = [fact as string, value as string];
  const list = value as unknown[];
  switch (operator) {
    case "equal":
      return fact === value;
    case "notEqual":
      return fact !== value;
    case "in":
      return list.includes(fact);
    case "notIn":
      return !list.includes(fact);
    case "lessThan":
      return isNumber(fact) && Number(fact) < Number(value);
    case "lessThanInclusive":
      return isNumber(fact) && Number(fact) <= Number(value);
    case "greaterThan":
      return isNumber(fact) && Number(fact) > Number(value);
    case "greaterThanInclusive":
      return isNumber(fact) && Number(fact) >= Number(value);
    case "within":
      return text >= (list[0] as string) && text < (list[1] as string);
    case "before":
      return text < against;
    case "atOrAfter":
    case "onOrAfter":
      return text >= against;
    default:
      throw new Error(`the oracle does not know the operator ${operator}`);
  }
}

export const inPeriod = (period: { from?: string; until?: string } | undefined, date: string): boolean =>
  (period?.from === undefined || date >= period.from) && (period?.until === undefined || date < period.until);

/** The deciding rule. With `returning`, only return routes are candidates. */
export function decide(
  calendarQuery: CalendarQuery,
  payment: Payment,
  at: number,
  returning = false,
): ChannelRule {
  const { zone, rules } = calendarQuery.book.channels[payment.channel] as ChannelFile;
  const facts = factsOf(calendarQuery, payment, at);
  const date = dateOf(localDay(zone, at));
  const applies = ({ conditions }: ChannelRule): boolean => holds(calendarQuery.book, conditions, facts);
  const priorityOf = ({ priority = 1 }: ChannelRule): number => priority;
  const open = rules.filter((rule) => isReturn(rule) === returning && inPeriod(rule.effective, date));
  // Rules below the deciding one are not evaluated: they may need days outside the calendar's coverage.
  for (const priority of [...new Set(open.map(priorityOf))].sort((one, other) => other - one)) {
    const [first, second] = open.filter((rule) => priorityOf(rule) === priority && applies(rule));
    if (second !== undefined) throw new Unanswerable("ambiguous-rules");
    if (first !== undefined) return first;
  }
  throw new Unanswerable("no-rule");
}

const isReturn = ({ event }: ChannelRule): boolean =>
  event.type === "route" && event.params.outcome === "returned";
