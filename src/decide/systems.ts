import type { Facts } from "../model/payment.js";
import type { Rulebook, Step, WindowRule } from "../model/rulebook.js";

/** The systems that a payment's route runs on. */

type Systems = Rulebook["systems"];

/** A system with a `fact` stands for the system that the fact names, such as the payee's bank, if that is declared. */
export function effectiveSystem(systems: Systems, system: string, facts: Facts): string {
  const fact = systems[system]?.fact;
  const named = fact === undefined ? undefined : facts[fact];
  return typeof named === "string" && Object.hasOwn(systems, named) ? named : system;
}

/** Whether a window closes a system that some step runs on. */
export const affectsRoute = (
  steps: readonly Step[],
  { event }: WindowRule,
  facts: Facts,
  systems: Systems,
): boolean =>
  steps.some(
    ({ system }) =>
      system !== undefined && event.params.systems.includes(effectiveSystem(systems, system, facts)),
  );
