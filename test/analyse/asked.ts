import { expect } from "vitest";
import type { Calendars } from "../../src/calendar/compile.js";
import { applies, candidatesOf, priorityOf } from "../../src/decide/candidate.js";
import { conditionCompiler } from "../../src/decide/conditions.js";
import { compileDeciders, type Decider, frameOf } from "../../src/decide/decider.js";
import { momentAt } from "../../src/decide/moment.js";
import { QuestionError } from "../../src/errors.js";
import type { ChannelFile, ChannelRule, Rulebook } from "../../src/model/rulebook.js";
import type { Instant } from "../../src/time/instant.js";
import { calendars } from "../decide/fixture.js";

/** What asking about one payment tells of the rules of `cn.test`, whose names are `rule-0` and so on. */

export type Asker = (facts: object, instant: number) => string;

/**
 * What becomes of one payment: the deciding rule, all rules that tie, or an error. The decider names two that tie and
 * looks no further, so the others of their priority are asked one by one: where one of them has no answer, who ties is
 * not known.
 */
export function askerOf(rulebook: Rulebook, days: Calendars = calendars()): Asker {
  const decider = compileDeciders(rulebook, days).get("cn.test") as Decider;
  const file = rulebook.channels["cn.test"] as ChannelFile;
  const frame = frameOf(file, days);
  const candidates = candidatesOf(file.rules, conditionCompiler(rulebook.conditions, "cn.test"));
  return (facts, instant) => {
    try {
      return decider.decide(facts as never, instant as Instant).rule.name;
    } catch (error) {
      if (!(error instanceof QuestionError)) throw error;
      if (error.code !== "ambiguous-rules") return error.code;
      const two = error.what.match(/rule-\d/g) ?? [];
      const rank = priorityOf(file.rules.find(({ name }) => name === two[0]) as ChannelRule);
      const moment = momentAt(frame, instant as Instant);
      const tied = candidates
        .filter(({ rule }) => priorityOf(rule) === rank)
        .map((one) => ({
          name: one.rule.name,
          takes: answered(() => applies(one, facts as never, moment)),
        }));
      if (tied.some(({ takes }) => takes === undefined)) return "outside-coverage";
      const names = tied.filter(({ takes }) => takes).map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(two));
      return names.sort().join(" ");
    }
  };
}

function answered(ask: () => boolean): boolean | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof QuestionError) return undefined;
    throw error;
  }
}

/** Every two of the rules that tie, as findings name them. */
export const pairsOf = (said: string): string[] =>
  said.split(" ").flatMap((one, index, names) => names.slice(index + 1).map((other) => `${one} ${other}`));
