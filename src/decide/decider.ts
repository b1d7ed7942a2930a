import { type BusinessDays, kindOf } from "../calendar/business-days.js";
import type { Calendars } from "../calendar/compile.js";
import { decisionSays, QuestionError } from "../errors.js";
import type { Facts } from "../model/payment.js";
import type { ChannelFile, ChannelRule, Rulebook } from "../model/rulebook.js";
import { type Instant, type Zone, zoneNamed } from "../time/zone.js";
import { applies, type Candidate, candidatesOf, priorityOf } from "./candidate.js";
import { classifier, type PaymentClass } from "./classes.js";
import { conditionCompiler } from "./conditions.js";
import { type Decision, decisionTable } from "./decision.js";
import { nearestMisses } from "./misses.js";
import { type Frame, type Moment, momentAt } from "./moment.js";
import { isOnTheWay } from "./systems.js";
import { changes, thresholdsOf } from "./thresholds.js";

/** The hit policy: which rule decides a payment, and which windows and holds apply to it besides. */

export type { PaymentClass } from "./classes.js";
export type { Decision } from "./decision.js";

export interface Decider {
  readonly zone: Zone;
  /**
   * The rule that decides a payment sent at `at`, and what else applies. `facts` are those of the payment, without
   * `initiated.*`. With `outcome` "returned" only the routes that return money are considered, and no holds, which are
   * placed on the way to the payee; otherwise all other routes.
   * Equal decisions of one decider are one object, as long as it is remembered.
   *
   * @throws QuestionError no-rule | ambiguous-rules | outside-coverage
   */
  decide(facts: Facts, at: Instant, outcome?: "credited" | "returned"): Decision;
  /** The next instant after `at` at which a decision may change; never too late, `FOREVER` where there is none. */
  changesAfter(at: Instant): Instant;
  /** The next instant after `at` at which a date begins that a rule, window or hold names; `FOREVER` where none does. */
  dateAfter(at: Instant): Instant;
  /** The class of a payment; payments of one class get one object, as long as it is remembered. */
  classOf(facts: Facts): PaymentClass;
}

export interface Deciders {
  /** Compiled when first asked for; undefined where there is no such channel. */
  get(channel: string): Decider | undefined;
}

/** Indexes a checked rulebook by channel. */
export function compileDeciders(rulebook: Rulebook, calendars: Calendars): Deciders {
  const deciders = new Map<string, Decider>();
  const get = (channel: string): Decider | undefined => {
    const known = deciders.get(channel);
    if (known !== undefined || !Object.hasOwn(rulebook.channels, channel)) return known;
    const decider = compileDecider(rulebook, rulebook.channels[channel] as ChannelFile, calendars);
    deciders.set(channel, decider);
    return decider;
  };
  return { get };
}

function compileDecider(rulebook: Rulebook, file: ChannelFile, calendars: Calendars): Decider {
  const frame = frameOf(file, calendars);
  const compile = conditionCompiler(rulebook.conditions, file.channel);
  const windows = candidatesOf(
    rulebook.windows.filter((window) => window.conditions !== undefined),
    compile,
  );
  const holds = candidatesOf(
    rulebook.holds.filter((hold) => hold.inFlight !== true),
    compile,
  );
  const rules = {
    credited: byPriority(
      candidatesOf(
        file.rules.filter((rule) => !returns(rule)),
        compile,
      ),
    ),
    returned: byPriority(candidatesOf(file.rules.filter(returns), compile)),
  };
  const intern = decisionTable();
  const thresholds = thresholdsOf(
    [...file.rules, ...rulesOf(windows), ...rulesOf(holds)],
    rulebook.conditions,
  );
  return {
    zone: frame.zone,
    decide(facts, at, outcome = "credited") {
      const moment = momentAt(frame, at);
      const rule = deciding(rules[outcome], facts, moment, rulebook);
      // What is of no matter to a payment, as it is not taken or is on another way, may be more than the calendar knows.
      const { event } = rule;
      if (event.type === "refuse") return intern(rule, NOTHING, NOTHING);
      const { steps } = event.params;
      const planned = outcome === "returned" ? NOTHING : matching(holds, facts, moment);
      const met = windows.filter(({ rule: one }) => isOnTheWay(steps, one, facts, rulebook.systems));
      return intern(rule, matching(met, facts, moment), planned);
    },
    changesAfter: changes(frame.zone, thresholds),
    dateAfter: changes(frame.zone, { ...thresholds, clocks: new Set() }),
    classOf: classifier(
      frame,
      [rules.credited, rules.returned].map(rulesOf),
      [...rulesOf(windows), ...rulesOf(holds)],
      rulebook.conditions,
    ),
  };
}

const rulesOf = <R>(candidates: readonly Candidate<R>[]): R[] => candidates.map(({ rule }) => rule);

const returns = ({ event }: ChannelRule): boolean =>
  event.type === "route" && event.params.outcome === "returned";

/** The name breaks ties only in the order of evaluation: two matches of one priority are an error. */
const byPriority = (candidates: Candidate<ChannelRule>[]): readonly Candidate<ChannelRule>[] =>
  candidates.sort(
    ({ rule: one }, { rule: other }) =>
      priorityOf(other) - priorityOf(one) || (one.name < other.name ? -1 : 1),
  );

/** Where and by which calendar a channel reads the clock. */
export function frameOf(file: ChannelFile, calendars: Calendars): Frame {
  let calendar: BusinessDays | undefined;
  return {
    channel: file.channel,
    zone: zoneNamed(file.zone) as Zone,
    kindOf: (day) => {
      calendar ??= calendars.get(file.calendar ?? [], "expected");
      return kindOf(calendar, day);
    },
  };
}

/** The only matching rule of the highest priority. */
function deciding(
  candidates: readonly Candidate<ChannelRule>[],
  facts: Facts,
  moment: Moment,
  rulebook: Rulebook,
): ChannelRule {
  let found: ChannelRule | undefined;
  for (const candidate of candidates) {
    if (found !== undefined && priorityOf(candidate.rule) < priorityOf(found)) break;
    if (!applies(candidate, facts, moment)) continue;
    if (found !== undefined) throw ambiguous(moment, found, candidate.rule);
    found = candidate.rule;
  }
  if (found === undefined) throw noRule(candidates, facts, moment, rulebook);
  return found;
}

function ambiguous(moment: Moment, one: ChannelRule, other: ChannelRule): QuestionError {
  const { channel } = moment.frame;
  return new QuestionError(
    "ambiguous-rules",
    channel,
    decisionSays.ambiguous(one.name, other.name, priorityOf(one)),
  );
}

function noRule(
  candidates: readonly Candidate<ChannelRule>[],
  facts: Facts,
  moment: Moment,
  rulebook: Rulebook,
): QuestionError {
  const { channel } = moment.frame;
  const misses = nearestMisses(rulesOf(candidates), rulebook.conditions, facts, moment);
  return new QuestionError("no-rule", channel, decisionSays.noRule(channel, misses));
}

const NOTHING: readonly never[] = Object.freeze([]);

/** Those that apply; most payments meet none, and then nothing is built. */
function matching<R>(candidates: readonly Candidate<R>[], facts: Facts, moment: Moment): readonly R[] {
  let found: R[] | undefined;
  for (const candidate of candidates) {
    if (!applies(candidate, facts, moment)) continue;
    if (found === undefined) found = [candidate.rule];
    else found.push(candidate.rule);
  }
  return found ?? NOTHING;
}
