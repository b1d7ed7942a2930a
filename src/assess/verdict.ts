import type { Certainty } from "../model/answers.js";
import type { DelayCause } from "../model/assessment.js";
import type { VerdictRule } from "../model/rulebook.js";
import type { Instant } from "../time/instant.js";
import { delayStageAt, nextVerdictChange, ruleAt, stageRulesOf } from "./delay-stages.js";
import { findingsAt } from "./findings.js";
import { type Judge, judgeOf } from "./judge.js";
import { nextReview, turningPoints } from "./next-check.js";
import { causeAt } from "./position-cause.js";
import type { Situation } from "./situation.js";
import { decideVerdict, positionMatters } from "./verdict-rule.js";

/** The rule that decides at an instant, the cause of the delay, and when to check again. */
export interface Ruling {
  readonly rule: VerdictRule;
  readonly cause: DelayCause;
  /** When the verdict next changes without news, or an open incident is reviewed. */
  readonly nextCheckAt: Instant | undefined;
}

/** @throws QuestionError ambiguous-rules | no-rule */
export function rulingOf(situation: Situation, now: Instant, certainty: Certainty): Ruling {
  const snapshot = situation.current.query.snapshot;
  const judge = judgeOf(snapshot, situation.payment.channel);
  const cause = situation.cause ?? causeAt(situation, now, snapshot.rulebook);
  const { rule, nextChange } = changesByTimeAlone(judge, situation, now, certainty)
    ? ruleByStage(judge, situation, now, cause, certainty)
    : ruleByTurningPoint(judge, situation, now, cause, certainty);
  const review = certainty === "open-incident" ? nextReview(situation, now) : undefined;
  return { rule, cause, nextCheckAt: earlier(nextChange, review) };
}

interface RuleWithChange {
  readonly rule: VerdictRule;
  /** When the verdict next changes without news. */
  readonly nextChange: Instant | undefined;
}

/** Whether the verdict depends on time alone from now on: not on the position, and not on facts of the payment. */
function changesByTimeAlone(judge: Judge, situation: Situation, now: Instant, certainty: Certainty): boolean {
  if (judge.ruleCache === undefined || judge.tested.has("assessment.system")) return false;
  return situation.state.doneAt === undefined && !positionChangesVerdict(judge, situation, now, certainty);
}

const positionChangesVerdict = (
  judge: Judge,
  { cause, deadline, status }: Situation,
  now: Instant,
  certainty: Certainty,
) => cause === undefined && now <= deadline && positionMatters(judge, status, certainty);

/** The fast way: stages are cached by findings. */
function ruleByStage(
  judge: Judge,
  situation: Situation,
  now: Instant,
  cause: DelayCause,
  certainty: Certainty,
): RuleWithChange {
  const { status } = situation;
  const stage = delayStageAt(situation, judge.minutes, now);
  const stageRules = stageRulesOf(judge, status, cause, certainty);
  const rule = ruleAt(judge, stageRules, stage);
  const lastingCause = situation.cause ?? "none";
  const later = lastingCause === cause ? stageRules : stageRulesOf(judge, status, lastingCause, certainty);
  const { verdict } = rule.event.params;
  return { rule, nextChange: nextVerdictChange(judge, later, situation, { now, stage, verdict }) };
}

/** The general way: decides anew at every instant at which a finding may change. */
function ruleByTurningPoint(
  judge: Judge,
  situation: Situation,
  now: Instant,
  cause: DelayCause,
  certainty: Certainty,
): RuleWithChange {
  const { payment, current } = situation;
  const needsSystem = judge.tested.has("assessment.system");
  const moment = (): ReturnType<typeof judge.momentOf> => judge.momentOf(payment.at);
  const decideAt = (at: Instant, found: DelayCause): VerdictRule =>
    decideVerdict(judge, {
      facts: payment.facts,
      moment,
      findings: findingsAt(situation, at, { cause: found, certainty, needsSystem }),
    });
  const rule = decideAt(now, cause);
  const matters = positionChangesVerdict(judge, situation, now, certainty);
  const laterCauseAt = (at: Instant): DelayCause =>
    situation.cause ?? (matters ? causeAt(situation, at, current.query.snapshot.rulebook) : "none");
  const { verdict } = rule.event.params;
  const needsPosition = matters || needsSystem || judge.ruleCache === undefined;
  const nextChange = turningPoints(situation, now, needsPosition).find(
    (at) => decideAt(at, laterCauseAt(at)).event.params.verdict !== verdict,
  );
  return { rule, nextChange };
}

function earlier(one: Instant | undefined, other: Instant | undefined): Instant | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}
