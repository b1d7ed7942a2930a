import type { Problem } from "../errors.js";
import type { Locate } from "../model/place.js";
import type { Rulebook } from "../model/rulebook.js";
import { type Checked, checkDocuments } from "./check.js";
import { exampleFlaws, factFlaws, holdFlaws, ruleFlaws, systemFlaws } from "./consistency.js";
import type { Documents } from "./document.js";
import { fingerprint } from "./fingerprint.js";
import type { Flaw } from "./flaw.js";
import { locateIn } from "./locate.js";
import { entriesOf, listOf } from "./members.js";
import { mergeParts } from "./merge.js";
import { repeatsIn } from "./repeats.js";
import { missingTexts } from "./texts.js";
import { windowFlaws } from "./windows.js";

export interface Linked {
  /** Everything that is sound; its objects are those of the documents. */
  readonly rulebook: Rulebook;
  readonly locate: Locate;
  /** Everything that is wrong, in the order of files and places. */
  readonly problems: Problem[];
  /** Whether every document is in the rulebook: otherwise what it lacks may be only unreadable, not undeclared. */
  readonly complete: boolean;
}

/** Checks documents against their schemas and each other, and merges them, whatever their order. Never throws. */
export function linkRulebook(documents: Documents): Linked {
  const ordered = [...documents].sort((one, other) => (one.file < other.file ? -1 : 1));
  const checked = checkDocuments(ordered);
  const locate = locateIn(ordered);
  const found = [
    ...checked.problems,
    ...repeatsIn(checked.parts),
    ...missingTexts(checked.parts),
    ...inconsistencies(checked, locate),
  ];
  return {
    rulebook: mergeParts(checked.parts, fingerprint(ordered)),
    locate,
    problems: found.sort(byPlace),
    complete:
      ordered.length ===
      Object.values(checked.parts)
        .flat()
        .filter(({ sound }) => sound).length,
  };
}

/** Only of what is as its schema says. */
function inconsistencies({ parts, faulty }: Checked, locate: Locate): Problem[] {
  const problems: Problem[] = [];
  const report = (name: string, flaws: readonly Flaw[]): void => {
    for (const { entity, path, sentence } of flaws)
      problems.push({ ...locate(entity, path), name, ...sentence });
  };
  const isFaulty = (part: object): boolean => typeof part !== "object" || part === null || faulty.has(part);
  const each = <T extends object>(members: readonly T[], flawsOf: (one: T) => [string, Flaw[]]): void => {
    for (const one of members) if (!isFaulty(one)) report(...flawsOf(one));
  };
  const facts = new Set(parts.facts.flatMap(({ json }) => entriesOf(json.facts).map(([name]) => name)));
  for (const { json } of parts.channel) {
    each(listOf(json.rules), (rule) => [rule.name, ruleFlaws(rule)]);
    report(json.channel, exampleFlaws(json, isFaulty));
  }
  for (const { json } of parts.windows) each(listOf(json.rules), (rule) => [rule.name, windowFlaws(rule)]);
  for (const { json } of parts.holds) each(listOf(json.rules), (rule) => [rule.name, holdFlaws(rule)]);
  for (const { json } of parts.facts) {
    for (const [name, fact] of entriesOf(json.facts)) if (!isFaulty(fact)) report(name, factFlaws(fact));
  }
  for (const { json } of parts.systems) {
    for (const [name, one] of entriesOf(json.systems))
      if (!isFaulty(one)) report(name, systemFlaws(one, name, facts));
  }
  return problems;
}

function byPlace(one: Problem, other: Problem): number {
  const files = [one.file ?? "", other.file ?? ""] as const;
  if (files[0] !== files[1]) return files[0] < files[1] ? -1 : 1;
  const lines = (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0);
  if (lines !== 0) return lines;
  const texts = [`${one.path} ${one.what}`, `${other.path} ${other.what}`] as const;
  return texts[0] < texts[1] ? -1 : Number(texts[0] > texts[1]);
}
