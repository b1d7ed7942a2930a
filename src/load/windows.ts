import { loadMessages } from "../errors.js";
import type { WindowRule } from "../model/rulebook.js";
import { parseClock } from "../time/clock.js";
import { parseInstant } from "../time/instant.js";
import { periodIssues, rangeIssues } from "./bound-order.js";
import { type Issue, issueIf } from "./issue.js";

/** Checks what a window's schema cannot express: that it has exactly one form, and that the form is complete. */
export function windowIssues(rule: WindowRule): Issue[] {
  const { params } = rule.event;
  const forms = FORMS.filter((form) => params[form] !== undefined);
  return [
    ...issueIf(forms.length !== 1, params, forms[1] ?? "", loadMessages.oneForm(forms, FORMS)),
    ...intervalIssues(rule),
    ...datesIssues(rule),
    ...recurrenceIssues(rule),
    ...zoneIssues(rule),
  ];
}

/** Local times and dates need a zone, because the systems of a window may be in different zones. */
function zoneIssues(rule: WindowRule): Issue[] {
  const { published, event } = rule;
  const { zone, dates, recurs } = event.params;
  if (zone !== undefined) return [];
  if (dates !== undefined || recurs !== undefined)
    return issueIf(true, event.params, "", loadMessages.zoneMissing());
  const isDate = published !== undefined && !published.includes("T");
  return issueIf(isDate, rule, "published", loadMessages.publishedWithoutZone(published ?? ""));
}

const FORMS = ["interval", "dates", "recurs"] as const;

function intervalIssues({ event }: WindowRule): Issue[] {
  const { interval } = event.params;
  if (interval === undefined) return [];
  const { from, until, reviewAt } = interval;
  const isOpen = until === undefined && reviewAt !== undefined;
  const isIncident = event.type === "incident";
  return [
    ...rangeIssues(instantOf, interval, "until", from, until),
    ...rangeIssues(instantOf, interval, "reviewAt", from, reviewAt),
    ...issueIf(until === undefined && reviewAt === undefined, interval, "", loadMessages.noEnd(isIncident)),
    ...issueIf(
      until !== undefined && reviewAt !== undefined,
      interval,
      "reviewAt",
      loadMessages.endAndReview(),
    ),
    ...issueIf(isOpen && !isIncident, interval, "reviewAt", loadMessages.openMaintenance()),
  ];
}

function instantOf(text: string): number | undefined {
  const at = parseInstant(text);
  return typeof at === "number" ? at : undefined;
}

function datesIssues({ event }: WindowRule): Issue[] {
  const { dates } = event.params;
  return dates === undefined ? [] : rangeIssues(parseClock, dates, "until", dates.from, dates.until);
}

type Recurrence = NonNullable<WindowRule["event"]["params"]["recurs"]>;
type DayKey = "weekday" | "nth" | "month" | "day";

/** The sets of keys that select the days of each recurrence. */
const DAY_KEYS: Readonly<Record<Recurrence["every"], readonly (readonly DayKey[])[]>> = {
  day: [[]],
  week: [["weekday"]],
  month: [["day"], ["weekday", "nth"]],
  year: [
    ["month", "day"],
    ["month", "weekday", "nth"],
  ],
};

function recurrenceIssues({ event }: WindowRule): Issue[] {
  const { recurs } = event.params;
  if (recurs === undefined) return [];
  const given = (["month", "weekday", "nth", "day"] as const).filter((key) => recurs[key] !== undefined);
  const choices = DAY_KEYS[recurs.every];
  const fits = choices.some(
    (keys) => keys.length === given.length && keys.every((key) => given.includes(key)),
  );
  return [
    ...issueIf(!fits, recurs, "every", loadMessages.recursBy(recurs.every, given, choices)),
    ...issueIf(recurs.nth === 0, recurs, "nth", loadMessages.noZeroth()),
    ...rangeIssues(parseClock, recurs, "until", recurs.from, recurs.until),
    ...periodIssues(recurs),
  ];
}
