import { readdirSync, readFileSync } from "node:fs";
import { checkCalendars } from "../../src/calendar/check.js";
import { type Calendars, compileCalendars } from "../../src/calendar/compile.js";
import type { CalendarFile } from "../../src/model/rulebook.js";
import type { CalendarYear } from "../../src/model/schema/calendar.js";
import { type Day, parseDay } from "../../src/time/day.js";

const folder = new URL("../../calendars/", import.meta.url);

/** The calendars of the repository, read afresh: a test may change its copy. */
export function shippedFiles(): Record<string, CalendarFile> {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const files = names.map((name): CalendarFile => JSON.parse(readFileSync(new URL(name, folder), "utf8")));
  return Object.fromEntries(files.map((file) => [file.id, file]));
}

let calendars: Calendars | undefined;

export const shippedCalendars = (): Calendars => {
  calendars ??= compileCalendars(shippedFiles());
  return calendars;
};

/** A date of a test that has to exist. */
export function day(text: string): Day {
  const found = parseDay(text);
  if (found === undefined) throw new Error(`${text} does not exist`);
  return found;
}

/** One of the shipped files. */
export function shippedFile(id: string): CalendarFile {
  const file = shippedFiles()[id];
  if (file === undefined) throw new Error(`calendars/${id}.json is missing`);
  return file;
}

/** A small calendar: weekends, and what the test adds. */
export const calendar = (file: Partial<CalendarFile>): CalendarFile => ({
  id: "test.one",
  title: { zh: "试", en: "test" },
  zone: "Asia/Shanghai",
  ...file,
});

/** Each problem of some files as `calendar path: what`. */
export function problems(...files: CalendarFile[]): string[] {
  const byId = Object.fromEntries(files.map((file) => [file.id, file]));
  return checkCalendars(byId, (_, path = "") => ({ path })).map(
    ({ name, path, what }) => `${name} ${path}: ${what}`,
  );
}

/** A notice without special days. */
export const emptyNotice: CalendarYear = { holidays: [], workdays: [] };

/** A calendar of the single year 2026 whose notice says what the test says. */
export const oneYearCalendar = (
  notice: Partial<CalendarYear>,
  extra: Partial<CalendarFile> = {},
): CalendarFile =>
  calendar({
    coverage: { from: "2026-01-01", to: "2026-12-31" },
    years: { "2026": { ...emptyNotice, ...notice } },
    ...extra,
  });
