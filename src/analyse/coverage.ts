import { type BusinessDays, shift } from "../calendar/business-days.js";
import { findingSays, QuestionError } from "../errors.js";
import { atBound, type Spread } from "../model/bound.js";
import type { CalendarFile, Step } from "../model/rulebook.js";
import { addDays, type Day, formatDay, yearOf } from "../time/day.js";
import type { Context } from "./context.js";
import { type Finding, finding } from "./finding.js";
import { paymentThrough } from "./through.js";
import { usedCalendars } from "./unused.js";

/** Calendars that know too little of the days to come, and years that a calendar has nothing of its own to say of. */

/** What ends sooner than this is told: a year's notice comes some weeks before the year. */
export const SOON_DAYS = 60;

export const coverageFindings = (context: Context): Finding[] => [
  ...[...usedCalendars(context.rulebook)].flatMap((id) => endOf(context, id)),
  ...Object.values(context.rulebook.calendars).flatMap((file) => missingYears(context, file)),
];

/** A calendar whose officially known days end within the longest lag of the rules, or soon. */
export interface Ending {
  readonly calendar: string;
  /** The last officially known day. */
  readonly until: string;
  /** The calendar whose file the next notice belongs into. */
  readonly file: string;
}

/** What an operator should know before it is too late: which notices are due. */
export function endingsOf(context: Context): Ending[] {
  return [...usedCalendars(context.rulebook)].flatMap((calendar) => {
    const days = context.calendars.get(calendar, "latest");
    if (days.officialUntil >= neededUntil(context, calendar, days)) return [];
    return [{ calendar, until: formatDay(days.officialUntil), file: days.last.file }];
  });
}

const neededUntil = (context: Context, id: string, days: BusinessDays): number =>
  Math.max(context.today + SOON_DAYS, ...lagsOn(context, id).map((lag) => reachOf(days, context.today, lag)));

function endOf(context: Context, id: string): Finding[] {
  const { calendars, today, locate, rulebook } = context;
  const days = calendars.get(id, "latest");
  const reach = neededUntil(context, id, days);
  const { officialUntil, last } = days;
  if (officialUntil >= reach) return [];
  const date = formatDay(Math.max(officialUntil, today) as Day);
  const more = paymentThrough(
    context,
    ({ kind, ...step }) => kind === "settle" && "calendar" in step && named(step.calendar).includes(id),
    date,
  );
  const place = locate(rulebook.calendars[id] ?? {});
  if (last.day < reach) {
    return [
      finding("coverage-ends", id, place, findingSays.coverageEnds(id, formatDay(last.day), last.file), more),
    ];
  }
  const sentence = findingSays.projectionBegins(id, formatDay(officialUntil), formatDay(last.day), last.file);
  return [finding("projection-begins", id, place, sentence, more)];
}

const named = (ids: string | string[] | undefined): string[] => (ids === undefined ? [] : [ids].flat());

/** The longest lags of the steps that count days of a calendar. */
function lagsOn({ rulebook }: Context, id: string): string[] {
  const steps = Object.values(rulebook.channels)
    .flatMap(({ rules }) => rules)
    .flatMap(({ event }) => (event.type === "route" ? event.params.steps : []));
  return steps.filter((step) => step.kind === "settle" && named(step.calendar).includes(id)).flatMap(lagsOf);
}

const lagsOf = (step: Step): string[] => {
  if (step.kind !== "settle") return [];
  const lags: (Spread<string> | undefined)[] = [step.lag, ...(step.runs ?? []).map(({ lag }) => lag)];
  return lags.flatMap((lag) => (lag === undefined ? [] : [atBound(lag, "latest")]));
};

/** The day that a payment of today waits for; without end where the calendar does not reach it. */
function reachOf(days: BusinessDays, today: Day, lag: string): number {
  const count = Number(lag.slice(2));
  if (lag.startsWith("D")) return addDays(today, count);
  try {
    return shift(days, today, count);
  } catch (error) {
    if (error instanceof QuestionError) return Number.POSITIVE_INFINITY;
    throw error;
  }
}

/** A calendar with notices of its own, on top of another's, has one for every year from its first to the last known. */
function missingYears({ calendars, locate }: Context, file: CalendarFile): Finding[] {
  const own = Object.keys(file.years ?? {}).map(Number);
  if (file.extends === undefined || own.length === 0) return [];
  const last = yearOf(calendars.get(file.id, "expected").officialUntil);
  const first = Math.min(...own);
  const missing = Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n).filter(
    (year) => !own.includes(year),
  );
  return missing.map((year) =>
    finding("calendar-year", file.id, locate(file, "years"), findingSays.calendarYear(file.id, year), {
      remedy: { where: `calendars/${file.id}.json: years`, json: { [year]: { holidays: [], workdays: [] } } },
    }),
  );
}
