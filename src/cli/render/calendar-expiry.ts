import type { Timetable } from "../../index.js";
import { wrap } from "./layout.js";
import type { Page } from "./page.js";

/** Warns of each calendar file that soon needs the next official notice. */
export function expiryLines(timetable: Timetable, today: string, { words, colors }: Page): string[] {
  const byFile = new Map<string, { until: string; calendars: string[] }>();
  for (const { calendar, until, file } of timetable.endings({ today })) {
    const group = byFile.get(file) ?? { until, calendars: [] };
    byFile.set(file, { until: group.until, calendars: [...group.calendars, calendar] });
  }
  return [...byFile].flatMap(([file, { until, calendars }]) =>
    wrap(words.calendarExpiry(until, file, calendars.join(", "))).map(colors.yellow),
  );
}
