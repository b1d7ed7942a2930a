import { priorityOf } from "../decide/candidate.js";
import { findingMessages } from "../errors.js";
import type { ChannelFile, ChannelRule } from "../model/rulebook.js";
import type { FindingCode } from "../model/schema/check.js";
import type { Context } from "./context.js";
import { canonicalJson, contentKey } from "./equivalence.js";
import { type Evaluation, evaluateRules, type RuleEvaluation } from "./evaluation.js";
import {
  type CheckResult,
  EMPTY_RESULT,
  type Finding,
  finding,
  mergeResults,
  type Proof,
} from "./finding.js";
import { gapFindings } from "./gaps.js";
import { buildGrid, type Grid, paymentIn } from "./grid.js";

/** Checks the rules of each channel for ties, rules that never decide, duplicates and gaps. */

/** The largest grid that is examined. A larger one is reported as undecided. */
export const CELLS_MAX = 400_000;

export const channelFindings = (context: Context): CheckResult =>
  mergeResults(
    Object.values(context.rulebook.channels).flatMap((file) => {
      const [forward, returning] = [
        file.rules.filter((rule) => !isReturn(rule)),
        file.rules.filter(isReturn),
      ];
      return [policyFindings(context, file, forward, true), policyFindings(context, file, returning, false)];
    }),
  );

const isReturn = ({ event }: ChannelRule): boolean =>
  event.type === "route" && event.params.outcome === "returned";

/** Checks a set of rules, of which one decides. `mustMatchAll`: payments that no rule matches are reported as gaps. */
function policyFindings(
  context: Context,
  file: ChannelFile,
  rules: readonly ChannelRule[],
  mustMatchAll: boolean,
): CheckResult {
  if (rules.length === 0) return EMPTY_RESULT;
  const { rulebook, calendars, today } = context;
  const grid = buildGrid(rulebook, file, rules, calendars, today);
  if (grid.size > CELLS_MAX) {
    return {
      findings: [tooManyCellsFinding(context, file, grid), ...identicalRules(context, rules)],
      proofs: [],
    };
  }
  const evaluation = evaluateRules(grid, rules, rulebook.conditions);
  const found = [
    ...tieFindings(context, grid, evaluation),
    ...possibleTieFindings(context, grid, evaluation),
    ...evaluation.rules.flatMap((rule) => neverDecidesFinding(context, grid, rule)),
    ...duplicateFindings(context, evaluation),
    ...factComparisonFinding(context, file, grid),
  ];
  const gaps = mustMatchAll ? gapFindings(context, file, grid, evaluation.gaps) : [];
  return { findings: [...found, ...gaps], proofs: proofsOf(grid, found, mustMatchAll ? gaps : undefined) };
}

/**
 * There is no proof if conditions compare two facts, or if the result depends on days that the calendar does not know.
 * Findings with a witness hold regardless.
 */
function proofsOf(grid: Grid, found: readonly Finding[], gaps: readonly Finding[] | undefined): Proof[] {
  if (grid.factComparisons.length > 0) return [];
  const has = (code: FindingCode): boolean => found.some((one) => one.code === code);
  const proved: FindingCode[] = [
    ...(has("tie") || has("undecided") ? [] : ["tie" as const]),
    ...(has("never-decides") ? [] : ["never-decides" as const]),
    ...(gaps?.length === 0 ? ["gap" as const] : []),
  ];
  return proved.map((code) => ({ code, channel: grid.channel, cells: grid.size }));
}

function tieFindings({ locate }: Context, grid: Grid, { ties }: Evaluation<ChannelRule>): Finding[] {
  return ties.map(({ rules: [one, other], cell }) => {
    const priority = priorityOf(one);
    const remedy = { where: other.name, json: { priority: priority + 1 } };
    const witness = paymentIn(grid, cell);
    return finding("tie", other.name, locate(other), findingMessages.tie(one.name, other.name, priority), {
      witness,
      remedy,
    });
  });
}

/** Ties on days that the calendar does not know. The decider detects them only once the calendar covers such days. */
function possibleTieFindings(
  { locate }: Context,
  grid: Grid,
  { possibleTies }: Evaluation<ChannelRule>,
): Finding[] {
  return possibleTies.map(({ rules: [one, other], cell }) => {
    const sentence = findingMessages.tieUnsettled(one.name, other.name, priorityOf(one));
    const more = { witness: paymentIn(grid, cell), outcome: "undecided" as const };
    return finding("undecided", other.name, locate(other), sentence, more);
  });
}

function neverDecidesFinding(
  { locate }: Context,
  grid: Grid,
  evaluation: RuleEvaluation<ChannelRule>,
): Finding[] {
  const { rule, decides, matches, shadowedBy, mayDecide } = evaluation;
  if (decides > 0) return [];
  const certain = grid.factComparisons.length === 0 && mayDecide === 0;
  const outcome = certain ? {} : { outcome: "undecided" as const };
  if (matches === 0) {
    return [
      finding(
        "never-decides",
        rule.name,
        locate(rule),
        findingMessages.neverMatches(rule.name, certain),
        outcome,
      ),
    ];
  }
  const [cell] = shadowedBy.values();
  const sentence = findingMessages.shadowed(
    rule.name,
    [...shadowedBy.keys()].map(({ name }) => name),
    certain,
  );
  const witness = cell && { witness: paymentIn(grid, cell) };
  return [finding("never-decides", rule.name, locate(rule), sentence, { ...witness, ...outcome })];
}

/** Rules that match the same payments and have the same event. */
function duplicateFindings({ locate }: Context, { rules }: Evaluation<ChannelRule>): Finding[] {
  return rules.flatMap((evaluation, index) => {
    const first = rules.slice(0, index).find((other) => isDuplicate(evaluation, other));
    if (first === undefined) return [];
    const { rule } = evaluation;
    return [
      finding("duplicate", rule.name, locate(rule), findingMessages.duplicate(rule.name, first.rule.name)),
    ];
  });
}

const isDuplicate = (one: RuleEvaluation<ChannelRule>, other: RuleEvaluation<ChannelRule>): boolean =>
  contentKey(one.rule) === contentKey(other.rule) ||
  (one.matches > 0 &&
    one.matches === other.matches &&
    one.matchesWith.get(other.rule) === one.matches &&
    canonicalJson(one.rule.event) === canonicalJson(other.rule.event));

/** Duplicates that are evident without a grid. */
function identicalRules({ locate }: Context, rules: readonly ChannelRule[]): Finding[] {
  return rules.flatMap((rule, index) => {
    const first = rules.slice(0, index).find((other) => contentKey(other) === contentKey(rule));
    if (first === undefined) return [];
    return [finding("duplicate", rule.name, locate(rule), findingMessages.duplicate(rule.name, first.name))];
  });
}

const tooManyCellsFinding = ({ locate }: Context, file: ChannelFile, grid: Grid): Finding =>
  finding(
    "undecided",
    file.channel,
    locate(file),
    findingMessages.tooManyCells(file.channel, grid.size, CELLS_MAX),
    {
      outcome: "undecided",
    },
  );

function factComparisonFinding({ locate }: Context, file: ChannelFile, { factComparisons }: Grid): Finding[] {
  if (factComparisons.length === 0) return [];
  const sentence = findingMessages.comparesFacts(file.channel, factComparisons);
  return [finding("undecided", file.channel, locate(file), sentence, { outcome: "undecided" })];
}
