import type { Clock } from "../time/clock.js";
import { addDays, DAY_MS, type Day, weekdayOf } from "../time/day.js";
import { type Instant, wallAt, type Zone } from "../time/zone.js";
import type { DayKind } from "./facts.js";

/** The initiation instant as the conditions of a channel see it. */

/** Where and by which calendar a channel reads the clock. */
export interface Frame {
  readonly channel: string;
  readonly zone: Zone;
  /** Asked only when a condition needs it, as it throws where the calendar knows nothing of the day. */
  readonly kindOf: (day: Day) => DayKind;
}

export interface Moment {
  readonly frame: Frame;
  readonly date: Day;
  readonly clock: Clock;
  day: DayKind | undefined;
  tomorrow: DayKind | undefined;
}

export function momentAt(frame: Frame, at: Instant): Moment {
  const wall = wallAt(frame.zone, at);
  const date = Math.floor(wall / DAY_MS) as Day;
  return { frame, date, clock: (wall - date * DAY_MS) as Clock, day: undefined, tomorrow: undefined };
}

/** Dates and times are read as numbers, so that their operators need not parse text for every payment. */
const READERS: Readonly<Record<string, (moment: Moment) => string | number>> = {
  channel: (moment) => moment.frame.channel,
  "initiated.date": (moment) => moment.date,
  "initiated.time": (moment) => moment.clock,
  "initiated.weekday": (moment) => weekdayOf(moment.date),
  "initiated.day": (moment) => (moment.day ??= moment.frame.kindOf(moment.date)),
  "initiated.tomorrow": (moment) => (moment.tomorrow ??= moment.frame.kindOf(addDays(moment.date, 1))),
};

/** How a fact that the payment does not state itself is read; undefined for those that it states. */
export const derivedReader = (fact: string): ((moment: Moment) => string | number) | undefined =>
  Object.hasOwn(READERS, fact) ? READERS[fact] : undefined;
