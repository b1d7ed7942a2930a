import { conditionMessages, type Problem } from "../errors.js";
import type { Locate } from "../model/place.js";
import type { Condition, Rulebook } from "../model/rulebook.js";
import { leafFaults } from "./check-leaf.js";
import { limitProblems } from "./check-limits.js";
import { type Fault, shapeFaults } from "./check-shape.js";
import { parse } from "./conditions.js";
import { type Domain, definitionFaults, needsCalendar, testableFacts, verdictFacts } from "./facts.js";
import {
  type Cycle,
  extentOf,
  findCycle,
  MAX_DEPTH,
  MAX_SIZE,
  type NamedConditions,
  namedFacts,
} from "./named-conditions.js";
import { isObject, joinPath, partsOf } from "./tree.js";

/** A condition tree and its location. */
interface Site {
  readonly tree: unknown;
  /** The object in the file that problem paths are relative to. */
  readonly entity: object;
  /** The path of the tree in `entity`. */
  readonly path: string;
  readonly name: string;
  /** The channels without a calendar that evaluate the tree. */
  readonly withoutCalendar: readonly string[];
  /** Only verdicts may test `assessment.*` facts. */
  readonly isVerdict?: boolean;
}

/**
 * Checks all conditions of a rulebook (channels, windows, holds, verdicts, conditions.json) and its fact definitions.
 * Returns all problems at once. Accepts any JSON as a condition and never throws.
 */
export function checkConditions(rulebook: Rulebook, locate: Locate): Problem[] {
  const named = namedSites(rulebook);
  const sites = [...named, ...ruleSites(rulebook)];
  const context = { facts: testableFacts(rulebook), named: Object.keys(rulebook.conditions) };
  const verdictContext = { ...context, facts: verdictFacts(rulebook) };
  const faultsBySite = new Map<Site, Fault[]>(
    sites.map((site) => [site, treeFaults(site.tree, site.isVerdict === true ? verdictContext : context)]),
  );
  if (named.every((site) => faultsBySite.get(site)?.length === 0)) {
    for (const [site, faults] of faultsBySite) {
      if (faults.length === 0) faults.push(...linkFaults(site, rulebook.conditions));
    }
  }
  const conditionProblems = [...faultsBySite].flatMap(([site, faults]) =>
    faults.map((fault) => problemAt(site, fault, locate)),
  );
  const problems = [...factProblems(rulebook, locate), ...conditionProblems];
  return problems.length > 0 ? problems : limitProblems(rulebook, locate);
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

/** A rule is evaluated on its own channel; windows, holds and verdicts on every channel. */
function ruleSites(rulebook: Rulebook): Site[] {
  const channels = Object.values(rulebook.channels);
  const withoutCalendar = channels
    .filter(({ calendar }) => calendar === undefined)
    .map(({ channel }) => channel);
  const own = channels.flatMap(({ channel, rules }) =>
    rules.map((rule) => ({ rule, withoutCalendar: withoutCalendar.includes(channel) ? [channel] : [] })),
  );
  const shared = [...rulebook.windows, ...rulebook.holds].map((rule) => ({ rule, withoutCalendar }));
  const verdicts = rulebook.verdicts.map((rule) => ({ rule, withoutCalendar, isVerdict: true }));
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
  /** The names that conditions.json defines. */
  readonly named: readonly string[];
}

/** Checks the shape first, then the comparisons, and finally lets json-rules-engine parse the tree. */
function treeFaults(tree: unknown, context: Context): Fault[] {
  const shape = shapeFaults(tree);
  if (shape.length > 0) return shape;
  const parts = [...partsOf(tree)];
  const faults = parts.flatMap((part) => {
    if (!("condition" in part)) return leafFaults(part, context.facts);
    if (context.named.includes(part.condition)) return [];
    const sentence = conditionMessages.unknownCondition(part.condition, context.named);
    return [{ path: joinPath(part.path, "condition"), sentence }];
  });
  return faults.length > 0 ? faults : engineFaults(tree as Condition);
}

function engineFaults(tree: Condition): Fault[] {
  try {
    parse(tree);
    return [];
  } catch (error) {
    return [
      {
        path: "",
        sentence: conditionMessages.refused(error instanceof Error ? error.message : String(error)),
      },
    ];
  }
}

/** Faults that need named conditions to be resolved: cycles, size, and day facts without a calendar. */
function linkFaults(site: Site, named: NamedConditions): Fault[] {
  const cycle = findCycle(site.tree, named);
  if (cycle !== undefined) return cycleFaults(site, cycle, named);
  const { depth, size } = extentOf(site.tree, named);
  if (depth > MAX_DEPTH) return [{ path: "", sentence: conditionMessages.tooDeep(MAX_DEPTH) }];
  if (size > MAX_SIZE) return [{ path: "", sentence: conditionMessages.tooLarge(MAX_SIZE) }];
  return site.withoutCalendar.length === 0 ? [] : calendarFaults(site, named);
}

/** Several trees may lead into one cycle. It is reported once, at the alphabetically first of its names. */
function cycleFaults(site: Site, { path, names }: Cycle, named: NamedConditions): Fault[] {
  const first = [...names].sort()[0] === site.name && named[site.name] === site.tree;
  return first ? [{ path, sentence: conditionMessages.cycle(names) }] : [];
}

function calendarFaults(site: Site, named: NamedConditions): Fault[] {
  return [...partsOf(site.tree)].flatMap((part) => {
    const facts = "condition" in part ? namedFacts(part.condition, named) : new Set([part.fact]);
    return [...facts].filter(needsCalendar).map((fact) => ({
      path: joinPath(part.path, "condition" in part ? "condition" : "fact"),
      sentence: conditionMessages.noCalendar(fact, site.withoutCalendar),
    }));
  });
}
