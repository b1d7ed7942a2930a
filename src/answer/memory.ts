import type { PaymentClass } from "../decide/decider.js";
import type { Stretch } from "./stretch.js";

/** What a view has worked out and may forget: it is bounded whatever payments come. */
export interface Memory {
  /** By class, then by the banks that are systems of their own. */
  days: WeakMap<PaymentClass, Map<string, Days>>;
  /** Stretches kept, of all classes together. */
  stretches: number;
}

/** The stretches of each day (UTC) that was asked about. */
export type Days = Map<number, readonly Stretch[]>;

/** About fifty megabytes; past that everything is forgotten and begun anew. */
const STRETCHES_MAX = 50_000;

export const newMemory = (): Memory => ({ days: new WeakMap(), stretches: 0 });

/** What is known of payments of one class with the same banks. */
export function daysOf(memory: Memory, paymentClass: PaymentClass, banks: string): Days {
  let byBanks = memory.days.get(paymentClass);
  if (byBanks === undefined) {
    byBanks = new Map();
    memory.days.set(paymentClass, byBanks);
  }
  let days = byBanks.get(banks);
  if (days === undefined) {
    days = new Map();
    byBanks.set(banks, days);
  }
  return days;
}

/** Counts what is about to be kept, and makes room for it. */
export function keep(memory: Memory, stretches: number): void {
  if (memory.stretches + stretches > STRETCHES_MAX) {
    memory.days = new WeakMap();
    memory.stretches = 0;
  }
  memory.stretches += stretches;
}
