import type { PaymentClass } from "../decide/decider.js";
import { newTable, type Table } from "./table.js";

/** What a view has worked out and may forget: it is bounded whatever payments come. */
export interface Memory {
  /** By class, then by the banks that are systems of their own. */
  tables: WeakMap<PaymentClass, Map<string, Table>>;
  /** Roughly how many bytes all tables take together. */
  bytes: number;
}

/** Past that all tables are forgotten and begun anew. */
const BYTES_MAX = 64_000_000;

/** What a stretch takes, with the piece and the moves behind it. */
const STRETCH_BYTES = 1000;
const NUMBER_BYTES = 8;

export const newMemory = (): Memory => ({ tables: new WeakMap(), bytes: 0 });

/** What is known of payments of one class with the same banks. */
export function tableOf(memory: Memory, paymentClass: PaymentClass, banks: string): Table {
  let byBanks = memory.tables.get(paymentClass);
  if (byBanks === undefined) {
    byBanks = new Map();
    memory.tables.set(paymentClass, byBanks);
  }
  let table = byBanks.get(banks);
  if (table === undefined) {
    table = newTable();
    byBanks.set(banks, table);
  }
  return table;
}

/** Counts what was kept, and forgets everything where that is too much. */
export function count(memory: Memory, stretches: number, numbers: number): void {
  memory.bytes += stretches * STRETCH_BYTES + numbers * NUMBER_BYTES;
  if (memory.bytes <= BYTES_MAX) return;
  memory.tables = new WeakMap();
  memory.bytes = 0;
}
