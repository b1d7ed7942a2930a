import type { Document, Documents } from "./document.js";
import type { Kind } from "./kinds.js";
import { asText, listOf } from "./lenient-access.js";
import { ownerName } from "./owner-name.js";
import { type Segments, valueAt } from "./path.js";
import { kindOf } from "./schemas.js";

/**
 * The definitions of the lower layer that the upper layer overrides, always by explicit name. `replaces` in a file
 * replaces a definition with one in the same file; `without` in `rulebook.json` removes a definition.
 */
export interface Overrides {
  readonly all: readonly Override[];
  /** Whether a definition of a lower layer is overridden. `owner` is its channel or calendar. */
  readonly isOverridden: (document: Document, kind: string, name: string, owner?: string) => boolean;
  /** The same for the definition that contains a place. */
  readonly isPlaceOverridden: (document: Document, segments: Segments) => boolean;
}

/** One overridden name, and the place that overrides it. */
export interface Override {
  readonly change: "replaces" | "removes";
  /** The kind of declaration, as in `rule`, `system`, `en text` or `year of cn.hvps`; or `examples`. */
  readonly kind: string;
  readonly name: string;
  readonly document: Document;
  readonly segments: Segments;
}

/** Reads overrides leniently, before any check, because the reference check depends on them. */
export function overridesIn(documents: Documents): Overrides {
  const all = documents.filter(({ layer }) => layer === undefined).flatMap(overridesOf);
  const keys = new Set(all.map(({ kind, name }) => declarationKey(kind, name)));
  const isOverridden: Overrides["isOverridden"] = ({ layer }, kind, name, owner) =>
    layer !== undefined &&
    (keys.has(declarationKey(kind, name)) ||
      (owner !== undefined && keys.has(declarationKey(ownerKind(kind), owner))));
  return {
    all,
    isOverridden,
    isPlaceOverridden: (document, segments) => {
      const isRule = segments[0] === "rules";
      const kind = isRule ? "rule" : definedKind(document);
      const name = ownerName(document.json, segments);
      return (
        name !== undefined && kind !== undefined && isOverridden(document, kind, name, channelOf(document))
      );
    },
  };
}

export const declarationKey = (kind: string, name: string): string => `${kind} ${name}`;

/** Rules belong to channels, and years to calendars. */
const ownerKind = (kind: string): string => (kind === "rule" ? "channel" : "calendar");

export const channelOf = ({ json }: Document): string | undefined =>
  textAt(json, ["channel"]) ?? (kindOf(json) === "channel-addition" ? textAt(json, ["addsTo"]) : undefined);

const textAt = (json: unknown, segments: Segments): string | undefined => {
  const text = valueAt(json, segments);
  return typeof text === "string" ? text : undefined;
};

const KIND_NAMES: Readonly<Partial<Record<Kind, string>>> = {
  calendar: "calendar",
  channel: "channel",
  "channel-addition": "rule",
  conditions: "condition",
  facts: "fact",
  holds: "rule",
  reasons: "code",
  systems: "system",
  verdicts: "rule",
  windows: "rule",
};

/** The kind of definition in a file, as messages name it. */
function definedKind({ json }: Document): string | undefined {
  const kind = kindOf(json);
  if (kind === "texts") return textKind(valueAt(json, ["locale"]));
  if (kind === "calendar-addition") return yearKind(valueAt(json, ["addsTo"]));
  return kind === undefined ? undefined : KIND_NAMES[kind];
}

export const LOCALES = ["en", "zh"] as const;
export const textKind = (locale: unknown): string => `${asText(locale)} text`;
export const yearKind = (calendar: unknown): string => `year of ${asText(calendar)}`;

function overridesOf(document: Document): Override[] {
  const kind = definedKind(document);
  const replaced =
    kind === undefined ? [] : namesAt(document, ["replaces"], (name) => [{ change: "replaces", kind, name }]);
  if (kindOf(document.json) !== "rulebook") return replaced;
  return Object.entries(REMOVABLE_KINDS).flatMap(([key, kinds]) =>
    namesAt(document, ["without", key], (name) =>
      kinds.map((one) => ({ change: "removes" as const, kind: one, name })),
    ),
  );
}

/** The kinds of declarations that each key of `without` removes. */
const REMOVABLE_KINDS: Readonly<Record<string, readonly string[]>> = {
  calendars: ["calendar"],
  channels: ["channel"],
  codes: ["code"],
  conditions: ["condition"],
  examples: ["examples"],
  facts: ["fact"],
  rules: ["rule"],
  systems: ["system"],
  texts: LOCALES.map(textKind),
};

function namesAt(
  document: Document,
  list: Segments,
  overrideFor: (name: string) => Pick<Override, "change" | "kind" | "name">[],
): Override[] {
  const names = listOf(valueAt(document.json, list) as readonly unknown[] | undefined);
  return names.flatMap((name, index) =>
    typeof name === "string"
      ? overrideFor(name).map((one) => ({ ...one, document, segments: [...list, index] }))
      : [],
  );
}

/** Whether a document is a `rulebook.json` that extends the shipped pack. */
export const extendsPack = ({ json }: Document): boolean =>
  kindOf(json) === "rulebook" && valueAt(json, ["extends"]) !== undefined;
