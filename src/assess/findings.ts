import type { Certainty } from "../model/answers.js";
import { CAUSES, type DelayCause, PHASES, type Phase, STATUSES, type Status } from "../model/assessment.js";
import type { Instant } from "../time/instant.js";
import { placeAt, stepOf } from "./place.js";
import { lateMs, phaseAt, type Situation } from "./situation.js";

/** What verdict rules may test at an instant, beside the payment's own facts. */
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
  "assessment.overdueMinutes": Math.floor(lateMs(situation, now) / 60_000),
  "assessment.cause": cause,
  "assessment.status": situation.status,
  "assessment.system": needsSystem ? systemAt(situation, now) : "none",
  "assessment.certainty": certainty,
});

function systemAt(situation: Situation, now: Instant): string {
  const place = placeAt(situation, now);
  return (place && stepOf(place).system) ?? "none";
}

/**
 * Findings that no rule tells apart, `minutes` being where rules may turn, have one key: a number, because it is asked for
 * several times in every assessment.
 */
export function keyOf(findings: Findings, minutes: readonly number[]): number | string {
  const { "assessment.overdueMinutes": overdue, "assessment.system": system } = findings;
  let late = 0;
  while (late < minutes.length && (minutes[late] as number) <= overdue) late++;
  const parts =
    ((late * PHASES.length + PHASES.indexOf(findings["assessment.phase"])) * CAUSES.length +
      CAUSES.indexOf(findings["assessment.cause"])) *
      STATUSES.length +
    STATUSES.indexOf(findings["assessment.status"]);
  const key = parts * CERTAINTIES.length + CERTAINTIES.indexOf(findings["assessment.certainty"]);
  return system === "none" ? key : `${key} ${system}`;
}

export const CERTAINTIES: readonly Certainty[] = ["official", "projected", "open-incident"];
