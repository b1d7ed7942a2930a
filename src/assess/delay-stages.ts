import type { Certainty } from "../model/answers.js";
import { CAUSES, type DelayCause, STATUSES, type Status } from "../model/assessment.js";
import type { VerdictRule } from "../model/rulebook.js";
import type { Instant } from "../time/instant.js";
import { CERTAINTIES } from "./findings.js";
import type { Judge, StageRules } from "./judge.js";
import type { Situation } from "./situation.js";
import { decideVerdict, NO_MOMENT } from "./verdict-rule.js";

/**
 * Stages of a delay as time passes and nothing new is reported. Stage 0 is before the expected time, 1 is before the
 * deadline, 2 is overdue, and each further stage begins at the next of `judge.minutes` past the deadline.
 */

/** The cache has at most one entry per status, cause and certainty. */
export function stageRulesOf(
  { stageRules }: Judge,
  status: Status,
  cause: DelayCause,
  certainty: Certainty,
): StageRules {
  const key =
    (STATUSES.indexOf(status) * CAUSES.length + CAUSES.indexOf(cause)) * CERTAINTIES.length +
    CERTAINTIES.indexOf(certainty);
  const known = stageRules[key];
  if (known !== undefined) return known;
  const found: StageRules = { fixed: { status, cause, certainty }, rules: [] };
  stageRules[key] = found;
  return found;
}

export function delayStageAt(
  { deadline, times }: Situation,
  minutes: readonly number[],
  at: Instant,
): number {
  if (at <= deadline) return at > times.expected ? 1 : 0;
  const overdue = Math.floor((at - deadline) / 60_000);
  let stage = 2;
  while (stage - 2 < minutes.length && (minutes[stage - 2] as number) <= overdue) stage++;
  return stage;
}

/** @throws QuestionError ambiguous-rules | no-rule */
export function ruleAt(judge: Judge, { fixed, rules }: StageRules, stage: number): VerdictRule {
  const known = rules[stage];
  if (known !== undefined) return known;
  const rule = decideVerdict(judge, {
    facts: {},
    moment: () => NO_MOMENT,
    findings: {
      "assessment.phase": stage === 0 ? "before-expected" : stage === 1 ? "before-latest" : "overdue",
      "assessment.overdueMinutes": stage <= 2 ? 0 : (judge.minutes[stage - 3] as number),
      "assessment.cause": fixed.cause,
      "assessment.status": fixed.status,
      "assessment.system": "none",
      "assessment.certainty": fixed.certainty,
    },
  });
  rules[stage] = rule;
  return rule;
}

/** The stage and the verdict at `now`. */
interface CurrentStage {
  readonly now: Instant;
  readonly stage: number;
  readonly verdict: VerdictRule["event"]["params"]["verdict"];
}

/** The first instant after `now` at which a later stage has another verdict. */
export function nextVerdictChange(
  judge: Judge,
  stageRules: StageRules,
  situation: Situation,
  { now, stage: reached, verdict }: CurrentStage,
): Instant | undefined {
  const { minutes } = judge;
  const last = minutes.length + 2;
  for (let stage = reached + 1; stage <= last; stage++) {
    const start = stageStart(stage, situation, minutes);
    // New knowledge may move the expected time past the deadline. Stage 1 does not occur then.
    if (stage === 1 && start > situation.deadline) continue;
    if (start > now && ruleAt(judge, stageRules, stage).event.params.verdict !== verdict) return start;
  }
  return undefined;
}

function stageStart(stage: number, { deadline, times }: Situation, minutes: readonly number[]): Instant {
  if (stage === 1) return (times.expected + 1) as Instant;
  return (stage === 2 ? deadline + 1 : deadline + (minutes[stage - 3] as number) * 60_000) as Instant;
}
