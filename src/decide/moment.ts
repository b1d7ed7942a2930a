import type { Clock } from "../time/clock.js";
import { addDays, DAY_MS, type Day, weekdayOf } from "../time/day.js";
import { type Instant, wallAt, type Zone } from "../time/zone.js";
import type { DayKind } from "./facts.js";

/** What the conditions of a channel need besides a payment's facts. */
export interface ChannelContext {
  readonly channel: string;
  readonly zone: Zone;
  /**
   * Called only if a condition needs the kind of a day.
   *
   * @throws QuestionError outside-coverage
   */
  readonly kindOf: (day: Day) => DayKind;
}

/** The initiation instant as the conditions of a channel see it. */
export interface Moment {
  readonly context: ChannelContext;
  readonly date: Day;
  readonly clock: Clock;
  /** Computed on first use, like `tomorrow`. */
  day: DayKind | undefined;
  tomorrow: DayKind | undefined;
}

export function momentAt(context: ChannelContext, at: Instant): Moment {
  const wall = wallAt(context.zone, at);
  const date = Math.floor(wall / DAY_MS) as Day;
  return { context, date, clock: (wall - date * DAY_MS) as Clock, day: undefined, tomorrow: undefined };
}

/** Dates and times are read as numbers, so that their operators parse no text. */
const DERIVED_READERS: Readonly<Record<string, (moment: Moment) => string | number>> = {
  channel: (moment) => moment.context.channel,
  "initiated.date": (moment) => moment.date,
  "initiated.time": (moment) => moment.clock,
  "initiated.weekday": (moment) => weekdayOf(moment.date),
  "initiated.day": (moment) => (moment.day ??= moment.context.kindOf(moment.date)),
  "initiated.tomorrow": (moment) => (moment.tomorrow ??= moment.context.kindOf(addDays(moment.date, 1))),
};

/** The reader of a derived fact; undefined for facts that payments state. */
export const derivedReader = (fact: string): ((moment: Moment) => string | number) | undefined =>
  Object.hasOwn(DERIVED_READERS, fact) ? DERIVED_READERS[fact] : undefined;
