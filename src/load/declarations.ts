import type { Document } from "./document.js";
import { entriesOf, listOf } from "./members.js";
import { channelOf, type Overrides, textKind, yearKind } from "./overrides.js";
import type { Part, Parts } from "./parts.js";
import { type Segments, valueAt } from "./path.js";

/** Everything that is declared by a name, read leniently. Rules, windows and holds share their names, as answers list them. */
export interface Declaration {
  readonly kind: string;
  readonly name: string;
  readonly document: Document;
  /** Where the name stands. */
  readonly segments: Segments;
  /** The channel or calendar that it belongs to. */
  readonly within?: string;
}

/** Every declaration that counts: those of a lower layer that the upper takes away are left out. */
export const declarationsIn = (parts: Parts, { covers }: Overrides): Declaration[] =>
  everyDeclaration(parts).filter(({ document, kind, name, within }) => !covers(document, kind, name, within));

export function everyDeclaration(parts: Parts): Declaration[] {
  const { calendar, channel, facts, systems, conditions, reasons, rulebook, texts } = parts;
  const rules = [
    ...channel,
    ...parts["channel-addition"],
    ...parts.windows,
    ...parts.holds,
    ...parts.verdicts,
  ];
  return [
    ...rulebook.flatMap((part) => named("rulebook", part, ["extends"])),
    ...calendar.flatMap((part) => named("calendar", part, ["id"])),
    ...channel.flatMap((part) => named("channel", part, ["channel"])),
    ...facts.flatMap((part) => keyed("fact", part, "facts", part.json.facts)),
    ...systems.flatMap((part) => keyed("system", part, "systems", part.json.systems)),
    ...conditions.flatMap((part) => keyed("condition", part, "conditions", part.json.conditions)),
    ...reasons.flatMap((part) => keyed("code", part, "codes", part.json.codes)),
    ...rules.flatMap((part) =>
      listOf<unknown>(part.json.rules).flatMap((_, index) => named("rule", part, ["rules", index, "name"])),
    ),
    ...[...calendar, ...parts["calendar-addition"]].flatMap(yearsIn),
    ...texts.flatMap((part) => keyed(textKind(part.json.locale), part, "messages", part.json.messages)),
  ];
}

type Any = Pick<Part<"calendar">, "document">;

function named(kind: string, { document }: Any, segments: Segments): Declaration[] {
  const name = valueAt(document.json, segments);
  const within = kind === "rule" ? channelOf(document) : undefined;
  if (typeof name !== "string") return [];
  return [{ kind, name, document, segments, ...(within !== undefined && { within }) }];
}

const keyed = (
  kind: string,
  { document }: Any,
  under: string,
  record: Record<string, unknown> | undefined,
): Declaration[] => entriesOf(record).map(([name]) => ({ kind, name, document, segments: [under, name] }));

function yearsIn(part: Part<"calendar"> | Part<"calendar-addition">): Declaration[] {
  const calendar = valueAt(part.json, ["id"]) ?? valueAt(part.json, ["addsTo"]);
  if (typeof calendar !== "string") return [];
  const years = keyed(yearKind(calendar), part, "years", part.json.years);
  return years.map((year) => ({ ...year, within: calendar }));
}
