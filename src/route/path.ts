import type { Calendars } from "../calendar/compile.js";
import { atBound, type Bound } from "../model/bound.js";
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
import { type Gate, pass } from "./gate.js";
import { compileHours } from "./hours.js";
import { compose, MARK, type Move, stay } from "./move.js";
import { type Process, process } from "./process.js";
import { compileSettle, settle } from "./settle.js";
import type { Report } from "./wait.js";
import { compileWindow } from "./windows.js";

/** The steps of a route with the parameters of one bound. */
export interface Path {
  readonly legs: readonly Leg[];
}

/** A step between the gates of its system. */
export interface Leg {
  /** The index of the rule's step; undefined for a planned hold. */
  readonly step: number | undefined;
  readonly system: string | undefined;
  readonly milestone: MilestoneName | undefined;
  readonly advance: (at: Instant, report?: Report) => Move;
}

/** What the steps of a route are compiled against. */
export interface Surroundings {
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
  around: Surroundings,
  bound: Bound,
): Path {
  const legs = steps.map((step, index): Leg => ({ step: index, ...compileLeg(step, around, bound) }));
  for (const hold of holds) legs.splice(placeOf(hold, legs), 0, compileHold(hold, bound));
  return { legs };
}

/** The move of a whole path, entered at `at`. */
export function travel(path: Path, at: Instant, report?: Report): Move {
  let move = stay(at, FOREVER);
  for (const leg of path.legs) move = compose(at, move, leg.advance(move.to, report));
  return move;
}

function compileLeg(step: Step, around: Surroundings, bound: Bound): Omit<Leg, "step"> {
  const system = step.system === undefined ? undefined : around.resolve(step.system);
  const gate = system === undefined ? undefined : compileGate(system, around, bound);
  const inside = compileStep(step, gate, system, around, bound);
  const milestone = step.milestone;
  if (gate === undefined) return { system, milestone, advance: inside };
  const refuses = step.onClosed === "refuse";
  return { system, milestone, advance: (at, report) => throughGates(gate, inside, refuses, at, report) };
}

/** Money enters a step only when its system is available, and leaves it only when it is available. */
function throughGates(
  gate: Gate,
  inside: Leg["advance"],
  refuses: boolean,
  at: Instant,
  report?: Report,
): Move {
  const entered = pass(gate, at, report);
  const waited = refuses && entered.to > at ? { ...entered, marks: entered.marks | MARK.refused } : entered;
  const worked = compose(at, waited, inside(waited.to, report));
  return compose(at, worked, pass(gate, worked.to, report));
}

function compileStep(
  step: Step,
  gate: Gate | undefined,
  system: string | undefined,
  around: Surroundings,
  bound: Bound,
): Leg["advance"] {
  if (step.kind === "settle") {
    const settling = compileSettle(step, around.zone, around.calendars, bound, { system });
    return (at, report) => settle(settling, at, report);
  }
  const processing: Process = {
    takesMs: durationAt(step.takes, bound),
    clock: step.clock === "open" ? gate : undefined,
    wait: { cause: "processing", system },
  };
  return (at, report) => process(processing, at, report);
}

function compileHold(hold: HoldRule, bound: Bound): Leg {
  const holding: Process = {
    takesMs: durationAt(hold.event.params.for, bound),
    clock: undefined,
    wait: { cause: "hold", name: hold.name, rule: hold.name },
  };
  return {
    step: undefined,
    system: undefined,
    milestone: undefined,
    advance: (at, report) => process(holding, at, report),
  };
}

/** In the order in which money reaches them. */
export const MILESTONES: readonly MilestoneName[] = ["accepted", "sent", "settled", "credited"];

/** A hold stands before the step that reaches its milestone, or else before the first that reaches a later one. */
export function placeOf(hold: HoldRule, legs: readonly Leg[]): number {
  const rank = MILESTONES.indexOf(hold.event.params.before);
  const place = legs.findIndex(
    (leg) => leg.milestone !== undefined && MILESTONES.indexOf(leg.milestone) >= rank,
  );
  return place === -1 ? legs.length : place;
}

function compileGate(system: string, around: Surroundings, bound: Bound): Gate {
  const { hours, zone: zoneName = around.zone.name } = around.systems[system] ?? {};
  const zone = zoneNamed(zoneName) as Zone;
  return {
    system,
    zone,
    hours: hours === undefined ? undefined : compileHours(system, hours, zone, around.calendars, bound),
    closures: around.windows
      .filter((window) => window.event.params.systems.includes(system))
      .map((window) => compileWindow(window, zoneName, bound))
      .filter((closure) => closure !== undefined),
  };
}

const durationAt = (takes: ProcessStep["takes"], bound: Bound): number =>
  parseDuration(atBound(takes, bound)) as number;
