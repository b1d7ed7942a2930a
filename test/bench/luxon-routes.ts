import { DateTime, Duration } from "luxon";
import { BOUNDS, type Bound, spreadValue } from "../../src/model/bound.js";
import type { CalendarFile, ChannelFile, Step, SystemDefinition } from "../../src/model/rulebook.js";
import { readJson } from "./root.js";

/** Routes with luxon: day by day, with sets of holidays and workdays that are built once. */

export type Arrivals = Record<Bound, string>;
export type RouteFunction = (at: DateTime) => Arrivals;

const ZONE = "Asia/Shanghai";
const { holidays, workdays } = daysOf(readJson<CalendarFile>("calendars/cn.statutory.json"));
const systems = readJson<{ systems: Record<string, SystemDefinition> }>("rules/systems.json").systems;

/** The routes of a channel, by the name of the rule. All text of the rules is parsed here, once. */
export function routesOf(file: ChannelFile): Map<string, RouteFunction> {
  const routes = new Map<string, RouteFunction>();
  for (const { name, event } of file.rules) {
    if (event.type !== "route") continue;
    const paths = BOUNDS.map((bound) => event.params.steps.map((step) => stepOf(step, bound)));
    routes.set(name, (at) => {
      const [earliest, expected, latest] = paths.map((steps) =>
        textOf(steps.reduce((now, step) => step(now), at)),
      );
      return { earliest, expected, latest } as Arrivals;
    });
  }
  return routes;
}

export const readTime = (iso: string): DateTime => DateTime.fromISO(iso, { zone: ZONE });

const textOf = (at: DateTime): string => at.toISO({ suppressMilliseconds: true }) ?? "";

type StepFunction = (at: DateTime) => DateTime;

function stepOf(step: Step, bound: Bound): StepFunction {
  const wait = gateOf(step.system);
  const insideStep =
    step.kind === "settle" ? settleStep(step, bound) : processStep(spreadValue(step.takes, bound));
  return (at) => insideStep(wait(at));
}

function processStep(takes: string): StepFunction {
  const duration = Duration.fromISO(takes);
  return (at) => at.plus(duration);
}

function settleStep(step: Step & { kind: "settle" }, bound: Bound): StepFunction {
  const cutoff = clockOf(spreadValue(step.cutoff ?? "24:00", bound));
  const release = clockOf(spreadValue(step.at ?? "00:00", bound));
  const [unit, lag] = spreadValue(step.lag ?? "T+0", bound).split("+");
  return (at) => {
    let day = at.startOf("day");
    if (at >= day.set(cutoff)) day = day.plus({ days: 1 });
    for (let left = Number(lag); left > 0; left--) {
      do day = day.plus({ days: 1 });
      while (unit === "T" && !isOpen(day));
    }
    const out = day.set(release);
    return DateTime.max(out, at);
  };
}

/** Waits until the system is open. The only system with hours opens on the evening before its day. */
function gateOf(system: string | undefined): StepFunction {
  const hours = systems[system ?? ""]?.hours?.at(-1);
  if (hours === undefined) return (at) => at;
  const opens = clockOf(hours.opens.replace("-1d ", ""));
  const closes = clockOf(hours.closes);
  return (at) => {
    let day = at.startOf("day");
    while (!isOpen(day) || at >= day.set(closes)) day = day.plus({ days: 1 });
    const opening = day.minus({ days: 1 }).set(opens);
    return DateTime.max(opening, at);
  };
}

const clockOf = (text: string): { hour: number; minute: number } => ({
  hour: Number(text.slice(0, 2)),
  minute: Number(text.slice(3, 5)),
});

function isOpen(day: DateTime): boolean {
  const date = day.toISODate() ?? "";
  return workdays.has(date) || (day.weekday <= 5 && !holidays.has(date));
}

function daysOf({ years = {} }: CalendarFile): { holidays: Set<string>; workdays: Set<string> } {
  const holidays = new Set<string>();
  for (const { from, to } of Object.values(years).flatMap((year) => year.holidays)) {
    for (
      let day = DateTime.fromISO(from, { zone: "utc" });
      day.toISODate() !== null;
      day = day.plus({ days: 1 })
    ) {
      const date = day.toISODate() ?? "";
      holidays.add(date);
      if (date === to) break;
    }
  }
  return { holidays, workdays: new Set(Object.values(years).flatMap((year) => year.workdays)) };
}
