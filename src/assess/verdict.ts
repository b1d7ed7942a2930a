import type { Certainty } from "../model/answers.js";
import type { DelayCause } from "../model/assessment.js";
import type { VerdictRule } from "../model/rulebook.js";
import type { Instant } from "../time/instant.js";
import { findingsAt } from "./findings.js";
import { type Judge, judged, judgeOf, placeMatters } from "./judge.js";
import { nextReview, turningPoints } from "./next-check.js";
import { causeAt } from "./place.js";
import type { Situation } from "./situation.js";
import { nextTurn, ruleAt, stageAt, stagesOf } from "./stages.js";

/** The rule that decides at an instant, the cause that it found, and when another verdict may come by itself. */
export interface Ruling {
  readonly rule: VerdictRule;
  readonly cause: DelayCause;
  readonly nextCheckAt: Instant | undefined;
}

/** @throws QuestionError ambiguous-rules | no-rule */
export function rulingOf(situation: Situation, now: Instant, certainty: Certainty): Ruling {
  const { view } = situation.known.subject;
  const judge = judgeOf(view, situation.question.channel);
  const cause = situation.cause ?? causeAt(situation, now, view.rulebook);
  const { rule, turn } = turnsByItself(judge, situation, now, certainty)
    ? byStage(judge, situation, now, cause, certainty)
    : byTurningPoint(judge, situation, now, cause, certainty);
  const review = certainty === "open-incident" ? nextReview(situation, now) : undefined;
  return { rule, cause, nextCheckAt: sooner(turn, review) };
}

interface Turning {
  readonly rule: VerdictRule;
  readonly turn: Instant | undefined;
}

/** Whether nothing but the time turns the verdict: not where the money is, nor what rules find of the payment. */
function turnsByItself(judge: Judge, situation: Situation, now: Instant, certainty: Certainty): boolean {
  if (judge.memory === undefined || judge.tested.has("assessment.system")) return false;
  return situation.course.doneAt === undefined && !placeTurns(judge, situation, now, certainty);
}

const placeTurns = (
  judge: Judge,
  { cause, deadline, status }: Situation,
  now: Instant,
  certainty: Certainty,
) => cause === undefined && now <= deadline && placeMatters(judge, status, certainty);

function byStage(
  judge: Judge,
  situation: Situation,
  now: Instant,
  cause: DelayCause,
  certainty: Certainty,
): Turning {
  const { status } = situation;
  const stage = stageAt(situation, judge.minutes, now);
  const stages = stagesOf(judge, status, cause, certainty);
  const rule = ruleAt(judge, stages, stage);
  const lasting = situation.cause ?? "none";
  const later = lasting === cause ? stages : stagesOf(judge, status, lasting, certainty);
  return {
    rule,
    turn: nextTurn(judge, later, situation, { now, stage, verdict: rule.event.params.verdict }),
  };
}

function byTurningPoint(
  judge: Judge,
  situation: Situation,
  now: Instant,
  cause: DelayCause,
  certainty: Certainty,
): Turning {
  const { question, known } = situation;
  const needsSystem = judge.tested.has("assessment.system");
  const moment = (): ReturnType<typeof judge.momentOf> => judge.momentOf(question.at);
  const judgeAt = (at: Instant, found: DelayCause): VerdictRule =>
    judged(judge, {
      facts: question.facts,
      moment,
      findings: findingsAt(situation, at, { cause: found, certainty, needsSystem }),
    });
  const rule = judgeAt(now, cause);
  const matters = placeTurns(judge, situation, now, certainty);
  const causeThen = (at: Instant): DelayCause =>
    situation.cause ?? (matters ? causeAt(situation, at, known.subject.view.rulebook) : "none");
  const { verdict } = rule.event.params;
  const follows = matters || needsSystem || judge.memory === undefined;
  const turn = turningPoints(situation, now, follows).find(
    (at) => judgeAt(at, causeThen(at)).event.params.verdict !== verdict,
  );
  return { rule, turn };
}

function sooner(one: Instant | undefined, other: Instant | undefined): Instant | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}
