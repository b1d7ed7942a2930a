import fc from "fast-check";
import { expect } from "vitest";
import type { ChannelDifference } from "../../src/analyse/diff.js";
import type { Delta, Shift } from "../../src/analyse/shifts.js";
import { arrive } from "../../src/answer/arrival.js";
import { QuestionError } from "../../src/errors.js";
import { BOUNDS } from "../../src/model/bound.js";
import type { Rulebook, Step } from "../../src/model/rulebook.js";
import { pieceAt } from "../../src/pieces/piece-lookup.js";
import { type Query, queryOf } from "../../src/pieces/query.js";
import { compileSnapshot } from "../../src/pieces/snapshot.js";
import type { Instant } from "../../src/time/instant.js";
import { steps, type WorldWithChoices } from "../support/random-rulebook.js";

/** Random edits of random rulebooks, and the answers before and after, instant by instant. */

export const MINUTE = 60_000;

/** An edit of a random world: other steps, a system without hours, one window or rule fewer. */
export const edit: fc.Arbitrary<(world: WorldWithChoices) => WorldWithChoices> = fc.oneof(
  steps.map((other) => (world: WorldWithChoices) => ({ ...world, steps: other })),
  fc.constant((world: WorldWithChoices) => ({ ...world, windows: world.windows.slice(1) })),
  fc.constant((world: WorldWithChoices) => ({ ...world, choices: world.choices.slice(1) })),
  fc.constant((world: WorldWithChoices) => ({
    ...world,
    systems: { ...world.systems, one: { title: { zh: "系统", en: "system" } } },
  })),
  fc.constant((world: WorldWithChoices) => ({
    ...world,
    steps: world.steps.map(
      (step): Step =>
        step.kind === "settle" && step.roll === "none" ? { ...step, roll: "following" } : step,
    ),
  })),
  fc.constant((world: WorldWithChoices) => world),
);

export function queryIn(rulebook: Rulebook): Query {
  const snapshot = compileSnapshot(rulebook);
  return queryOf(snapshot, "random", { amount: 1000 });
}

/** The answer for one payment: its outcome or error, and its arrival in epoch milliseconds. */
export function answerAt(query: Query, at: number): { outcome: string; bounds: number[] } {
  try {
    const arrival = arrive(query, at as Instant);
    const never = pieceAt(query, at as Instant).routeAnswer === undefined;
    const bounds = never ? [] : BOUNDS.map((bound) => Date.parse(arrival[bound]));
    return { outcome: never ? "never" : arrival.outcome, bounds };
  } catch (error) {
    if (error instanceof QuestionError) return { outcome: error.code, bounds: [] };
    throw error;
  }
}

export const answerKey = ({ outcome, bounds }: ReturnType<typeof answerAt>): string =>
  `${outcome} ${bounds.join(" ")}`;

/** The delta at an instant within a shift. Rounds, because the division is inexact. */
const deltaAt = ({ from, until, by }: Shift, delta: Delta, at: number): number =>
  by === undefined || delta.first === delta.last || until - 1 === from
    ? delta.first
    : Math.round(delta.first + ((delta.last - delta.first) * (at - from)) / (until - 1 - from));

/** Expects the shifts at one instant to match the two answers. */
export function expectConsistentShift(one: Query, other: Query, shifts: readonly Shift[], at: number): void {
  const [before, after] = [answerAt(one, at), answerAt(other, at)];
  const shift = shifts.find(({ from, until }) => at >= from && at < until);
  const moves = JSON.stringify(before) !== JSON.stringify(after);
  expect(shift !== undefined, `at ${new Date(at).toISOString()}`).toBe(moves);
  if (shift?.by === undefined) return;
  const by = shift.by;
  const found = BOUNDS.map((bound) => deltaAt(shift, by[bound], at));
  expect(found).toEqual(after.bounds.map((to, index) => to - (before.bounds[index] as number)));
}

export const shiftsOf = ([found]: readonly ChannelDifference[]): readonly Shift[] =>
  found?.moves[0]?.shifts ?? [];
