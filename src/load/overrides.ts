import type { Document, Documents } from "./document.js";
import type { Kind } from "./kinds.js";
import { asText, listOf } from "./members.js";
import { ownerName } from "./name.js";
import { type Segments, valueAt } from "./path.js";
import { kindOf } from "./schemas.js";

/**
 * What the upper layer takes from the lower: by name, and only where it says so. `replaces` of a file takes what the
 * same file defines anew, `without` of `rulebook.json` takes without putting anything in its place.
 */
export interface Overrides {
  readonly claims: readonly Claim[];
  /** Whether a definition of a lower layer counts no more. `within` is the channel or calendar that it belongs to. */
  readonly covers: (document: Document, kind: string, name: string, within?: string) => boolean;
  /** The same for whatever stands at a place of a file. */
  readonly coversPlace: (document: Document, segments: Segments) => boolean;
}

/** One name that is taken from the lower layer, and where that is said. */
export interface Claim {
  readonly change: "replaces" | "removes";
  /** As declarations call it: `rule`, `system`, `en text`, `year of cn.hvps`; or `examples`. */
  readonly kind: string;
  readonly name: string;
  readonly document: Document;
  readonly segments: Segments;
}

/** Read leniently, before anything is checked: which references are sound depends on it. */
export function overridesIn(documents: Documents): Overrides {
  const claims = documents.filter(({ layer }) => layer === undefined).flatMap(claimsIn);
  const taken = new Set(claims.map(({ kind, name }) => keyOf(kind, name)));
  const covers: Overrides["covers"] = ({ layer }, kind, name, within) =>
    layer !== undefined &&
    (taken.has(keyOf(kind, name)) || (within !== undefined && taken.has(keyOf(ownerKind(kind), within))));
  return {
    claims,
    covers,
    coversPlace: (document, segments) => {
      const isRule = segments[0] === "rules";
      const kind = isRule ? "rule" : kindNamed(document);
      const name = ownerName(document.json, segments);
      return name !== undefined && kind !== undefined && covers(document, kind, name, channelOf(document));
    },
  };
}

export const keyOf = (kind: string, name: string): string => `${kind} ${name}`;

/** What the rules of a channel and the years of a calendar belong to. */
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

/** What a file defines, as people call it. */
function kindNamed({ json }: Document): string | undefined {
  const kind = kindOf(json);
  if (kind === "texts") return textKind(valueAt(json, ["locale"]));
  if (kind === "calendar-addition") return yearKind(valueAt(json, ["addsTo"]));
  return kind === undefined ? undefined : KIND_NAMES[kind];
}

export const LOCALES = ["en", "zh"] as const;
export const textKind = (locale: unknown): string => `${asText(locale)} text`;
export const yearKind = (calendar: unknown): string => `year of ${asText(calendar)}`;

function claimsIn(document: Document): Claim[] {
  const kind = kindNamed(document);
  const replaced =
    kind === undefined ? [] : namesAt(document, ["replaces"], (name) => [{ change: "replaces", kind, name }]);
  if (kindOf(document.json) !== "rulebook") return replaced;
  return Object.entries(WITHOUT).flatMap(([key, kinds]) =>
    namesAt(document, ["without", key], (name) =>
      kinds.map((one) => ({ change: "removes" as const, kind: one, name })),
    ),
  );
}

/** The kinds of declarations behind each key of `without`. */
const WITHOUT: Readonly<Record<string, readonly string[]>> = {
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
  under: Segments,
  claimOf: (name: string) => Pick<Claim, "change" | "kind" | "name">[],
): Claim[] {
  const names = listOf(valueAt(document.json, under) as readonly unknown[] | undefined);
  return names.flatMap((name, index) =>
    typeof name === "string"
      ? claimOf(name).map((claim) => ({ ...claim, document, segments: [...under, index] }))
      : [],
  );
}

/** Whether the rulebook of these files lies on top of the pack. */
export const extendsPack = ({ json }: Document): boolean =>
  kindOf(json) === "rulebook" && valueAt(json, ["extends"]) !== undefined;
