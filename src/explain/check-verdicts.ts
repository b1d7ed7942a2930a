import { thresholdsOf } from "../assess/next-check.js";
import { type Problem, type Sentence, verdictMessages } from "../errors.js";
import { PHASES, type Phase } from "../model/assessment.js";
import type { Locate } from "../model/place.js";
import type { Condition, Reason, Rulebook, VerdictRule } from "../model/rulebook.js";

/** Problems of verdicts.json and reasons.json that schemas and the check of conditions do not find. */
export function checkVerdicts(rulebook: Rulebook, locate: Locate): Problem[] {
  return [
    ...rulebook.verdicts.flatMap((rule) => textProblems(rule, rulebook, locate)),
    ...phaseProblems(rulebook, locate),
    ...Object.entries(rulebook.reasons).flatMap(([code, reason]) =>
      reasonProblems(reason, rulebook).map(([path, sentence]) => ({
        ...locate(reason, path),
        name: code,
        ...sentence,
      })),
    ),
  ];
}

/** Verdicts that name a missing text. Another check compares the texts of the languages. */
function textProblems(rule: VerdictRule, { texts }: Rulebook, locate: Locate): Problem[] {
  const { reason, advice } = rule.event.params;
  const keys = [
    ["event.params.reason", reason],
    ["event.params.advice.action", advice.action],
  ] as const;
  return Object.entries(texts).flatMap(([locale, messages]) =>
    keys
      .filter(([, key]) => !Object.hasOwn(messages, key))
      .map(([path, key]) => ({
        ...locate(rule, path),
        name: rule.name,
        ...verdictMessages.noText(key, locale, textsLike(key, Object.keys(messages))),
      })),
  );
}

/** The keys with the same first part, to choose from; all keys if there are none. */
const textsLike = (key: string, keys: readonly string[]): string[] => {
  const prefix = /^[^.]*\./.exec(key)?.[0] ?? "";
  const alike = keys.filter((one) => one.startsWith(prefix));
  return alike.length === 0 ? [...keys] : alike;
};

/** Bounds the work: an assessment looks at each of these minutes. */
const MINUTES_MAX = 1000;

/** Phases without a catch-all rule, whose only condition is the phase. Without one some delay may have no verdict. */
function phaseProblems(rulebook: Rulebook, locate: Locate): Problem[] {
  const { verdicts } = rulebook;
  const [first] = verdicts;
  if (first === undefined) return [];
  const minutes = thresholdsOf(rulebook).length;
  if (minutes > MINUTES_MAX)
    return [{ ...locate(first), ...verdictMessages.tooManyMinutes(minutes, MINUTES_MAX) }];
  const missing = PHASES.filter((phase) => !verdicts.some(({ conditions }) => isCatchAll(conditions, phase)));
  return missing.map((phase) => ({ ...locate(first), ...verdictMessages.noCatchAll(phase) }));
}

/** Whether a condition obviously holds for a whole phase. False for `not`, named conditions and other operators. */
function isCatchAll(tree: Condition | undefined, phase: Phase): boolean {
  if (tree === undefined) return true;
  if ("all" in tree) return tree.all.every((one) => isCatchAll(one, phase));
  if ("any" in tree) return tree.any.some((one) => isCatchAll(one, phase));
  if (!("fact" in tree) || tree.fact !== "assessment.phase") return false;
  return tree.operator === "equal"
    ? tree.value === phase
    : tree.operator === "in" && [tree.value].flat().includes(phase);
}

function reasonProblems({ effect, milestone, hold }: Reason, { holds }: Rulebook): [string, Sentence][] {
  const problems: [string, Sentence][] = [];
  for (const [key, value] of Object.entries({ milestone, hold })) {
    if (effect === key && value === undefined)
      problems.push(["effect", verdictMessages.effectNeeds(effect, key)]);
    if (effect !== key && value !== undefined)
      problems.push([key, verdictMessages.besideEffect(effect, key)]);
  }
  const names = holds.map(({ name }) => name);
  if (hold !== undefined && !names.includes(hold))
    problems.push(["hold", verdictMessages.unknownHold(hold, names)]);
  return problems;
}
