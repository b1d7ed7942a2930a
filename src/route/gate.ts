import { neverOpens } from "../errors.js";
import { FOREVER, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";
import { type OpenHours, type Session, sessionAt } from "./hours.js";
import { compose, leaveTogether, MARK, type Move, noWait } from "./move.js";
import { newWait, type Report, reportByDay } from "./wait.js";
import type { Closure } from "./windows.js";

/**
 * A system's gate: money passes at once while the system is available, and waits otherwise. Hours, maintenance and
 * incidents act only here, and alike for every step.
 */
export interface Gate {
  readonly system: string;
  readonly zone: Zone;
  readonly hours: OpenHours | undefined;
  readonly closures: readonly Closure[];
}

/** After this many consecutive waits, windows are taken to cover all time. */
const WAITS_MAX = 1000;

/** Waits until the system is available; passes at once if it is. */
export function passGate(gate: Gate, at: Instant, report?: Report): Move {
  let move = noWait(at, FOREVER);
  for (let waits = 0; waits < WAITS_MAX; waits++) {
    const next = checkGate(gate, move.to, report);
    move = compose(at, move, next);
    if (next.slope === 1) return move;
  }
  throw neverOpens(gate.system);
}

/** One check of the gate: no wait if it is open, else the wait for one cause to end. Another cause may follow. */
function checkGate(gate: Gate, at: Instant, report?: Report): Move {
  const session = gate.hours === undefined ? undefined : sessionAt(gate.hours, at);
  const marks = session === undefined ? 0 : marksOf(session);
  if (session !== undefined && session.opens > at) return waitForOpening(gate, session, at, report);
  let until = session === undefined ? FOREVER : session.closes;
  for (const closure of gate.closures) {
    const interval = closure.upcoming(at);
    if (interval !== undefined && interval.from <= at) {
      return waitForClosure(gate, closure, { from: at, to: interval.until, until }, report);
    }
    until = Math.min(until, interval === undefined ? at + closure.horizonMs : interval.from) as Instant;
  }
  return noWait(at, until, marks);
}

function waitForOpening(gate: Gate, session: Session, at: Instant, report?: Report): Move {
  if (report !== undefined) {
    const days = { calendar: session.calendar, zone: gate.zone };
    reportByDay(report, { from: at, to: session.opens }, days, "closed", { system: gate.system });
  }
  return leaveTogether(session.opens, session.opens, marksOf(session));
}

/** From `until` on, an entry meets another closure first, even though the system opens at the same instant. */
function waitForClosure(
  gate: Gate,
  closure: Closure,
  { from, to, until }: { from: Instant; to: Instant; until: Instant },
  report?: Report,
): Move {
  const { kind, name } = closure;
  report?.(newWait(from, to, kind, { system: gate.system, name, rule: name }));
  return leaveTogether(to, Math.min(to, until) as Instant, closure.marks);
}

const marksOf = (session: Session): number =>
  session.marks | (session.date > session.calendar.officialUntil ? MARK.projected : 0);
