import { applies, type Candidate, type Conditional, candidatesOf, priorityOf } from "../decide/candidate.js";
import { conditionCompiler } from "../decide/conditions.js";
import { frameOf } from "../decide/decider.js";
import type { Moment } from "../decide/moment.js";
import { QuestionError } from "../errors.js";
import type { Facts } from "../model/payment.js";
import type { ChannelFile, ChannelRule } from "../model/rulebook.js";
import type { View } from "../pieces/snapshot.js";
import { addDays, type Day } from "../time/day.js";
import { bankBehaviours } from "./banks.js";
import { byRank } from "./judge.js";
import { leavesOf } from "./leaves.js";
import { cutMoments } from "./moments.js";

/** What is decided of a payment over a whole horizon. */

/** How far a refused payment looks for an instant at which it would be taken. */
const RETRY_DAYS = 401;

/**
 * A key for what is decided of a payment at every instant of [from, until): payments of equal keys are treated alike
 * there, though conditions may tell them apart at other times, or where a higher rule decides anyway.
 */
export function decisionsIn(
  view: View,
  channel: string,
  rules: readonly Conditional[],
  from: Day,
  until: Day,
): (facts: Facts) => string {
  const { rulebook, calendars } = view;
  const file = rulebook.channels[channel] as ChannelFile;
  const frame = frameOf(file, calendars);
  const within = { first: addDays(from, -1), last: addDays(until, RETRY_DAYS) };
  const leaves = leavesOf(rules, rulebook.conditions);
  const { cells } = cutMoments(frame, rules, leaves, rulebook.conditions, within, from, within);
  const compile = conditionCompiler(rulebook.conditions, channel);
  const routes = candidatesOf(file.rules.filter(goesOnward).toSorted(byRank), compile);
  const others = candidatesOf(
    rules.filter((rule) => !file.rules.some((own) => own === rule)),
    compile,
  );
  const banks = bankBehaviours(view, channel);
  return (facts) => {
    const said = cells.map(({ day, clock }) => {
      const moment: Moment = { frame, date: day, clock, day: undefined, tomorrow: undefined };
      const beside = others.map((other) => (mayApply(other, facts, moment) ? "1" : "0")).join("");
      return `${highestOf(routes, facts, moment)} ${beside}`;
    });
    return `${banks(facts)} ${said.join(";")}`;
  };
}

const goesOnward = ({ event }: ChannelRule): boolean =>
  event.type !== "route" || event.params.outcome !== "returned";

/** The names of the rules of the highest priority that match, or that may where the calendar does not know the day. */
function highestOf(routes: readonly Candidate<ChannelRule>[], facts: Facts, moment: Moment): string {
  const names: string[] = [];
  let least = 0;
  for (const route of routes) {
    if (priorityOf(route.rule) < least) break;
    if (!mayApply(route, facts, moment)) continue;
    names.push(route.rule.name);
    least = priorityOf(route.rule);
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
