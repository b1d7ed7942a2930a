import { type Calendars, compileCalendars } from "../calendar/compile.js";
import { compileDeciders, type Decider, type Deciders } from "../decide/decider.js";
import type { Decision } from "../decide/decision.js";
import type { Facts } from "../model/payment.js";
import type { Rulebook, WindowRule } from "../model/rulebook.js";
import { compileRoute, type Route } from "../route/route.js";
import type { Memory } from "./memory.js";
import { newMemory } from "./memory.js";

/** A rulebook as it was known at some instant, compiled; routes are compiled when they are first taken. */
export interface View {
  readonly rulebook: Rulebook;
  readonly calendars: Calendars;
  readonly deciders: Deciders;
  /** Windows that apply to every payment. */
  readonly windows: readonly WindowRule[];
  /** Systems that stand for the one that a fact names, and the fact. */
  readonly standIns: readonly (readonly [system: string, fact: string])[];
  /** Systems by name, counted from 1. */
  readonly systemNumbers: ReadonlyMap<unknown, number>;
  readonly routes: Map<string, Route>;
  readonly memory: Memory;
}

/** How many routes a view remembers; past that all are forgotten and begun anew. */
const ROUTES_MAX = 2000;

export function compileView(rulebook: Rulebook): View {
  const calendars = compileCalendars(rulebook.calendars);
  return {
    rulebook,
    calendars,
    deciders: compileDeciders(rulebook, calendars),
    windows: rulebook.windows.filter(({ conditions }) => conditions === undefined),
    standIns: Object.entries(rulebook.systems).flatMap(([id, { fact }]) =>
      fact === undefined ? [] : [[id, fact] as const],
    ),
    systemNumbers: new Map(Object.keys(rulebook.systems).map((id, index) => [id, index + 1])),
    routes: new Map(),
    memory: newMemory(),
  };
}

/** The route that a decision means for a payment. */
export function routeOf(view: View, decider: Decider, decision: Decision, facts: Facts): Route {
  const key = routeKey(view, decision, facts);
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
  view.routes.set(key, route);
  return route;
}

/** The banks of a payment that are declared systems, as a number; unknown banks are all alike. */
export function banksOf({ standIns, systemNumbers }: View, facts: Facts): number {
  let key = 0;
  for (const [, fact] of standIns) {
    const named = facts[fact];
    key = key * (systemNumbers.size + 1) + (named === undefined ? 0 : (systemNumbers.get(named) ?? 0));
  }
  return key;
}

/** The declared system that a name stands for: the bank that the payment names, where there is one of that name. */
function standIn({ standIns, rulebook }: View, system: string, facts: Facts): string {
  const fact = standIns.find(([id]) => id === system)?.[1];
  const named = fact === undefined ? undefined : facts[fact];
  return typeof named === "string" && Object.hasOwn(rulebook.systems, named) ? named : system;
}

function routeKey(view: View, { rule, windows, holds }: Decision, facts: Facts): string {
  const names = [
    rule.name,
    ...windows.map(({ name }) => `w:${name}`),
    ...holds.map(({ name }) => `h:${name}`),
  ];
  return `${banksOf(view, facts)}|${names.join("|")}`;
}
