import fc from "fast-check";
import type { Decision } from "../../src/decide/decider.js";
import { QuestionError } from "../../src/errors.js";
import type { PieceBound } from "../../src/model/answers.js";
import type { Bound } from "../../src/model/bound.js";
import { type Query, queryOf } from "../../src/pieces/query.js";
import { compileSnapshot } from "../../src/pieces/snapshot.js";
import { travel } from "../../src/route/path.js";
import { compileRoute, type Route } from "../../src/route/route.js";
import { parseDuration } from "../../src/time/duration.js";
import type { Instant } from "../../src/time/instant.js";
import { rulebookWithChoices, type WorldWithChoices } from "./random-rulebook.js";

/** Random worlds that are asked instant by instant: decided and travelled anew, without pieces, memory or classes. */

export function randomQuery(random: WorldWithChoices): Query {
  const view = compileSnapshot(rulebookWithChoices(random));
  return queryOf(view, "random", { amount: 1 });
}

/** When a payment sent at `at` arrives, by deciding and travelling for that instant alone; undefined where refused. */
export function referenceArrival(subject: Query, bound: Bound, at: number): number | undefined {
  const { decider } = subject;
  const decision = decider.decide({ amount: 1 }, at as Instant);
  if (decision.rule.event.type === "refuse") return undefined;
  return travel(referenceRoute(subject, decision).paths[bound], at as Instant).to;
}

const routes = new WeakMap<object, Route>();

export function referenceRoute({ snapshot: view, decider }: Query, decision: Decision): Route {
  const route =
    routes.get(decision) ??
    compileRoute(decision.rule, [], {
      zone: decider.zone,
      calendars: view.calendars,
      systems: view.rulebook.systems,
      windows: view.rulebook.windows,
      resolve: (system) => system,
    });
  routes.set(decision, route);
  return route;
}

/** A world whose system never opens, or whose rules know nothing of a day, has no answer to compare. */
export function skipUnanswerable<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    fc.pre(!(error instanceof QuestionError));
    throw error;
  }
}

/** The instant that a bound of a piece means for a payment sent at `sentAt`. */
export const pieceArrival = (bound: PieceBound, sentAt: number): number =>
  "at" in bound ? Date.parse(bound.at) : sentAt + (parseDuration(bound.after) as number);
