import { QuestionError } from "../errors.js";
import type { Comparison } from "../model/answers.js";
import type { Payment } from "../model/payment.js";

/**
 * One payment over every channel that accepts it, the earliest expected arrival first. Channels that refuse it or have no rule
 * for it are left out.
 */
export function compareOver(
  channels: readonly string[],
  payment: Omit<Payment, "channel">,
  when: (payment: Payment) => Comparison["arrival"],
): Comparison[] {
  return channels
    .map((channel) => ({ channel, arrival: attempt(() => when({ ...payment, channel } as Payment)) }))
    .filter((one): one is Comparison => one.arrival !== undefined && one.arrival.outcome !== "refused")
    .sort(bySpeed);
}

/** Undefined if the channel has no rule for the payment or does not cover its dates. Bad input is still an error. */
function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof QuestionError && (error.code === "no-rule" || error.code === "outside-coverage"))
      return undefined;
    throw error;
  }
}

const bySpeed = (one: Comparison, other: Comparison): number =>
  Date.parse(one.arrival.expected) - Date.parse(other.arrival.expected) ||
  Date.parse(one.arrival.latest) - Date.parse(other.arrival.latest) ||
  (one.channel < other.channel ? -1 : 1);
