import { calendarMessages, type Problem } from "../errors.js";
import type { Locate } from "../model/place.js";
import type { CalendarFile } from "../model/rulebook.js";
import { zoneNamed } from "../time/zone.js";
import { checkNotices, dateFaults, type Fault } from "./check-notices.js";
import { CHAIN_MAX, chainOf } from "./resolve.js";

type Files = Readonly<Record<string, CalendarFile>>;

/** All that is wrong with the calendars beyond what a schema can see; empty where they are clean. Never throws. */
export function checkCalendars(files: Files, locate: Locate): Problem[] {
  return Object.values(files).flatMap((file) =>
    faultsOf(files, file).map(([path, sentence]) => ({ ...locate(file, path), name: file.id, ...sentence })),
  );
}

const faultsOf = (files: Files, file: CalendarFile): Fault[] => [
  ...zoneFaults(file),
  ...extendsFaults(files, file),
  ...coverageFaults(files, file),
  ...yearFaults(file),
  ...projectionFaults(files, file),
  ...listedFaults(file),
  ...checkNotices(files, file),
];

const zoneFaults = ({ zone }: CalendarFile): Fault[] =>
  zoneNamed(zone) === undefined ? [["zone", calendarMessages.unknownZone(zone)]] : [];

function extendsFaults(files: Files, file: CalendarFile): Fault[] {
  const way = [file.id];
  for (let at: CalendarFile | undefined = file; at?.extends !== undefined; at = files[at.extends]) {
    if (files[at.extends] === undefined) {
      return at === file ? [["extends", calendarMessages.unknown(at.extends, Object.keys(files))]] : [];
    }
    if (at.extends === file.id) return [["extends", calendarMessages.extendsItself([...way, file.id])]];
    if (way.includes(at.extends)) return [];
    way.push(at.extends);
    if (way.length > CHAIN_MAX) return [["extends", calendarMessages.extendsTooMany(CHAIN_MAX - 1)]];
  }
  return [];
}

function coverageFaults(files: Files, file: CalendarFile): Fault[] {
  const { coverage } = file;
  if (coverage === undefined) {
    const somewhere = chainOf(files, file.id).some((one) => one.coverage !== undefined);
    return somewhere ? [] : [["", calendarMessages.noCoverage()]];
  }
  const { from, to } = coverage;
  const faults = dateFaults([
    ["coverage.from", from],
    ["coverage.to", to],
  ]);
  return faults.length === 0 && to < from ? [["coverage", calendarMessages.reversed(from, to)]] : faults;
}

/** A file with a coverage of its own has one notice for every year of it: no data must not look like no holidays. */
function yearFaults({ coverage, years = {}, extends: parent, holidaysFrom }: CalendarFile): Fault[] {
  if (coverage === undefined) return [];
  const [first, last] = [Number(coverage.from.slice(0, 4)), Number(coverage.to.slice(0, 4))];
  const outside = Object.keys(years)
    .filter((year) => Number(year) < first || Number(year) > last)
    .map((year): Fault => [`years.${year}`, calendarMessages.yearOutside(year, coverage)]);
  if (parent !== undefined || holidaysFrom !== undefined) return outside;
  const wanted = Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n);
  const missing = wanted
    .filter((year) => !(year in years))
    .map((year): Fault => ["years", calendarMessages.yearMissing(year, coverage)]);
  return [...missing, ...outside];
}

/** Every projected year, and every year whose days are listed at run time, is worked out where a question walks through it. */
const PROJECTED_YEARS_MAX = 20;
const LISTED_YEARS_MAX = 60;

function projectionFaults(files: Files, { id, projection }: CalendarFile): Fault[] {
  if (projection === undefined) return [];
  const faults = dateFaults([["projection.until", projection.until]]);
  if (faults.length > 0) return faults;
  const known = chainOf(files, id).flatMap(({ coverage }) => coverage?.to.slice(0, 4) ?? []);
  const years = Number(projection.until.slice(0, 4)) - Math.min(...known.map(Number));
  return years > PROJECTED_YEARS_MAX
    ? [["projection.until", calendarMessages.tooManyYears(years, "projected", PROJECTED_YEARS_MAX)]]
    : [];
}

function listedFaults({ coverage, holidaysFrom }: CalendarFile): Fault[] {
  if (coverage === undefined || holidaysFrom === undefined) return [];
  const years = Number(coverage.to.slice(0, 4)) - Number(coverage.from.slice(0, 4)) + 1;
  return years > LISTED_YEARS_MAX
    ? [["coverage", calendarMessages.tooManyYears(years, "listed at run time", LISTED_YEARS_MAX)]]
    : [];
}
