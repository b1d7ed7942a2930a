import type { Moment } from "../decide/moment.js";
import { QuestionError, verdictMessages } from "../errors.js";
import type { Certainty } from "../model/answers.js";
import { STATUSES, type Status } from "../model/assessment.js";
import type { Facts } from "../model/payment.js";
import type { VerdictRule } from "../model/rulebook.js";
import { CERTAINTIES, type Findings, findingsKey } from "./findings.js";
import type { Judge } from "./judge.js";

/** What a verdict is decided on: a payment, and the findings about its delay. */
export interface VerdictCase {
  readonly facts: Facts;
  readonly moment: () => Moment;
  readonly findings: Findings;
}

/** The moment for rules that test findings alone: they never read it. */
export const NO_MOMENT = Object.freeze({}) as Moment;

const CACHE_MAX = 2000;

/**
 * The only matching rule of the highest priority.
 *
 * @throws QuestionError ambiguous-rules | no-rule
 */
export function decideVerdict(judge: Judge, verdictCase: VerdictCase): VerdictRule {
  const { ruleCache } = judge;
  if (ruleCache === undefined) return matchRule(judge, verdictCase);
  const key = findingsKey(verdictCase.findings, judge.minutes);
  const known = ruleCache.get(key);
  if (known !== undefined) return known;
  if (ruleCache.size >= CACHE_MAX) ruleCache.clear();
  const rule = matchRule(judge, verdictCase);
  ruleCache.set(key, rule);
  return rule;
}

function matchRule({ candidates }: Judge, { facts, moment, findings }: VerdictCase): VerdictRule {
  const all = { ...facts, ...findings };
  const at = moment();
  let found: VerdictRule | undefined;
  for (const { rule, test } of candidates) {
    if (found !== undefined && rule.priority < found.priority) break;
    if (!test(all, at)) continue;
    if (found !== undefined) throw ambiguous(found, rule);
    found = rule;
  }
  if (found !== undefined) return found;
  throw new QuestionError("no-rule", "verdicts", verdictMessages.noVerdict(findings["assessment.phase"]));
}

const ambiguous = (one: VerdictRule, other: VerdictRule): QuestionError =>
  new QuestionError(
    "ambiguous-rules",
    "verdicts",
    verdictMessages.ambiguous(one.name, other.name, one.priority),
  );

/**
 * Whether the verdict on payments that are not due yet depends on the position of the money. If not, no wait on the
 * path can change the verdict.
 */
export function positionMatters(judge: Judge, status: Status, certainty: Certainty): boolean {
  if (judge.ruleCache === undefined || judge.tested.has("assessment.system")) return true;
  const key = STATUSES.indexOf(status) * CERTAINTIES.length + CERTAINTIES.indexOf(certainty);
  const known = judge.positionMatters[key];
  if (known !== undefined) return known;
  const matters = verdictsDiffer(judge, status, certainty);
  judge.positionMatters[key] = matters;
  return matters;
}

function verdictsDiffer(judge: Judge, status: Status, certainty: Certainty): boolean {
  return (["before-expected", "before-latest"] as const).some((phase) => {
    const verdicts = judge.positionCauses.map((cause) => {
      const findings: Findings = {
        "assessment.phase": phase,
        "assessment.overdueMinutes": 0,
        "assessment.cause": cause,
        "assessment.status": status,
        "assessment.system": "none",
        "assessment.certainty": certainty,
      };
      return decideVerdict(judge, { facts: {}, moment: () => NO_MOMENT, findings }).event.params.verdict;
    });
    return new Set(verdicts).size > 1;
  });
}
