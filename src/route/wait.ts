import { type BusinessDays, kindOf, nameOf } from "../calendar/business-days.js";
import type { Cause } from "../model/answers.js";
import { type Instant, localDay, nextDayBoundary, type Zone } from "../time/zone.js";

/** A span of time that money spends in a step, with its one cause. */
export interface Wait {
  readonly from: Instant;
  readonly to: Instant;
  readonly cause: Cause;
  readonly system?: string | undefined;
  /** The holiday, window or hold by name. */
  readonly name?: string | undefined;
  readonly calendar?: string | undefined;
  /** The hold or window that causes it, if it is not the rule of the route. */
  readonly rule?: string | undefined;
}

export type Report = (wait: Wait) => void;

/** The fields that all waits of a step share. */
export type WaitSource = Pick<Wait, "system" | "name" | "rule">;

/** Always the same object shape, which keeps scans of many waits fast. */
export const newWait = (
  from: Instant,
  to: Instant,
  cause: Cause,
  { system, name, rule }: WaitSource,
  holiday?: string,
  calendar?: string,
): Wait => ({ from, to, system, cause, name: holiday ?? name, calendar, rule });

/** A calendar, and the zone in which its days begin and end. */
export interface ZonedCalendar {
  readonly calendar: BusinessDays;
  readonly zone: Zone;
}

/** Reports [from, to) day by day: closed days by their own cause, the rest as `otherwise`. */
export function reportByDay(
  report: Report,
  { from, to }: Pick<Wait, "from" | "to">,
  { calendar, zone }: ZonedCalendar,
  otherwise: Cause,
  source: WaitSource,
): void {
  let begin = from;
  let cause: Cause = otherwise;
  let holiday: string | undefined;
  const reportUntil = (until: Instant): void => {
    const named = cause === otherwise ? undefined : calendar.id;
    if (until > begin) report(newWait(begin, until, cause, source, holiday, named));
    begin = until;
  };
  for (let start = from; start < to; start = nextDayBoundary(zone, start)) {
    const day = localDay(zone, start);
    const kind = kindOf(calendar, day);
    const found = kind === "weekend" || kind === "holiday" ? kind : otherwise;
    // Only a holiday has a name.
    const name = nameOf(calendar, day);
    if (cause === found && holiday === name) continue;
    reportUntil(start);
    cause = found;
    holiday = name;
  }
  reportUntil(to);
}
