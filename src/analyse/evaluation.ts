import type { Conditional } from "../decide/candidate.js";
import { applies, type Candidate, candidatesOf, priorityOf } from "../decide/candidate.js";
import { conditionCompiler } from "../decide/conditions.js";
import type { Moment } from "../decide/moment.js";
import { QuestionError } from "../errors.js";
import type { Facts } from "../model/payment.js";
import type { Condition } from "../model/rulebook.js";
import { DONT_CARE, GAP, POSSIBLE_GAP } from "./cell-merge.js";
import { cellsOf, type Grid, type GridCell, momentOf } from "./grid.js";
import { hypotheticalMomentsIn } from "./hypothetical-days.js";

/** Evaluates a set of rules, of which one decides, in every cell of a grid. */

export interface PrioritizedRule extends Conditional {
  readonly name: string;
  readonly priority?: number;
}

export interface Evaluation<R extends PrioritizedRule> {
  /** By descending priority. */
  readonly rules: readonly RuleEvaluation<R>[];
  readonly ties: readonly Tie<R>[];
  /** Further rules that tie on a day of some kind, where the calendar does not know the kind of the day. */
  readonly possibleTies: readonly Tie<R>[];
  /**
   * A mark for each cell. `GAP`: no rule matches. If the calendar does not know the day, and no rule matches for some
   * kind of day: `DONT_CARE` if another cell covers such days, else `POSSIBLE_GAP`.
   */
  readonly gaps: Uint8Array;
}

/** The results of one rule. A cell with an unknown day counts once for each kind that the day may have. */
export interface RuleEvaluation<R> {
  readonly rule: R;
  /** The number of cells in which it matches. */
  matches: number;
  /** The number of cells in which it decides. */
  decides: number;
  /** The rules that decide where this one matches too, each with one such cell. */
  readonly shadowedBy: Map<R, GridCell>;
  /** The number of cells in which it may decide, depending on a day that the calendar does not know. */
  mayDecide: number;
  /** For each other rule, the number of cells in which both match. */
  readonly matchesWith: Map<R, number>;
}

export interface Tie<R> {
  readonly rules: readonly [R, R];
  readonly cell: GridCell;
  /** The number of cells in which the rules tie. */
  cells: number;
}

type Ties<R> = Map<string, Tie<R>>;

export function evaluateRules<R extends PrioritizedRule>(
  grid: Grid,
  rules: readonly R[],
  named: Readonly<Record<string, Condition>>,
): Evaluation<R> {
  const compile = conditionCompiler(named, grid.channel);
  const sorted = rules.toSorted(byPriority);
  const candidates = candidatesOf(sorted, compile);
  const evaluations = new Map<R, RuleEvaluation<R>>(
    sorted.map((rule) => [
      rule,
      { rule, matches: 0, decides: 0, mayDecide: 0, shadowedBy: new Map(), matchesWith: new Map() },
    ]),
  );
  const ties: Ties<R> = new Map();
  const possibleTies: Ties<R> = new Map();
  const gaps = new Uint8Array(grid.size);
  const hypotheticals = hypotheticalMomentsIn(grid);
  for (const cell of cellsOf(grid)) {
    const matches = findMatches(candidates, cell.facts, momentOf(grid, cell.moment));
    const isKnown = !isUndetermined(matches);
    const scenarios = scenariosOf(matches, () =>
      hypotheticals(cell.moment).map(({ moment, coveredElsewhere }) => {
        return { ...findMatches(candidates, cell.facts, moment), coveredElsewhere };
      }),
    );
    for (const { matching, coveredElsewhere } of scenarios) {
      if (coveredElsewhere) continue;
      const top = topOf(matching);
      countMatches(matching, cell, evaluations);
      for (const rule of top)
        (evaluations.get(rule) as RuleEvaluation<R>)[isKnown ? "decides" : "mayDecide"]++;
      addTies(isKnown ? ties : possibleTies, top, cell);
    }
    gaps[cell.index] = gapMark(isKnown, scenarios);
  }
  for (const key of ties.keys()) possibleTies.delete(key);
  return {
    rules: [...evaluations.values()],
    ties: [...ties.values()],
    possibleTies: [...possibleTies.values()],
    gaps,
  };
}

/** Rules of equal priority are listed by name. The name never makes a rule decide. */
export const byPriority = (one: PrioritizedRule, other: PrioritizedRule): number =>
  priorityOf(other) - priorityOf(one) || (one.name < other.name ? -1 : 1);

/** The rules that match if the day has a certain kind. */
interface Scenario<R> {
  readonly matching: readonly R[];
  readonly coveredElsewhere: boolean;
}

/** One scenario if the matches are known, else one for each kind that the day may have. */
const scenariosOf = <R>(
  { matching, unknown }: Matches<R>,
  hypothesize: () => Scenario<R>[],
): readonly Scenario<R>[] => (unknown.length === 0 ? [{ matching, coveredElsewhere: false }] : hypothesize());

function gapMark<R>(isKnown: boolean, scenarios: readonly Scenario<R>[]): number {
  const unmatched = scenarios.filter(({ matching }) => matching.length === 0);
  if (unmatched.length === 0) return 0;
  if (isKnown) return GAP;
  return unmatched.every(({ coveredElsewhere }) => coveredElsewhere) ? DONT_CARE : POSSIBLE_GAP;
}

interface Matches<R> {
  /** The rules that match, by descending priority. */
  readonly matching: readonly R[];
  /** The rules whose conditions ask for a day that the calendar does not know. */
  readonly unknown: readonly R[];
}

function findMatches<R extends PrioritizedRule>(
  candidates: readonly Candidate<R>[],
  facts: Facts,
  moment: Moment,
): Matches<R> {
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

/** Whether a rule with an unknown result could decide, or tie with the deciding rule. */
const isUndetermined = <R extends PrioritizedRule>({ matching: [top], unknown }: Matches<R>): boolean =>
  unknown.some((rule) => top === undefined || priorityOf(rule) >= priorityOf(top));

/** The matching rules with the highest priority. */
const topOf = <R extends PrioritizedRule>(matching: readonly R[]): R[] =>
  matching.filter((rule) => priorityOf(rule) === priorityOf(matching[0] as R));

function countMatches<R extends PrioritizedRule>(
  matching: readonly R[],
  cell: GridCell,
  evaluations: ReadonlyMap<R, RuleEvaluation<R>>,
): void {
  const top = matching[0] as R;
  for (const rule of matching) {
    const evaluation = evaluations.get(rule) as RuleEvaluation<R>;
    evaluation.matches++;
    if (priorityOf(rule) < priorityOf(top) && !evaluation.shadowedBy.has(top))
      evaluation.shadowedBy.set(top, cell);
    for (const other of matching) {
      if (other === rule) continue;
      evaluation.matchesWith.set(other, (evaluation.matchesWith.get(other) ?? 0) + 1);
    }
  }
}

/** Records a tie for each pair of the rules. */
function addTies<R extends PrioritizedRule>(ties: Ties<R>, tied: readonly R[], cell: GridCell): void {
  for (const [index, one] of tied.entries()) {
    for (const other of tied.slice(index + 1)) {
      const key = `${one.name} ${other.name}`;
      const known = ties.get(key);
      if (known === undefined) ties.set(key, { rules: [one, other], cell, cells: 1 });
      else known.cells++;
    }
  }
}
