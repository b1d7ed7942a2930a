import type { Cause } from "../../src/model/answers.js";
import type { Bound, Spread } from "../../src/model/bound.js";
import type { HoldRule, ProcessStep, SettleStep, Step } from "../../src/model/rulebook.js";
import { isOpenDay, stateOf } from "./calendar.js";
import { DAY, instantOf, lengthOf, localDay, MINUTE } from "./local-time.js";
import { type Closing, closingAt, isOpenOn, type RouteContext, systemOf, windowsOf } from "./systems.js";
import { Unanswerable } from "./unanswerable.js";

/** Follows a route step by step, and each step minute by minute. */

export interface Leg {
  readonly step: number;
  readonly system: string | undefined;
  readonly milestone: string | undefined;
  readonly enteredAt: number;
  readonly leftAt: number;
}

/** Why money waits. `rule` is the hold or window, if that is the reason. */
export interface Reason {
  readonly cause: Cause;
  readonly system?: string | undefined;
  readonly name?: string | undefined;
  readonly calendar?: string | undefined;
  readonly rule?: string | undefined;
}

export interface Wait extends Reason {
  readonly step: number;
  readonly from: number;
  readonly to: number;
}

export interface Route {
  readonly arrivesAt: number;
  readonly refused: boolean;
  readonly legs: readonly Leg[];
  readonly waits: readonly Wait[];
}

/** Records that time passed in a step for one reason. */
type RecordWait = (from: number, to: number, reason: Reason) => void;

function waitRecorder(waits: Wait[], step: number, system: string | undefined): RecordWait {
  return (from, to, reason) => {
    const wait: Wait = { system, ...reason, step, from, to };
    const last = waits.at(-1);
    const keys = ["step", "system", "cause", "name", "calendar", "rule"] as const;
    if (last !== undefined && keys.every((key) => last[key] === wait[key]))
      waits.splice(-1, 1, { ...last, to });
    else if (from < to) waits.push(wait);
  };
}

export const atBound = (spread: Spread<string>, bound: Bound): string =>
  typeof spread === "string" ? spread : spread[bound];

/** A system that is closed for longer never opens. */
const CLOSED_MAX = 100 * DAY;

const nextMinute = (at: number): number => (Math.floor(at / MINUTE) + 1) * MINUTE;

export function followRoute(
  context: RouteContext,
  steps: readonly Step[],
  planned: readonly HoldRule[],
  at: number,
  withoutTimeline: boolean,
): Route {
  const legs: Leg[] = [];
  const waits: Wait[] = [];
  let now = at;
  let refused = false;
  for (const [index, step] of steps.entries()) {
    for (const { name, event } of planned.filter((hold) => stepIndexOf(hold, steps) === index)) {
      const until = now + lengthOf(atBound(event.params.for, context.bound));
      waitRecorder(waits, index, undefined)(now, until, { cause: "hold", name, rule: name });
      now = until;
    }
    const enteredAt = now;
    const system = step.system === undefined ? undefined : systemOf(context, step.system);
    const recordWait = withoutTimeline ? undefined : waitRecorder(waits, index, system);
    if (step.onClosed === "refuse" && closingAt(context, system, now) !== undefined) refused = true;
    now = waitUntilOpen(context, system, now, recordWait);
    now =
      step.kind === "settle"
        ? settle(context, step, now, recordWait)
        : process(context, step, system, now, recordWait);
    now = waitUntilOpen(context, system, now, recordWait);
    legs.push({ step: index, system, milestone: step.milestone, enteredAt, leftAt: now });
  }
  return { arrivesAt: now, refused, legs, waits };
}

const RANKS = ["accepted", "sent", "settled", "credited"];

/** The index of the step that a hold precedes: the first that reaches its milestone or a later one. */
function stepIndexOf({ event }: HoldRule, steps: readonly Step[]): number {
  const rank = RANKS.indexOf(event.params.before);
  const found = steps.findIndex(
    ({ milestone }) => milestone !== undefined && RANKS.indexOf(milestone) >= rank,
  );
  return found === -1 ? steps.length - 1 : found;
}

function waitUntilOpen(
  context: RouteContext,
  system: string | undefined,
  at: number,
  recordWait: RecordWait | undefined,
): number {
  const opens = cachedOpenings(context, system, "opens");
  const passed: number[] = [];
  let closing: Closing | undefined;
  let now = at;
  while (now < at + CLOSED_MAX) {
    closing = closingAt(context, system, now, closing);
    if (closing === undefined) break;
    const minute = nextMinute(now);
    // Waiting through a minute continues like an arrival at its end. Without a timeline, that result may be cached.
    const known = recordWait === undefined ? opens.get(minute) : undefined;
    if (closing.unknown) context.findings.openIncident = true;
    recordWait?.(now, minute, reasonOf(context, closing, now));
    passed.push(minute);
    now = known ?? minute;
    if (known !== undefined) break;
  }
  const opensAt = now < at + CLOSED_MAX ? now : Number.POSITIVE_INFINITY;
  for (const minute of passed) opens.set(minute, opensAt);
  if (opensAt === Number.POSITIVE_INFINITY) throw new Unanswerable("outside-coverage");
  return opensAt;
}

const openingCache = new WeakMap<object, Map<string, Map<number, number>>>();

/** Results about a system by instant, such as when it opens; for one bound, `asOf` and set of windows. */
function cachedOpenings(
  context: RouteContext,
  system: string | undefined,
  what: string,
): Map<number, number> {
  const names = system === undefined ? [] : windowsOf(context, system).map(({ name }) => name);
  const key = [what, system, context.bound, context.asOf, context.zone, ...names].join(" ");
  const known = openingCache.get(context.book) ?? new Map<string, Map<number, number>>();
  openingCache.set(context.book, known);
  const found = known.get(key) ?? new Map<number, number>();
  known.set(key, found);
  return found;
}

/** Outside its hours a system is closed. On a closed day of the calendar, the reason is that of the day. */
function reasonOf(context: RouteContext, closing: Closing, at: number): Reason {
  if (closing.type !== "hours") return { cause: closing.type, name: closing.name, rule: closing.name };
  return dayReason(context, closing.calendar, localDay(closing.zone, at)) ?? { cause: "closed" };
}

/** Why a day is closed: a holiday in some calendar, else the weekend. Undefined if it is open. */
function dayReason(
  context: RouteContext,
  calendars: string | readonly string[],
  day: number,
): Reason | undefined {
  const states = [calendars].flat().map((id) => stateOf(context, id as string, day));
  const closed = states.find(({ kind }) => kind === "holiday") ?? states.find((state) => !isOpenDay(state));
  if (closed === undefined) return undefined;
  const calendar = [calendars].flat().join("+");
  return { cause: closed.kind === "weekend" ? "weekend" : "holiday", name: closed.name, calendar };
}

function process(
  context: RouteContext,
  step: ProcessStep,
  system: string | undefined,
  at: number,
  recordWait: RecordWait | undefined,
): number {
  const takes = lengthOf(atBound(step.takes, context.bound));
  if (recordWait !== undefined || step.clock !== "open")
    return passMinutes(context, step, system, takes, at, recordWait);
  // Payments that leave one settlement run enter the step at the same instant.
  const ends = cachedOpenings(context, system, `ends ${takes}`);
  const end = ends.get(at) ?? passMinutes(context, step, system, takes, at, recordWait);
  ends.set(at, end);
  return end;
}

function passMinutes(
  context: RouteContext,
  step: ProcessStep,
  system: string | undefined,
  takes: number,
  at: number,
  recordWait: RecordWait | undefined,
): number {
  let now = at;
  let left = takes;
  let closing: Closing | undefined;
  while (left > 0) {
    closing = step.clock === "open" ? closingAt(context, system, now, closing) : undefined;
    const minute = nextMinute(now) - now;
    const passes = closing === undefined ? Math.min(step.clock === "open" ? minute : left, left) : minute;
    if (closing === undefined) left -= passes;
    if (closing?.unknown === true) context.findings.openIncident = true;
    recordWait?.(
      now,
      now + passes,
      closing === undefined ? { cause: "processing" } : reasonOf(context, closing, now),
    );
    now += passes;
    if (now > at + takes + CLOSED_MAX) throw new Unanswerable("outside-coverage");
  }
  return now;
}

/** Of several runs, the earliest release counts. */
function settle(
  context: RouteContext,
  step: SettleStep,
  at: number,
  recordWait: RecordWait | undefined,
): number {
  const { cutoff = "24:00", lag = "T+0", at: time = "00:00" } = step;
  const runs = (step.runs ?? [{ cutoff, lag, at: time }]).map((run) => {
    let day = localDay(context.zone, at) - 3;
    while (!isBeforeCutoff(context, step, run.cutoff, day, at)) day += 1;
    const leavingOn = (date: number): number => {
      const start = step.roll === "following" ? nextOpen(context, step.calendar ?? [], date) : date;
      const release = addLag(context, step, atBound(run.lag, context.bound), start);
      return instantOf(context.zone, release, atBound(run.at, context.bound));
    };
    const theDayBefore = (): number => valueOr(Number.NEGATIVE_INFINITY, () => leavingOn(day - 1));
    return { day, releasedAt: leavingOn(day), theDayBefore, lag: atBound(run.lag, context.bound) };
  });
  const leavesAt = Math.max(at, Math.min(...runs.map(({ releasedAt }) => releasedAt)));
  const caught = runs.find(({ releasedAt }) => Math.max(at, releasedAt) === leavesAt);
  const { day, lag: counted } = caught as (typeof runs)[number];
  const soonerWithCutoff = (): boolean => runs.some(({ theDayBefore }) => theDayBefore() < leavesAt);
  const start = recordWait !== undefined && soonerWithCutoff() ? instantOf(context.zone, day, "00:00") : at;
  const dayBegins = Math.min(Math.max(at, start), leavesAt);
  recordWait?.(at, dayBegins, { cause: "cutoff" });
  const closedDays = counted.startsWith("T") ? (step.calendar ?? []) : [];
  for (let now = dayBegins; now < leavesAt; ) {
    const current = localDay(context.zone, now);
    const end = Math.min(instantOf(context.zone, current + 1, "00:00"), leavesAt);
    recordWait?.(now, end, dayReason(context, closedDays, current) ?? { cause: "batch" });
    now = end;
  }
  return leavesAt;
}

/** The value, or `otherwise` if it is outside the calendar's coverage. */
function valueOr(otherwise: number, find: () => number): number {
  try {
    return find();
  } catch (error) {
    if (error instanceof Unanswerable) return otherwise;
    throw error;
  }
}

function isBeforeCutoff(
  context: RouteContext,
  step: SettleStep,
  cutoff: Spread<string>,
  day: number,
  at: number,
): boolean {
  const last = instantOf(context.zone, day, atBound(cutoff, context.bound));
  return step.cutoffInclusive === true ? at <= last : at < last;
}

function nextOpen(context: RouteContext, calendars: string | readonly string[], from: number): number {
  let day = from;
  while (!isOpenOn(context, calendars, day)) day += 1;
  return day;
}

/** D+n counts days. T+n counts business days; T+0 is the first business day on or after T. */
function addLag(context: RouteContext, { calendar = [] }: SettleStep, lag: string, from: number): number {
  const count = Number(lag.slice(2));
  if (lag.startsWith("D")) return from + count;
  let day = count === 0 ? nextOpen(context, calendar, from) : from;
  for (let n = 0; n < count; n++) day = nextOpen(context, calendar, day + 1);
  return day;
}
