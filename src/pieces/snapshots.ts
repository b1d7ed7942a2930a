import type { Rulebook } from "../model/rulebook.js";
import { compileClassifiers } from "../payment/classifier.js";
import { FOREVER, type Instant } from "../time/instant.js";
import { BYTES_MAX } from "./cache.js";
import { knownAt, publicationsOf } from "./publications.js";
import { compileSnapshot, type Snapshot } from "./snapshot.js";

/** The snapshots of a rulebook: one for each state of knowledge, compiled when first asked about. */
export interface Snapshots {
  readonly rulebook: Rulebook;
  readonly latest: Snapshot;
  /** The instants of publication, in order. */
  readonly publications: readonly Instant[];
  /** By the number of publications known. */
  readonly earlier: Map<number, Snapshot>;
}

/** How many earlier snapshots are kept, and the size of the cache of each. */
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

/** The snapshot of what was known at `asOf`; by default, of all that is known. */
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
