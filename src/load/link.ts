import type { Problem } from "../errors.js";
import type { LayerChange } from "../model/layers.js";
import type { Locate } from "../model/place.js";
import type { ChannelRule, HoldRule, Rulebook, WindowRule } from "../model/rulebook.js";
import { checkDocuments } from "./check.js";
import { exampleIssues, factIssues, holdIssues, ruleIssues, systemIssues } from "./consistency.js";
import { declarationsIn } from "./declarations.js";
import type { Document, Documents } from "./document.js";
import { duplicatesIn } from "./duplicates.js";
import { fingerprint } from "./fingerprint.js";
import type { Issue } from "./issue.js";
import { layerChanges, layerProblems } from "./layers.js";
import { asText, entriesOf, listOf } from "./lenient-access.js";
import { limitProblems } from "./limits.js";
import { mergeParts } from "./merge.js";
import { channelOf } from "./overrides.js";
import { ownerName } from "./owner-name.js";
import type { CheckResult, Parts } from "./parts.js";
import { valueAt } from "./path.js";
import { locateIn } from "./places.js";
import { missingTexts } from "./texts.js";
import { matchingStamp, type ValidationStamp } from "./validation-stamp.js";
import { windowIssues } from "./windows.js";

export interface LinkResult {
  /** All valid definitions. The objects are those of the documents. */
  readonly rulebook: Rulebook;
  readonly locate: Locate;
  /** All problems, ordered by file and place. */
  readonly problems: Problem[];
  /** The changes that the upper layer makes, ordered by file and place. */
  readonly changes: () => LayerChange[];
  /**
   * Whether every document is in the rulebook and no limit is exceeded. If false, further checks would report missing
   * definitions that are only unreadable, or take too long.
   */
  readonly complete: boolean;
  /** Whether a stamp vouches for exactly these documents. All checks were then skipped. */
  readonly trusted: boolean;
}

/**
 * Checks documents against their schemas and each other, and merges them; their order does not matter. A matching
 * `stamp` skips the checks. Never throws.
 */
export function linkRulebook(documents: Documents, stamp?: ValidationStamp): LinkResult {
  const ordered = [...documents].sort(byLayerAndFile);
  const trusted = matchingStamp(ordered, stamp);
  const checked = checkDocuments(ordered, trusted !== undefined);
  const { rulebook, origins } = mergeParts(checked, trusted?.fingerprint ?? fingerprint(ordered));
  const locate = locateIn(ordered, origins);
  const excess = trusted === undefined ? limitProblems(rulebook, locate) : [];
  return {
    rulebook,
    locate,
    problems: trusted === undefined ? problemsIn(ordered, checked, locate, excess) : [],
    changes: () => layerChanges(checked),
    complete: excess.length === 0 && countValid(checked.parts) === ordered.length,
    trusted: trusted !== undefined,
  };
}

const problemsIn = (
  documents: Documents,
  checked: CheckResult,
  locate: Locate,
  excess: readonly Problem[],
): Problem[] =>
  [
    ...checked.problems,
    ...excess,
    ...layerProblems(documents, checked),
    ...duplicatesIn(declarationsIn(checked.parts, checked.overrides)),
    ...missingTexts(checked.parts, checked.declared),
    ...consistencyProblems(checked, locate),
  ].sort(byPlace);

/** Lower layers come first, so that a duplicate is reported in the upper one. */
const byLayerAndFile = (one: Document, other: Document): number =>
  Number(one.layer === undefined) - Number(other.layer === undefined) || (one.file < other.file ? -1 : 1);

/** Inconsistencies among the schema-valid parts. */
function consistencyProblems({ parts, declared, faulty }: CheckResult, locate: Locate): Problem[] {
  const isValid = (part: object): boolean => typeof part === "object" && part !== null && !faulty.has(part);
  const issuesOfRules = <T extends ChannelRule | WindowRule | HoldRule>(
    list: readonly T[],
    issuesOf: (rule: T) => Issue[],
  ) =>
    listOf(list)
      .filter(isValid)
      .map((rule) => ({ name: rule.name, issues: issuesOf(rule) }));
  const issuesByKey = <T extends object>(
    record: Record<string, T>,
    issuesOf: (one: T, name: string) => Issue[],
  ) =>
    entriesOf(record)
      .filter(([, one]) => isValid(one))
      .map(([name, one]) => ({ name, issues: issuesOf(one, name) }));
  const inChannels = [...parts.channel, ...parts["channel-addition"]];
  const rulesOf = (channel: string | undefined): string[] =>
    inChannels
      .filter(({ document }) => channelOf(document) === channel)
      .flatMap(({ json }) => listOf(json.rules).map((rule) => asText(valueAt(rule, ["name"]))));
  const found = [
    ...inChannels.flatMap(({ json }) => issuesOfRules(listOf(json.rules), ruleIssues)),
    ...inChannels.map(({ document, json }) => ({
      name: ownerName(json, []) ?? "",
      issues: exampleIssues(listOf(json.examples), rulesOf(channelOf(document)), isValid),
    })),
    ...parts.windows.flatMap(({ json }) => issuesOfRules(json.rules, windowIssues)),
    ...parts.holds.flatMap(({ json }) => issuesOfRules(json.rules, holdIssues)),
    ...parts.facts.flatMap(({ json }) => issuesByKey(json.facts, factIssues)),
    ...parts.systems.flatMap(({ json }) =>
      issuesByKey(json.systems, (system, name) => systemIssues(system, name, declared.fact)),
    ),
  ];
  return found.flatMap(({ name, issues }) =>
    issues.map(({ entity, path, sentence }) => ({ ...locate(entity, path), name, ...sentence })),
  );
}

const countValid = (parts: Parts): number =>
  Object.values(parts)
    .flat()
    .filter(({ valid }) => valid).length;

function byPlace(one: Problem, other: Problem): number {
  const files = [one.file ?? "", other.file ?? ""] as const;
  if (files[0] !== files[1]) return files[0] < files[1] ? -1 : 1;
  const lines = (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0);
  if (lines !== 0) return lines;
  const texts = [`${one.path} ${one.what}`, `${other.path} ${other.what}`] as const;
  return texts[0] < texts[1] ? -1 : Number(texts[0] > texts[1]);
}
