import type { CalendarFile, ChannelFile, Example } from "../model/rulebook.js";
import type { Document } from "./document.js";
import { type Overrides, yearKind } from "./overrides.js";
import type { Origins, Part, Parts } from "./parts.js";

/** Builds channels and calendars: adds the rules and years of addition files, drops what the upper layer overrides. */

export function channelsOf(parts: Parts, overrides: Overrides, origins: Origins): ChannelFile[] {
  const counts = exampleFilter(overrides);
  return parts.channel
    .filter(({ document, json }) => !overrides.isOverridden(document, "channel", json.channel))
    .map((base) => {
      const id = base.json.channel;
      const all = [base, ...parts["channel-addition"].filter(({ json }) => json.addsTo === id)];
      const rules = all.flatMap(({ document, json }) =>
        (json.rules ?? []).filter(({ name }) => !overrides.isOverridden(document, "rule", name)),
      );
      const examples = all.flatMap(({ document, json }) =>
        (json.examples ?? []).filter((example) => counts(document, id, example)),
      );
      return withOrigins(base, all, { ...base.json, rules, examples }, origins);
    });
}

/**
 * An example of a lower layer is dropped when the rule it expects is overridden, or when `without.examples` names its
 * rule or channel.
 */
function exampleFilter({ isOverridden, all }: Overrides) {
  const dropped = new Set(all.filter(({ kind }) => kind === "examples").map(({ name }) => name));
  return (document: Document, channel: string, { expect: { rule } }: Example): boolean => {
    if (document.layer === undefined) return true;
    if (dropped.has(channel)) return false;
    return rule === undefined || !(dropped.has(rule) || isOverridden(document, "rule", rule));
  };
}

export function calendarsOf(parts: Parts, overrides: Overrides, origins: Origins): CalendarFile[] {
  return parts.calendar
    .filter(({ document, json }) => !overrides.isOverridden(document, "calendar", json.id))
    .map((base) => {
      const { json } = base;
      const additions = parts["calendar-addition"].filter((one) => one.json.addsTo === json.id);
      if (additions.length === 0) return json;
      const all = [base, ...additions];
      const amendments = all.flatMap((one) => one.json.amendments ?? []);
      const coverage = widestCoverage(all.flatMap((one) => one.json.coverage ?? []));
      const years = yearsOf(json.id, all, overrides);
      const file: CalendarFile = {
        ...json,
        ...(coverage !== undefined && { coverage }),
        ...(years !== undefined && { years }),
        ...(amendments.length > 0 && { amendments }),
      };
      return withOrigins(base, all, file, origins);
    });
}

type CalendarPart = Part<"calendar"> | Part<"calendar-addition">;

function yearsOf(
  id: string,
  all: readonly CalendarPart[],
  { isOverridden }: Overrides,
): CalendarFile["years"] {
  if (all.every(({ json }) => json.years === undefined)) return undefined;
  const entries = all.flatMap(({ document, json }) =>
    Object.entries(json.years ?? {}).filter(([year]) => !isOverridden(document, yearKind(id), year)),
  );
  const first = new Map<string, (typeof entries)[number]>();
  for (const entry of entries) if (!first.has(entry[0])) first.set(entry[0], entry);
  return Object.fromEntries(first.values());
}

/** An addition extends the coverage and never shortens it. Without both ends there is no coverage. */
function widestCoverage(all: readonly { from?: string; to?: string }[]): CalendarFile["coverage"] {
  const from = all.flatMap((one) => one.from ?? []).sort()[0];
  const to = all
    .flatMap((one) => one.to ?? [])
    .sort()
    .at(-1);
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** Records the origins of a combined file. An unchanged file keeps its own object. */
function withOrigins<T extends ChannelFile | CalendarFile>(
  base: { json: T },
  all: readonly { json: object }[],
  combined: T,
  origins: Origins,
): T {
  const isUnchanged =
    all.length === 1 &&
    "rules" in combined &&
    "rules" in base.json &&
    combined.rules.length === base.json.rules.length &&
    combined.examples.length === base.json.examples.length;
  if (isUnchanged) return base.json;
  origins.set(
    combined,
    all.map(({ json }) => json),
  );
  return combined;
}
