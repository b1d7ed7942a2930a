import { neverOpens } from "../errors.js";
import { FOREVER, type Instant } from "../time/instant.js";
import { type Gate, pass } from "./gate.js";
import type { Move } from "./move.js";
import { type Report, type Wait, waited } from "./wait.js";

/** Takes time: always, or only while its system is open. */
export interface Process {
  readonly takesMs: number;
  /** The gate whose open time counts; undefined where all time counts. */
  readonly clock: Gate | undefined;
  readonly wait: Pick<Wait, "cause" | "system" | "name" | "rule">;
}

/** An interval in which a gate is open. */
interface OpenInterval {
  readonly from: Instant;
  readonly until: Instant;
  readonly marks: number;
}

/** A process that needs more open intervals than this is treated as one that never ends. */
const INTERVALS_MAX = 10_000;

export function process({ takesMs, clock, wait }: Process, at: Instant, report?: Report): Move {
  if (clock !== undefined) return processWhileOpen(takesMs, clock, at, wait, report);
  const to = (at + takesMs) as Instant;
  if (to > at) report?.(waited(at, to, wait.cause, wait));
  return { to, slope: 1, until: FOREVER, marks: 0 };
}

/**
 * Counts open time only, and is entered while the gate is open. A later entry has as much less of the first interval as
 * it needs more of the last, so all leave equally later while the first interval lasts and the last one has room.
 */
function processWhileOpen(
  takesMs: number,
  gate: Gate,
  at: Instant,
  wait: Process["wait"],
  report?: Report,
): Move {
  const first = openInterval(gate, at, report);
  let interval = first;
  let leftMs = takesMs;
  let marks = first.marks;
  for (let count = 1; leftMs >= interval.until - interval.from; count++) {
    if (count > INTERVALS_MAX) throw neverOpens(gate.system);
    report?.(waited(interval.from, interval.until, wait.cause, wait));
    leftMs -= interval.until - interval.from;
    interval = openInterval(gate, interval.until, report);
    marks |= interval.marks;
  }
  const to = (interval.from + leftMs) as Instant;
  if (leftMs > 0) report?.(waited(interval.from, to, wait.cause, wait));
  const until = Math.min(first.until, at + (interval.until - to)) as Instant;
  return { to, slope: 1, until, marks };
}

function openInterval(gate: Gate, at: Instant, report?: Report): OpenInterval {
  const waited = pass(gate, at, report);
  const open = waited.slope === 1 ? waited : pass(gate, waited.to);
  return { from: waited.to, until: open.until, marks: waited.marks };
}
