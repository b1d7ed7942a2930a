import type { Subject } from "./subject.js";

/** What a view has worked out and may forget: it is bounded whatever payments come. */
export interface Memory {
  /** Subjects by class, then by the banks that are systems of their own. */
  subjects: WeakMap<object, Map<string, Subject>>;
  /** Stretches kept, of all subjects together. */
  stretches: number;
}

/** About fifty megabytes; past that all subjects are forgotten and begun anew. */
const STRETCHES_MAX = 50_000;

export const newMemory = (): Memory => ({ subjects: new WeakMap(), stretches: 0 });

/** Counts what is about to be kept, and makes room for it. */
export function keep(memory: Memory, stretches: number): void {
  if (memory.stretches + stretches > STRETCHES_MAX) {
    memory.subjects = new WeakMap();
    memory.stretches = 0;
  }
  memory.stretches += stretches;
}
