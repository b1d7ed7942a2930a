import { conditionCompiler } from "../decide/conditions.js";
import { frameOf } from "../decide/decider.js";
import type { Test } from "../decide/leaf.js";
import { type Moment, momentAt } from "../decide/moment.js";
import { namedFacts } from "../decide/named.js";
import { partsOf } from "../decide/tree.js";
import { QuestionError, verdictSays } from "../errors.js";
import type { Certainty } from "../model/answers.js";
import { type DelayCause, STATUSES, type Status } from "../model/assessment.js";
import type { Facts } from "../model/payment.js";
import type { ChannelFile, Rulebook, VerdictRule } from "../model/rulebook.js";
import type { View } from "../pieces/snapshot.js";
import type { Instant } from "../time/instant.js";
import { CERTAINTIES, type Findings, keyOf } from "./findings.js";
import { thresholdsOf } from "./next-check.js";

/** The rules of verdicts.json, compiled for one channel, the highest priority first. */
export interface Judge {
  readonly candidates: readonly { readonly rule: VerdictRule; readonly test: Test }[];
  readonly momentOf: (at: Instant) => Moment;
  /** The facts that some rule tests. */
  readonly tested: ReadonlySet<string>;
  /** The numbers of minutes at which some rule may turn, in order. */
  readonly minutes: readonly number[];
  /** What was judged before, where rules look at nothing but the assessment; undefined where they look at the payment. */
  readonly memory: Map<number | string, VerdictRule> | undefined;
  /** The causes that the place of the money may have. */
  readonly causes: readonly DelayCause[];
  /** By status and certainty, whether the place of the money may turn the verdict. */
  readonly placeMatters: (boolean | undefined)[];
  /** By what does not change as time passes, the verdicts that time brings. */
  readonly stages: (Stages | undefined)[];
}

/** What does not change as time passes. */
export interface Standing {
  readonly status: Status;
  readonly cause: DelayCause;
  readonly certainty: Certainty;
}

export interface Stages {
  readonly standing: Standing;
  /** The rule of each stage that was asked about. */
  readonly rules: (VerdictRule | undefined)[];
}

export function judgeOf(view: View, channel: string): Judge {
  const known = view.judges.get(channel) as Judge | undefined;
  if (known !== undefined) return known;
  const judge = compileJudge(view, channel);
  view.judges.set(channel, judge);
  return judge;
}

function compileJudge({ rulebook, calendars }: View, channel: string): Judge {
  const compile = conditionCompiler(rulebook.conditions, channel);
  const frame = frameOf(rulebook.channels[channel] as ChannelFile, calendars);
  const tested = testedFacts(rulebook);
  const plain = [...tested].every((fact) => fact.startsWith("assessment.") || fact === "channel");
  return {
    candidates: [...rulebook.verdicts]
      .sort((one, other) => other.priority - one.priority)
      .map((rule) => ({ rule, test: compile(rule.conditions) })),
    momentOf: (at) => momentAt(frame, at),
    tested,
    minutes: thresholdsOf(rulebook),
    memory: plain ? new Map() : undefined,
    causes: placeCauses(rulebook),
    placeMatters: [],
    stages: [],
  };
}

function testedFacts({ verdicts, conditions }: Rulebook): ReadonlySet<string> {
  const parts = verdicts.flatMap((rule) => [...partsOf(rule.conditions)]);
  return new Set(
    parts.flatMap((part) =>
      "condition" in part ? [...namedFacts(part.condition, conditions)] : [part.fact],
    ),
  );
}

const placeCauses = ({ windows, holds }: Rulebook): readonly DelayCause[] => [
  ...new Set<DelayCause>([
    ...(["none", "holiday", "maintenance", "bank-processing"] as const),
    ...windows.flatMap(({ event }) => event.params.cause ?? []),
    ...holds.map(({ event }) => event.params.cause),
  ]),
];

/** What is judged: a payment, and what was found out about its delay. */
export interface Matter {
  readonly facts: Facts;
  readonly moment: () => Moment;
  readonly findings: Findings;
}

/**
 * The only matching rule of the highest priority.
 *
 * @throws QuestionError ambiguous-rules | no-rule
 */
export function judged(judge: Judge, matter: Matter): VerdictRule {
  const { memory } = judge;
  if (memory === undefined) return decided(judge, matter);
  const key = keyOf(matter.findings, judge.minutes);
  const known = memory.get(key);
  if (known !== undefined) return known;
  if (memory.size >= MEMORY_MAX) memory.clear();
  const rule = decided(judge, matter);
  memory.set(key, rule);
  return rule;
}

const MEMORY_MAX = 2000;

function decided({ candidates }: Judge, { facts, moment, findings }: Matter): VerdictRule {
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
  throw new QuestionError("no-rule", "verdicts", verdictSays.noVerdict(findings["assessment.phase"]));
}

const ambiguous = (one: VerdictRule, other: VerdictRule): QuestionError =>
  new QuestionError("ambiguous-rules", "verdicts", verdictSays.ambiguous(one.name, other.name, one.priority));

/**
 * Whether, of payments that are not due yet, the verdict depends on where the money is: if not, nothing that it waits for
 * on the way can turn the verdict.
 */
export function placeMatters(
  judge: Judge,
  status: Findings["assessment.status"],
  certainty: Certainty,
): boolean {
  if (judge.memory === undefined || judge.tested.has("assessment.system")) return true;
  const key = STATUSES.indexOf(status) * CERTAINTIES.length + CERTAINTIES.indexOf(certainty);
  const known = judge.placeMatters[key];
  if (known !== undefined) return known;
  const matters = verdictsDiffer(judge, status, certainty);
  judge.placeMatters[key] = matters;
  return matters;
}

function verdictsDiffer(judge: Judge, status: Findings["assessment.status"], certainty: Certainty): boolean {
  return (["before-expected", "before-latest"] as const).some((phase) => {
    const verdicts = judge.causes.map((cause) => {
      const findings: Findings = {
        "assessment.phase": phase,
        "assessment.overdueMinutes": 0,
        "assessment.cause": cause,
        "assessment.status": status,
        "assessment.system": "none",
        "assessment.certainty": certainty,
      };
      return judged(judge, { facts: {}, moment: () => NO_MOMENT, findings }).event.params.verdict;
    });
    return new Set(verdicts).size > 1;
  });
}

/** Rules that look at the assessment alone never look at the moment. */
export const NO_MOMENT = Object.freeze({}) as Moment;
