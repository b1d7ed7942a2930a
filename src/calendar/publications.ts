import type { CalendarFile } from "../model/rulebook.js";
import type { Amendment, CalendarYear } from "../model/schema/calendar.js";
import type { Clock } from "../time/clock.js";
import { addDays, formatDay, parseDay } from "../time/day.js";
import { type Instant, instantOf, zoneNamed } from "../time/zone.js";
import { dayOrNaN, noticesOf } from "./resolve.js";

/**
 * The calendar as known at an instant: without years and amendments published later. A notice is known from the start
 * of the day of its publication; years without `published` are always known. Coverage ends before the first unknown
 * year.
 */
export function calendarKnownAt(file: CalendarFile, asOf: Instant): CalendarFile {
  const known = (notice: CalendarYear | Amendment): boolean => (publishedAt(file, notice) ?? asOf) <= asOf;
  if (noticesOf(file).every(known)) return file;
  const { years, amendments, coverage, ...rest } = file;
  const knownYears = Object.fromEntries(Object.entries(years ?? {}).filter(([, year]) => known(year)));
  return {
    ...rest,
    ...(years && { years: knownYears }),
    ...(amendments && { amendments: amendments.filter(known) }),
    ...(coverage && { coverage: years ? knownCoverage(coverage, knownYears) : coverage }),
  };
}

/** The instants at which notices of the calendar become known, in order. */
export function publications(file: CalendarFile): Instant[] {
  const instants = noticesOf(file).flatMap((notice) => publishedAt(file, notice) ?? []);
  return [...new Set(instants)].sort((a, b) => a - b);
}

/** `published` of a notice is when it became public, which may be later than the date on the notice. */
function publishedAt(file: CalendarFile, notice: CalendarYear | Amendment): Instant | undefined {
  const day = parseDay(notice.published ?? notice.source?.published ?? "");
  const zone = zoneNamed(file.zone);
  return day === undefined || zone === undefined ? undefined : instantOf(zone, day, 0 as Clock);
}

function knownCoverage(
  coverage: { from: string; to: string },
  years: Record<string, CalendarYear>,
): { from: string; to: string } {
  let year = Number(coverage.from.slice(0, 4));
  if (!(year in years)) return { ...coverage, to: formatDay(addDays(dayOrNaN(coverage.from), -1)) };
  while (year + 1 in years) year++;
  const end = `${year}-12-31`;
  return { ...coverage, to: end < coverage.to ? end : coverage.to };
}
