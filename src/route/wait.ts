import { type BusinessDays, kindOf, nameOf } from "../calendar/business-days.js";
import type { Cause } from "../model/answers.js";
import { dayMayEnd, type Instant, localDay, type Zone } from "../time/zone.js";

/** A span of time that money spends in a step, with its one cause. */
export interface Wait {
  readonly from: Instant;
  readonly to: Instant;
  readonly cause: Cause;
  readonly system?: string | undefined;
  /** The holiday, window or hold by name. */
  readonly name?: string | undefined;
  readonly calendar?: string | undefined;
  /** The hold or window that caused it, where that is not the rule of the route. */
  readonly rule?: string | undefined;
}

export type Report = (wait: Wait) => void;

/** What all waits of a step have in common. */
export type About = Pick<Wait, "system" | "name" | "rule">;

/** Always the same object shape, because thousands are scanned in turn. */
export const waited = (
  from: Instant,
  to: Instant,
  cause: Cause,
  { system, name, rule }: About,
  holiday?: string,
  calendar?: string,
): Wait => ({ from, to, system, cause, name: holiday ?? name, calendar, rule });

/** The days of a wait, by calendar. */
export interface Days {
  readonly calendar: BusinessDays;
  readonly zone: Zone;
}

/** Reports [from, to) day by day: closed days by their own cause, the rest as `otherwise`. */
export function reportByDay(
  report: Report,
  { from, to }: Pick<Wait, "from" | "to">,
  { calendar, zone }: Days,
  otherwise: Cause,
  about: About,
): void {
  let begun = from;
  let cause: Cause = otherwise;
  let holiday: string | undefined;
  const tell = (until: Instant): void => {
    const named = cause === otherwise ? undefined : calendar.id;
    if (until > begun) report(waited(begun, until, cause, about, holiday, named));
    begun = until;
  };
  for (let start = from; start < to; start = dayMayEnd(zone, start)) {
    const day = localDay(zone, start);
    const kind = kindOf(calendar, day);
    const found = kind === "weekend" || kind === "holiday" ? kind : otherwise;
    // Only a holiday has a name.
    const name = nameOf(calendar, day);
    if (cause === found && holiday === name) continue;
    tell(start);
    cause = found;
    holiday = name;
  }
  tell(to);
}
