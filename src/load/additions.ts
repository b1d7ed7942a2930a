import type { CalendarFile, ChannelFile, Example } from "../model/rulebook.js";
import type { Document } from "./document.js";
import { type Overrides, yearKind } from "./overrides.js";
import type { Origins, Part, Parts } from "./parts.js";

/** Channels and calendars with what other files add to them, and without what an upper layer takes from them. */

export function channelsOf(parts: Parts, overrides: Overrides, origins: Origins): ChannelFile[] {
  const proves = proofsThatCount(overrides);
  return parts.channel
    .filter(({ document, json }) => !overrides.covers(document, "channel", json.channel))
    .map((whole) => {
      const id = whole.json.channel;
      const all = [whole, ...parts["channel-addition"].filter(({ json }) => json.addsTo === id)];
      const rules = all.flatMap(({ document, json }) =>
        (json.rules ?? []).filter(({ name }) => !overrides.covers(document, "rule", name)),
      );
      const examples = all.flatMap(({ document, json }) =>
        (json.examples ?? []).filter((example) => proves(document, id, example)),
      );
      return merged(whole, all, { ...whole.json, rules, examples }, origins);
    });
}

/** An example of a lower layer falls with the rule that it expects, and where `without.examples` names its rule or channel. */
function proofsThatCount({ covers, claims }: Overrides) {
  const dropped = new Set(claims.filter(({ kind }) => kind === "examples").map(({ name }) => name));
  return (document: Document, channel: string, { expect: { rule } }: Example): boolean => {
    if (document.layer === undefined) return true;
    if (dropped.has(channel)) return false;
    return rule === undefined || !(dropped.has(rule) || covers(document, "rule", rule));
  };
}

export function calendarsOf(parts: Parts, overrides: Overrides, origins: Origins): CalendarFile[] {
  return parts.calendar
    .filter(({ document, json }) => !overrides.covers(document, "calendar", json.id))
    .map((whole) => {
      const { json } = whole;
      const additions = parts["calendar-addition"].filter((one) => one.json.addsTo === json.id);
      if (additions.length === 0) return json;
      const all = [whole, ...additions];
      const amendments = all.flatMap((one) => one.json.amendments ?? []);
      const coverage = widest(all.flatMap((one) => one.json.coverage ?? []));
      const years = yearsOf(json.id, all, overrides);
      const file: CalendarFile = {
        ...json,
        ...(coverage !== undefined && { coverage }),
        ...(years !== undefined && { years }),
        ...(amendments.length > 0 && { amendments }),
      };
      return merged(whole, all, file, origins);
    });
}

type CalendarPart = Part<"calendar"> | Part<"calendar-addition">;

function yearsOf(id: string, all: readonly CalendarPart[], { covers }: Overrides): CalendarFile["years"] {
  if (all.every(({ json }) => json.years === undefined)) return undefined;
  const entries = all.flatMap(({ document, json }) =>
    Object.entries(json.years ?? {}).filter(([year]) => !covers(document, yearKind(id), year)),
  );
  const first = new Map<string, (typeof entries)[number]>();
  for (const entry of entries) if (!first.has(entry[0])) first.set(entry[0], entry);
  return Object.fromEntries(first.values());
}

/** An addition widens what is known and never narrows it; without a whole `coverage` there is none. */
function widest(all: readonly { from?: string; to?: string }[]): CalendarFile["coverage"] {
  const from = all.flatMap((one) => one.from ?? []).sort()[0];
  const to = all
    .flatMap((one) => one.to ?? [])
    .sort()
    .at(-1);
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** What nothing was added to or taken from stays the object of its file. */
function merged<T extends ChannelFile | CalendarFile>(
  whole: { json: T },
  all: readonly { json: object }[],
  made: T,
  origins: Origins,
): T {
  const isWhole =
    all.length === 1 &&
    "rules" in made &&
    "rules" in whole.json &&
    made.rules.length === whole.json.rules.length &&
    made.examples.length === whole.json.examples.length;
  if (isWhole) return whole.json;
  origins.set(
    made,
    all.map(({ json }) => json),
  );
  return made;
}
