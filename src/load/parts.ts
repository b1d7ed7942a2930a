import type { Problem } from "../errors.js";
import type { Declared } from "./declared.js";
import type { Document } from "./document.js";
import type { Kind, Kinds } from "./kinds.js";
import type { Overrides } from "./overrides.js";

/** Documents after the check against their schemas, and where merged objects came from. */

export interface Part<K extends Kind> {
  readonly document: Document;
  readonly json: Kinds[K];
  /** Whether the file is as its schema says; references to what is declared nowhere aside. */
  readonly sound: boolean;
}

/** A document by its kind; `json` has the kind's type as far as `sound` and `faulty` allow. */
export type Parts = { readonly [K in Kind]: readonly Part<K>[] };

export interface Checked {
  readonly parts: Parts;
  readonly declared: Declared;
  /** What the upper layer takes from the lower. */
  readonly overrides: Overrides;
  /** The objects and arrays with a fault in them. */
  readonly faulty: WeakSet<object>;
  readonly problems: readonly Problem[];
}

/** What several files say of one thing, by the object that was made of it: the whole first, then what adds to it. */
export type Origins = WeakMap<object, readonly object[]>;
