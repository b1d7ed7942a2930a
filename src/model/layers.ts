import type { Place } from "./place.js";

/** One thing that the files of an upper layer change in the pack below, and where they say so. */
export interface LayerChange extends Place {
  readonly change: "adds" | "replaces" | "removes";
  /** What it is, as in `rule`, `system`, `year of cn.statutory`. */
  readonly kind: string;
  readonly name: string;
  /** What stood there before, where something did. */
  readonly below?: Place;
}
