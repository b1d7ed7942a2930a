import { priorityOf } from "../decide/candidate.js";
import { findingSays } from "../errors.js";
import type { ChannelFile, ChannelRule } from "../model/rulebook.js";
import type { FindingCode } from "../model/schema/check.js";
import type { Context } from "./context.js";
import { type Finding, type Found, finding, NOTHING_FOUND, type Proof, together } from "./finding.js";
import { gapFindings } from "./gaps.js";
import { type Grid, gridOf, paymentIn } from "./grid.js";
import { judge, type Standing, type Verdicts } from "./judge.js";
import { canonical, contentOf } from "./same.js";

/** The rules of the channels: ties, rules that never decide, duplicates, and payments that no rule takes. */

/** More cells than this are not looked at: the question is then told as undecided. */
export const CELLS_MAX = 200_000;

export const channelFindings = (context: Context): Found =>
  together(
    Object.values(context.rulebook.channels).flatMap((file) => {
      const [onward, back] = [file.rules.filter((rule) => !returns(rule)), file.rules.filter(returns)];
      return [policyFindings(context, file, onward, true), policyFindings(context, file, back, false)];
    }),
  );

const returns = ({ event }: ChannelRule): boolean =>
  event.type === "route" && event.params.outcome === "returned";

/** Rules among which one decides. Only a payment that nobody returns needs no rule for its return. */
function policyFindings(
  context: Context,
  file: ChannelFile,
  rules: readonly ChannelRule[],
  mustTake: boolean,
): Found {
  if (rules.length === 0) return NOTHING_FOUND;
  const { rulebook, calendars, today } = context;
  const grid = gridOf(rulebook, file, rules, calendars, today);
  if (grid.size > CELLS_MAX) {
    return { findings: [tooLarge(context, file, grid), ...repeated(context, rules)], proofs: [] };
  }
  const verdicts = judge(grid, rules, rulebook.conditions);
  const found = [
    ...tieFindings(context, grid, verdicts),
    ...unsettledTieFindings(context, grid, verdicts),
    ...verdicts.rules.flatMap((standing) => neverFinding(context, grid, standing)),
    ...duplicateFindings(context, verdicts),
    ...vagueFinding(context, file, grid),
  ];
  const gaps = mustTake ? gapFindings(context, file, grid, verdicts.gaps) : [];
  return { findings: [...found, ...gaps], proofs: proofsOf(grid, found, mustTake ? gaps : undefined) };
}

/**
 * Nothing is proved where fact is compared with fact, or where it is undecided on days that the calendar does not know;
 * a witness that was found is one all the same.
 */
function proofsOf(grid: Grid, found: readonly Finding[], gaps: readonly Finding[] | undefined): Proof[] {
  if (grid.vague.length > 0) return [];
  const has = (code: FindingCode): boolean => found.some((one) => one.code === code);
  const absent: FindingCode[] = [
    ...(has("tie") || has("undecided") ? [] : ["tie" as const]),
    ...(has("never-decides") ? [] : ["never-decides" as const]),
    ...(gaps?.length === 0 ? ["gap" as const] : []),
  ];
  return absent.map((code) => ({ code, channel: grid.channel, cells: grid.size }));
}

function tieFindings({ locate }: Context, grid: Grid, { ties }: Verdicts<ChannelRule>): Finding[] {
  return ties.map(({ rules: [one, other], cell }) => {
    const priority = priorityOf(one);
    const remedy = { where: other.name, json: { priority: priority + 1 } };
    const witness = paymentIn(grid, cell);
    return finding("tie", other.name, locate(other), findingSays.tie(one.name, other.name, priority), {
      witness,
      remedy,
    });
  });
}

/** Of a tie the decider would tell only once the calendar knows such days. */
function unsettledTieFindings(
  { locate }: Context,
  grid: Grid,
  { unsettledTies }: Verdicts<ChannelRule>,
): Finding[] {
  return unsettledTies.map(({ rules: [one, other], cell }) => {
    const sentence = findingSays.tieUnsettled(one.name, other.name, priorityOf(one));
    const more = { witness: paymentIn(grid, cell), outcome: "undecided" as const };
    return finding("undecided", other.name, locate(other), sentence, more);
  });
}

function neverFinding({ locate }: Context, grid: Grid, standing: Standing<ChannelRule>): Finding[] {
  const { rule, decides, matches, shadowedBy, unsettled } = standing;
  if (decides > 0) return [];
  const certain = grid.vague.length === 0 && unsettled === 0;
  const outcome = certain ? {} : { outcome: "undecided" as const };
  if (matches === 0) {
    return [
      finding(
        "never-decides",
        rule.name,
        locate(rule),
        findingSays.neverMatches(rule.name, certain),
        outcome,
      ),
    ];
  }
  const [cell] = shadowedBy.values();
  const sentence = findingSays.shadowed(
    rule.name,
    [...shadowedBy.keys()].map(({ name }) => name),
    certain,
  );
  const witness = cell && { witness: paymentIn(grid, cell) };
  return [finding("never-decides", rule.name, locate(rule), sentence, { ...witness, ...outcome })];
}

/** Rules that match the same payments and do the same with them. */
function duplicateFindings({ locate }: Context, { rules }: Verdicts<ChannelRule>): Finding[] {
  return rules.flatMap((standing, index) => {
    const first = rules.slice(0, index).find((other) => isSame(standing, other));
    if (first === undefined) return [];
    const { rule } = standing;
    return [finding("duplicate", rule.name, locate(rule), findingSays.duplicate(rule.name, first.rule.name))];
  });
}

const isSame = (one: Standing<ChannelRule>, other: Standing<ChannelRule>): boolean =>
  contentOf(one.rule) === contentOf(other.rule) ||
  (one.matches > 0 &&
    one.matches === other.matches &&
    one.beside.get(other.rule) === one.matches &&
    canonical(one.rule.event) === canonical(other.rule.event));

/** What can be told without looking at cells. */
function repeated({ locate }: Context, rules: readonly ChannelRule[]): Finding[] {
  return rules.flatMap((rule, index) => {
    const first = rules.slice(0, index).find((other) => contentOf(other) === contentOf(rule));
    if (first === undefined) return [];
    return [finding("duplicate", rule.name, locate(rule), findingSays.duplicate(rule.name, first.name))];
  });
}

const tooLarge = ({ locate }: Context, file: ChannelFile, grid: Grid): Finding =>
  finding(
    "undecided",
    file.channel,
    locate(file),
    findingSays.tooManyCells(file.channel, grid.size, CELLS_MAX),
    {
      outcome: "undecided",
    },
  );

function vagueFinding({ locate }: Context, file: ChannelFile, { vague }: Grid): Finding[] {
  if (vague.length === 0) return [];
  const sentence = findingSays.comparesFacts(file.channel, vague);
  return [finding("undecided", file.channel, locate(file), sentence, { outcome: "undecided" })];
}
