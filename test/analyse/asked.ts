import { expect } from "vitest";
import { conditionCompiler } from "../../src/decide/conditions.js";
import { compileDeciders, type Decider, frameOf } from "../../src/decide/decider.js";
import { momentAt } from "../../src/decide/moment.js";
import { QuestionError } from "../../src/errors.js";
import type { ChannelFile, Rulebook } from "../../src/model/rulebook.js";
import type { Instant } from "../../src/time/instant.js";
import { calendars } from "../decide/fixture.js";

/** What asking about one payment tells of the rules of `cn.test`, whose names are `rule-0` and so on. */

export type Asker = (facts: object, instant: number) => string;

/**
 * What becomes of one payment: the deciding rule, all rules that tie, or an error. The decider names two that tie and
 * looks no further, so the others of their priority are asked one by one.
 */
export function askerOf(rulebook: Rulebook): Asker {
  const decider = compileDeciders(rulebook, calendars()).get("cn.test") as Decider;
  const file = rulebook.channels["cn.test"] as ChannelFile;
  const frame = frameOf(file, calendars());
  const compile = conditionCompiler(rulebook.conditions, "cn.test");
  const all = file.rules.map(({ name, priority = 1, conditions: tree }) => ({
    name,
    priority,
    takes: compile(tree),
  }));
  return (facts, instant) => {
    try {
      return decider.decide(facts as never, instant as Instant).rule.name;
    } catch (error) {
      if (!(error instanceof QuestionError)) throw error;
      if (error.code !== "ambiguous-rules") return error.code;
      const two = error.what.match(/rule-\d/g) ?? [];
      const rank = all.find(({ name }) => name === two[0])?.priority;
      const tied = all
        .filter(
          ({ priority, takes }) =>
            priority === rank && takes(facts as never, momentAt(frame, instant as Instant)),
        )
        .map(({ name }) => name);
      expect(tied).toEqual(expect.arrayContaining(two));
      return tied.sort().join(" ");
    }
  };
}

/** Every two of the rules that tie, as findings name them. */
export const pairsOf = (said: string): string[] =>
  said.split(" ").flatMap((one, index, names) => names.slice(index + 1).map((other) => `${one} ${other}`));
