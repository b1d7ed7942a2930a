import { applies, type Candidate, type Conditional, candidatesOf, priorityOf } from "../decide/candidate.js";
import { conditionCompiler } from "../decide/conditions.js";
import { channelContextOf } from "../decide/decider.js";
import type { Moment } from "../decide/moment.js";
import { QuestionError } from "../errors.js";
import type { Facts } from "../model/payment.js";
import type { ChannelFile, ChannelRule } from "../model/rulebook.js";
import type { Snapshot } from "../pieces/snapshot.js";
import { addDays, type Day } from "../time/day.js";
import { bankBehaviours } from "./banks.js";
import { byPriority } from "./evaluation.js";
import { leavesOf } from "./leaves.js";
import { partitionMoments } from "./moments.js";

/** The decisions about a payment over a whole period, as a key. */

/** How many days ahead a refused payment searches for an instant at which it is accepted. */
const RETRY_DAYS = 401;

/**
 * Compiles a key of the decisions about a payment at every instant of [from, until). Payments with equal keys are
 * treated alike in that period, even if some condition distinguishes them at other times or below the deciding rule.
 */
export function compileDecisionKey(
  snapshot: Snapshot,
  channel: string,
  rules: readonly Conditional[],
  from: Day,
  until: Day,
): (facts: Facts) => string {
  const { rulebook, calendars } = snapshot;
  const file = rulebook.channels[channel] as ChannelFile;
  const context = channelContextOf(file, calendars);
  const within = { first: addDays(from, -1), last: addDays(until, RETRY_DAYS) };
  const leaves = leavesOf(rules, rulebook.conditions);
  const { cells } = partitionMoments(context, rules, leaves, rulebook.conditions, within, from, within);
  const compile = conditionCompiler(rulebook.conditions, channel);
  const routes = candidatesOf(file.rules.filter(isForward).toSorted(byPriority), compile);
  const others = candidatesOf(
    rules.filter((rule) => !file.rules.some((own) => own === rule)),
    compile,
  );
  const banks = bankBehaviours(snapshot, channel);
  return (facts) => {
    const decisions = cells.map(({ day, clock }) => {
      const moment: Moment = { context, date: day, clock, day: undefined, tomorrow: undefined };
      const applicable = others.map((other) => (mayApply(other, facts, moment) ? "1" : "0")).join("");
      return `${topRuleNames(routes, facts, moment)} ${applicable}`;
    });
    return `${banks(facts)} ${decisions.join(";")}`;
  };
}

const isForward = ({ event }: ChannelRule): boolean =>
  event.type !== "route" || event.params.outcome !== "returned";

/** The names of the rules with the highest priority that match, or may match on a day that the calendar does not know. */
function topRuleNames(routes: readonly Candidate<ChannelRule>[], facts: Facts, moment: Moment): string {
  const names: string[] = [];
  let lowest = 0;
  for (const route of routes) {
    if (priorityOf(route.rule) < lowest) break;
    if (!mayApply(route, facts, moment)) continue;
    names.push(route.rule.name);
    lowest = priorityOf(route.rule);
  }
  return names.join();
}

function mayApply(candidate: Candidate<Conditional>, facts: Facts, moment: Moment): boolean {
  try {
    return applies(candidate, facts, moment);
  } catch (error) {
    if (error instanceof QuestionError) return true;
    throw error;
  }
}
