import { calendarMessages, type Problem } from "../errors.js";
import type { Locate } from "../model/place.js";
import type { CalendarFile } from "../model/rulebook.js";
import { zoneNamed } from "../time/zone.js";
import { type CalendarIssue, checkNotices, dateIssues } from "./check-notices.js";
import { CHAIN_MAX, chainOf } from "./resolve.js";

type Files = Readonly<Record<string, CalendarFile>>;

/** The problems of the calendars that a schema cannot find. Never throws. */
export function checkCalendars(files: Files, locate: Locate): Problem[] {
  return Object.values(files).flatMap((file) =>
    issuesOf(files, file).map(([path, sentence]) => ({ ...locate(file, path), name: file.id, ...sentence })),
  );
}

const issuesOf = (files: Files, file: CalendarFile): CalendarIssue[] => [
  ...zoneIssues(file),
  ...extendsIssues(files, file),
  ...coverageIssues(files, file),
  ...yearIssues(file),
  ...projectionIssues(files, file),
  ...listedIssues(file),
  ...checkNotices(files, file),
];

const zoneIssues = ({ zone }: CalendarFile): CalendarIssue[] =>
  zoneNamed(zone) === undefined ? [["zone", calendarMessages.unknownZone(zone)]] : [];

function extendsIssues(files: Files, file: CalendarFile): CalendarIssue[] {
  const path = [file.id];
  for (
    let current: CalendarFile | undefined = file;
    current?.extends !== undefined;
    current = files[current.extends]
  ) {
    if (files[current.extends] === undefined) {
      return current === file
        ? [["extends", calendarMessages.unknown(current.extends, Object.keys(files))]]
        : [];
    }
    if (current.extends === file.id) return [["extends", calendarMessages.extendsItself([...path, file.id])]];
    if (path.includes(current.extends)) return [];
    path.push(current.extends);
    if (path.length > CHAIN_MAX) return [["extends", calendarMessages.extendsTooMany(CHAIN_MAX - 1)]];
  }
  return [];
}

function coverageIssues(files: Files, file: CalendarFile): CalendarIssue[] {
  const { coverage } = file;
  if (coverage === undefined) {
    const isCovered = chainOf(files, file.id).some((one) => one.coverage !== undefined);
    return isCovered ? [] : [["", calendarMessages.noCoverage()]];
  }
  const { from, to } = coverage;
  const issues = dateIssues([
    ["coverage.from", from],
    ["coverage.to", to],
  ]);
  return issues.length === 0 && to < from ? [["coverage", calendarMessages.reversed(from, to)]] : issues;
}

/** A file with a `coverage` needs a notice for each of its years: missing data must not look like no holidays. */
function yearIssues({ coverage, years = {}, extends: parent, holidaysFrom }: CalendarFile): CalendarIssue[] {
  if (coverage === undefined) return [];
  const [first, last] = [Number(coverage.from.slice(0, 4)), Number(coverage.to.slice(0, 4))];
  const outside = Object.keys(years)
    .filter((year) => Number(year) < first || Number(year) > last)
    .map((year): CalendarIssue => [`years.${year}`, calendarMessages.yearOutside(year, coverage)]);
  if (parent !== undefined || holidaysFrom !== undefined) return outside;
  const wanted = Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n);
  const missing = wanted
    .filter((year) => !(year in years))
    .map((year): CalendarIssue => ["years", calendarMessages.yearMissing(year, coverage)]);
  return [...missing, ...outside];
}

/** Limits, because a query computes every such year on its way. */
const PROJECTED_YEARS_MAX = 20;
const LISTED_YEARS_MAX = 60;

function projectionIssues(files: Files, { id, projection }: CalendarFile): CalendarIssue[] {
  if (projection === undefined) return [];
  const issues = dateIssues([["projection.until", projection.until]]);
  if (issues.length > 0) return issues;
  const known = chainOf(files, id).flatMap(({ coverage }) => coverage?.to.slice(0, 4) ?? []);
  const years = Number(projection.until.slice(0, 4)) - Math.min(...known.map(Number));
  return years > PROJECTED_YEARS_MAX
    ? [["projection.until", calendarMessages.tooManyYears(years, "projected", PROJECTED_YEARS_MAX)]]
    : [];
}

function listedIssues({ coverage, holidaysFrom }: CalendarFile): CalendarIssue[] {
  if (coverage === undefined || holidaysFrom === undefined) return [];
  const years = Number(coverage.to.slice(0, 4)) - Number(coverage.from.slice(0, 4)) + 1;
  return years > LISTED_YEARS_MAX
    ? [["coverage", calendarMessages.tooManyYears(years, "listed at run time", LISTED_YEARS_MAX)]]
    : [];
}
