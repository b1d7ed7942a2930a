import type { Bound, Spread } from "../../src/model/bound.js";
import type { HoldRule, ProcessStep, SettleStep, Step } from "../../src/model/rulebook.js";
import { DAY, instantOf, lengthOf, localDay, MINUTE } from "./local.js";
import { closingAt, isOpenOn, type Place, systemOf } from "./open.js";
import { Unanswerable } from "./unanswerable.js";

/** The way through the steps: step by step, and inside a step minute by minute. */

export interface Passage {
  readonly step: number;
  readonly system: string | undefined;
  readonly milestone: string | undefined;
  readonly enteredAt: number;
  readonly leftAt: number;
}

export interface Travel {
  readonly arrivesAt: number;
  readonly refused: boolean;
  readonly passages: readonly Passage[];
}

export const atBound = (spread: Spread<string>, bound: Bound): string =>
  typeof spread === "string" ? spread : spread[bound];

/** Nothing is closed for longer than this: who waits longer waits for ever. */
const PATIENCE = 800 * DAY;

const nextMinute = (at: number): number => (Math.floor(at / MINUTE) + 1) * MINUTE;

export function travel(
  place: Place,
  steps: readonly Step[],
  planned: readonly HoldRule[],
  at: number,
): Travel {
  const passages: Passage[] = [];
  let now = at;
  let refused = false;
  for (const [index, step] of steps.entries()) {
    for (const hold of planned.filter(({ event }) => heldBefore(event.params.before, steps) === index))
      now += lengthOf(atBound(hold.event.params.for, place.bound));
    const enteredAt = now;
    const system = step.system === undefined ? undefined : systemOf(place, step.system);
    if (step.onClosed === "refuse" && closingAt(place, system, now) !== undefined) refused = true;
    now = waitUntilOpen(place, system, now);
    now = step.kind === "settle" ? settle(place, step, now) : process(place, step, system, now);
    now = waitUntilOpen(place, system, now);
    passages.push({ step: index, system, milestone: step.milestone, enteredAt, leftAt: now });
  }
  return { arrivesAt: now, refused, passages };
}

const RANKS = ["accepted", "sent", "settled", "credited"];

/** The step that a hold comes before: the first that reaches its milestone, or a later one. */
function heldBefore(milestone: string, steps: readonly Step[]): number {
  const rank = RANKS.indexOf(milestone);
  const found = steps.findIndex(
    (step) => step.milestone !== undefined && RANKS.indexOf(step.milestone) >= rank,
  );
  return found === -1 ? steps.length - 1 : found;
}

function waitUntilOpen(place: Place, system: string | undefined, at: number): number {
  let now = at;
  for (;;) {
    const closing = closingAt(place, system, now);
    if (closing === undefined) return now;
    if (closing.name !== undefined) place.seen.windows.add(closing.name);
    if (closing.unknown) place.seen.openIncident = true;
    now = nextMinute(now);
    if (now > at + PATIENCE) throw new Unanswerable("outside-coverage");
  }
}

function process(place: Place, step: ProcessStep, system: string | undefined, at: number): number {
  const takes = lengthOf(atBound(step.takes, place.bound));
  if (step.clock !== "open") return at + takes;
  let now = at;
  let left = takes;
  while (left > 0) {
    const open = closingAt(place, system, now) === undefined;
    const passes = open ? Math.min(nextMinute(now) - now, left) : nextMinute(now) - now;
    if (open) left -= passes;
    now += passes;
    if (now > at + PATIENCE) throw new Unanswerable("outside-coverage");
  }
  return now;
}

/** Of several runs the first release that can still be caught. */
function settle(place: Place, step: SettleStep, at: number): number {
  const runs = step.runs ?? [step as { cutoff: string; lag: string; at: string }];
  const releases = runs.map((run) => {
    let day = localDay(place.zone, at) - 3;
    while (!makesIt(place, step, run.cutoff, day, at)) day += 1;
    if (step.roll === "following") while (!isOpenOn(place, step.calendar ?? [], day)) day += 1;
    const release = lagged(place, step, atBound(run.lag, place.bound), day);
    return instantOf(place.zone, release, atBound(run.at, place.bound));
  });
  return Math.max(at, Math.min(...releases));
}

function makesIt(place: Place, step: SettleStep, cutoff: Spread<string>, day: number, at: number): boolean {
  const last = instantOf(place.zone, day, atBound(cutoff, place.bound));
  return step.cutoffInclusive === true ? at <= last : at < last;
}

/** D+n counts days; T+n counts business days, and T+0 is the first one from T on. */
function lagged(place: Place, { calendar = [] }: SettleStep, lag: string, from: number): number {
  const count = Number(lag.slice(2));
  if (lag.startsWith("D")) return from + count;
  let day = from;
  if (count === 0) while (!isOpenOn(place, calendar, day)) day += 1;
  for (let n = 0; n < count; n++) {
    day += 1;
    while (!isOpenOn(place, calendar, day)) day += 1;
  }
  return day;
}
