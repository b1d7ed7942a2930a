import { loadMessages } from "../errors.js";
import type { ChannelRule, Example, FactDefinition, HoldRule, SystemDefinition } from "../model/rulebook.js";
import { parseClock } from "../time/clock.js";
import { periodIssues, rangeIssues, spreadIssues } from "./bound-order.js";
import { type Issue, issueIf } from "./issue.js";
import { stepIssues } from "./steps.js";

/** Checks rules, holds, facts and systems for inconsistencies that a schema cannot express. */

export const ruleIssues = (rule: ChannelRule): Issue[] => [
  ...periodIssues(rule),
  ...(rule.event.type === "route" ? rule.event.params.steps.flatMap(stepIssues) : []),
];

export const holdIssues = (rule: HoldRule): Issue[] => [
  ...periodIssues(rule),
  ...spreadIssues("duration", rule.event.params, "for", rule.event.params.for),
];

/** An example may only expect a rule of its own channel. */
export const exampleIssues = (
  examples: readonly Example[],
  names: readonly string[],
  isValid: (part: object) => boolean,
): Issue[] =>
  examples.filter(isValid).flatMap(({ expect }) => {
    if (expect.rule === undefined || names.includes(expect.rule)) return [];
    return { entity: expect, path: "rule", sentence: loadMessages.undeclared("rule", expect.rule, names) };
  });

export function factIssues(fact: FactDefinition): Issue[] {
  const { type, values, minimum, maximum, default: initial } = fact;
  const isOutside =
    initial !== undefined &&
    (typeof initial !== type ||
      (values !== undefined && fact.open !== true && !values.includes(String(initial))) ||
      Number(initial) < (minimum ?? Number.NEGATIVE_INFINITY) ||
      Number(initial) > (maximum ?? Number.POSITIVE_INFINITY));
  const hasBounds = minimum !== undefined || maximum !== undefined;
  return [
    ...issueIf(isOutside, fact, "default", loadMessages.defaultOutside(initial)),
    ...issueIf(
      values !== undefined && type !== "string",
      fact,
      "values",
      loadMessages.onlyFor("values", "string"),
    ),
    ...issueIf(
      hasBounds && type !== "number",
      fact,
      "type",
      loadMessages.onlyFor("minimum and maximum", "number"),
    ),
    ...issueIf(
      (minimum ?? 0) > (maximum ?? minimum ?? 0),
      fact,
      "maximum",
      loadMessages.reversed(minimum, maximum),
    ),
  ];
}

/** A system with the name of a fact stands for the fact's value, and must declare `fact`. */
export function systemIssues(system: SystemDefinition, name: string, facts: ReadonlySet<string>): Issue[] {
  const lacksFact = facts.has(name) && system.fact === undefined;
  return [
    ...issueIf(lacksFact, system, "", loadMessages.standsForFact(name)),
    ...(system.hours ?? []).flatMap((hours) => [
      ...periodIssues(hours),
      ...rangeIssues(parseClock, hours, "closes", hours.opens, hours.closes),
      ...rangeIssues(parseClock, hours, "closes", hours.opensAfterClosedDay, hours.closes),
    ]),
  ];
}
