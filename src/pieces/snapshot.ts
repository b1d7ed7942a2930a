import { type Calendars, compileCalendars } from "../calendar/compile.js";
import { compileDeciders, type Decider, type Deciders } from "../decide/decider.js";
import type { Decision } from "../decide/decision.js";
import { effectiveSystem } from "../decide/systems.js";
import type { Facts } from "../model/payment.js";
import type { Rulebook, WindowRule } from "../model/rulebook.js";
import { type Classifiers, compileClassifiers } from "../payment/classifier.js";
import { compileRoute, type Route } from "../route/route.js";
import type { PieceCache } from "./cache.js";
import { BYTES_MAX, newPieceCache } from "./cache.js";

/** A compiled rulebook as known at some instant. Routes are compiled when first taken. */
export interface Snapshot {
  readonly rulebook: Rulebook;
  readonly calendars: Calendars;
  readonly deciders: Deciders;
  /** Those of the latest snapshot; they give class ids for all snapshots. */
  readonly classifiers: Classifiers;
  /** Windows that apply to every payment. */
  readonly windows: readonly WindowRule[];
  /** Systems that stand for the one named by a fact, with that fact. */
  readonly standIns: readonly (readonly [system: string, fact: string])[];
  readonly routes: Map<string, Route>;
  readonly cache: PieceCache;
  /** By channel, compiled when first needed; only assess/judge.ts reads or fills it. */
  readonly judges: Map<string, object>;
}

/** The most routes that a snapshot keeps; then they are cleared. */
const ROUTES_MAX = 2000;

export function compileSnapshot(
  rulebook: Rulebook,
  classifiers = compileClassifiers(rulebook),
  bytesMax = BYTES_MAX,
): Snapshot {
  const calendars = compileCalendars(rulebook.calendars);
  return {
    rulebook,
    calendars,
    deciders: compileDeciders(rulebook, calendars),
    classifiers,
    windows: rulebook.windows.filter(({ conditions }) => conditions === undefined),
    standIns: Object.entries(rulebook.systems).flatMap(([id, { fact }]) =>
      fact === undefined ? [] : [[id, fact] as const],
    ),
    routes: new Map(),
    cache: newPieceCache(bytesMax),
    judges: new Map(),
  };
}

/** The route of a decision for a payment. */
export function routeOf(snapshot: Snapshot, decider: Decider, decision: Decision, facts: Facts): Route {
  const key = routeKey(snapshot, decision, facts);
  const known = snapshot.routes.get(key);
  if (known !== undefined) return known;
  if (snapshot.routes.size >= ROUTES_MAX) snapshot.routes.clear();
  const route = compileRoute(decision.rule, decision.holds, {
    zone: decider.zone,
    calendars: snapshot.calendars,
    systems: snapshot.rulebook.systems,
    windows: [...snapshot.windows, ...decision.windows],
    resolve: (system) => effectiveSystem(snapshot.rulebook.systems, system, facts),
  });
  snapshot.routes.set(key, route);
  return route;
}

/** Payments with one decision share a route, unless their banks are systems of their own. */
function routeKey(snapshot: Snapshot, { rule, windows, holds }: Decision, facts: Facts): string {
  const banks = snapshot.standIns.map(
    ([system]) => `s:${effectiveSystem(snapshot.rulebook.systems, system, facts)}`,
  );
  const names = [...windows.map(({ name }) => `w:${name}`), ...holds.map(({ name }) => `h:${name}`)];
  return [rule.name, ...banks, ...names].join("|");
}
