import { conditionSays, type Problem } from "../errors.js";
import type { Locate } from "../model/place.js";
import type { Condition, Rulebook } from "../model/rulebook.js";
import { extentProblems } from "./check-extent.js";
import { leafFaults } from "./check-leaf.js";
import { type Fault, shapeFaults } from "./check-shape.js";
import { parse } from "./conditions.js";
import { type Domain, definitionFaults, needsCalendar, testableFacts, verdictFacts } from "./facts.js";
import { type Circle, circleIn, extentOf, MAX_DEPTH, MAX_SIZE, type Named, namedFacts } from "./named.js";
import { isObject, partsOf, under } from "./tree.js";

/** What is wrong with the conditions of a rulebook, all at once. */

/** One condition tree, and where it stands. */
interface Site {
  readonly tree: unknown;
  /** The object of the file that the paths of its problems start from, and the tree's own path in it. */
  readonly entity: object;
  readonly path: string;
  readonly name: string;
  /** The channels that evaluate it and have no calendar. */
  readonly withoutCalendar: readonly string[];
  /** A verdict may test what was found out about the delay, and other conditions may not. */
  readonly isVerdict?: boolean;
}

/**
 * Everything that is wrong in every condition of channels, windows, holds, verdicts and conditions.json, and in the facts that
 * they test. Takes any JSON for a condition, and never throws.
 */
export function checkConditions(rulebook: Rulebook, locate: Locate): Problem[] {
  const named = namedSites(rulebook);
  const sites = [...named, ...ruleSites(rulebook)];
  const context = { facts: testableFacts(rulebook), named: Object.keys(rulebook.conditions) };
  const judging = { ...context, facts: verdictFacts(rulebook) };
  const faulty = new Map<Site, Fault[]>(
    sites.map((site) => [site, treeFaults(site.tree, site.isVerdict === true ? judging : context)]),
  );
  if (named.every((site) => faulty.get(site)?.length === 0)) {
    for (const [site, faults] of faulty) {
      if (faults.length === 0) faults.push(...linkFaults(site, rulebook.conditions));
    }
  }
  const problems = [...faulty].flatMap(([site, faults]) =>
    faults.map((fault) => problemAt(site, fault, locate)),
  );
  const found = [...factProblems(rulebook, locate), ...problems];
  return found.length > 0 ? found : extentProblems(rulebook, locate);
}

const problemAt = ({ entity, path, name }: Site, fault: Fault, locate: Locate): Problem => ({
  ...locate(entity, fault.path === "" ? path : path === "" ? fault.path : `${path}.${fault.path}`),
  name,
  ...fault.sentence,
});

function factProblems(rulebook: Rulebook, locate: Locate): Problem[] {
  return Object.entries(rulebook.facts).flatMap(([name, definition]) =>
    definitionFaults(name, definition).map(({ path, sentence }) => ({
      ...locate(definition, path),
      name,
      ...sentence,
    })),
  );
}

function namedSites(rulebook: Rulebook): Site[] {
  return Object.entries(rulebook.conditions).map(([name, tree]) => {
    const entity: object = isObject(tree) ? tree : rulebook.conditions;
    return { tree, entity, path: entity === tree ? "" : name, name, withoutCalendar: [] };
  });
}

/** A hold or window is evaluated on every channel, a rule only on its own. */
function ruleSites(rulebook: Rulebook): Site[] {
  const channels = Object.values(rulebook.channels);
  const bare = channels.filter(({ calendar }) => calendar === undefined).map(({ channel }) => channel);
  const own = channels.flatMap(({ channel, rules }) =>
    rules.map((rule) => ({ rule, withoutCalendar: bare.includes(channel) ? [channel] : [] })),
  );
  const shared = [...rulebook.windows, ...rulebook.holds].map((rule) => ({ rule, withoutCalendar: bare }));
  const verdicts = rulebook.verdicts.map((rule) => ({ rule, withoutCalendar: bare, isVerdict: true }));
  return [...own, ...shared, ...verdicts]
    .filter(({ rule }) => rule.conditions !== undefined)
    .map(({ rule, ...site }) => ({
      ...site,
      tree: rule.conditions,
      entity: rule,
      path: "conditions",
      name: rule.name,
    }));
}

interface Context {
  readonly facts: ReadonlyMap<string, Domain>;
  /** The names of conditions.json. */
  readonly named: readonly string[];
}

/** Looks at the shape first, at the comparisons where the shape is right, and last asks the engine itself. */
function treeFaults(tree: unknown, context: Context): Fault[] {
  const shape = shapeFaults(tree);
  if (shape.length > 0) return shape;
  const parts = [...partsOf(tree)];
  const faults = parts.flatMap((part) => {
    if (!("condition" in part)) return leafFaults(part, context.facts);
    if (context.named.includes(part.condition)) return [];
    const sentence = conditionSays.unknownCondition(part.condition, context.named);
    return [{ path: under(part.path, "condition"), sentence }];
  });
  return faults.length > 0 ? faults : engineFaults(tree as Condition);
}

function engineFaults(tree: Condition): Fault[] {
  try {
    parse(tree);
    return [];
  } catch (error) {
    return [
      { path: "", sentence: conditionSays.refused(error instanceof Error ? error.message : String(error)) },
    ];
  }
}

/** What only shows when named conditions are followed: circles, extent, and days of a calendar that is not there. */
function linkFaults(site: Site, named: Named): Fault[] {
  const circle = circleIn(site.tree, named);
  if (circle !== undefined) return circleFaults(site, circle, named);
  const { depth, size } = extentOf(site.tree, named);
  if (depth > MAX_DEPTH) return [{ path: "", sentence: conditionSays.tooDeep(MAX_DEPTH) }];
  if (size > MAX_SIZE) return [{ path: "", sentence: conditionSays.tooLarge(MAX_SIZE) }];
  return site.withoutCalendar.length === 0 ? [] : calendarFaults(site, named);
}

/** Many a tree may lead into a circle; it is told once, at the first of its names. */
function circleFaults(site: Site, { path, names }: Circle, named: Named): Fault[] {
  const first = [...names].sort()[0] === site.name && named[site.name] === site.tree;
  return first ? [{ path, sentence: conditionSays.cycle(names) }] : [];
}

function calendarFaults(site: Site, named: Named): Fault[] {
  return [...partsOf(site.tree)].flatMap((part) => {
    const facts = "condition" in part ? namedFacts(part.condition, named) : new Set([part.fact]);
    return [...facts].filter(needsCalendar).map((fact) => ({
      path: under(part.path, "condition" in part ? "condition" : "fact"),
      sentence: conditionSays.noCalendar(fact, site.withoutCalendar),
    }));
  });
}
