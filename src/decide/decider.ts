import { type BusinessDays, kindOf } from "../calendar/business-days.js";
import type { Calendars } from "../calendar/compile.js";
import { decisionMessages, QuestionError } from "../errors.js";
import type { Facts } from "../model/payment.js";
import type { ChannelFile, ChannelRule, Rulebook } from "../model/rulebook.js";
import { type Instant, type Zone, zoneNamed } from "../time/zone.js";
import { applies, type Candidate, candidatesOf, priorityOf } from "./candidate.js";
import { conditionCompiler } from "./conditions.js";
import { type Decision, decisionInterner } from "./decision.js";
import { type ChannelContext, type Moment, momentAt } from "./moment.js";
import { nearestMisses } from "./nearest-misses.js";
import { compileClassOf, type PaymentClass } from "./payment-classes.js";
import { affectsRoute } from "./systems.js";
import { compileNextChange, thresholdsOf } from "./thresholds.js";

/** The hit policy: which rule decides a payment, and which windows and holds apply too. */

export type { Decision } from "./decision.js";
export type { PaymentClass } from "./payment-classes.js";

export interface Decider {
  readonly zone: Zone;
  /**
   * Decides a payment sent at `at`. `facts` are the payment's own, without `initiated.*`. With `outcome` "returned" only
   * routes that return money are candidates, and no holds apply; otherwise all other rules are candidates.
   * Equal decisions are the same object while they are cached.
   *
   * @throws QuestionError no-rule | ambiguous-rules | outside-coverage
   */
  decide(facts: Facts, at: Instant, outcome?: "credited" | "returned"): Decision;
  /** The next instant after `at` at which some decision may change: never too late. `FOREVER` if there is none. */
  nextChangeAfter(at: Instant): Instant;
  /** The next instant after `at` at which a date begins that a rule, window or hold names. `FOREVER` if there is none. */
  nextDateChangeAfter(at: Instant): Instant;
  /** The class of a payment. Payments of one class get the same object while it is cached. */
  classOf(facts: Facts): PaymentClass;
}

export interface Deciders {
  /** Compiles the decider on first use. Undefined if there is no such channel. */
  get(channel: string): Decider | undefined;
}

/** Expects a checked rulebook. */
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
  const context = channelContextOf(file, calendars);
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
        file.rules.filter((rule) => !isReturnRoute(rule)),
        compile,
      ),
    ),
    returned: byPriority(candidatesOf(file.rules.filter(isReturnRoute), compile)),
  };
  const intern = decisionInterner();
  const thresholds = thresholdsOf(
    [...file.rules, ...rulesOf(windows), ...rulesOf(holds)],
    rulebook.conditions,
  );
  return {
    zone: context.zone,
    decide(facts, at, outcome = "credited") {
      const moment = momentAt(context, at);
      const rule = decidingRule(rules[outcome], facts, moment, rulebook);
      // Windows and holds that cannot matter are not evaluated: they might need days outside the calendar's coverage.
      const { event } = rule;
      if (event.type === "refuse") return intern(rule, NONE, NONE);
      const { steps } = event.params;
      const planned = outcome === "returned" ? NONE : matchingRules(holds, facts, moment);
      const routeWindows = windows.filter(({ rule: window }) =>
        affectsRoute(steps, window, facts, rulebook.systems),
      );
      return intern(rule, matchingRules(routeWindows, facts, moment), planned);
    },
    nextChangeAfter: compileNextChange(context.zone, thresholds),
    nextDateChangeAfter: compileNextChange(context.zone, { ...thresholds, clocks: new Set() }),
    classOf: compileClassOf(
      context,
      [rules.credited, rules.returned].map(rulesOf),
      [...rulesOf(windows), ...rulesOf(holds)],
      rulebook.conditions,
    ),
  };
}

const rulesOf = <R>(candidates: readonly Candidate<R>[]): R[] => candidates.map(({ rule }) => rule);

const isReturnRoute = ({ event }: ChannelRule): boolean =>
  event.type === "route" && event.params.outcome === "returned";

/** By falling priority, then by name for a stable order. Two matches of one priority are an error. */
const byPriority = (candidates: Candidate<ChannelRule>[]): readonly Candidate<ChannelRule>[] =>
  candidates.sort(
    ({ rule: one }, { rule: other }) =>
      priorityOf(other) - priorityOf(one) || (one.name < other.name ? -1 : 1),
  );

/** The zone and calendar that a channel's conditions use. */
export function channelContextOf(file: ChannelFile, calendars: Calendars): ChannelContext {
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

/** The matching rule of the highest priority. */
function decidingRule(
  candidates: readonly Candidate<ChannelRule>[],
  facts: Facts,
  moment: Moment,
  rulebook: Rulebook,
): ChannelRule {
  let found: ChannelRule | undefined;
  for (const candidate of candidates) {
    if (found !== undefined && priorityOf(candidate.rule) < priorityOf(found)) break;
    if (!applies(candidate, facts, moment)) continue;
    if (found !== undefined) throw ambiguousRulesError(moment, found, candidate.rule);
    found = candidate.rule;
  }
  if (found === undefined) throw noRuleError(candidates, facts, moment, rulebook);
  return found;
}

function ambiguousRulesError(moment: Moment, one: ChannelRule, other: ChannelRule): QuestionError {
  const { channel } = moment.context;
  return new QuestionError(
    "ambiguous-rules",
    channel,
    decisionMessages.ambiguous(one.name, other.name, priorityOf(one)),
  );
}

function noRuleError(
  candidates: readonly Candidate<ChannelRule>[],
  facts: Facts,
  moment: Moment,
  rulebook: Rulebook,
): QuestionError {
  const { channel } = moment.context;
  const misses = nearestMisses(rulesOf(candidates), rulebook.conditions, facts, moment);
  return new QuestionError("no-rule", channel, decisionMessages.noRule(channel, misses));
}

const NONE: readonly never[] = Object.freeze([]);

/** The rules that apply. Most payments match none; then no array is allocated. */
function matchingRules<R>(candidates: readonly Candidate<R>[], facts: Facts, moment: Moment): readonly R[] {
  let found: R[] | undefined;
  for (const candidate of candidates) {
    if (!applies(candidate, facts, moment)) continue;
    if (found === undefined) found = [candidate.rule];
    else found.push(candidate.rule);
  }
  return found ?? NONE;
}
