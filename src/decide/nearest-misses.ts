import { decisionMessages, QuestionError } from "../errors.js";
import type { Facts } from "../model/payment.js";
import type { ChannelRule, Condition, Leaf } from "../model/rulebook.js";
import { formatTimeOfDay } from "../time/clock.js";
import { formatDay } from "../time/day.js";
import { compileLeaf, readerOf } from "./leaf.js";
import type { Moment } from "./moment.js";

/** Explains to a caller why no rule takes a payment. */

/** A rule that does not match. */
export interface Miss {
  readonly rule: string;
  /** One text per comparison that fails. */
  readonly failing: readonly string[];
}

const NEAREST = 3;

/** The routes with the fewest failing comparisons, nearest first. Refusals are omitted: nobody wants to be refused. */
export function nearestMisses(
  rules: readonly ChannelRule[],
  named: Readonly<Record<string, Condition>>,
  facts: Facts,
  moment: Moment,
): Miss[] {
  const misses = rules
    .filter(({ event }) => event.type === "route")
    .map((rule) => ({ rule: rule.name, failing: failuresOf(rule, named, facts, moment) }));
  return misses.sort((one, other) => one.failing.length - other.failing.length).slice(0, NEAREST);
}

function failuresOf(
  rule: ChannelRule,
  named: Readonly<Record<string, Condition>>,
  facts: Facts,
  moment: Moment,
): string[] {
  const { from, until } = rule.effective ?? {};
  const date = formatDay(moment.date);
  const early = from !== undefined && date < from;
  const late = until !== undefined && date >= until;
  const failing = early || late ? [decisionMessages.notEffective(from, until, date)] : [];
  // The conditions of a rule that is not effective may need facts that are unknown on this date.
  if (failing.length > 0 || rule.conditions === undefined) return failing;
  return failingComparisons(rule.conditions, named, facts, moment);
}

/** The comparisons that keep a tree from holding. For `any`, those of the nearest child. */
function failingComparisons(
  node: Condition,
  named: Readonly<Record<string, Condition>>,
  facts: Facts,
  moment: Moment,
): string[] {
  const inner = (child: Condition): string[] => failingComparisons(child, named, facts, moment);
  if ("all" in node) return node.all.flatMap(inner);
  if ("any" in node)
    return node.any.map(inner).reduce((one, other) => (other.length < one.length ? other : one));
  if ("not" in node)
    return inner(node.not).length > 0 ? [] : [decisionMessages.mustNotHold(titleOf(node.not))];
  if ("condition" in node) return inner(named[node.condition] as Condition);
  return leafFailures(node, facts, moment);
}

/** Deciding may have skipped this comparison, so that it may need a day outside the calendar's coverage. */
function leafFailures(leaf: Leaf, facts: Facts, moment: Moment): string[] {
  try {
    if (compileLeaf(leaf)(facts, moment)) return [];
    return [decisionMessages.failed(titleOf(leaf), foundValue(leaf, facts, moment))];
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    return [decisionMessages.failed(titleOf(leaf), undefined)];
  }
}

function titleOf(node: Condition): string {
  if ("condition" in node) return node.condition;
  if ("fact" in node) return `${node.fact} ${node.operator} ${JSON.stringify(node.value)}`;
  return Object.keys(node)[0] ?? "";
}

function foundValue(leaf: Leaf, facts: Facts, moment: Moment): string | undefined {
  if (leaf.fact === "initiated.date") return formatDay(moment.date);
  if (leaf.fact === "initiated.time") return formatTimeOfDay(moment.clock);
  const value = readerOf(leaf.fact)(facts, moment);
  return value === undefined ? undefined : String(value);
}
