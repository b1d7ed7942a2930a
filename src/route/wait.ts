import { type BusinessDays, kindOf, nameOf } from "../calendar/business-days.js";
import type { Cause } from "../model/answers.js";
import { dayMayEnd, type Instant, localDay, type Zone } from "../time/zone.js";

/** One stretch of time that money spends in a step, with the one cause of it. */
export interface Wait {
  readonly from: Instant;
  readonly to: Instant;
  readonly cause: Cause;
  readonly system?: string;
  /** The holiday, window or hold by name. */
  readonly name?: string;
  readonly calendar?: string;
  /** The hold or window that caused it, where that is not the rule of the route. */
  readonly rule?: string;
}

export type Report = (wait: Wait) => void;

/** What all the waits of one step have in common. */
export type About = Pick<Wait, "system" | "name" | "rule">;

/** The days of a wait that a calendar tells apart. */
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
  let open: Wait | undefined;
  for (let start = from; start < to; ) {
    const day = localDay(zone, start);
    const end = lesser(dayMayEnd(zone, start), to);
    const wait = { ...about, ...causeOf(calendar, day, otherwise), from: start, to: end };
    if (open !== undefined && open.cause === wait.cause && open.name === wait.name) {
      open = { ...open, to: wait.to };
    } else {
      if (open !== undefined) report(open);
      open = wait;
    }
    start = wait.to;
  }
  if (open !== undefined) report(open);
}

function causeOf(
  calendar: BusinessDays,
  day: ReturnType<typeof localDay>,
  otherwise: Cause,
): Omit<Wait, "from" | "to"> {
  const kind = kindOf(calendar, day);
  if (kind === "weekend") return { cause: "weekend", calendar: calendar.id };
  if (kind !== "holiday") return { cause: otherwise };
  // A closed day without a name is a weekend.
  return { cause: "holiday", calendar: calendar.id, name: nameOf(calendar, day) as string };
}

const lesser = (one: Instant, other: Instant): Instant => (one < other ? one : other);
