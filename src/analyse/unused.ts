import { referredFact } from "../decide/leaf.js";
import { partsOf } from "../decide/tree.js";
import { findingSays } from "../errors.js";
import type { Condition, Rulebook, Step } from "../model/rulebook.js";
import type { Context } from "./context.js";
import { type Finding, finding } from "./finding.js";

/** What is declared and nothing uses. */
export function unusedFindings({ rulebook, locate }: Context): Finding[] {
  const { calendars, facts, systems, conditions, texts } = rulebook;
  const uses = usesOf(rulebook);
  const idle = (
    kind: string,
    declared: Readonly<Record<string, object>>,
    used: ReadonlySet<string>,
  ): Finding[] =>
    Object.entries(declared)
      .filter(([name]) => !used.has(name))
      .map(([name, one]) => finding("unused", name, locate(one), findingSays.unused(kind, name)));
  const messages = texts.en ?? {};
  return [
    ...idle("fact", facts, uses.facts),
    ...idle("condition", conditions, uses.conditions),
    ...idle("system", systems, usedSystems(rulebook)),
    ...idle("calendar", calendars, usedCalendars(rulebook)),
    ...Object.keys(messages)
      .filter((key) => isIdleText(rulebook, key))
      .map((key) => finding("unused", key, locate(messages, key), findingSays.unused("text", key))),
  ];
}

/** Facts that every payment has, whoever tests them. */
const ALWAYS = ["amount", "currency"];

function usesOf(rulebook: Rulebook): { facts: Set<string>; conditions: Set<string> } {
  const facts = new Set([...ALWAYS, ...Object.values(rulebook.systems).flatMap(({ fact }) => fact ?? [])]);
  const conditions = new Set<string>();
  const visit = (tree: Condition | undefined): void => {
    for (const part of partsOf(tree)) {
      if (!("condition" in part)) {
        facts.add(part.fact);
        const other = referredFact(part.value);
        if (other !== undefined) facts.add(other);
      } else if (!conditions.has(part.condition)) {
        conditions.add(part.condition);
        visit(rulebook.conditions[part.condition]);
      }
    }
  };
  const rules = Object.values(rulebook.channels).flatMap(({ rules }) => rules);
  for (const one of [...rules, ...rulebook.windows, ...rulebook.holds, ...rulebook.verdicts])
    visit(one.conditions);
  return { facts, conditions };
}

const stepsOf = ({ channels }: Rulebook): Step[] =>
  Object.values(channels)
    .flatMap(({ rules }) => rules)
    .flatMap(({ event }) => (event.type === "route" ? event.params.steps : []));

/** Systems that money passes: a window alone makes none used, and a bank is used where a payment may name it. */
function usedSystems(rulebook: Rulebook): Set<string> {
  const { systems, facts } = rulebook;
  const used = new Set(stepsOf(rulebook).flatMap(({ system }) => system ?? []));
  const reachable = [...used].flatMap((system) => {
    const fact = facts[systems[system]?.fact ?? ""];
    if (fact === undefined) return [];
    return fact.open === true || fact.values === undefined ? Object.keys(systems) : fact.values;
  });
  const named = new Set(Object.values(facts).flatMap(({ values }) => values ?? []));
  return new Set([...used, ...reachable.filter((system) => named.has(system))]);
}

/** Calendars that a channel, a step or hours count by, and those that they extend. */
export function usedCalendars(rulebook: Rulebook): Set<string> {
  const direct = [
    ...Object.values(rulebook.channels).map(({ calendar }) => calendar),
    ...stepsOf(rulebook).map((step) => (step.kind === "settle" ? step.calendar : undefined)),
    ...Object.values(rulebook.systems).flatMap(({ hours = [] }) => hours.map(({ calendar }) => calendar)),
  ].flat();
  const used = new Set<string>();
  for (const id of direct) {
    for (let at = id; at !== undefined && !used.has(at); at = rulebook.calendars[at]?.extends) used.add(at);
  }
  return used;
}

/** Reasons and advice are named by verdicts, holidays by calendars; what else there is, the program says itself. */
function isIdleText({ verdicts, calendars }: Rulebook, key: string): boolean {
  if (key.startsWith("reason.") || key.startsWith("advice.")) {
    return !verdicts.some(({ event: { params } }) => params.reason === key || params.advice.action === key);
  }
  if (!key.startsWith("holiday.") || key === "holiday.unnamed") return false;
  const notices = Object.values(calendars).flatMap((file) => [
    ...Object.values(file.years ?? {}),
    ...(file.amendments ?? []),
  ]);
  const blocks = Object.values(calendars).flatMap(({ projection }) => projection?.blocks ?? []);
  const names = [...notices.flatMap(({ holidays }) => holidays), ...blocks].map(({ name }) => name);
  return !names.includes(key.slice("holiday.".length));
}
