import type { Assessment, Cluster } from "../model/assessment.js";
import { formatInstant, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";
import type { Situation } from "./situation.js";

/** Suspected incidents: many payments that are overdue at one system in the same hours. */

/** Minimum size of a cluster: overdue payments, and their share of all payments due at the system in these hours. */
export interface ClusterLimits {
  readonly count: number;
  readonly share: number;
}

export const CLUSTER_LIMITS: ClusterLimits = { count: 5, share: 0.2 };

/** Payments due at one system in one hour. */
interface Cell {
  readonly system: string;
  readonly hour: number;
  due: number;
  overdue: number;
  readonly channels: Set<string>;
}

/** Counts by system and hour. `zone` is the zone of the first payment; clusters are reported in it. */
export interface Tally {
  readonly cells: Map<string, Cell>;
  zone: Zone | undefined;
}

export const newTally = (): Tally => ({ cells: new Map(), zone: undefined });

const HOUR_MS = 3_600_000;
/** Bounds memory: about a year of hours of one system. Past it, cells with the fewest overdue payments are evicted. */
const CELLS_MAX = 10_000;

/**
 * Counts a payment for every system of its path, in the hour of its deadline. Payments that are not due yet, and
 * refused ones, are not counted.
 */
export function countPayment(
  tally: Tally,
  { current, deadline }: Situation,
  assessment: Assessment,
  channel: string,
): void {
  tally.zone ??= current.query.zone;
  const { phase, status, stuckAt } = assessment;
  if (phase.startsWith("before") || status === "refused") return;
  const hour = Math.floor(deadline / HOUR_MS);
  const systems = new Set(current.paths.expected.legs.map(({ system }) => system));
  for (const system of systems) {
    if (system === undefined) continue;
    const cell = cellOf(tally.cells, system, hour);
    cell.due++;
    if (phase !== "overdue" || stuckAt?.system !== system) continue;
    cell.overdue++;
    cell.channels.add(channel);
  }
}

function cellOf(cells: Tally["cells"], system: string, hour: number): Cell {
  const key = `${system} ${hour}`;
  const known = cells.get(key);
  if (known !== undefined) return known;
  if (cells.size >= CELLS_MAX) evictCells(cells);
  const cell: Cell = { system, hour, due: 0, overdue: 0, channels: new Set() };
  cells.set(key, cell);
  return cell;
}

function evictCells(cells: Tally["cells"]): void {
  const fewestFirst = [...cells].sort(([, one], [, other]) => one.overdue - other.overdue);
  for (const [key] of fewestFirst.slice(0, CELLS_MAX / 2)) cells.delete(key);
}

/** Merges consecutive hours of a system into one cluster; the largest cluster comes first. */
export function clustersOf({ cells: all, zone }: Tally, limits: ClusterLimits): Cluster[] {
  if (zone === undefined) return [];
  const cells = [...all.values()]
    .filter(({ overdue }) => overdue > 0)
    .sort(
      (one, other) =>
        (one.system < other.system ? -1 : Number(one.system > other.system)) || one.hour - other.hour,
    );
  const runs: Cell[][] = [];
  for (const cell of cells) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last?.system === cell.system && last.hour + 1 === cell.hour) run.push(cell);
    else runs.push([cell]);
  }
  return runs
    .map((run) => clusterOf(run, zone))
    .filter(({ count: countPayment, share }) => countPayment >= limits.count && share >= limits.share)
    .sort((one, other) => other.count - one.count);
}

function clusterOf(run: readonly Cell[], zone: Zone): Cluster {
  const sum = (key: "due" | "overdue"): number => run.reduce((total, cell) => total + cell[key], 0);
  const [first, last] = [run[0] as Cell, run.at(-1) as Cell];
  return {
    system: first.system,
    from: formatInstant(zone, (first.hour * HOUR_MS) as Instant),
    to: formatInstant(zone, ((last.hour + 1) * HOUR_MS) as Instant),
    count: sum("overdue"),
    share: sum("overdue") / sum("due"),
    channels: [...new Set(run.flatMap(({ channels }) => [...channels]))].sort(),
  };
}
