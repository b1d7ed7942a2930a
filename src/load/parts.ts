import type { Problem } from "../errors.js";
import type { DeclaredNames } from "./declared-names.js";
import type { Document } from "./document.js";
import type { Kind, Kinds } from "./kinds.js";
import type { Overrides } from "./overrides.js";

/** Documents after schema validation, and the origins of merged objects. */

export interface Part<K extends Kind> {
  readonly document: Document;
  readonly json: Kinds[K];
  /** Whether the file matches its schema. Undeclared references do not count. */
  readonly valid: boolean;
}

/** Documents by kind. `json` has the type of its kind only if `valid`; check `faulty` before reading others. */
export type Parts = { readonly [K in Kind]: readonly Part<K>[] };

export interface CheckResult {
  readonly parts: Parts;
  readonly declared: DeclaredNames;
  readonly overrides: Overrides;
  /** Objects and arrays that contain a schema error. */
  readonly faulty: WeakSet<object>;
  readonly problems: readonly Problem[];
}

/** The source objects of each merged object: the base definition first, then its additions. */
export type Origins = WeakMap<object, readonly object[]>;
