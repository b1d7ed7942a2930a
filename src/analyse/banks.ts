import type { Facts } from "../model/payment.js";
import type { Rulebook } from "../model/rulebook.js";
import type { View } from "../pieces/snapshot.js";
import { canonical } from "./same.js";

/** Banks that payments name, and that are systems of their own: what of them makes a difference. */

/** The systems of a channel's steps that stand for the one that a fact names, and the fact. */
export function standInsOf({ standIns, rulebook }: View, channel: string): (readonly [string, string])[] {
  const rules = rulebook.channels[channel]?.rules ?? [];
  const used = new Set(
    rules.flatMap(({ event }) =>
      event.type === "route" ? event.params.steps.map(({ system }) => system) : [],
    ),
  );
  return standIns.filter(([system]) => used.has(system));
}

/** When a system is open, as a key. */
export function behaviourOf({ systems, windows }: Rulebook, system: string): string {
  const { zone, hours } = systems[system] ?? {};
  const closing = windows.filter(({ event }) => event.params.systems.includes(system));
  return canonical([hours === undefined ? [] : [zone, hours], closing.map(({ name }) => name)]);
}

/** How the banks that a payment names behave on a channel, as a key. */
export function bankBehaviours(view: View, channel: string): (facts: Facts) => string {
  const { rulebook } = view;
  const behaviours = new Map(Object.keys(rulebook.systems).map((id) => [id, behaviourOf(rulebook, id)]));
  const standIns = standInsOf(view, channel);
  return (facts) =>
    standIns.map(([system, fact]) => behaviours.get(String(facts[fact])) ?? behaviours.get(system)).join();
}
