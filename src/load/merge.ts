import type { Rulebook } from "../model/rulebook.js";
import type { CheckFile } from "../model/schema/check.js";
import { calendarsOf, channelsOf } from "./additions.js";
import type { Kind } from "./kinds.js";
import { LOCALES, type Overrides, textKind } from "./overrides.js";
import type { Checked, Origins, Part, Parts } from "./parts.js";

export interface Merged {
  readonly rulebook: Rulebook;
  readonly origins: Origins;
}

/**
 * One rulebook of all files that are sound. Its objects are those of the files; what it makes itself, records, lists
 * and what files add to, is in the order of names, whatever the order of the files. Its records inherit nothing, so
 * that a name such as `constructor` is found only where it is declared.
 */
export function mergeParts({ parts: all, overrides }: Checked, version: string): Merged {
  const parts = soundOnly(all);
  const origins: Origins = new WeakMap();
  const named = <T>(kind: string, files: readonly File<Readonly<Record<string, T>>>[]) =>
    byName(
      files.flatMap(({ document, holds }) =>
        Object.entries(holds).filter(([name]) => !overrides.covers(document, kind, name)),
      ),
    );
  const rules = <T extends { name: string }>(files: readonly File<readonly T[]>[]) =>
    inOrder(
      files.flatMap(({ document, holds }) =>
        holds.filter(({ name }) => !overrides.covers(document, "rule", name)),
      ),
    );
  const rulebook: Rulebook = {
    version,
    calendars: byName(calendarsOf(parts, overrides, origins).map((one) => [one.id, one])),
    channels: byName(channelsOf(parts, overrides, origins).map((one) => [one.channel, one])),
    facts: named("fact", parts.facts.map(holding(({ facts }) => facts))),
    systems: named("system", parts.systems.map(holding(({ systems }) => systems))),
    conditions: named("condition", parts.conditions.map(holding(({ conditions }) => conditions))),
    windows: rules(parts.windows.map(holding(({ rules }) => rules))),
    holds: rules(parts.holds.map(holding(({ rules }) => rules))),
    reasons: named("code", parts.reasons.map(holding(({ codes }) => codes))),
    verdicts: rules(parts.verdicts.map(holding(({ rules }) => rules))),
    texts: textsOf(parts.texts, overrides, origins),
    check: checkOf(parts.check),
  };
  return { rulebook, origins };
}

/** Of severities the last layer's count; what any file confirms is confirmed. */
const checkOf = (files: Parts["check"]): CheckFile => ({
  severities: Object.assign({}, ...files.map(({ json }) => json.severities ?? {})),
  confirmed: files.flatMap(({ json }) => json.confirmed ?? []),
});

/** What one file holds of a kind. */
interface File<T> {
  readonly document: Part<Kind>["document"];
  readonly holds: T;
}

const holding =
  <J, T>(pick: (json: J) => T) =>
  ({ document, json }: { document: File<T>["document"]; json: J }): File<T> => ({
    document,
    holds: pick(json),
  });

function soundOnly(parts: Parts): Parts {
  const sound = Object.entries(parts).map(([kind, list]) => [
    kind,
    (list as readonly Part<Kind>[]).filter((part) => part.sound),
  ]);
  return Object.fromEntries(sound) as Parts;
}

/** Of two of one name the first stays: it is a problem anyway. */
function byName<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  const record: Record<string, T> = Object.create(null);
  for (const [name, value] of [...entries].sort(byFirst)) record[name] ??= value;
  return record;
}

function textsOf(files: Parts["texts"], { covers }: Overrides, origins: Origins): Rulebook["texts"] {
  const locales = LOCALES.filter((locale) => files.some(({ json }) => json.locale === locale));
  const texts = locales.map((locale) => {
    const ofLocale = files.filter(({ json }) => json.locale === locale);
    const messages = byName(
      ofLocale.flatMap(({ document, json }) =>
        Object.entries(json.messages).filter(([key]) => !covers(document, textKind(locale), key)),
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
