import { loadSays } from "../errors.js";
import { atBound, BOUNDS, type Bound } from "../model/bound.js";
import type { ProcessStep, SettleRun, SettleStep, Step } from "../model/rulebook.js";
import { parseClock } from "../time/clock.js";
import { type Flaw, flawIf } from "./flaw.js";
import { spreadFlaws } from "./order.js";

/** What a step's schema cannot say: which keys belong together, and that the three bounds stay in order. */
export const stepFlaws = (step: Step): Flaw[] =>
  step.kind === "settle" ? settleFlaws(step) : processFlaws(step);

function processFlaws(step: ProcessStep): Flaw[] {
  const needsSystem = step.clock === "open" && step.system === undefined;
  return [
    ...spreadFlaws("duration", step, "takes", step.takes),
    ...flawIf(needsSystem, step, "clock", loadSays.openClockNeedsSystem()),
  ];
}

const RUN_KEYS = ["cutoff", "lag", "at"] as const;

function settleFlaws(step: SettleStep): Flaw[] {
  const { runs } = step;
  const keys = RUN_KEYS.flatMap((key) =>
    runs === undefined
      ? flawIf(step[key] === undefined, step, "", loadSays.settleNeeds(key))
      : flawIf(step[key] !== undefined, step, key, loadSays.besideRuns(key)),
  );
  return [
    ...keys,
    ...calendarFlaws(step),
    ...runFlaws(step),
    ...(runs ?? []).flatMap(runFlaws),
    ...runsFlaws(step),
  ];
}

const runFlaws = (run: SettleStep | SettleRun): Flaw[] => [
  ...spreadFlaws("cutoff", run, "cutoff", run.cutoff),
  ...spreadFlaws("lag", run, "lag", run.lag),
  ...spreadFlaws("time", run, "at", run.at),
];

/** Business days are always those of a named calendar. */
function calendarFlaws(step: SettleStep): Flaw[] {
  if (step.calendar !== undefined) return [];
  const { lag, runs = [] } = step;
  return [
    ...lagFlaws(step, lag),
    ...runs.flatMap((run) => lagFlaws(run, run.lag)),
    ...flawIf(step.roll === "following", step, "roll", loadSays.rollNeedsCalendar()),
  ];
}

function lagFlaws(entity: SettleStep | SettleRun, lag: SettleStep["lag"]): Flaw[] {
  if (lag === undefined) return [];
  const business = BOUNDS.map((bound) => atBound(lag, bound)).find((one) => one.startsWith("T"));
  return flawIf(business !== undefined, entity, "lag", loadSays.lagNeedsCalendar(business ?? ""));
}

/** The runs of a day come one after the other, and count their lags alike, or a later run could pay sooner. */
function runsFlaws(step: SettleStep): Flaw[] {
  const runs = step.runs ?? [];
  return runs.slice(1).flatMap((run, index) => {
    const before = runs[index] ?? run;
    const place = `runs[${index + 1}]`;
    const late = BOUNDS.find((bound) => cutoffAt(before, bound) >= cutoffAt(run, bound));
    const mixed = BOUNDS.some((bound) => atBound(before.lag, bound)[0] !== atBound(run.lag, bound)[0]);
    return [
      ...flawIf(late !== undefined, step, `${place}.cutoff`, loadSays.runsOutOfOrder()),
      ...flawIf(mixed, step, `${place}.lag`, loadSays.lagsOfTwoUnits()),
    ];
  });
}

const cutoffAt = (run: SettleRun, bound: Bound): number =>
  parseClock(atBound(run.cutoff, bound)) ?? Number.NaN;
