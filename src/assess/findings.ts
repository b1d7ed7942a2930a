import type { Certainty } from "../model/answers.js";
import { CAUSES, type DelayCause, PHASES, type Phase, STATUSES, type Status } from "../model/assessment.js";
import type { Instant } from "../time/instant.js";
import { positionAt, stepOf } from "./position.js";
import { overdueMs, phaseAt, type Situation } from "./situation.js";

export const CERTAINTIES: readonly Certainty[] = ["official", "projected", "open-incident"];

/** What verdict rules may test at an instant, beside the facts of the payment. */
export interface Findings {
  readonly "assessment.phase": Phase;
  readonly "assessment.overdueMinutes": number;
  readonly "assessment.cause": DelayCause;
  readonly "assessment.status": Status;
  readonly "assessment.system": string;
  readonly "assessment.certainty": Certainty;
}

export const findingsAt = (
  situation: Situation,
  now: Instant,
  { cause, certainty, needsSystem }: { cause: DelayCause; certainty: Certainty; needsSystem: boolean },
): Findings => ({
  "assessment.phase": phaseAt(situation, now),
  "assessment.overdueMinutes": Math.floor(overdueMs(situation, now) / 60_000),
  "assessment.cause": cause,
  "assessment.status": situation.status,
  "assessment.system": needsSystem ? systemAt(situation, now) : "none",
  "assessment.certainty": certainty,
});

function systemAt(situation: Situation, now: Instant): string {
  const position = positionAt(situation, now);
  return (position && stepOf(position).system) ?? "none";
}

/**
 * A cache key: equal for findings that no rule distinguishes. `minutes` are the overdue minutes at which a rule may
 * turn. Usually a number, because every assessment needs several keys.
 */
export function findingsKey(findings: Findings, minutes: readonly number[]): number | string {
  const { "assessment.overdueMinutes": overdue, "assessment.system": system } = findings;
  let passed = 0;
  while (passed < minutes.length && (minutes[passed] as number) <= overdue) passed++;
  const parts =
    ((passed * PHASES.length + PHASES.indexOf(findings["assessment.phase"])) * CAUSES.length +
      CAUSES.indexOf(findings["assessment.cause"])) *
      STATUSES.length +
    STATUSES.indexOf(findings["assessment.status"]);
  const key = parts * CERTAINTIES.length + CERTAINTIES.indexOf(findings["assessment.certainty"]);
  return system === "none" ? key : `${key} ${system}`;
}
