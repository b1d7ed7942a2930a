import type { Conditional } from "../decide/candidate.js";
import { applies, type Candidate, candidatesOf, priorityOf } from "../decide/candidate.js";
import { conditionCompiler } from "../decide/conditions.js";
import type { Moment } from "../decide/moment.js";
import { QuestionError } from "../errors.js";
import type { Facts } from "../model/payment.js";
import type { Condition } from "../model/rulebook.js";
import { MARKED, SPANNABLE } from "./boxes.js";
import { cellsOf, type Grid, type GridCell, momentOf } from "./grid.js";

/** The rules of one hit policy, asked about every cell of a grid. */

export interface Ranked extends Conditional {
  readonly name: string;
  readonly priority?: number;
}

export interface Verdicts<R extends Ranked> {
  /** By falling priority. */
  readonly rules: readonly Standing<R>[];
  readonly ties: readonly Tie<R>[];
  /** Whether rules tie where the calendar does not know what another one asks for: that is no witness, and no proof. */
  readonly unsettledTies: boolean;
  /** `MARKED` for the cells that no rule takes, `SPANNABLE` where the calendar does not know what a rule asks for. */
  readonly gaps: Uint8Array;
}

/** What became of one rule. */
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

export function judge<R extends Ranked>(
  grid: Grid,
  rules: readonly R[],
  named: Readonly<Record<string, Condition>>,
): Verdicts<R> {
  const compile = conditionCompiler(named, grid.channel);
  const ranked = [...rules].sort((one, other) => priorityOf(other) - priorityOf(one));
  const candidates = candidatesOf(ranked, compile);
  const standings = new Map<R, Standing<R>>(
    ranked.map((rule) => [
      rule,
      { rule, matches: 0, decides: 0, unsettled: 0, shadowedBy: new Map(), beside: new Map() },
    ]),
  );
  const ties = new Map<string, Tie<R>>();
  const gaps = new Uint8Array(grid.size);
  let unsettledTies = false;
  for (const cell of cellsOf(grid)) {
    const { matching, unknown } = matchingIn(candidates, cell.facts, momentOf(grid, cell.moment));
    if (isUnsettled(matching, unknown)) {
      gaps[cell.index] = SPANNABLE;
      unsettledTies ||= tie(matching);
      for (const rule of [...matching, ...unknown]) (standings.get(rule) as Standing<R>).unsettled++;
    } else if (matching.length === 0) gaps[cell.index] = MARKED;
    else record(matching, cell, standings, ties);
  }
  return { rules: [...standings.values()], ties: [...ties.values()], unsettledTies, gaps };
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
const isUnsettled = <R extends Ranked>([top]: readonly R[], unknown: readonly R[]): boolean =>
  unknown.some((rule) => top === undefined || priorityOf(rule) >= priorityOf(top));

const tie = <R extends Ranked>([top, second]: readonly R[]): boolean =>
  top !== undefined && second !== undefined && priorityOf(top) === priorityOf(second);

function record<R extends Ranked>(
  matching: readonly R[],
  cell: GridCell,
  standings: ReadonlyMap<R, Standing<R>>,
  ties: Map<string, Tie<R>>,
): void {
  const top = matching[0] as R;
  for (const rule of matching) {
    const standing = standings.get(rule) as Standing<R>;
    standing.matches++;
    if (priorityOf(rule) === priorityOf(top)) standing.decides++;
    else if (!standing.shadowedBy.has(top)) standing.shadowedBy.set(top, cell);
    for (const other of matching) {
      if (other === rule) continue;
      standing.beside.set(other, (standing.beside.get(other) ?? 0) + 1);
    }
  }
  const equals = matching.filter((rule) => priorityOf(rule) === priorityOf(top));
  for (const [index, one] of equals.entries()) {
    for (const other of equals.slice(index + 1)) addTie(ties, one, other, cell);
  }
}

function addTie<R extends Ranked>(ties: Map<string, Tie<R>>, one: R, other: R, cell: GridCell): void {
  const key = `${one.name} ${other.name}`;
  const known = ties.get(key);
  if (known === undefined) ties.set(key, { rules: [one, other], cell, cells: 1 });
  else known.cells++;
}
