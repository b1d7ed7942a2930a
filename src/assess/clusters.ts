import type { Assessment, Cluster } from "../model/assessment.js";
import { formatInstant, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";
import type { Situation } from "./situation.js";

/** Many payments overdue at one system in the same hours are one suspected incident, and not as many anomalies. */

/** What a cluster must have at least: payments, and their share of all that were due there in those hours. */
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

/** By system and hour; its instants are told in the zone of the first payment. */
export interface Tally {
  readonly cells: Map<string, Cell>;
  zone: Zone | undefined;
}

export const newTally = (): Tally => ({ cells: new Map(), zone: undefined });

const HOUR_MS = 3_600_000;
/** About a year of hours of one system; past that, cells with the fewest overdue payments are forgotten. */
const CELLS_MAX = 10_000;

/**
 * Counts a payment under every system of its way, by the hour of its deadline; one that is not due yet, or that was
 * refused, is not counted.
 */
export function count(
  tally: Tally,
  { known, deadline }: Situation,
  assessment: Assessment,
  channel: string,
): void {
  tally.zone ??= known.subject.zone;
  const { phase, status, stuckAt } = assessment;
  if (phase.startsWith("before") || status === "refused") return;
  const hour = Math.floor(deadline / HOUR_MS);
  const systems = new Set(known.paths.expected.legs.map(({ system }) => system));
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
  if (cells.size >= CELLS_MAX) makeRoom(cells);
  const cell: Cell = { system, hour, due: 0, overdue: 0, channels: new Set() };
  cells.set(key, cell);
  return cell;
}

function makeRoom(cells: Tally["cells"]): void {
  const fewestFirst = [...cells].sort(([, one], [, other]) => one.overdue - other.overdue);
  for (const [key] of fewestFirst.slice(0, CELLS_MAX / 2)) cells.delete(key);
}

/** Hours that follow each other are one cluster; the largest comes first. */
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
    .filter(({ count, share }) => count >= limits.count && share >= limits.share)
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
