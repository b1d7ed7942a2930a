import type { Place } from "./place.js";

/** A change that an upper layer makes to the pack below, with its place in the files. */
export interface LayerChange extends Place {
  readonly change: "adds" | "replaces" | "removes";
  /** What is changed, as in `rule`, `system`, `year of cn.statutory`. */
  readonly kind: string;
  readonly name: string;
  /** The place of the definition that is replaced or removed. */
  readonly below?: Place;
}
