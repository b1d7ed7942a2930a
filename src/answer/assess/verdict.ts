import type { Question } from "../../decide/payment.js";
import type { Certainty } from "../../model/answers.js";
import type { DelayCause } from "../../model/assessment.js";
import type { VerdictRule } from "../../model/rulebook.js";
import type { Instant } from "../../time/instant.js";
import { findingsAt } from "./findings.js";
import { judged, judgeOf, placeMatters } from "./judge.js";
import { nextReview, turningPoints } from "./next-check.js";
import { causeAt } from "./place.js";
import type { Situation } from "./situation.js";

/** The rule that decides at an instant, the cause that it found, and when another verdict may come by itself. */
export interface Ruling {
  readonly rule: VerdictRule;
  readonly cause: DelayCause;
  readonly nextCheckAt: Instant | undefined;
}

/** @throws QuestionError ambiguous-rules | no-rule */
export function rulingOf(
  situation: Situation,
  { channel, facts, at: sentAt }: Question,
  now: Instant,
  certainty: Certainty,
): Ruling {
  const { view } = situation.known.subject;
  const judge = judgeOf(view, channel);
  const needsSystem = judge.tested.has("assessment.system");
  const moment = (): ReturnType<typeof judge.momentOf> => judge.momentOf(sentAt);
  const judgeAt = (at: Instant, cause: DelayCause): VerdictRule =>
    judged(judge, { facts, moment, findings: findingsAt(situation, at, { cause, certainty, needsSystem }) });
  const causeOf = (at: Instant): DelayCause => situation.cause ?? causeAt(situation, at, view.rulebook);
  const cause = causeOf(now);
  const rule = judgeAt(now, cause);
  const matters =
    situation.cause === undefined &&
    now <= situation.deadline &&
    placeMatters(judge, situation.status, certainty);
  const later = (at: Instant): VerdictRule =>
    judgeAt(at, matters ? causeOf(at) : (situation.cause ?? "none"));
  const { verdict } = rule.event.params;
  const follows = matters || needsSystem || judge.memory === undefined;
  const turn = turningPoints(situation, now, follows).find(
    (at) => later(at).event.params.verdict !== verdict,
  );
  const review = certainty === "open-incident" ? nextReview(situation, now) : undefined;
  return { rule, cause, nextCheckAt: sooner(turn, review) };
}

function sooner(one: Instant | undefined, other: Instant | undefined): Instant | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}
