import type { Sentence } from "../errors.js";

/** An inconsistency in a schema-valid object. `path` is relative to `entity`. */
export interface Issue {
  readonly entity: object;
  readonly path: string;
  readonly sentence: Sentence;
}

/** A list with the issue if `found`, else an empty list. */
export const issueIf = (found: boolean, entity: object, path: string, sentence: Sentence): Issue[] =>
  found ? [{ entity, path, sentence }] : [];
