import type { Problem } from "../errors.js";
import type { LayerChange } from "../model/layers.js";
import type { Locate } from "../model/place.js";
import type { ChannelRule, HoldRule, Rulebook, WindowRule } from "../model/rulebook.js";
import { checkDocuments } from "./check.js";
import { exampleFlaws, factFlaws, holdFlaws, ruleFlaws, systemFlaws } from "./consistency.js";
import { declarationsIn } from "./declarations.js";
import type { Document, Documents } from "./document.js";
import { fingerprint } from "./fingerprint.js";
import type { Flaw } from "./flaw.js";
import { changesOf, layerProblems } from "./layers.js";
import { limitProblems } from "./limits.js";
import { locateIn } from "./locate.js";
import { asText, entriesOf, listOf } from "./members.js";
import { mergeParts } from "./merge.js";
import { ownerName } from "./name.js";
import { channelOf } from "./overrides.js";
import type { Checked, Parts } from "./parts.js";
import { valueAt } from "./path.js";
import { type Proven, provenOf } from "./proven.js";
import { repeatsIn } from "./repeats.js";
import { missingTexts } from "./texts.js";
import { windowFlaws } from "./windows.js";

export interface Linked {
  /** Everything that is sound; its objects are those of the documents. */
  readonly rulebook: Rulebook;
  readonly locate: Locate;
  /** Everything that is wrong, in the order of files and places. */
  readonly problems: Problem[];
  /** What the upper layer changes in the lower, in the order of files and places. */
  readonly changes: () => LayerChange[];
  /**
   * Whether every document is in the rulebook, and no limit is exceeded: otherwise what it lacks may be only unreadable,
   * not undeclared, and what it has may be too much to look at.
   */
  readonly complete: boolean;
  /** Whether these are the documents that were proved: then nothing was checked, and nothing needs to be. */
  readonly trusted: boolean;
}

/**
 * Checks documents against their schemas and each other, unless they are `proven`, and merges them, whatever their
 * order. Never throws.
 */
export function linkRulebook(documents: Documents, proven?: Proven): Linked {
  const ordered = [...documents].sort(byLayerAndFile);
  const known = provenOf(ordered, proven);
  const checked = checkDocuments(ordered, known !== undefined);
  const { rulebook, origins } = mergeParts(checked, known?.fingerprint ?? fingerprint(ordered));
  const locate = locateIn(ordered, origins);
  const excess = known === undefined ? limitProblems(rulebook, locate) : [];
  return {
    rulebook,
    locate,
    problems: known === undefined ? problemsIn(ordered, checked, locate, excess) : [],
    changes: () => changesOf(checked),
    complete: excess.length === 0 && countSound(checked.parts) === ordered.length,
    trusted: known !== undefined,
  };
}

const problemsIn = (
  documents: Documents,
  checked: Checked,
  locate: Locate,
  excess: readonly Problem[],
): Problem[] =>
  [
    ...checked.problems,
    ...excess,
    ...layerProblems(documents, checked),
    ...repeatsIn(declarationsIn(checked.parts, checked.overrides)),
    ...missingTexts(checked.parts, checked.declared),
    ...inconsistencies(checked, locate),
  ].sort(byPlace);

/** What lies below comes first, so that a second definition is told where it was added. */
const byLayerAndFile = (one: Document, other: Document): number =>
  Number(one.layer === undefined) - Number(other.layer === undefined) || (one.file < other.file ? -1 : 1);

/** What does not fit together in the parts that are as their schemas say. */
function inconsistencies({ parts, declared, faulty }: Checked, locate: Locate): Problem[] {
  const isSound = (part: object): boolean => typeof part === "object" && part !== null && !faulty.has(part);
  const rules = <T extends ChannelRule | WindowRule | HoldRule>(
    list: readonly T[],
    flawsOf: (rule: T) => Flaw[],
  ) =>
    listOf(list)
      .filter(isSound)
      .map((rule) => ({ name: rule.name, flaws: flawsOf(rule) }));
  const byKey = <T extends object>(record: Record<string, T>, flawsOf: (one: T, name: string) => Flaw[]) =>
    entriesOf(record)
      .filter(([, one]) => isSound(one))
      .map(([name, one]) => ({ name, flaws: flawsOf(one, name) }));
  const inChannels = [...parts.channel, ...parts["channel-addition"]];
  const rulesOf = (channel: string | undefined): string[] =>
    inChannels
      .filter(({ document }) => channelOf(document) === channel)
      .flatMap(({ json }) => listOf(json.rules).map((rule) => asText(valueAt(rule, ["name"]))));
  const found = [
    ...inChannels.flatMap(({ json }) => rules(listOf(json.rules), ruleFlaws)),
    ...inChannels.map(({ document, json }) => ({
      name: ownerName(json, []) ?? "",
      flaws: exampleFlaws(listOf(json.examples), rulesOf(channelOf(document)), isSound),
    })),
    ...parts.windows.flatMap(({ json }) => rules(json.rules, windowFlaws)),
    ...parts.holds.flatMap(({ json }) => rules(json.rules, holdFlaws)),
    ...parts.facts.flatMap(({ json }) => byKey(json.facts, factFlaws)),
    ...parts.systems.flatMap(({ json }) =>
      byKey(json.systems, (system, name) => systemFlaws(system, name, declared.fact)),
    ),
  ];
  return found.flatMap(({ name, flaws }) =>
    flaws.map(({ entity, path, sentence }) => ({ ...locate(entity, path), name, ...sentence })),
  );
}

const countSound = (parts: Parts): number =>
  Object.values(parts)
    .flat()
    .filter(({ sound }) => sound).length;

function byPlace(one: Problem, other: Problem): number {
  const files = [one.file ?? "", other.file ?? ""] as const;
  if (files[0] !== files[1]) return files[0] < files[1] ? -1 : 1;
  const lines = (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0);
  if (lines !== 0) return lines;
  const texts = [`${one.path} ${one.what}`, `${other.path} ${other.what}`] as const;
  return texts[0] < texts[1] ? -1 : Number(texts[0] > texts[1]);
}
