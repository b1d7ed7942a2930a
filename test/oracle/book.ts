import type { Rulebook } from "../../src/model/rulebook.js";

/** The rulebook of the oracle: parsed JSON files, grouped by kind and not compiled. */
export type Book = Omit<Rulebook, "version" | "check" | "texts">;

/** Parsed files by their paths inside the folders `rules` and `calendars`. */
export interface Folders {
  readonly rules: Readonly<Record<string, unknown>>;
  readonly calendars: Readonly<Record<string, unknown>>;
}

// biome-ignore lint/suspicious/noExplicitAny: the files are unchecked JSON; the engine has validated them
type Json = any;

export function bookOf({ rules, calendars }: Folders): Book {
  const under = (start: string): Json[] =>
    Object.entries(rules)
      .filter(([path]) => path.startsWith(start))
      .map(([, json]) => json);
  const one = (path: string): Json => rules[path] ?? {};
  return {
    calendars: Object.fromEntries(Object.values(calendars as Json).map((file: Json) => [file.id, file])),
    facts: one("facts.json").facts ?? {},
    systems: one("systems.json").systems ?? {},
    conditions: one("conditions.json").conditions ?? {},
    channels: Object.fromEntries(under("channels/").map((file) => [file.channel, file])),
    windows: [...under("maintenance/"), ...under("incidents/")].flatMap((file) => file.rules),
    holds: one("holds.json").rules ?? [],
    reasons: one("reasons.json").codes ?? {},
    verdicts: one("verdicts.json").rules ?? [],
  };
}
