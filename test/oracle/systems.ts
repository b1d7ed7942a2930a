import type { Hours, SystemDefinition, WindowRule } from "../../src/model/rulebook.js";
import { type CalendarQuery, isOpenDay, stateOf } from "./calendar.js";
import { type Facts, holds, inPeriod } from "./decide.js";
import { DAY, dateOf, dayOf, instantOf, lengthOf, localDate, localDay, weekdayOf } from "./local-time.js";

/** Whether a system is open at an instant, by its hours and the windows that close it. */

export type Closing =
  | {
      readonly type: "hours";
      readonly calendar: Hours["calendar"];
      readonly zone: string;
      readonly unknown: false;
    }
  /** A window. `unknown` if its end is unknown. */
  | { readonly type: "maintenance" | "incident"; readonly name: string; readonly unknown: boolean };

export interface RouteContext extends CalendarQuery {
  /** The zone of the channel, for systems without one. */
  readonly zone: string;
  /** The facts of the payment at its initiation, for windows with conditions. */
  readonly facts: Facts;
  /** Collected while the route is computed. */
  readonly findings: Findings;
  /** A cache of the windows that apply to this payment, by system. */
  readonly windows: Map<string, readonly WindowRule[]>;
}

export interface Findings {
  projected: boolean;
  openIncident: boolean;
  /** Whether hours or windows that are not published were used. */
  assumed: boolean;
}

/** The system that a step runs on. `payee.bank` stands for the payment's bank, if that is a declared system. */
export function systemOf({ book, facts }: RouteContext, name: string): string {
  const { fact } = book.systems[name] ?? {};
  const named = fact === undefined ? undefined : facts(fact);
  return named !== undefined && String(named) in book.systems ? String(named) : name;
}

/**
 * Why the system is closed at an instant; undefined if it is open. A reason persists: waiting for the end of the window
 * in `before` continues until that end, and other windows are no reason outside the hours.
 */
export function closingAt(
  context: RouteContext,
  system: string | undefined,
  at: number,
  before?: Closing,
): Closing | undefined {
  if (system === undefined) return undefined;
  const during = windowsOf(context, system).filter((one) => isDuring(context, one, at));
  const continued = during.find(({ name }) => before?.type !== "hours" && before?.name === name);
  const { hours = [], zone = context.zone } = context.book.systems[system] as SystemDefinition;
  const entry = hours.find((one) => isWithin(context, one, zone, at));
  if (continued === undefined && hours.length > 0 && entry === undefined)
    return outsideHours(hours, zone, at);
  if (entry !== undefined && entry.basis !== "published") context.findings.assumed = true;
  const [window] = continued === undefined ? during : [continued];
  if (window === undefined) return undefined;
  if (window.basis !== "published") context.findings.assumed = true;
  const { type, params } = window.event;
  return { type, name: window.name, unknown: params.interval?.reviewAt !== undefined };
}

/** Closed outside the hours. Uses the calendar of the hours that are effective. */
function outsideHours(hours: readonly Hours[], zone: string, at: number): Closing {
  const date = localDate(zone, at);
  const { calendar } = hours.find(({ effective }) => inPeriod(effective, date)) ?? (hours[0] as Hours);
  return { type: "hours", calendar, zone, unknown: false };
}

/** Whether an instant lies in the hours of a business date near it; hours may extend into neighbouring days. */
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

/** The hours of a business date. `late` is the opening after a closed day. */
interface Session {
  readonly opens: number;
  readonly late: number;
  readonly closes: number;
}

const sessionCache = new WeakMap<Hours, Map<number, Session>>();

/** Cached because it is needed minute by minute. An entry belongs to one system and therefore to one zone. */
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

/** A day is open if all calendars are open. */
export function isOpenOn(context: RouteContext, calendars: string | readonly string[], day: number): boolean {
  const states = [calendars].flat().map((id) => stateOf(context, id as string, day));
  if (states.some(({ projected }) => projected)) context.findings.projected = true;
  return states.every(isOpenDay);
}

/** The windows that can close a system for this payment at this bound. `degraded` closes it at the latest bound only. */
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

/** A publication date counts from its first instant in the zone of the window. */
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

/** Whether the day is the n-th of its weekday in the month; -1 for the last. */
function nthInMonth(day: number, nth: number): boolean {
  const monthOf = (one: number): number => new Date(one * DAY).getUTCMonth();
  if (nth === -1) return monthOf(day + 7) !== monthOf(day);
  let count = 0;
  for (let one = day; monthOf(one) === monthOf(day); one -= 7) count += 1;
  return count === nth;
}
