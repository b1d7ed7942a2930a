import type { Calendars } from "../calendar/compile.js";
import type { Locate } from "../model/place.js";
import type { Rulebook } from "../model/rulebook.js";
import { compileReader, type Question } from "../payment/question.js";
import { compileView, type View } from "../pieces/snapshot.js";
import type { Day } from "../time/day.js";

/** What every question about a rulebook is asked against. */
export interface Context {
  readonly rulebook: Rulebook;
  readonly view: View;
  readonly calendars: Calendars;
  readonly read: (payment: unknown) => Question;
  readonly locate: Locate;
  /** The day that "soon" and "in the past" are told from; the analysis itself knows no clock. */
  readonly today: Day;
}

export function contextOf(rulebook: Rulebook, locate: Locate, today: Day): Context {
  const view = compileView(rulebook);
  return { rulebook, view, calendars: view.calendars, read: compileReader(rulebook), locate, today };
}
