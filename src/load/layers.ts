import { loadSays, type Problem } from "../errors.js";
import type { LayerChange } from "../model/layers.js";
import { type Declaration, everyDeclaration } from "./declarations.js";
import type { Documents } from "./document.js";
import { placeIn } from "./locate.js";
import { asText } from "./members.js";
import { type Claim, extendsPack, keyOf } from "./overrides.js";
import type { Checked, Part, Parts } from "./parts.js";
import { valueAt } from "./path.js";
import { partOf } from "./repeats.js";

/** What is wrong between layers, and what the upper one changes. */

export function layerProblems(documents: Documents, { parts, overrides }: Checked): Problem[] {
  const all = everyDeclaration(parts);
  const below = all.filter(({ document }) => document.layer !== undefined);
  const own = all.filter(({ document }) => document.layer === undefined);
  const isWhole = documents.every(({ json }) => json !== undefined);
  return [
    ...nothingBelow(documents),
    ...(isWhole ? overrides.claims.flatMap((claim) => claimProblems(claim, own, below)) : []),
    ...(isWhole ? lostAdditions(parts, all) : []),
    ...uncoveredAdditions(parts),
  ];
}

/** A rulebook that extends the pack, where the pack was not read. */
const nothingBelow = (documents: Documents): Problem[] =>
  documents.some(({ layer }) => layer !== undefined)
    ? []
    : documents.filter(extendsPack).map((document) => ({
        ...placeIn(document, ["extends"]),
        ...loadSays.noLayerBelow(asText(valueAt(document.json, ["extends"]))),
      }));

function claimProblems(claim: Claim, own: readonly Declaration[], below: readonly Declaration[]): Problem[] {
  const { change, kind, name, document, segments } = claim;
  const place = { ...placeIn(document, segments), name };
  const kinds = kind === "examples" ? ["rule", "channel"] : [kind];
  const choices = below.filter((one) => kinds.includes(one.kind)).map((one) => one.name);
  if (!choices.includes(name)) {
    return [{ ...place, ...loadSays.nothingBelow(kinds.join(" or "), name, choices.sort()) }];
  }
  const isDefined = own.some((one) => one.kind === kind && one.name === name && one.document === document);
  return change === "removes" || isDefined ? [] : [{ ...place, ...loadSays.replacesNothing(kind, name) }];
}

/** Rules that are added to a channel that there is not; a calendar that there is not is told with other names. */
function lostAdditions(parts: Parts, all: readonly Declaration[]): Problem[] {
  const channels = all.filter(({ kind }) => kind === "channel").map(({ name }) => name);
  return parts["channel-addition"].flatMap(({ document, json }) =>
    typeof json.addsTo !== "string" || channels.includes(json.addsTo)
      ? []
      : [
          {
            ...placeIn(document, ["addsTo"]),
            ...loadSays.undeclared("channel", json.addsTo, channels.sort()),
          },
        ],
  );
}

/** Half a coverage widens another one; where the calendar has none of its own it would say nothing. */
function uncoveredAdditions(parts: Parts): Problem[] {
  const covered = new Set(parts.calendar.filter(({ json }) => json.coverage).map(({ json }) => json.id));
  return parts["calendar-addition"]
    .filter(hasHalfCoverage)
    .flatMap(({ document, json }) =>
      covered.has(json.addsTo)
        ? []
        : [{ ...placeIn(document, ["coverage"]), ...loadSays.nothingToWiden(json.addsTo) }],
    );
}

const hasHalfCoverage = ({ json, sound }: Part<"calendar-addition">): boolean =>
  sound &&
  json.coverage !== undefined &&
  (json.coverage.from === undefined) !== (json.coverage.to === undefined);

/** What the upper layer adds, replaces and removes, in the order of files and places; nothing where there is no layer below. */
export function changesOf({ parts, overrides }: Checked): LayerChange[] {
  const all = everyDeclaration(parts);
  const below = new Map(
    all.filter(({ document }) => document.layer !== undefined).map((one) => [keyOf(one.kind, one.name), one]),
  );
  if (below.size === 0) return [];
  const defined = all
    .filter(({ document, kind }) => document.layer === undefined && kind !== "rulebook")
    .filter((one) => !isPartOfAnother(one, all))
    .map((one): LayerChange => {
      const before = below.get(keyOf(one.kind, one.name));
      return { change: before === undefined ? "adds" : "replaces", ...shown(one), ...belowOf(before) };
    });
  const removed = overrides.claims
    .filter(({ change }) => change === "removes")
    .map(
      (one): LayerChange => ({
        change: "removes",
        ...shown(one),
        ...belowOf(below.get(keyOf(one.kind, one.name))),
      }),
    );
  return [...defined, ...removed].sort(byPlace);
}

function byPlace(one: LayerChange, other: LayerChange): number {
  const [file = "", otherFile = ""] = [one.file, other.file];
  if (file !== otherFile) return file < otherFile ? -1 : 1;
  return (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0);
}

/** The rules of a channel and the years of a calendar that are new as a whole are told with it. */
const isPartOfAnother = ({ document, within, kind }: Declaration, all: readonly Declaration[]): boolean =>
  within !== undefined &&
  all.some(
    (one) =>
      one.document === document &&
      one.name === within &&
      one.kind === (kind === "rule" ? "channel" : "calendar"),
  );

const shown = (one: Pick<Declaration, "kind" | "name" | "document" | "segments">) => ({
  kind: one.kind,
  name: one.name,
  ...placeIn(one.document, one.segments, partOf(one.segments, one.name)),
});

const belowOf = (one: Declaration | undefined) =>
  one === undefined ? {} : { below: placeIn(one.document, one.segments, partOf(one.segments, one.name)) };
