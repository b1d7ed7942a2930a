import type { Calendars } from "../calendar/compile.js";
import { type Bound, spreadValue } from "../model/bound.js";
import type {
  HoldRule,
  MilestoneName,
  ProcessStep,
  Step,
  SystemDefinition,
  WindowRule,
} from "../model/rulebook.js";
import { parseDuration } from "../time/duration.js";
import { FOREVER, type Instant } from "../time/instant.js";
import { type Zone, zoneNamed } from "../time/zone.js";
import { type Gate, passGate } from "./gate.js";
import { compileHours } from "./hours.js";
import { compose, MARK, type Move, noWait } from "./move.js";
import { type Process, process } from "./process.js";
import { compileSettle, settle } from "./settle.js";
import type { Report } from "./wait.js";
import { compileWindow } from "./windows.js";

/** The steps of a route with the parameters of one bound. */
export interface Path {
  readonly legs: readonly Leg[];
}

/** A step with the gates of its system. */
export interface Leg {
  /** The index of the rule's step; undefined for a planned hold. */
  readonly step: number | undefined;
  readonly system: string | undefined;
  readonly milestone: MilestoneName | undefined;
  readonly advance: (at: Instant, report?: Report) => Move;
}

/** What the steps of a route are compiled against. */
export interface RouteContext {
  readonly zone: Zone;
  readonly calendars: Calendars;
  readonly systems: Readonly<Record<string, SystemDefinition>>;
  /** Windows that apply to the payment. */
  readonly windows: readonly WindowRule[];
  /** The system behind a name: itself, or the bank that the payment names. */
  readonly resolve: (system: string) => string;
}

export function compilePath(
  steps: readonly Step[],
  holds: readonly HoldRule[],
  context: RouteContext,
  bound: Bound,
): Path {
  const legs = steps.map((step, index): Leg => ({ step: index, ...compileLeg(step, context, bound) }));
  for (const hold of holds) legs.splice(holdIndex(hold, legs), 0, compileHold(hold, bound));
  return { legs };
}

/** The move of a whole path, entered at `at`. */
export function travel(path: Path, at: Instant, report?: Report): Move {
  let move = noWait(at, FOREVER);
  for (const leg of path.legs) move = compose(at, move, leg.advance(move.to, report));
  return move;
}

function compileLeg(step: Step, context: RouteContext, bound: Bound): Omit<Leg, "step"> {
  const system = step.system === undefined ? undefined : context.resolve(step.system);
  const gate = system === undefined ? undefined : compileGate(system, context, bound);
  const advanceInside = compileStep(step, gate, system, context, bound);
  const milestone = step.milestone;
  if (gate === undefined) return { system, milestone, advance: advanceInside };
  const refuses = step.onClosed === "refuse";
  return {
    system,
    milestone,
    advance: (at, report) => advanceThroughGates(gate, advanceInside, refuses, at, report),
  };
}

/** Money enters and leaves a step only while its system is available. */
function advanceThroughGates(
  gate: Gate,
  advanceInside: Leg["advance"],
  refuses: boolean,
  at: Instant,
  report?: Report,
): Move {
  const entry = passGate(gate, at, report);
  const checkedEntry = refuses && entry.to > at ? { ...entry, marks: entry.marks | MARK.refused } : entry;
  const done = compose(at, checkedEntry, advanceInside(checkedEntry.to, report));
  return compose(at, done, passGate(gate, done.to, report));
}

function compileStep(
  step: Step,
  gate: Gate | undefined,
  system: string | undefined,
  context: RouteContext,
  bound: Bound,
): Leg["advance"] {
  if (step.kind === "settle") {
    const settlement = compileSettle(step, context.zone, context.calendars, bound, { system });
    return (at, report) => settle(settlement, at, report);
  }
  const processing: Process = {
    takesMs: durationAt(step.takes, bound),
    gate: step.clock === "open" ? gate : undefined,
    wait: { cause: "processing", system },
  };
  return (at, report) => process(processing, at, report);
}

function compileHold(hold: HoldRule, bound: Bound): Leg {
  const holding: Process = {
    takesMs: durationAt(hold.event.params.for, bound),
    gate: undefined,
    wait: { cause: "hold", name: hold.name, rule: hold.name },
  };
  return {
    step: undefined,
    system: undefined,
    milestone: undefined,
    advance: (at, report) => process(holding, at, report),
  };
}

/** In the order in which a payment reaches them. */
export const MILESTONES: readonly MilestoneName[] = ["accepted", "sent", "settled", "credited"];

/** A hold is placed before the first step that reaches its milestone or a later one; at the end if there is none. */
export function holdIndex(hold: HoldRule, legs: readonly Leg[]): number {
  const rank = MILESTONES.indexOf(hold.event.params.before);
  const index = legs.findIndex(
    (leg) => leg.milestone !== undefined && MILESTONES.indexOf(leg.milestone) >= rank,
  );
  return index === -1 ? legs.length : index;
}

function compileGate(system: string, context: RouteContext, bound: Bound): Gate {
  const { hours, zone: zoneName = context.zone.name } = context.systems[system] ?? {};
  const zone = zoneNamed(zoneName) as Zone;
  return {
    system,
    zone,
    hours: hours === undefined ? undefined : compileHours(system, hours, zone, context.calendars, bound),
    closures: context.windows
      .filter((window) => window.event.params.systems.includes(system))
      .map((window) => compileWindow(window, zoneName, bound))
      .filter((closure) => closure !== undefined),
  };
}

const durationAt = (takes: ProcessStep["takes"], bound: Bound): number =>
  parseDuration(spreadValue(takes, bound)) as number;
