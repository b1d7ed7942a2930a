import { expect } from "vitest";
import type { Calendars } from "../../src/calendar/compile.js";
import { applies, candidatesOf, priorityOf } from "../../src/decide/candidate.js";
import { conditionCompiler } from "../../src/decide/conditions.js";
import { channelContextOf, compileDeciders, type Decider } from "../../src/decide/decider.js";
import { momentAt } from "../../src/decide/moment.js";
import { QuestionError } from "../../src/errors.js";
import type { ChannelFile, ChannelRule, Rulebook } from "../../src/model/rulebook.js";
import type { Instant } from "../../src/time/instant.js";
import { calendars } from "../decide/fixture.js";

/**
 * An oracle for the rules of `cn.test`, named `rule-0`, `rule-1` and so on. Gives the decision about one payment: the
 * deciding rule, all rules that tie, or an error code.
 */
export type DecisionOracle = (facts: object, instant: number) => string;

/**
 * The decider reports only two of the rules that tie, so the oracle tests every rule of the same priority. If one of them
 * asks for a day that the calendar does not know, the decision is `outside-coverage`.
 */
export function decisionOracleOf(rulebook: Rulebook, days: Calendars = calendars()): DecisionOracle {
  const decider = compileDeciders(rulebook, days).get("cn.test") as Decider;
  const file = rulebook.channels["cn.test"] as ChannelFile;
  const context = channelContextOf(file, days);
  const candidates = candidatesOf(file.rules, conditionCompiler(rulebook.conditions, "cn.test"));
  return (facts, instant) => {
    try {
      return decider.decide(facts as never, instant as Instant).rule.name;
    } catch (error) {
      if (!(error instanceof QuestionError)) throw error;
      if (error.code !== "ambiguous-rules") return error.code;
      const reported = error.what.match(/rule-\d/g) ?? [];
      const priority = priorityOf(file.rules.find(({ name }) => name === reported[0]) as ChannelRule);
      const moment = momentAt(context, instant as Instant);
      const tied = candidates
        .filter(({ rule }) => priorityOf(rule) === priority)
        .map((one) => ({
          name: one.rule.name,
          matches: resultOrUndefined(() => applies(one, facts as never, moment)),
        }));
      if (tied.some(({ matches }) => matches === undefined)) return "outside-coverage";
      const names = tied.filter(({ matches }) => matches).map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(reported));
      return names.sort().join(" ");
    }
  };
}

function resultOrUndefined(ask: () => boolean): boolean | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof QuestionError) return undefined;
    throw error;
  }
}

/** Every pair of the rules that tie, as findings name them. */
export const pairsIn = (ruleNames: string): string[] =>
  ruleNames
    .split(" ")
    .flatMap((one, index, names) => names.slice(index + 1).map((other) => `${one} ${other}`));
