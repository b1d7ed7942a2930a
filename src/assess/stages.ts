import type { Certainty } from "../model/answers.js";
import { CAUSES, type DelayCause, STATUSES, type Status } from "../model/assessment.js";
import type { VerdictRule } from "../model/rulebook.js";
import type { Instant } from "../time/instant.js";
import { CERTAINTIES } from "./findings.js";
import { type Judge, judged, NO_MOMENT, type Stages } from "./judge.js";
import type { Situation } from "./situation.js";

/**
 * The verdicts of a delay of which nothing more is learned, as time passes: 0 before the expected time, 1 before the
 * latest, and from 2 on overdue by ever more of the minutes at which some rule may turn.
 */

/** There are no more of them than statuses, causes and certainties together. */
export function stagesOf({ stages }: Judge, status: Status, cause: DelayCause, certainty: Certainty): Stages {
  const key =
    (STATUSES.indexOf(status) * CAUSES.length + CAUSES.indexOf(cause)) * CERTAINTIES.length +
    CERTAINTIES.indexOf(certainty);
  const known = stages[key];
  if (known !== undefined) return known;
  const found: Stages = { standing: { status, cause, certainty }, rules: [] };
  stages[key] = found;
  return found;
}

export function stageAt({ deadline, times }: Situation, minutes: readonly number[], at: Instant): number {
  if (at <= deadline) return at > times.expected ? 1 : 0;
  const overdue = Math.floor((at - deadline) / 60_000);
  let stage = 2;
  while (stage - 2 < minutes.length && (minutes[stage - 2] as number) <= overdue) stage++;
  return stage;
}

/** @throws QuestionError ambiguous-rules | no-rule */
export function ruleAt(judge: Judge, { standing, rules }: Stages, stage: number): VerdictRule {
  const known = rules[stage];
  if (known !== undefined) return known;
  const rule = judged(judge, {
    facts: {},
    moment: () => NO_MOMENT,
    findings: {
      "assessment.phase": stage === 0 ? "before-expected" : stage === 1 ? "before-latest" : "overdue",
      "assessment.overdueMinutes": stage <= 2 ? 0 : (judge.minutes[stage - 3] as number),
      "assessment.cause": standing.cause,
      "assessment.status": standing.status,
      "assessment.system": "none",
      "assessment.certainty": standing.certainty,
    },
  });
  rules[stage] = rule;
  return rule;
}

/** Where an assessment stands: its stage at an instant, and the verdict there. */
interface Standpoint {
  readonly now: Instant;
  readonly stage: number;
  readonly verdict: VerdictRule["event"]["params"]["verdict"];
}

/** The first instant after `now` at which another stage brings another verdict. */
export function nextTurn(
  judge: Judge,
  stages: Stages,
  situation: Situation,
  { now, stage: reached, verdict }: Standpoint,
): Instant | undefined {
  const { minutes } = judge;
  const last = minutes.length + 2;
  for (let stage = reached + 1; stage <= last; stage++) {
    const begins = beginningOf(stage, situation, minutes);
    // What is known now may put the expected time behind the latest that was promised; then it turns nothing.
    if (stage === 1 && begins > situation.deadline) continue;
    if (begins > now && ruleAt(judge, stages, stage).event.params.verdict !== verdict) return begins;
  }
  return undefined;
}

function beginningOf(stage: number, { deadline, times }: Situation, minutes: readonly number[]): Instant {
  if (stage === 1) return (times.expected + 1) as Instant;
  return (stage === 2 ? deadline + 1 : deadline + (minutes[stage - 3] as number) * 60_000) as Instant;
}
