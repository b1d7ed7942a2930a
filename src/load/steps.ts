import { loadMessages } from "../errors.js";
import { BOUNDS, type Bound, spreadValue } from "../model/bound.js";
import type { ProcessStep, SettleRun, SettleStep, Step } from "../model/rulebook.js";
import { parseClock } from "../time/clock.js";
import { spreadIssues } from "./bound-order.js";
import { type Issue, issueIf } from "./issue.js";

/** Checks what a step's schema cannot express: keys that depend on each other, and the order of the bounds. */
export const stepIssues = (step: Step): Issue[] =>
  step.kind === "settle" ? settleIssues(step) : processIssues(step);

function processIssues(step: ProcessStep): Issue[] {
  const needsSystem = step.clock === "open" && step.system === undefined;
  return [
    ...spreadIssues("duration", step, "takes", step.takes),
    ...issueIf(needsSystem, step, "clock", loadMessages.openClockNeedsSystem()),
  ];
}

const RUN_KEYS = ["cutoff", "lag", "at"] as const;

function settleIssues(step: SettleStep): Issue[] {
  const { runs } = step;
  const keys = RUN_KEYS.flatMap((key) =>
    runs === undefined
      ? issueIf(step[key] === undefined, step, "", loadMessages.settleNeeds(key))
      : issueIf(step[key] !== undefined, step, key, loadMessages.besideRuns(key)),
  );
  return [
    ...keys,
    ...calendarIssues(step),
    ...runIssues(step),
    ...(runs ?? []).flatMap(runIssues),
    ...runOrderIssues(step),
  ];
}

const runIssues = (run: SettleStep | SettleRun): Issue[] => [
  ...spreadIssues("cutoff", run, "cutoff", run.cutoff),
  ...spreadIssues("lag", run, "lag", run.lag),
  ...spreadIssues("time", run, "at", run.at),
];

/** Business days need a calendar. */
function calendarIssues(step: SettleStep): Issue[] {
  if (step.calendar !== undefined) return [];
  const { lag, runs = [] } = step;
  return [
    ...lagIssues(step, lag),
    ...runs.flatMap((run) => lagIssues(run, run.lag)),
    ...issueIf(step.roll === "following", step, "roll", loadMessages.rollNeedsCalendar()),
  ];
}

function lagIssues(entity: SettleStep | SettleRun, lag: SettleStep["lag"]): Issue[] {
  if (lag === undefined) return [];
  const business = BOUNDS.map((bound) => spreadValue(lag, bound)).find((one) => one.startsWith("T"));
  return issueIf(business !== undefined, entity, "lag", loadMessages.lagNeedsCalendar(business ?? ""));
}

/** Runs must have ascending cutoffs and one lag unit, or a later run could pay earlier. */
function runOrderIssues(step: SettleStep): Issue[] {
  const runs = step.runs ?? [];
  return runs.slice(1).flatMap((run, index) => {
    const before = runs[index] ?? run;
    const place = `runs[${index + 1}]`;
    const outOfOrder = BOUNDS.find((bound) => cutoffAt(before, bound) >= cutoffAt(run, bound));
    const mixed = BOUNDS.some(
      (bound) => spreadValue(before.lag, bound)[0] !== spreadValue(run.lag, bound)[0],
    );
    return [
      ...issueIf(outOfOrder !== undefined, step, `${place}.cutoff`, loadMessages.runsOutOfOrder()),
      ...issueIf(mixed, step, `${place}.lag`, loadMessages.lagsOfTwoUnits()),
    ];
  });
}

const cutoffAt = (run: SettleRun, bound: Bound): number =>
  parseClock(spreadValue(run.cutoff, bound)) ?? Number.NaN;
