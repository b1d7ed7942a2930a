import { findingMessages } from "../errors.js";
import type { WindowRule } from "../model/rulebook.js";
import { addDays, formatDay } from "../time/day.js";
import type { Context } from "./context.js";
import { duplicatesOf } from "./equivalence.js";
import { type Finding, finding } from "./finding.js";
import { lastDayOfWindow } from "./future-snapshot.js";

/** Windows that are over, and windows or holds that are duplicates. */

/** Days after which queries about payments are rare. */
const ARCHIVED_AFTER_DAYS = 60;

/** The last date as written in the file: in the window's zone, and without recovery time. */
function lastDateOf({ event: { params } }: WindowRule): string | undefined {
  const { interval, dates, recurs } = params;
  return (
    interval?.until?.slice(0, "YYYY-MM-DD".length) ?? dates?.on.toSorted().at(-1) ?? recurs?.effective?.until
  );
}

export function windowFindings({ rulebook, locate, today }: Context): Finding[] {
  const past = rulebook.windows.flatMap((window) => {
    const end = lastDayOfWindow(window);
    if (end === undefined || end >= addDays(today, -ARCHIVED_AFTER_DAYS)) return [];
    return [
      finding(
        "window-past",
        window.name,
        locate(window),
        findingMessages.windowPast(window.name, lastDateOf(window) ?? formatDay(end)),
      ),
    ];
  });
  const duplicates = [...duplicatesOf(rulebook.windows), ...duplicatesOf(rulebook.holds)].map(
    ([duplicate, first]) =>
      finding(
        "duplicate",
        duplicate.name,
        locate(duplicate),
        findingMessages.duplicate(duplicate.name, first.name),
      ),
  );
  return [...past, ...duplicates];
}
