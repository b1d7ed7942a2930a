import type { Conditional } from "../decide/candidate.js";
import { applies, type Candidate, candidatesOf, priorityOf } from "../decide/candidate.js";
import { conditionCompiler } from "../decide/conditions.js";
import type { Moment } from "../decide/moment.js";
import { QuestionError } from "../errors.js";
import type { Facts } from "../model/payment.js";
import type { Condition } from "../model/rulebook.js";
import { MARKED, OPEN, SPANNABLE } from "./boxes.js";
import { cellsOf, type Grid, type GridCell, momentOf } from "./grid.js";
import { supposing } from "./supposed.js";

/** The rules of one hit policy, asked about every cell of a grid. */

export interface Ranked extends Conditional {
  readonly name: string;
  readonly priority?: number;
}

export interface Verdicts<R extends Ranked> {
  /** By falling priority. */
  readonly rules: readonly Standing<R>[];
  readonly ties: readonly Tie<R>[];
  /** Other rules that tie on days of some kind, of which the calendar does not know what kind they are. */
  readonly unsettledTies: readonly Tie<R>[];
  /**
   * `MARKED` for the cells that no rule takes. Where the calendar does not know what the deciding rule asks for, and no
   * rule takes days of some kind: `SPANNABLE` where the calendar knows such days too, else `OPEN`.
   */
  readonly gaps: Uint8Array;
}

/** What became of one rule. Cells that the calendar cannot answer count once for every kind that their day may have. */
export interface Standing<R> {
  readonly rule: R;
  /** In how many cells it matches, and in how many it decides. */
  matches: number;
  decides: number;
  /** The rules that decide where it only matches, with one such cell each. */
  readonly shadowedBy: Map<R, GridCell>;
  /** In how many cells it may decide, but the calendar does not know what a rule asks for. */
  unsettled: number;
  /** In how many cells another rule matches with it. */
  readonly beside: Map<R, number>;
}

export interface Tie<R> {
  readonly rules: readonly [R, R];
  readonly cell: GridCell;
  cells: number;
}

type Ties<R> = Map<string, Tie<R>>;

export function judge<R extends Ranked>(
  grid: Grid,
  rules: readonly R[],
  named: Readonly<Record<string, Condition>>,
): Verdicts<R> {
  const compile = conditionCompiler(named, grid.channel);
  const ranked = rules.toSorted(byRank);
  const candidates = candidatesOf(ranked, compile);
  const standings = new Map<R, Standing<R>>(
    ranked.map((rule) => [
      rule,
      { rule, matches: 0, decides: 0, unsettled: 0, shadowedBy: new Map(), beside: new Map() },
    ]),
  );
  const ties: Ties<R> = new Map();
  const unsettledTies: Ties<R> = new Map();
  const gaps = new Uint8Array(grid.size);
  const supposed = supposing(grid);
  for (const cell of cellsOf(grid)) {
    const asked = matchingIn(candidates, cell.facts, momentOf(grid, cell.moment));
    const settled = !isUnsettled(asked);
    const ways = waysOf(asked, () =>
      supposed(cell.moment).map(({ moment, settledElsewhere }) => {
        return { ...matchingIn(candidates, cell.facts, moment), settledElsewhere };
      }),
    );
    for (const { matching, settledElsewhere } of ways) {
      if (settledElsewhere) continue;
      const top = topOf(matching);
      countMatches(matching, cell, standings);
      for (const rule of top) (standings.get(rule) as Standing<R>)[settled ? "decides" : "unsettled"]++;
      addTies(settled ? ties : unsettledTies, top, cell);
    }
    gaps[cell.index] = gapMark(settled, ways);
  }
  for (const key of ties.keys()) unsettledTies.delete(key);
  return {
    rules: [...standings.values()],
    ties: [...ties.values()],
    unsettledTies: [...unsettledTies.values()],
    gaps,
  };
}

/** The name settles the order in which rules are told, never which of them decides. */
export const byRank = (one: Ranked, other: Ranked): number =>
  priorityOf(other) - priorityOf(one) || (one.name < other.name ? -1 : 1);

interface Way<R> {
  readonly matching: readonly R[];
  readonly settledElsewhere: boolean;
}

/** Once where it is known what matches, else for every kind that the day may have. */
const waysOf = <R>({ matching, unknown }: Asked<R>, suppose: () => Way<R>[]): readonly Way<R>[] =>
  unknown.length === 0 ? [{ matching, settledElsewhere: false }] : suppose();

function gapMark<R>(settled: boolean, ways: readonly Way<R>[]): number {
  const free = ways.filter(({ matching }) => matching.length === 0);
  if (free.length === 0) return 0;
  if (settled) return MARKED;
  return free.every(({ settledElsewhere }) => settledElsewhere) ? SPANNABLE : OPEN;
}

interface Asked<R> {
  /** All that match, by falling priority. */
  readonly matching: readonly R[];
  /** Those that ask for what the calendar does not know. */
  readonly unknown: readonly R[];
}

function matchingIn<R extends Ranked>(
  candidates: readonly Candidate<R>[],
  facts: Facts,
  moment: Moment,
): Asked<R> {
  const matching: R[] = [];
  const unknown: R[] = [];
  for (const candidate of candidates) {
    try {
      if (applies(candidate, facts, moment)) matching.push(candidate.rule);
    } catch (error) {
      if (!(error instanceof QuestionError)) throw error;
      unknown.push(candidate.rule);
    }
  }
  return { matching, unknown };
}

/** Whether the deciding rule cannot be told: one that nobody can answer may be it, or tie with it. */
const isUnsettled = <R extends Ranked>({ matching: [top], unknown }: Asked<R>): boolean =>
  unknown.some((rule) => top === undefined || priorityOf(rule) >= priorityOf(top));

/** Those of the highest priority. */
const topOf = <R extends Ranked>(matching: readonly R[]): R[] =>
  matching.filter((rule) => priorityOf(rule) === priorityOf(matching[0] as R));

function countMatches<R extends Ranked>(
  matching: readonly R[],
  cell: GridCell,
  standings: ReadonlyMap<R, Standing<R>>,
): void {
  const top = matching[0] as R;
  for (const rule of matching) {
    const standing = standings.get(rule) as Standing<R>;
    standing.matches++;
    if (priorityOf(rule) < priorityOf(top) && !standing.shadowedBy.has(top))
      standing.shadowedBy.set(top, cell);
    for (const other of matching) {
      if (other === rule) continue;
      standing.beside.set(other, (standing.beside.get(other) ?? 0) + 1);
    }
  }
}

/** Every two of them tie. */
function addTies<R extends Ranked>(ties: Ties<R>, equals: readonly R[], cell: GridCell): void {
  for (const [index, one] of equals.entries()) {
    for (const other of equals.slice(index + 1)) {
      const key = `${one.name} ${other.name}`;
      const known = ties.get(key);
      if (known === undefined) ties.set(key, { rules: [one, other], cell, cells: 1 });
      else known.cells++;
    }
  }
}
