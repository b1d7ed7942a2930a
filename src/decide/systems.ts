import type { Facts } from "../model/payment.js";
import type { ChannelRule, Rulebook, WindowRule } from "../model/rulebook.js";

/** Which systems a payment comes to. */

type Systems = Rulebook["systems"];

/** The declared system that a name stands for: the bank that the payment names, where there is one of that name. */
export function standIn(systems: Systems, system: string, facts: Facts): string {
  const fact = systems[system]?.fact;
  const named = fact === undefined ? undefined : facts[fact];
  return typeof named === "string" && Object.hasOwn(systems, named) ? named : system;
}

/** Whether a window is of a system that some step of the rule runs on. */
export function isOnTheWay(
  { event }: ChannelRule,
  window: WindowRule,
  facts: Facts,
  systems: Systems,
): boolean {
  if (event.type === "refuse") return false;
  return event.params.steps.some(
    ({ system }) =>
      system !== undefined && window.event.params.systems.includes(standIn(systems, system, facts)),
  );
}
