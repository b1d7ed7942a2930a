import type { Rulebook } from "../model/rulebook.js";
import { compileClassifiers } from "../payment/classifier.js";
import { FOREVER, type Instant } from "../time/instant.js";
import { BYTES_MAX } from "./cache.js";
import { knownAt, publicationsOf } from "./known-at.js";
import { compileSnapshot, type Snapshot } from "./snapshot.js";

/** The views of a rulebook: one for every state of knowledge, compiled when it is first asked about. */
export interface Snapshots {
  readonly rulebook: Rulebook;
  readonly latest: Snapshot;
  /** The instants at which what is known changes, in order. */
  readonly publications: readonly Instant[];
  /** By the number of publications that were known. */
  readonly earlier: Map<number, Snapshot>;
}

/** How many earlier states of knowledge are kept compiled, and how much each remembers. */
const EARLIER_MAX = 16;
const EARLIER_BYTES_MAX = BYTES_MAX / 8;

export const compileSnapshots = (
  rulebook: Rulebook,
  classifiers = compileClassifiers(rulebook),
): Snapshots => ({
  rulebook,
  latest: compileSnapshot(rulebook, classifiers),
  publications: publicationsOf(rulebook),
  earlier: new Map(),
});

/** The view of what was known at an instant; without one, of all that is known. */
export function snapshotAt(snapshots: Snapshots, asOf: Instant = FOREVER): Snapshot {
  const { publications } = snapshots;
  let count = publications.length;
  while ((publications[count - 1] ?? asOf) > asOf) count--;
  if (count === publications.length) return snapshots.latest;
  const known = snapshots.earlier.get(count);
  if (known !== undefined) return known;
  if (snapshots.earlier.size >= EARLIER_MAX)
    snapshots.earlier.delete(snapshots.earlier.keys().next().value as number);
  const snapshot = compileSnapshot(
    knownAt(snapshots.rulebook, asOf),
    snapshots.latest.classifiers,
    EARLIER_BYTES_MAX,
  );
  snapshots.earlier.set(count, snapshot);
  return snapshot;
}
