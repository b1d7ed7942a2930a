import type { PaymentClass } from "../decide/decider.js";
import { FIRST_DAY } from "../time/day.js";
import type { Stretch } from "./stretch.js";

/** What a view has worked out and may forget: it is bounded whatever payments come. */
export interface Memory {
  /** By class, then by the banks that are systems of their own. */
  days: WeakMap<PaymentClass, Map<string, Days>>;
  /** Stretches kept, of all classes together. */
  stretches: number;
}

/** What is known of one day (UTC). */
export interface KnownDay {
  readonly stretches: readonly Stretch[];
  /** The stretches as numbers, a row each: see `ROW`. */
  readonly rows: Float64Array;
}

/** Days that were asked about, in chunks of 512, so that finding one is two steps and no hashing. */
export type Days = (KnownDay | undefined)[][];

const CHUNK_BITS = 9;
const CHUNK_MASK = 2 ** CHUNK_BITS - 1;

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
    days = [];
    byBanks.set(banks, days);
  }
  return days;
}

/** `day` counts from 1970 and lies within the range of questions. */
export function knownDay(days: Days, day: number): KnownDay | undefined {
  const place = day - FIRST_DAY;
  return days[place >> CHUNK_BITS]?.[place & CHUNK_MASK];
}

/** Keeps what is known of a day, and makes room for it where there is none left. */
export function keepDay(memory: Memory, days: Days, day: number, known: KnownDay): void {
  if (memory.stretches + known.stretches.length > STRETCHES_MAX) {
    memory.days = new WeakMap();
    memory.stretches = 0;
  }
  memory.stretches += known.stretches.length;
  const place = day - FIRST_DAY;
  const chunk = days[place >> CHUNK_BITS] ?? [];
  chunk[place & CHUNK_MASK] = known;
  days[place >> CHUNK_BITS] = chunk;
}
