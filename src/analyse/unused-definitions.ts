import { referencedFact } from "../decide/leaf.js";
import { partsOf } from "../decide/tree.js";
import { findingMessages } from "../errors.js";
import type { Condition, Rulebook, Step } from "../model/rulebook.js";
import type { Context } from "./context.js";
import { type Finding, finding } from "./finding.js";

/** Definitions that nothing uses. */
export function unusedFindings({ rulebook, locate }: Context): Finding[] {
  const { calendars, facts, systems, conditions, texts } = rulebook;
  const references = referencesIn(rulebook);
  const unusedIn = (
    kind: string,
    declared: Readonly<Record<string, object>>,
    used: ReadonlySet<string>,
  ): Finding[] =>
    Object.entries(declared)
      .filter(([name]) => !used.has(name))
      .map(([name, one]) => finding("unused", name, locate(one), findingMessages.unused(kind, name)));
  const messages = texts.en ?? {};
  return [
    ...unusedIn("fact", facts, references.facts),
    ...unusedIn("condition", conditions, references.conditions),
    ...unusedIn("system", systems, usedSystems(rulebook)),
    ...unusedIn("calendar", calendars, usedCalendars(rulebook)),
    ...Object.keys(messages)
      .filter((key) => isUnusedText(rulebook, key))
      .map((key) => finding("unused", key, locate(messages, key), findingMessages.unused("text", key))),
  ];
}

/** Facts that every payment has. They count as used. */
const STANDARD_FACTS = ["amount", "currency"];

function referencesIn(rulebook: Rulebook): { facts: Set<string>; conditions: Set<string> } {
  const facts = new Set([
    ...STANDARD_FACTS,
    ...Object.values(rulebook.systems).flatMap(({ fact }) => fact ?? []),
  ]);
  const conditions = new Set<string>();
  const visit = (tree: Condition | undefined): void => {
    for (const part of partsOf(tree)) {
      if (!("condition" in part)) {
        facts.add(part.fact);
        const other = referencedFact(part.value);
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

/** Systems in the steps of a route, and banks that a payment may name there. A window does not count as use. */
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

/** Calendars of channels, steps and hours, and the calendars that these extend. */
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

/** Verdicts use reasons and advice, calendars use holidays. The program itself uses all other texts. */
function isUnusedText({ verdicts, calendars }: Rulebook, key: string): boolean {
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
