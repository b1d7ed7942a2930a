import type { Rulebook } from "../model/rulebook.js";
import type { Part, Parts } from "./check.js";
import type { Kind, Kinds } from "./kinds.js";

/**
 * One rulebook of all files that are sound. Its objects are those of the files; what it makes itself, records and
 * lists, is in the order of names, whatever the order of the files. Its records inherit nothing, so that a name such
 * as `constructor` is found only where it is declared.
 */
export function mergeParts(parts: Parts, version: string): Rulebook {
  return {
    version,
    calendars: byName(soundOf(parts.calendar).map((json) => [json.id, json])),
    channels: byName(soundOf(parts.channel).map((json) => [json.channel, json])),
    facts: byName(soundOf(parts.facts).flatMap((json) => Object.entries(json.facts))),
    systems: byName(soundOf(parts.systems).flatMap((json) => Object.entries(json.systems))),
    conditions: byName(soundOf(parts.conditions).flatMap((json) => Object.entries(json.conditions))),
    windows: inOrder(soundOf(parts.windows).flatMap(({ rules }) => rules)),
    holds: inOrder(soundOf(parts.holds).flatMap(({ rules }) => rules)),
    reasons: byName(soundOf(parts.reasons).flatMap(({ codes }) => Object.entries(codes))),
    verdicts: inOrder(soundOf(parts.verdicts).flatMap(({ rules }) => rules)),
    texts: byLocale(soundOf(parts.texts)),
  };
}

const soundOf = <K extends Kind>(parts: readonly Part<K>[]): Kinds[K][] =>
  parts.filter(({ sound }) => sound).map(({ json }) => json);

/** Of two of one name the first stays: it is a problem anyway. */
function byName<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  const record: Record<string, T> = Object.create(null);
  for (const [name, value] of [...entries].sort(byFirst)) record[name] ??= value;
  return record;
}

function byLocale(files: readonly Kinds["texts"][]): Rulebook["texts"] {
  const locales = [...new Set(files.map(({ locale }) => locale))];
  return byName(locales.map((locale) => [locale, byName(messagesIn(files, locale))]));
}

const messagesIn = (files: readonly Kinds["texts"][], wanted: string): [string, string][] =>
  files.filter(({ locale }) => locale === wanted).flatMap(({ messages }) => Object.entries(messages));

const inOrder = <T extends { name: string }>(rules: T[]): T[] =>
  rules.sort((one, other) => byFirst([one.name], [other.name]));

const byFirst = (one: readonly [string, ...unknown[]], other: readonly [string, ...unknown[]]): number =>
  one[0] < other[0] ? -1 : Number(one[0] > other[0]);
