import type { Timetable } from "../index.js";
import { wrap } from "./layout.js";
import type { Page } from "./reply.js";

/** The date of the real clock, UTC. */
export const dateOfToday = (): string => new Date().toISOString().slice(0, 10);

/** A warning for each file that needs its next notice soon; nothing where all reach far enough. */
export function endingLines(timetable: Timetable, today: string, { words, colors }: Page): string[] {
  const byFile = new Map<string, { until: string; calendars: string[] }>();
  for (const { calendar, until, file } of timetable.endings({ today })) {
    const known = byFile.get(file) ?? { until, calendars: [] };
    byFile.set(file, { until: known.until, calendars: [...known.calendars, calendar] });
  }
  return [...byFile].flatMap(([file, { until, calendars }]) =>
    wrap(words.ending(until, file, calendars.join(", "))).map(colors.yellow),
  );
}
