import { loadSays } from "../errors.js";
import type { WindowRule } from "../model/rulebook.js";
import { parseClock } from "../time/clock.js";
import { parseInstant } from "../time/instant.js";
import { type Flaw, flawIf } from "./flaw.js";
import { periodFlaws, rangeFlaws } from "./order.js";

/** What a window's schema cannot say: that it has one form, and that the form is whole. */
export function windowFlaws(rule: WindowRule): Flaw[] {
  const { params } = rule.event;
  const forms = FORMS.filter((form) => params[form] !== undefined);
  return [
    ...flawIf(forms.length !== 1, params, forms[1] ?? "", loadSays.oneForm(forms, FORMS)),
    ...intervalFlaws(rule),
    ...datesFlaws(rule),
    ...recursFlaws(rule),
    ...flawIf(needsZone(rule) && params.zone === undefined, params, "", loadSays.zoneMissing()),
  ];
}

/** Local times and dates mean nothing without a zone, and a window's systems may be in different ones. */
const needsZone = ({ published, event: { params } }: WindowRule): boolean =>
  params.dates !== undefined ||
  params.recurs !== undefined ||
  (published !== undefined && !published.includes("T"));

const FORMS = ["interval", "dates", "recurs"] as const;

function intervalFlaws({ event }: WindowRule): Flaw[] {
  const { interval } = event.params;
  if (interval === undefined) return [];
  const { from, until, reviewAt } = interval;
  const isOpen = until === undefined && reviewAt !== undefined;
  const isIncident = event.type === "incident";
  return [
    ...rangeFlaws(instantOf, interval, "until", from, until),
    ...rangeFlaws(instantOf, interval, "reviewAt", from, reviewAt),
    ...flawIf(until === undefined && reviewAt === undefined, interval, "", loadSays.noEnd(isIncident)),
    ...flawIf(until !== undefined && reviewAt !== undefined, interval, "reviewAt", loadSays.endAndReview()),
    ...flawIf(isOpen && !isIncident, interval, "reviewAt", loadSays.openMaintenance()),
  ];
}

function instantOf(text: string): number | undefined {
  const at = parseInstant(text);
  return typeof at === "number" ? at : undefined;
}

function datesFlaws({ event }: WindowRule): Flaw[] {
  const { dates } = event.params;
  return dates === undefined ? [] : rangeFlaws(parseClock, dates, "until", dates.from, dates.until);
}

type Recurs = NonNullable<WindowRule["event"]["params"]["recurs"]>;
type DayKey = "weekday" | "nth" | "month" | "day";

/** The sets of keys that name the days of each recurrence. */
const DAY_KEYS: Readonly<Record<Recurs["every"], readonly (readonly DayKey[])[]>> = {
  day: [[]],
  week: [["weekday"]],
  month: [["day"], ["weekday", "nth"]],
  year: [
    ["month", "day"],
    ["month", "weekday", "nth"],
  ],
};

function recursFlaws({ event }: WindowRule): Flaw[] {
  const { recurs } = event.params;
  if (recurs === undefined) return [];
  const given = (["month", "weekday", "nth", "day"] as const).filter((key) => recurs[key] !== undefined);
  const choices = DAY_KEYS[recurs.every];
  const fits = choices.some(
    (keys) => keys.length === given.length && keys.every((key) => given.includes(key)),
  );
  return [
    ...flawIf(!fits, recurs, "every", loadSays.recursBy(recurs.every, given, choices)),
    ...flawIf(recurs.nth === 0, recurs, "nth", loadSays.noZeroth()),
    ...rangeFlaws(parseClock, recurs, "until", recurs.from, recurs.until),
    ...periodFlaws(recurs),
  ];
}
