import type { Rulebook } from "../model/rulebook.js";
import type { CheckFile } from "../model/schema/check.js";
import { calendarsOf, channelsOf } from "./additions.js";
import type { Kind } from "./kinds.js";
import { LOCALES, type Overrides, textKind } from "./overrides.js";
import type { CheckResult, Origins, Part, Parts } from "./parts.js";

export interface MergeResult {
  readonly rulebook: Rulebook;
  readonly origins: Origins;
}

/**
 * Merges all valid files into one rulebook, without the overridden definitions. Objects of files are reused. Records
 * and lists are sorted by name, so the order of files does not matter. Records have no prototype, so that a name such
 * as `constructor` is found only if declared.
 */
export function mergeParts({ parts: all, overrides }: CheckResult, version: string): MergeResult {
  const parts = validOnly(all);
  const origins: Origins = new WeakMap();
  const mergeByName = <T>(kind: string, files: readonly FileContent<Readonly<Record<string, T>>>[]) =>
    byName(
      files.flatMap(({ document, content }) =>
        Object.entries(content).filter(([name]) => !overrides.isOverridden(document, kind, name)),
      ),
    );
  const mergeRules = <T extends { name: string }>(files: readonly FileContent<readonly T[]>[]) =>
    inOrder(
      files.flatMap(({ document, content }) =>
        content.filter(({ name }) => !overrides.isOverridden(document, "rule", name)),
      ),
    );
  const rulebook: Rulebook = {
    version,
    calendars: byName(calendarsOf(parts, overrides, origins).map((one) => [one.id, one])),
    channels: byName(channelsOf(parts, overrides, origins).map((one) => [one.channel, one])),
    facts: mergeByName("fact", parts.facts.map(contentBy(({ facts }) => facts))),
    systems: mergeByName("system", parts.systems.map(contentBy(({ systems }) => systems))),
    conditions: mergeByName("condition", parts.conditions.map(contentBy(({ conditions }) => conditions))),
    windows: mergeRules(parts.windows.map(contentBy(({ rules }) => rules))),
    holds: mergeRules(parts.holds.map(contentBy(({ rules }) => rules))),
    reasons: mergeByName("code", parts.reasons.map(contentBy(({ codes }) => codes))),
    verdicts: mergeRules(parts.verdicts.map(contentBy(({ rules }) => rules))),
    texts: textsOf(parts.texts, overrides, origins),
    check: checkOf(parts.check),
  };
  return { rulebook, origins };
}

/** Upper layers override severities; confirmations of all layers count. */
const checkOf = (files: Parts["check"]): CheckFile => ({
  severities: Object.assign({}, ...files.map(({ json }) => json.severities ?? {})),
  confirmed: files.flatMap(({ json }) => json.confirmed ?? []),
});

/** The content of one file, such as its facts. */
interface FileContent<T> {
  readonly document: Part<Kind>["document"];
  readonly content: T;
}

const contentBy =
  <J, T>(pick: (json: J) => T) =>
  ({ document, json }: { document: FileContent<T>["document"]; json: J }): FileContent<T> => ({
    document,
    content: pick(json),
  });

function validOnly(parts: Parts): Parts {
  const valid = Object.entries(parts).map(([kind, list]) => [
    kind,
    (list as readonly Part<Kind>[]).filter((part) => part.valid),
  ]);
  return Object.fromEntries(valid) as Parts;
}

/** The first of two equal names wins. Duplicates are reported elsewhere. */
function byName<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  const record: Record<string, T> = Object.create(null);
  for (const [name, value] of [...entries].sort(byFirst)) record[name] ??= value;
  return record;
}

function textsOf(files: Parts["texts"], { isOverridden }: Overrides, origins: Origins): Rulebook["texts"] {
  const locales = LOCALES.filter((locale) => files.some(({ json }) => json.locale === locale));
  const texts = locales.map((locale) => {
    const ofLocale = files.filter(({ json }) => json.locale === locale);
    const messages = byName(
      ofLocale.flatMap(({ document, json }) =>
        Object.entries(json.messages).filter(([key]) => !isOverridden(document, textKind(locale), key)),
      ),
    );
    origins.set(
      messages,
      ofLocale.map(({ json }) => json.messages),
    );
    return [locale, messages] as const;
  });
  return byName(texts);
}

const inOrder = <T extends { name: string }>(rules: T[]): T[] =>
  rules.sort((one, other) => byFirst([one.name], [other.name]));

const byFirst = (one: readonly [string, ...unknown[]], other: readonly [string, ...unknown[]]): number =>
  one[0] < other[0] ? -1 : Number(one[0] > other[0]);
