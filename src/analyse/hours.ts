import { findingMessages } from "../errors.js";
import type { Hours } from "../model/rulebook.js";
import type { Context } from "./context.js";
import { type Finding, finding } from "./finding.js";
import { samplePaymentWithStep } from "./sample-payment.js";

/** Gaps and overlaps between the periods of a system's hours. */
export const hoursFindings = (context: Context): Finding[] =>
  Object.entries(context.rulebook.systems).flatMap(([system, { hours = [] }]) => {
    const periods = hours.toSorted((one, other) => (startOf(one) < startOf(other) ? -1 : 1));
    return periods.flatMap((period, index) => periodFindings(context, system, period, periods[index + 1]));
  });

const startOf = (period: Hours): string => period.effective?.from ?? "";

/** Checks the transition from one period to the next, or the end of the last. */
function periodFindings(context: Context, system: string, period: Hours, next: Hours | undefined): Finding[] {
  const until = period.effective?.until;
  const from = next?.effective?.from ?? "";
  const sampleOn = (date: string) => samplePaymentWithStep(context, (step) => step.system === system, date);
  if (next !== undefined && (until === undefined || from < until)) {
    const sentence = findingMessages.hoursOverlap(system, from, until);
    return [
      finding(
        "hours-overlap",
        system,
        context.locate(next),
        sentence,
        sampleOn(from === "" ? (until ?? "") : from),
      ),
    ];
  }
  if (until === undefined || from === until) return [];
  const sentence = findingMessages.hoursGap(system, until, next === undefined ? undefined : from);
  return [finding("hours-gap", system, context.locate(period), sentence, sampleOn(until))];
}
