import { neverOpens } from "../errors.js";
import { FOREVER, type Instant } from "../time/instant.js";
import { type Gate, passGate } from "./gate.js";
import type { Move } from "./move.js";
import { newWait, type Report, type Wait } from "./wait.js";

/** A step that takes time: wall-clock time, or open time of its system. */
export interface Process {
  readonly takesMs: number;
  /** Only time at which this gate is open counts; undefined if all time counts. */
  readonly gate: Gate | undefined;
  readonly wait: Pick<Wait, "cause" | "system" | "name" | "rule">;
}

/** An interval in which a gate is open. */
interface OpenInterval {
  readonly from: Instant;
  readonly until: Instant;
  readonly marks: number;
}

/** A process that needs more open intervals never ends. */
const INTERVALS_MAX = 10_000;

export function process({ takesMs, gate, wait }: Process, at: Instant, report?: Report): Move {
  if (gate !== undefined) return processWhileOpen(takesMs, gate, at, wait, report);
  const to = (at + takesMs) as Instant;
  if (to > at) report?.(newWait(at, to, wait.cause, wait));
  return { to, slope: 1, until: FOREVER, marks: 0 };
}

/**
 * Counts open time only. An entry that is one minute later has one minute less of the first interval and needs one more of
 * the last. So the slope is 1 until the first interval ends or the last one is full.
 */
function processWhileOpen(
  takesMs: number,
  gate: Gate,
  at: Instant,
  wait: Process["wait"],
  report?: Report,
): Move {
  const first = nextOpenInterval(gate, at, report);
  let interval = first;
  let leftMs = takesMs;
  let marks = first.marks;
  for (let count = 1; leftMs >= interval.until - interval.from; count++) {
    if (count > INTERVALS_MAX) throw neverOpens(gate.system);
    report?.(newWait(interval.from, interval.until, wait.cause, wait));
    leftMs -= interval.until - interval.from;
    interval = nextOpenInterval(gate, interval.until, report);
    marks |= interval.marks;
  }
  const to = (interval.from + leftMs) as Instant;
  if (leftMs > 0) report?.(newWait(interval.from, to, wait.cause, wait));
  const until = Math.min(first.until, at + (interval.until - to)) as Instant;
  return { to, slope: 1, until, marks };
}

function nextOpenInterval(gate: Gate, at: Instant, report?: Report): OpenInterval {
  const entry = passGate(gate, at, report);
  const open = entry.slope === 1 ? entry : passGate(gate, entry.to);
  return { from: entry.to, until: open.until, marks: entry.marks };
}
