import type { Rulebook } from "../model/rulebook.js";
import { compileClassifiers } from "../payment/classifier.js";
import { FOREVER, type Instant } from "../time/instant.js";
import { BYTES_MAX } from "./cache.js";
import { knownAt, publicationsOf } from "./known-at.js";
import { compileView, type View } from "./snapshot.js";

/** The views of a rulebook: one for every state of knowledge, compiled when it is first asked about. */
export interface Views {
  readonly rulebook: Rulebook;
  readonly latest: View;
  /** The instants at which what is known changes, in order. */
  readonly publications: readonly Instant[];
  /** By the number of publications that were known. */
  readonly earlier: Map<number, View>;
}

/** How many earlier states of knowledge are kept compiled, and how much each remembers. */
const EARLIER_MAX = 16;
const EARLIER_BYTES_MAX = BYTES_MAX / 8;

export const compileViews = (rulebook: Rulebook, sorters = compileClassifiers(rulebook)): Views => ({
  rulebook,
  latest: compileView(rulebook, sorters),
  publications: publicationsOf(rulebook),
  earlier: new Map(),
});

/** The view of what was known at an instant; without one, of all that is known. */
export function viewAt(views: Views, asOf: Instant = FOREVER): View {
  const { publications } = views;
  let count = publications.length;
  while ((publications[count - 1] ?? asOf) > asOf) count--;
  if (count === publications.length) return views.latest;
  const known = views.earlier.get(count);
  if (known !== undefined) return known;
  if (views.earlier.size >= EARLIER_MAX) views.earlier.delete(views.earlier.keys().next().value as number);
  const view = compileView(knownAt(views.rulebook, asOf), views.latest.sorters, EARLIER_BYTES_MAX);
  views.earlier.set(count, view);
  return view;
}
