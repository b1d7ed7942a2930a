import { type BusinessDays, kindOf } from "../calendar/business-days.js";
import type { Calendars } from "../calendar/compile.js";
import { decisionSays, QuestionError } from "../errors.js";
import type { Facts } from "../model/payment.js";
import type { ChannelFile, ChannelRule, Condition, Rulebook } from "../model/rulebook.js";
import type { Period } from "../model/schema/common.js";
import { type Instant, type Zone, zoneNamed } from "../time/zone.js";
import { applies, type Candidate, candidatesOf } from "./candidate.js";
import { atAnyTime, type ClassKey, type Conditional, classKeys } from "./classes.js";
import { conditionCompiler } from "./conditions.js";
import { type Decision, decisionTable } from "./decision.js";
import { nearestMisses } from "./misses.js";
import { type Frame, type Moment, momentAt } from "./moment.js";
import { addConditions, addPeriod, changes, type Thresholds } from "./thresholds.js";

/** The hit policy: which rule decides a payment, and which windows and holds apply to it besides. */

export type { Decision } from "./decision.js";

export interface Decider {
  readonly zone: Zone;
  /**
   * The rule that decides a payment sent at `at`, and what else applies. `facts` are those of the payment, without
   * `initiated.*`. With `outcome` "returned" only the routes that return money are considered, and no holds, which are
   * placed on the way to the payee; otherwise all other routes.
   * Equal decisions of one decider are one object.
   *
   * @throws QuestionError no-rule | ambiguous-rules | outside-coverage
   */
  decide(facts: Facts, at: Instant, outcome?: "credited" | "returned"): Decision;
  /** The next instant after `at` at which a decision may change; never too late, `FOREVER` where there is none. */
  changesAfter(at: Instant): Instant;
  /** The class of a payment; payments of one class get one object, as long as it is remembered. */
  classOf(facts: Facts): PaymentClass;
}

/** Payments that are decided alike whenever they are sent. */
export interface PaymentClass {
  /** The facts of one of them, which stand for all. */
  readonly facts: Facts;
  /** As `Decider.changesAfter`, but only for what this class can meet. */
  readonly changesAfter: (at: Instant) => Instant;
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
  return {
    zone: frame.zone,
    decide(facts, at, outcome = "credited") {
      const moment = momentAt(frame, at);
      const rule = deciding(rules[outcome], facts, moment, rulebook);
      const planned = outcome === "returned" ? NOTHING : matching(holds, facts, moment);
      return intern(rule, matching(windows, facts, moment), planned);
    },
    changesAfter: changes(
      frame.zone,
      thresholdsOf(rulebook, [...file.rules, ...rulesOf(windows), ...rulesOf(holds)]),
    ),
    classOf: classifier(rulebook, frame, [rules.credited, rules.returned].map(rulesOf), [
      ...rulesOf(windows),
      ...rulesOf(holds),
    ]),
  };
}

/** How many classes of one channel are remembered; past that all are forgotten and begun anew. */
const CLASSES_MAX = 2000;

function classifier(
  rulebook: Rulebook,
  frame: Frame,
  rules: readonly (readonly ChannelRule[])[],
  others: readonly Conditional[],
): Decider["classOf"] {
  const classes = new Map<ClassKey, PaymentClass>();
  const keyOf = classKeys([...rules.flat(), ...others], rulebook.conditions);
  return (facts) => {
    const key = keyOf(facts);
    const known = classes.get(key);
    if (known !== undefined) return known;
    if (classes.size >= CLASSES_MAX) classes.clear();
    const matter = [...rules.flatMap((some) => decisive(rulebook, frame, some, facts)), ...others].filter(
      ({ conditions }) => atAnyTime(conditions, facts, rulebook.conditions, frame.channel) !== false,
    );
    const found = Object.freeze({ facts, changesAfter: changes(frame.zone, thresholdsOf(rulebook, matter)) });
    classes.set(key, found);
    return found;
  };
}

/** The rules, in order of priority, down to the first that matches these payments at any time. */
function decisive(
  rulebook: Rulebook,
  frame: Frame,
  rules: readonly ChannelRule[],
  facts: Facts,
): readonly ChannelRule[] {
  const certain = rules.find(
    ({ effective, conditions }) =>
      effective === undefined && atAnyTime(conditions, facts, rulebook.conditions, frame.channel) === true,
  );
  return certain === undefined ? rules : rules.filter((rule) => priorityOf(rule) >= priorityOf(certain));
}

/** Everything that can make this channel decide otherwise at another time. */
function thresholdsOf(
  rulebook: Rulebook,
  rules: readonly { conditions?: Condition; effective?: Period }[],
): Thresholds {
  const thresholds: Thresholds = { days: new Set(), clocks: new Set() };
  for (const rule of rules) {
    addPeriod(thresholds, rule.effective);
    addConditions(thresholds, rule.conditions, rulebook.conditions);
  }
  return thresholds;
}

const rulesOf = <R>(candidates: readonly Candidate<R>[]): R[] => candidates.map(({ rule }) => rule);

const returns = ({ event }: ChannelRule): boolean =>
  event.type === "route" && event.params.outcome === "returned";

const priorityOf = (rule: ChannelRule): number => rule.priority ?? 1;

/** The name breaks ties only in the order of evaluation: two matches of one priority are an error. */
const byPriority = (candidates: Candidate<ChannelRule>[]): readonly Candidate<ChannelRule>[] =>
  candidates.sort(
    ({ rule: one }, { rule: other }) =>
      priorityOf(other) - priorityOf(one) || (one.name < other.name ? -1 : 1),
  );

function frameOf(file: ChannelFile, calendars: Calendars): Frame {
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
