import type { Calendars } from "../calendar/compile.js";
import type { Locate } from "../model/place.js";
import type { Rulebook } from "../model/rulebook.js";
import { compileReader, type ParsedPayment } from "../payment/parsed-payment.js";
import { compileSnapshot, type Snapshot } from "../pieces/snapshot.js";
import type { Day } from "../time/day.js";

/** The rulebook under check, compiled, and the day of the check. */
export interface Context {
  readonly rulebook: Rulebook;
  readonly snapshot: Snapshot;
  readonly calendars: Calendars;
  readonly read: (payment: unknown) => ParsedPayment;
  readonly locate: Locate;
  /** Decides what is soon or past. Checks read no clock. */
  readonly today: Day;
}

export function contextOf(rulebook: Rulebook, locate: Locate, today: Day): Context {
  const snapshot = compileSnapshot(rulebook);
  return { rulebook, snapshot, calendars: snapshot.calendars, read: compileReader(rulebook), locate, today };
}
