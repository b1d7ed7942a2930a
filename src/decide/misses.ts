import { decisionSays, QuestionError } from "../errors.js";
import type { Facts } from "../model/payment.js";
import type { ChannelRule, Condition, Leaf } from "../model/rulebook.js";
import { formatClock } from "../time/clock.js";
import { formatDay } from "../time/day.js";
import { compileLeaf, readerOf } from "./leaf.js";
import type { Moment } from "./moment.js";

/** Why rules did not match: for the person whose payment no rule takes. */

export interface Miss {
  readonly rule: string;
  /** One text for each comparison that would have to turn out otherwise. */
  readonly failing: readonly string[];
}

const NEAREST = 3;

/** The routes that a payment misses by the fewest comparisons, nearest first; nobody means to be refused. */
export function nearestMisses(
  rules: readonly ChannelRule[],
  named: Readonly<Record<string, Condition>>,
  facts: Facts,
  moment: Moment,
): Miss[] {
  const misses = rules
    .filter(({ event }) => event.type === "route")
    .map((rule) => ({ rule: rule.name, failing: missesOf(rule, named, facts, moment) }));
  return misses.sort((one, other) => one.failing.length - other.failing.length).slice(0, NEAREST);
}

function missesOf(
  rule: ChannelRule,
  named: Readonly<Record<string, Condition>>,
  facts: Facts,
  moment: Moment,
): string[] {
  const { from, until } = rule.effective ?? {};
  const date = formatDay(moment.date);
  const early = from !== undefined && date < from;
  const late = until !== undefined && date >= until;
  const failing = early || late ? [decisionSays.notEffective(from, until, date)] : [];
  // A rule of another time may need what is not known of this one, as the kind of a day outside the coverage.
  if (failing.length > 0 || rule.conditions === undefined) return failing;
  return failingIn(rule.conditions, named, facts, moment);
}

/** The comparisons that keep a tree from holding: of an `any`, those of the child that comes nearest. */
function failingIn(
  node: Condition,
  named: Readonly<Record<string, Condition>>,
  facts: Facts,
  moment: Moment,
): string[] {
  const inside = (child: Condition): string[] => failingIn(child, named, facts, moment);
  if ("all" in node) return node.all.flatMap(inside);
  if ("any" in node)
    return node.any.map(inside).reduce((one, other) => (other.length < one.length ? other : one));
  if ("not" in node) return inside(node.not).length > 0 ? [] : [decisionSays.mustNotHold(titleOf(node.not))];
  if ("condition" in node) return inside(named[node.condition] as Condition);
  return leafMisses(node, facts, moment);
}

/** Looks at comparisons that deciding passed over, and so at days that the calendar may not know. */
function leafMisses(leaf: Leaf, facts: Facts, moment: Moment): string[] {
  try {
    if (compileLeaf(leaf)(facts, moment)) return [];
    return [decisionSays.failed(titleOf(leaf), found(leaf, facts, moment))];
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    return [decisionSays.failed(titleOf(leaf), undefined)];
  }
}

function titleOf(node: Condition): string {
  if ("condition" in node) return node.condition;
  if ("fact" in node) return `${node.fact} ${node.operator} ${JSON.stringify(node.value)}`;
  return Object.keys(node)[0] ?? "";
}

function found(leaf: Leaf, facts: Facts, moment: Moment): string | undefined {
  if (leaf.fact === "initiated.date") return formatDay(moment.date);
  if (leaf.fact === "initiated.time") return formatClock(moment.clock);
  const value = readerOf(leaf.fact)(facts, moment);
  return value === undefined ? undefined : String(value);
}
