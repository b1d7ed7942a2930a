import { type Calendars, compileCalendars } from "../calendar/compile.js";
import { compileDeciders, type Decider, type Deciders, type Decision } from "../decide/decider.js";
import type { Facts } from "../model/payment.js";
import type { Rulebook, WindowRule } from "../model/rulebook.js";
import { type Pieces, piecesOf } from "../route/pieces.js";
import { compileRoute } from "../route/route.js";

/** A rulebook as it was known at some instant, compiled; routes are compiled when they are first taken. */
export interface View {
  readonly rulebook: Rulebook;
  readonly calendars: Calendars;
  readonly deciders: Deciders;
  /** Windows that apply to every payment. */
  readonly windows: readonly WindowRule[];
  /** Facts that name the bank a system stands for, by system. */
  readonly standIns: ReadonlyMap<string, string>;
  readonly routes: Map<string, Pieces>;
}

/** How many routes a view remembers; past that all are forgotten and begun anew. */
const ROUTES_MAX = 2000;

export function compileView(rulebook: Rulebook): View {
  const calendars = compileCalendars(rulebook.calendars);
  const standIns = Object.entries(rulebook.systems).flatMap(([id, { fact }]) =>
    fact === undefined ? [] : [[id, fact] as const],
  );
  return {
    rulebook,
    calendars,
    deciders: compileDeciders(rulebook, calendars),
    windows: rulebook.windows.filter(({ conditions }) => conditions === undefined),
    standIns: new Map(standIns),
    routes: new Map(),
  };
}

/**
 * The route that a decision means for a payment, with the pieces of it that are known. What tells one route from
 * another is what was decided, never the raw facts: a million unknown banks share one.
 */
export function routeOf(view: View, decider: Decider, decision: Decision, facts: Facts): Pieces {
  const key = keyOf(view, decision, facts);
  const known = view.routes.get(key);
  if (known !== undefined) return known;
  if (view.routes.size >= ROUTES_MAX) view.routes.clear();
  const route = compileRoute(decision.rule, decision.holds, {
    zone: decider.zone,
    calendars: view.calendars,
    systems: view.rulebook.systems,
    windows: [...view.windows, ...decision.windows],
    resolve: (system) => standIn(view, system, facts),
  });
  const pieces = piecesOf(route);
  view.routes.set(key, pieces);
  return pieces;
}

/** The declared system that a name stands for: the bank that the payment names, where there is one of that name. */
function standIn(view: View, system: string, facts: Facts): string {
  const fact = view.standIns.get(system);
  const named = fact === undefined ? undefined : facts[fact];
  return typeof named === "string" && Object.hasOwn(view.rulebook.systems, named) ? named : system;
}

function keyOf(view: View, { rule, windows, holds }: Decision, facts: Facts): string {
  let key = rule.name;
  for (const system of view.standIns.keys()) key += `|${standIn(view, system, facts)}`;
  for (const window of windows) key += `|w:${window.name}`;
  for (const hold of holds) key += `|h:${hold.name}`;
  return key;
}
