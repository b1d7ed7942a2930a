import { conditionCompiler } from "../../decide/conditions.js";
import { frameOf } from "../../decide/decider.js";
import type { Test } from "../../decide/leaf.js";
import { type Moment, momentAt } from "../../decide/moment.js";
import { QuestionError, verdictSays } from "../../errors.js";
import type { DelayCause, Phase } from "../../model/assessment.js";
import type { Facts } from "../../model/payment.js";
import type { ChannelFile, VerdictRule } from "../../model/rulebook.js";
import type { Instant } from "../../time/instant.js";
import type { View } from "../view.js";
import { causeAt, placeAt, stepOf } from "./place.js";
import { lateMs, phaseAt, type Situation } from "./situation.js";

/** The rules of verdicts.json, compiled for one channel, the highest priority first. */
export interface Judge {
  readonly candidates: readonly { readonly rule: VerdictRule; readonly test: Test }[];
  readonly momentOf: (at: Instant) => Moment;
}

const judges = new WeakMap<View, Map<string, Judge>>();

export function judgeOf(view: View, channel: string): Judge {
  const known = judges.get(view) ?? new Map<string, Judge>();
  judges.set(view, known);
  const judge = known.get(channel) ?? compileJudge(view, channel);
  known.set(channel, judge);
  return judge;
}

function compileJudge({ rulebook, calendars }: View, channel: string): Judge {
  const compile = conditionCompiler(rulebook.conditions, channel);
  const frame = frameOf(rulebook.channels[channel] as ChannelFile, calendars);
  return {
    candidates: [...rulebook.verdicts]
      .sort((one, other) => other.priority - one.priority)
      .map((rule) => ({ rule, test: compile(rule.conditions) })),
    momentOf: (at) => momentAt(frame, at),
  };
}

/** What verdict rules may test at an instant, beside the payment's own facts. */
export interface Findings {
  readonly phase: Phase;
  readonly cause: DelayCause;
  readonly facts: Facts;
}

export function findingsAt(situation: Situation, now: Instant, certainty: string): Findings {
  const { known, facts, status } = situation;
  const { rulebook } = known.subject.view;
  const phase = phaseAt(situation, now);
  const cause = situation.cause ?? causeAt(situation, now, rulebook);
  const place = placeAt(situation, now);
  const assessed = {
    "assessment.phase": phase,
    "assessment.overdueMinutes": Math.floor(lateMs(situation, now) / 60_000),
    "assessment.cause": cause,
    "assessment.status": status,
    "assessment.system": (place && stepOf(place).system) ?? "none",
    "assessment.certainty": certainty,
  };
  return { phase, cause, facts: { ...facts, ...assessed } };
}

/**
 * The only matching rule of the highest priority.
 *
 * @throws QuestionError ambiguous-rules | no-rule
 */
export function judged({ candidates }: Judge, { facts, phase }: Findings, moment: Moment): VerdictRule {
  let found: VerdictRule | undefined;
  for (const { rule, test } of candidates) {
    if (found !== undefined && rule.priority < found.priority) break;
    if (!test(facts, moment)) continue;
    if (found !== undefined) throw ambiguous(found, rule);
    found = rule;
  }
  if (found === undefined) throw new QuestionError("no-rule", "verdicts", verdictSays.noVerdict(phase));
  return found;
}

const ambiguous = (one: VerdictRule, other: VerdictRule): QuestionError =>
  new QuestionError("ambiguous-rules", "verdicts", verdictSays.ambiguous(one.name, other.name, one.priority));
