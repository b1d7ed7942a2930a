import { type BusinessDays, shift } from "../calendar/business-days.js";
import { findingMessages, QuestionError } from "../errors.js";
import { type Spread, spreadValue } from "../model/bound.js";
import type { CalendarFile, Step } from "../model/rulebook.js";
import { addDays, type Day, formatDay, yearOf } from "../time/day.js";
import type { Context } from "./context.js";
import { type Finding, finding } from "./finding.js";
import { samplePaymentWithStep } from "./sample-payment.js";
import { usedCalendars } from "./unused-definitions.js";

/** Calendars that end too soon, and years for which a calendar lacks its own notice. */

/** Days ahead that a calendar must cover. China's State Council publishes a year's notice some weeks before the year. */
export const SOON_DAYS = 60;

export const coverageFindings = (context: Context): Finding[] => [
  ...[...usedCalendars(context.rulebook)].flatMap((id) => coverageEndFindings(context, id)),
  ...Object.values(context.rulebook.calendars).flatMap((file) => missingYearFindings(context, file)),
];

/** A calendar whose official days end within the longest lag of the rules, or soon. */
export interface Ending {
  readonly calendar: string;
  /** The last official day. */
  readonly until: string;
  /** The calendar whose file needs the next notice. */
  readonly file: string;
}

/** The notices that are due. */
export function endingsOf(context: Context): Ending[] {
  return [...usedCalendars(context.rulebook)].flatMap((calendar) => {
    const days = context.calendars.get(calendar, "latest");
    if (days.officialUntil >= requiredUntil(context, calendar, days)) return [];
    return [{ calendar, until: formatDay(days.officialUntil), file: days.last.file }];
  });
}

const requiredUntil = (context: Context, id: string, days: BusinessDays): number =>
  Math.max(context.today + SOON_DAYS, ...lagsOn(context, id).map((lag) => lagEnd(days, context.today, lag)));

function coverageEndFindings(context: Context, id: string): Finding[] {
  const { calendars, today, locate, rulebook } = context;
  const days = calendars.get(id, "latest");
  const required = requiredUntil(context, id, days);
  const { officialUntil, last } = days;
  if (officialUntil >= required) return [];
  const date = formatDay(Math.max(officialUntil, today) as Day);
  const sample = samplePaymentWithStep(
    context,
    ({ kind, ...step }) => kind === "settle" && "calendar" in step && listOf(step.calendar).includes(id),
    date,
  );
  const place = locate(rulebook.calendars[id] ?? {});
  if (last.day < required) {
    return [
      finding(
        "coverage-ends",
        id,
        place,
        findingMessages.coverageEnds(id, formatDay(last.day), last.file),
        sample,
      ),
    ];
  }
  const sentence = findingMessages.projectionBegins(
    id,
    formatDay(officialUntil),
    formatDay(last.day),
    last.file,
  );
  return [finding("projection-begins", id, place, sentence, sample)];
}

const listOf = (ids: string | string[] | undefined): string[] => (ids === undefined ? [] : [ids].flat());

/** The longest lag of each step that counts days of the calendar. */
function lagsOn({ rulebook }: Context, id: string): string[] {
  const steps = Object.values(rulebook.channels)
    .flatMap(({ rules }) => rules)
    .flatMap(({ event }) => (event.type === "route" ? event.params.steps : []));
  return steps.filter((step) => step.kind === "settle" && listOf(step.calendar).includes(id)).flatMap(lagsOf);
}

const lagsOf = (step: Step): string[] => {
  if (step.kind !== "settle") return [];
  const lags: (Spread<string> | undefined)[] = [step.lag, ...(step.runs ?? []).map(({ lag }) => lag)];
  return lags.flatMap((lag) => (lag === undefined ? [] : [spreadValue(lag, "latest")]));
};

/** The day that a payment sent today waits for; infinity if the calendar does not cover it. */
function lagEnd(days: BusinessDays, today: Day, lag: string): number {
  const count = Number(lag.slice(2));
  if (lag.startsWith("D")) return addDays(today, count);
  try {
    return shift(days, today, count);
  } catch (error) {
    if (error instanceof QuestionError) return Number.POSITIVE_INFINITY;
    throw error;
  }
}

/** A calendar that extends another and has its own notices needs one for each year from its first to the last official one. */
function missingYearFindings({ calendars, locate }: Context, file: CalendarFile): Finding[] {
  const own = Object.keys(file.years ?? {}).map(Number);
  if (file.extends === undefined || own.length === 0) return [];
  const last = yearOf(calendars.get(file.id, "expected").officialUntil);
  const first = Math.min(...own);
  const missing = Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n).filter(
    (year) => !own.includes(year),
  );
  return missing.map((year) =>
    finding("calendar-year", file.id, locate(file, "years"), findingMessages.calendarYear(file.id, year), {
      remedy: { where: `calendars/${file.id}.json: years`, json: { [year]: { holidays: [], workdays: [] } } },
    }),
  );
}
