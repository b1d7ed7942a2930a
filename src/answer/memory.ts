import { newTable, type Table } from "./table.js";

/** What a view has worked out and may forget: it is bounded whatever payments come. */
export interface Memory {
  /** By class, banks and purpose, as one number. */
  readonly tables: Map<number, Table>;
  /** Roughly how many bytes all tables take together. */
  bytes: number;
}

/** Past that all tables are forgotten and begun anew. */
const BYTES_MAX = 64_000_000;

/** What a stretch takes, with the piece and the moves behind it. */
const STRETCH_BYTES = 1000;
const NUMBER_BYTES = 8;
/** What a table takes before anything is known, in numbers. */
const EMPTY_NUMBERS = 64;

export const newMemory = (): Memory => ({ tables: new Map(), bytes: 0 });

/** What is known of payments that are answered alike. */
export function tableOf(memory: Memory, key: number): Table {
  let table = memory.tables.get(key);
  if (table === undefined) {
    count(memory, 0, EMPTY_NUMBERS);
    table = newTable();
    memory.tables.set(key, table);
  }
  return table;
}

/** Counts what was kept, and forgets everything where that is too much. */
export function count(memory: Memory, stretches: number, numbers: number): void {
  memory.bytes += stretches * STRETCH_BYTES + numbers * NUMBER_BYTES;
  if (memory.bytes <= BYTES_MAX) return;
  memory.tables.clear();
  memory.bytes = 0;
}
