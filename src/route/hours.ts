import { type BusinessDays, isOpen, nextOrSame } from "../calendar/business-days.js";
import type { Calendars } from "../calendar/compile.js";
import { outsideCoverage } from "../errors.js";
import type { Bound } from "../model/bound.js";
import type { Hours } from "../model/rulebook.js";
import { type Clock, parseClock } from "../time/clock.js";
import { addDays, DAY_MS, type Day, FIRST_DAY, formatDay, LAST_DAY, parseDay } from "../time/day.js";
import { type Instant, instantOf, localDay, type Zone } from "../time/zone.js";
import { MARK } from "./move.js";

/** The hours of one system: one session for each business date. */
export interface OpenHours {
  readonly system: string;
  readonly zone: Zone;
  readonly eras: readonly Era[];
  /** How many days after its business date a session may still be open. */
  readonly trailingDays: number;
}

/** Hours that apply for a range of business dates. */
interface Era {
  /** [from, until). */
  readonly from: Day;
  readonly until: Day;
  readonly calendar: BusinessDays;
  readonly opens: Clock;
  readonly opensAfterClosedDay: Clock;
  readonly closes: Clock;
  readonly marks: number;
}

/** The open interval of one business date. */
export interface Session {
  readonly date: Day;
  readonly calendar: BusinessDays;
  readonly opens: Instant;
  readonly closes: Instant;
  readonly marks: number;
}

export function compileHours(
  system: string,
  hours: readonly Hours[],
  zone: Zone,
  calendars: Calendars,
  bound: Bound,
): OpenHours {
  const eras = hours.map((era) => compileEra(era, calendars, bound)).sort((a, b) => a.from - b.from);
  const trailingDays = Math.max(0, ...eras.map((era) => Math.ceil(era.closes / DAY_MS) - 1));
  return { system, zone, eras, trailingDays };
}

/** The session that is open at an instant, or the next one to open. */
export function sessionAt(hours: OpenHours, at: Instant): Session {
  let date = addDays(localDay(hours.zone, at), -hours.trailingDays);
  for (;;) {
    const session = sessionFrom(hours, date);
    if (session.closes > at) return session;
    date = addDays(session.date, 1);
  }
}

function sessionFrom(hours: OpenHours, date: Day): Session {
  for (const era of hours.eras) {
    if (date >= era.until) continue;
    if (date < era.from) throw outsideCoverage.noHours(hours.system, formatDay(date), formatDay(era.from));
    const businessDate = nextOrSame(era.calendar, date);
    if (businessDate < era.until) return sessionOf(hours.zone, era, businessDate);
    date = era.until;
  }
  throw outsideCoverage.noHours(hours.system, formatDay(date), undefined);
}

function sessionOf(zone: Zone, era: Era, date: Day): Session {
  const afterClosedDay = era.opensAfterClosedDay !== era.opens && !isOpen(era.calendar, addDays(date, -1));
  return {
    date,
    calendar: era.calendar,
    opens: instantOf(zone, date, afterClosedDay ? era.opensAfterClosedDay : era.opens),
    closes: instantOf(zone, date, era.closes),
    marks: era.marks,
  };
}

function compileEra(era: Hours, calendars: Calendars, bound: Bound): Era {
  const { from, until } = era.effective ?? {};
  const opens = parseClock(era.opens) as Clock;
  return {
    from: from === undefined ? FIRST_DAY : (parseDay(from) as Day),
    until: until === undefined ? LAST_DAY : (parseDay(until) as Day),
    calendar: calendars.get(era.calendar, bound),
    opens,
    opensAfterClosedDay: era.opensAfterClosedDay ? (parseClock(era.opensAfterClosedDay) as Clock) : opens,
    closes: parseClock(era.closes) as Clock,
    marks: era.basis === "published" ? 0 : MARK.assumed,
  };
}
