import { loadSays } from "../errors.js";
import type { ChannelRule, Example, FactDefinition, HoldRule, SystemDefinition } from "../model/rulebook.js";
import { parseClock } from "../time/clock.js";
import { type Flaw, flawIf } from "./flaw.js";
import { periodFlaws, rangeFlaws, spreadFlaws } from "./order.js";
import { stepFlaws } from "./steps.js";

/** What the schemas cannot say of rules, holds, facts and systems: that their parts fit together. */

export const ruleFlaws = (rule: ChannelRule): Flaw[] => [
  ...periodFlaws(rule),
  ...(rule.event.type === "route" ? rule.event.params.steps.flatMap(stepFlaws) : []),
];

export const holdFlaws = (rule: HoldRule): Flaw[] => [
  ...periodFlaws(rule),
  ...spreadFlaws("duration", rule.event.params, "for", rule.event.params.for),
];

/** An example proves a rule of its own channel. */
export const exampleFlaws = (
  examples: readonly Example[],
  names: readonly string[],
  isSound: (part: object) => boolean,
): Flaw[] =>
  examples.filter(isSound).flatMap(({ expect }) => {
    if (expect.rule === undefined || names.includes(expect.rule)) return [];
    return { entity: expect, path: "rule", sentence: loadSays.undeclared("rule", expect.rule, names) };
  });

export function factFlaws(fact: FactDefinition): Flaw[] {
  const { type, values, minimum, maximum, default: initial } = fact;
  const isOutside =
    initial !== undefined &&
    (typeof initial !== type ||
      (values !== undefined && fact.open !== true && !values.includes(String(initial))) ||
      Number(initial) < (minimum ?? Number.NEGATIVE_INFINITY) ||
      Number(initial) > (maximum ?? Number.POSITIVE_INFINITY));
  const hasBounds = minimum !== undefined || maximum !== undefined;
  return [
    ...flawIf(isOutside, fact, "default", loadSays.defaultOutside(initial)),
    ...flawIf(
      values !== undefined && type !== "string",
      fact,
      "values",
      loadSays.onlyFor("values", "string"),
    ),
    ...flawIf(
      hasBounds && type !== "number",
      fact,
      "type",
      loadSays.onlyFor("minimum and maximum", "number"),
    ),
    ...flawIf(
      (minimum ?? 0) > (maximum ?? minimum ?? 0),
      fact,
      "maximum",
      loadSays.reversed(minimum, maximum),
    ),
  ];
}

/** A system that has the name of a fact stands for what the fact names, and must say so. */
export function systemFlaws(system: SystemDefinition, name: string, facts: ReadonlySet<string>): Flaw[] {
  const isSilent = facts.has(name) && system.fact === undefined;
  return [
    ...flawIf(isSilent, system, "", loadSays.standsForFact(name)),
    ...(system.hours ?? []).flatMap((hours) => [
      ...periodFlaws(hours),
      ...rangeFlaws(parseClock, hours, "closes", hours.opens, hours.closes),
      ...rangeFlaws(parseClock, hours, "closes", hours.opensAfterClosedDay, hours.closes),
    ]),
  ];
}
