import { findingSays } from "../errors.js";
import type { WindowRule } from "../model/rulebook.js";
import { addDays, formatDay } from "../time/day.js";
import { endOf } from "./ahead.js";
import type { Context } from "./context.js";
import { type Finding, finding } from "./finding.js";
import { repeatsOf } from "./same.js";

/** Windows and holds: those that are over, and those that are written twice. */

/** Payments older than this are hardly asked about any more. */
const ARCHIVED_AFTER_DAYS = 60;

/** As its file has it: in the zone of the window, and without the days that its backlog may take. */
function lastDateOf({ event: { params } }: WindowRule): string | undefined {
  const { interval, dates, recurs } = params;
  return (
    interval?.until?.slice(0, "YYYY-MM-DD".length) ?? dates?.on.toSorted().at(-1) ?? recurs?.effective?.until
  );
}

export function windowFindings({ rulebook, locate, today }: Context): Finding[] {
  const over = rulebook.windows.flatMap((window) => {
    const end = endOf(window);
    if (end === undefined || end >= addDays(today, -ARCHIVED_AFTER_DAYS)) return [];
    return [
      finding(
        "window-past",
        window.name,
        locate(window),
        findingSays.windowPast(window.name, lastDateOf(window) ?? formatDay(end)),
      ),
    ];
  });
  const repeats = [...repeatsOf(rulebook.windows), ...repeatsOf(rulebook.holds)].map(([repeat, first]) =>
    finding("duplicate", repeat.name, locate(repeat), findingSays.duplicate(repeat.name, first.name)),
  );
  return [...over, ...repeats];
}
