import type { Facts } from "../model/payment.js";
import type { Rulebook, Step, WindowRule } from "../model/rulebook.js";

/** Which systems a payment comes to. */

type Systems = Rulebook["systems"];

/** The declared system that a name stands for: the bank that the payment names, where there is one of that name. */
export function standIn(systems: Systems, system: string, facts: Facts): string {
  const fact = systems[system]?.fact;
  const named = fact === undefined ? undefined : facts[fact];
  return typeof named === "string" && Object.hasOwn(systems, named) ? named : system;
}

/** Whether a window is of a system that some of the steps runs on. */
export const isOnTheWay = (
  steps: readonly Step[],
  { event }: WindowRule,
  facts: Facts,
  systems: Systems,
): boolean =>
  steps.some(
    ({ system }) => system !== undefined && event.params.systems.includes(standIn(systems, system, facts)),
  );
