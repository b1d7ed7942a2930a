import { conditionCompiler } from "../decide/conditions.js";
import { channelContextOf } from "../decide/decider.js";
import type { Test } from "../decide/leaf.js";
import { type Moment, momentAt } from "../decide/moment.js";
import { namedFacts } from "../decide/named-conditions.js";
import { partsOf } from "../decide/tree.js";
import type { Certainty } from "../model/answers.js";
import type { DelayCause, Status } from "../model/assessment.js";
import type { ChannelFile, Rulebook, VerdictRule } from "../model/rulebook.js";
import type { Snapshot } from "../pieces/snapshot.js";
import type { Instant } from "../time/instant.js";
import { thresholdsOf } from "./next-check.js";

/** The rules of verdicts.json, compiled for one channel, with what was found out about them so far. */
export interface Judge {
  /** The highest priority first. */
  readonly candidates: readonly { readonly rule: VerdictRule; readonly test: Test }[];
  readonly momentOf: (at: Instant) => Moment;
  /** The facts that any rule tests. */
  readonly tested: ReadonlySet<string>;
  /** The overdue minutes at which a rule may turn, in order. */
  readonly minutes: readonly number[];
  /** The deciding rule by findings. Undefined if a rule tests facts of the payment: then findings do not suffice. */
  readonly ruleCache: Map<number | string, VerdictRule> | undefined;
  /** The causes that a position may have. */
  readonly positionCauses: readonly DelayCause[];
  /** Whether the position may change the verdict, by status and certainty; undefined until asked. */
  readonly positionMatters: (boolean | undefined)[];
  /** The rules of the delay stages, by fixed findings; undefined until asked. */
  readonly stageRules: (StageRules | undefined)[];
}

/** Findings that do not change as time passes. */
export interface FixedFindings {
  readonly status: Status;
  readonly cause: DelayCause;
  readonly certainty: Certainty;
}

export interface StageRules {
  readonly fixed: FixedFindings;
  /** The deciding rule of each stage; undefined until asked. */
  readonly rules: (VerdictRule | undefined)[];
}

export function judgeOf(snapshot: Snapshot, channel: string): Judge {
  const known = snapshot.judges.get(channel) as Judge | undefined;
  if (known !== undefined) return known;
  const judge = compileJudge(snapshot, channel);
  snapshot.judges.set(channel, judge);
  return judge;
}

function compileJudge({ rulebook, calendars }: Snapshot, channel: string): Judge {
  const compile = conditionCompiler(rulebook.conditions, channel);
  const context = channelContextOf(rulebook.channels[channel] as ChannelFile, calendars);
  const tested = testedFacts(rulebook);
  const plain = [...tested].every((fact) => fact.startsWith("assessment.") || fact === "channel");
  return {
    candidates: [...rulebook.verdicts]
      .sort((one, other) => other.priority - one.priority)
      .map((rule) => ({ rule, test: compile(rule.conditions) })),
    momentOf: (at) => momentAt(context, at),
    tested,
    minutes: thresholdsOf(rulebook),
    ruleCache: plain ? new Map() : undefined,
    positionCauses: positionCausesOf(rulebook),
    positionMatters: [],
    stageRules: [],
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

const positionCausesOf = ({ windows, holds }: Rulebook): readonly DelayCause[] => [
  ...new Set<DelayCause>([
    ...(["none", "holiday", "maintenance", "bank-processing"] as const),
    ...windows.flatMap(({ event }) => event.params.cause ?? []),
    ...holds.map(({ event }) => event.params.cause),
  ]),
];
