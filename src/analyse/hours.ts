import { findingSays } from "../errors.js";
import type { Hours } from "../model/rulebook.js";
import type { Context } from "./context.js";
import { type Finding, finding } from "./finding.js";
import { paymentThrough } from "./through.js";

/** Holes and overlaps in the eras of a system's hours. */
export const hoursFindings = (context: Context): Finding[] =>
  Object.entries(context.rulebook.systems).flatMap(([system, { hours = [] }]) => {
    const eras = hours.toSorted((one, other) => (fromOf(one) < fromOf(other) ? -1 : 1));
    return eras.flatMap((era, index) => between(context, system, era, eras[index + 1]));
  });

const fromOf = (era: Hours): string => era.effective?.from ?? "";

/** Between one era and the next, or after the last. */
function between(context: Context, system: string, era: Hours, next: Hours | undefined): Finding[] {
  const until = era.effective?.until;
  const from = next?.effective?.from ?? "";
  const through = (date: string) => paymentThrough(context, (steps) => steps.system === system, date);
  if (next !== undefined && (until === undefined || from < until)) {
    const sentence = findingSays.hoursOverlap(system, from, until);
    return [
      finding(
        "hours-overlap",
        system,
        context.locate(next),
        sentence,
        through(from === "" ? (until ?? "") : from),
      ),
    ];
  }
  if (until === undefined || from === until) return [];
  const sentence = findingSays.hoursGap(system, until, next === undefined ? undefined : from);
  return [finding("hours-gap", system, context.locate(era), sentence, through(until))];
}
