import type { Document } from "./document.js";
import { entriesOf, listOf } from "./lenient-access.js";
import { channelOf, type Overrides, textKind, yearKind } from "./overrides.js";
import type { Part, Parts } from "./parts.js";
import { type Segments, valueAt } from "./path.js";

/**
 * A named definition, read leniently. Rules, windows, holds and verdicts share one namespace, because answers list them
 * together.
 */
export interface Declaration {
  readonly kind: string;
  readonly name: string;
  readonly document: Document;
  /** The place of the name in the document. */
  readonly segments: Segments;
  /** The channel or calendar that contains it. */
  readonly owner?: string;
}

/** All declarations, except those of a lower layer that the upper layer overrides. */
export const declarationsIn = (parts: Parts, { isOverridden }: Overrides): Declaration[] =>
  allDeclarations(parts).filter(
    ({ document, kind, name, owner }) => !isOverridden(document, kind, name, owner),
  );

export function allDeclarations(parts: Parts): Declaration[] {
  const { calendar, channel, facts, systems, conditions, reasons, rulebook, texts } = parts;
  const rules = [
    ...channel,
    ...parts["channel-addition"],
    ...parts.windows,
    ...parts.holds,
    ...parts.verdicts,
  ];
  return [
    ...rulebook.flatMap((part) => declarationAt("rulebook", part, ["extends"])),
    ...calendar.flatMap((part) => declarationAt("calendar", part, ["id"])),
    ...channel.flatMap((part) => declarationAt("channel", part, ["channel"])),
    ...facts.flatMap((part) => declarationsByKey("fact", part, "facts", part.json.facts)),
    ...systems.flatMap((part) => declarationsByKey("system", part, "systems", part.json.systems)),
    ...conditions.flatMap((part) => declarationsByKey("condition", part, "conditions", part.json.conditions)),
    ...reasons.flatMap((part) => declarationsByKey("code", part, "codes", part.json.codes)),
    ...rules.flatMap((part) =>
      listOf<unknown>(part.json.rules).flatMap((_, index) =>
        declarationAt("rule", part, ["rules", index, "name"]),
      ),
    ),
    ...[...calendar, ...parts["calendar-addition"]].flatMap(yearDeclarations),
    ...texts.flatMap((part) =>
      declarationsByKey(textKind(part.json.locale), part, "messages", part.json.messages),
    ),
  ];
}

type HasDocument = Pick<Part<"calendar">, "document">;

function declarationAt(kind: string, { document }: HasDocument, segments: Segments): Declaration[] {
  const name = valueAt(document.json, segments);
  const owner = kind === "rule" ? channelOf(document) : undefined;
  if (typeof name !== "string") return [];
  return [{ kind, name, document, segments, ...(owner !== undefined && { owner }) }];
}

const declarationsByKey = (
  kind: string,
  { document }: HasDocument,
  section: string,
  record: Record<string, unknown> | undefined,
): Declaration[] => entriesOf(record).map(([name]) => ({ kind, name, document, segments: [section, name] }));

function yearDeclarations(part: Part<"calendar"> | Part<"calendar-addition">): Declaration[] {
  const calendar = valueAt(part.json, ["id"]) ?? valueAt(part.json, ["addsTo"]);
  if (typeof calendar !== "string") return [];
  const years = declarationsByKey(yearKind(calendar), part, "years", part.json.years);
  return years.map((year) => ({ ...year, owner: calendar }));
}
