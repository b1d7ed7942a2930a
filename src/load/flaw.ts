import type { Sentence } from "../errors.js";

/** Something in a sound object that does not fit together; `path` leads to it from `entity`. */
export interface Flaw {
  readonly entity: object;
  readonly path: string;
  readonly sentence: Sentence;
}

/** The flaw, where there is one. */
export const flawIf = (found: boolean, entity: object, path: string, sentence: Sentence): Flaw[] =>
  found ? [{ entity, path, sentence }] : [];
