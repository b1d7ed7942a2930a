import type { Facts } from "../model/payment.js";
import type { Rulebook } from "../model/rulebook.js";
import type { Snapshot } from "../pieces/snapshot.js";
import { canonicalJson } from "./equivalence.js";

/** Banks that a payment names and that are systems: which differences between them matter. */

/** The placeholder systems in a channel's steps, each with the fact that names the actual system. */
export function standInsOf({ standIns, rulebook }: Snapshot, channel: string): (readonly [string, string])[] {
  const rules = rulebook.channels[channel]?.rules ?? [];
  const used = new Set(
    rules.flatMap(({ event }) =>
      event.type === "route" ? event.params.steps.map(({ system }) => system) : [],
    ),
  );
  return standIns.filter(([system]) => used.has(system));
}

/** A key of a system's hours and windows. Systems with equal keys are open at the same times. */
export function behaviourOf({ systems, windows }: Rulebook, system: string): string {
  const { zone, hours } = systems[system] ?? {};
  const closing = windows.filter(({ event }) => event.params.systems.includes(system));
  return canonicalJson([hours === undefined ? [] : [zone, hours], closing.map(({ name }) => name)]);
}

/** Compiles a key of the banks that a payment names. Payments with equal keys meet the same opening times. */
export function bankBehaviours(snapshot: Snapshot, channel: string): (facts: Facts) => string {
  const { rulebook } = snapshot;
  const behaviours = new Map(Object.keys(rulebook.systems).map((id) => [id, behaviourOf(rulebook, id)]));
  const standIns = standInsOf(snapshot, channel);
  return (facts) =>
    standIns.map(([system, fact]) => behaviours.get(String(facts[fact])) ?? behaviours.get(system)).join();
}
