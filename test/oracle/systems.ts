import type { Hours, SystemDefinition, WindowRule } from "../../src/model/rulebook.js";
import { type CalendarQuery, isOpenDay, stateOf } from "./calendar.js";
import { type Facts, holds, inPeriod } from "./decide.js";
import { DAY, dateOf, dayOf, instantOf, lengthOf, localDate, localDay, weekdayOf } from "./local-time.js";

/** Whether a system is open at an instant: its hours by business date, and no window that closes it. */

export type Closing =
  | {
      readonly type: "hours";
      readonly calendar: Hours["calendar"];
      readonly zone: string;
      readonly unknown: false;
    }
  /** A window, by name; `unknown` where nobody knows its end. */
  | { readonly type: "maintenance" | "incident"; readonly name: string; readonly unknown: boolean };

export interface RouteContext extends CalendarQuery {
  /** The zone of the channel, for systems that have none. */
  readonly zone: string;
  /** The facts of the payment at its initiation, for windows that are for some payments only. */
  readonly facts: Facts;
  /** What the answer learns on the way. */
  readonly findings: Findings;
  /** The windows that were looked up for this payment, by system. */
  readonly windows: Map<string, readonly WindowRule[]>;
}

export interface Findings {
  projected: boolean;
  openIncident: boolean;
  /** Whether hours or windows that nobody has published were looked at. */
  assumed: boolean;
}

/** The system that a step really runs on: `payee.bank` stands for the bank that the payment names, where it is listed. */
export function systemOf({ book, facts }: RouteContext, name: string): string {
  const { fact } = book.systems[name] ?? {};
  const named = fact === undefined ? undefined : facts(fact);
  return named !== undefined && String(named) in book.systems ? String(named) : name;
}

/**
 * Why the system is closed at an instant; undefined where it is open. Whoever waits for an opening waits for it until it
 * comes, and whoever waits for the end of a window until that: a window is no reason while the hours are.
 */
export function closingAt(
  context: RouteContext,
  system: string | undefined,
  at: number,
  before?: Closing,
): Closing | undefined {
  if (system === undefined) return undefined;
  const during = windowsOf(context, system).filter((one) => isDuring(context, one, at));
  const same = during.find(({ name }) => before?.type !== "hours" && before?.name === name);
  const { hours = [], zone = context.zone } = context.book.systems[system] as SystemDefinition;
  const entry = hours.find((one) => isWithin(context, one, zone, at));
  if (same === undefined && hours.length > 0 && entry === undefined) return outsideHours(hours, zone, at);
  if (entry !== undefined && entry.basis !== "published") context.findings.assumed = true;
  const [window] = same === undefined ? during : [same];
  if (window === undefined) return undefined;
  if (window.basis !== "published") context.findings.assumed = true;
  const { type, params } = window.event;
  return { type, name: window.name, unknown: params.interval?.reviewAt !== undefined };
}

/** Outside its hours; which days are closed is told by the calendar of those that are in force. */
function outsideHours(hours: readonly Hours[], zone: string, at: number): Closing {
  const date = localDate(zone, at);
  const { calendar } = hours.find(({ effective }) => inPeriod(effective, date)) ?? (hours[0] as Hours);
  return { type: "hours", calendar, zone, unknown: false };
}

/** Whether the business date before, of, or after an instant has hours in which it lies. */
function isWithin(context: RouteContext, entry: Hours, zone: string, at: number): boolean {
  const current = localDay(zone, at);
  return [-2, -1, 0, 1, 2].some((n) => isWithinDay(context, entry, zone, current + n, at));
}

function isWithinDay(context: RouteContext, entry: Hours, zone: string, day: number, at: number): boolean {
  const { opens, late, closes } = sessionOf(entry, zone, day);
  if (at < Math.min(opens, late) || at >= closes || !inPeriod(entry.effective, dateOf(day))) return false;
  if (!isOpenOn(context, entry.calendar, day)) return false;
  return opens === late || at >= (isOpenOn(context, entry.calendar, day - 1) ? opens : late);
}

/** The hours of a business date: `late` is when they begin after a closed day. */
interface Session {
  readonly opens: number;
  readonly late: number;
  readonly closes: number;
}

const sessionCache = new WeakMap<Hours, Map<number, Session>>();

/** Asked for minute after minute, so that it is kept; an entry belongs to one system, and so to one zone. */
function sessionOf(entry: Hours, zone: string, day: number): Session {
  const ofEntry = sessionCache.get(entry) ?? new Map<number, Session>();
  if (ofEntry.size === 0) sessionCache.set(entry, ofEntry);
  const session = ofEntry.get(day) ?? {
    opens: instantOf(zone, day, entry.opens),
    late: instantOf(zone, day, entry.opensAfterClosedDay ?? entry.opens),
    closes: instantOf(zone, day, entry.closes),
  };
  ofEntry.set(day, session);
  return session;
}

/** A day counts as open when all of the calendars are open. */
export function isOpenOn(context: RouteContext, calendars: string | readonly string[], day: number): boolean {
  const states = [calendars].flat().map((id) => stateOf(context, id as string, day));
  if (states.some(({ projected }) => projected)) context.findings.projected = true;
  return states.every(isOpenDay);
}

/** The windows that can close a system to this payment at this bound; `degraded` is closed for the latest alone. */
export function windowsOf(context: RouteContext, system: string): readonly WindowRule[] {
  const known = context.windows.get(system);
  if (known !== undefined) return known;
  const found = context.book.windows.filter((window) => {
    const { systems, effect, zone = context.zone } = window.event.params;
    if (!systems.includes(system) || (effect === "degraded" && context.bound !== "latest")) return false;
    return isKnown(window, zone, context.asOf) && holds(context.book, window.conditions, context.facts);
  });
  context.windows.set(system, found);
  return found;
}

function isDuring(context: RouteContext, { event }: WindowRule, at: number): boolean {
  const { interval, dates, recurs, zone = context.zone } = event.params;
  if (interval !== undefined) {
    const recovery = context.bound === "earliest" ? 0 : lengthOf(interval.recovery ?? "PT0S");
    const end = interval.until ?? interval.reviewAt;
    return at >= Date.parse(interval.from) && (end === undefined || at < Date.parse(end) + recovery);
  }
  const during = ({ from, until }: { from: string; until: string }, day: number): boolean =>
    at >= instantOf(zone, day, from) && at < instantOf(zone, day, until);
  if (dates !== undefined) return dates.on.some((date) => during(dates, dayOf(date)));
  const current = localDay(zone, at);
  return (
    recurs !== undefined &&
    [-2, -1, 0, 1, 2].some((n) => recursOn(recurs, current + n) && during(recurs, current + n))
  );
}

/** A date of publication counts from its first instant in the zone of the window. */
export function isKnown({ published }: WindowRule, zone: string, asOf: number | undefined): boolean {
  if (published === undefined || asOf === undefined) return true;
  const since = published.length === 10 ? instantOf(zone, dayOf(published), "00:00") : Date.parse(published);
  return since <= asOf;
}

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

type Recurs = NonNullable<WindowRule["event"]["params"]["recurs"]>;

function recursOn({ every, weekday, nth, month, day: dayOfMonth, effective }: Recurs, day: number): boolean {
  if (!inPeriod(effective, dateOf(day))) return false;
  const date = new Date(day * DAY);
  if (every === "year" && date.getUTCMonth() + 1 !== month) return false;
  if (dayOfMonth !== undefined && date.getUTCDate() !== dayOfMonth) return false;
  if (weekday !== undefined && WEEKDAYS[weekdayOf(day)] !== weekday) return false;
  return nth === undefined || nthInMonth(day, nth);
}

/** Whether the day is the n-th of its weekday in its month, or the last one for -1. */
function nthInMonth(day: number, nth: number): boolean {
  const monthOf = (one: number): number => new Date(one * DAY).getUTCMonth();
  if (nth === -1) return monthOf(day + 7) !== monthOf(day);
  let count = 0;
  for (let one = day; monthOf(one) === monthOf(day); one -= 7) count += 1;
  return count === nth;
}
