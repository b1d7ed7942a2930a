import { loadMessages, type Problem } from "../errors.js";
import type { LayerChange } from "../model/layers.js";
import { allDeclarations, type Declaration } from "./declarations.js";
import type { Documents } from "./document.js";
import { namePart } from "./duplicates.js";
import { asText } from "./lenient-access.js";
import { declarationKey, extendsPack, type Override } from "./overrides.js";
import type { CheckResult, Part, Parts } from "./parts.js";
import { valueAt } from "./path.js";
import { placeIn } from "./places.js";

/** Problems between layers, and the list of changes that the upper layer makes. */

export function layerProblems(documents: Documents, { parts, overrides }: CheckResult): Problem[] {
  const all = allDeclarations(parts);
  const below = all.filter(({ document }) => document.layer !== undefined);
  const own = all.filter(({ document }) => document.layer === undefined);
  const isReadable = documents.every(({ json }) => json !== undefined);
  return [
    ...missingPack(documents),
    ...(isReadable ? overrides.all.flatMap((one) => overrideProblems(one, own, below)) : []),
    ...(isReadable ? orphanAdditions(parts, all) : []),
    ...coverageProblems(parts),
  ];
}

/** A rulebook extends the pack, but the pack was not read. */
const missingPack = (documents: Documents): Problem[] =>
  documents.some(({ layer }) => layer !== undefined)
    ? []
    : documents.filter(extendsPack).map((document) => ({
        ...placeIn(document, ["extends"]),
        ...loadMessages.noLayerBelow(asText(valueAt(document.json, ["extends"]))),
      }));

function overrideProblems(
  override: Override,
  own: readonly Declaration[],
  below: readonly Declaration[],
): Problem[] {
  const { change, kind, name, document, segments } = override;
  const place = { ...placeIn(document, segments), name };
  const kinds = kind === "examples" ? ["rule", "channel"] : [kind];
  const choices = below.filter((one) => kinds.includes(one.kind)).map((one) => one.name);
  if (!choices.includes(name)) {
    return [{ ...place, ...loadMessages.nothingBelow(kinds.join(" or "), name, choices.sort()) }];
  }
  const isDefined = own.some((one) => one.kind === kind && one.name === name && one.document === document);
  return change === "removes" || isDefined ? [] : [{ ...place, ...loadMessages.replacesNothing(kind, name) }];
}

/** Additions to undeclared channels. Undeclared calendars are reported as references. */
function orphanAdditions(parts: Parts, all: readonly Declaration[]): Problem[] {
  const channels = all.filter(({ kind }) => kind === "channel").map(({ name }) => name);
  return parts["channel-addition"].flatMap(({ document, json }) =>
    typeof json.addsTo !== "string" || channels.includes(json.addsTo)
      ? []
      : [
          {
            ...placeIn(document, ["addsTo"]),
            ...loadMessages.undeclared("channel", json.addsTo, channels.sort()),
          },
        ],
  );
}

/** A coverage with one end extends the calendar's own coverage, so the calendar must have one. */
function coverageProblems(parts: Parts): Problem[] {
  const covered = new Set(parts.calendar.filter(({ json }) => json.coverage).map(({ json }) => json.id));
  return parts["calendar-addition"]
    .filter(hasHalfCoverage)
    .flatMap(({ document, json }) =>
      covered.has(json.addsTo)
        ? []
        : [{ ...placeIn(document, ["coverage"]), ...loadMessages.nothingToWiden(json.addsTo) }],
    );
}

const hasHalfCoverage = ({ json, valid }: Part<"calendar-addition">): boolean =>
  valid &&
  json.coverage !== undefined &&
  (json.coverage.from === undefined) !== (json.coverage.to === undefined);

/** The changes of the upper layer, ordered by file and place. Empty without a lower layer. */
export function layerChanges({ parts, overrides }: CheckResult): LayerChange[] {
  const all = allDeclarations(parts);
  const below = new Map(
    all
      .filter(({ document }) => document.layer !== undefined)
      .map((one) => [declarationKey(one.kind, one.name), one]),
  );
  if (below.size === 0) return [];
  const defined = all
    .filter(({ document, kind }) => document.layer === undefined && kind !== "rulebook")
    .filter((one) => !isOwnedByAnother(one, all))
    .map((one): LayerChange => {
      const before = below.get(declarationKey(one.kind, one.name));
      return {
        change: before === undefined ? "adds" : "replaces",
        ...changePlace(one),
        ...replacedPlace(before),
      };
    });
  const removed = overrides.all
    .filter(({ change }) => change === "removes")
    .map(
      (one): LayerChange => ({
        change: "removes",
        ...changePlace(one),
        ...replacedPlace(below.get(declarationKey(one.kind, one.name))),
      }),
    );
  return [...defined, ...removed].sort(byPlace);
}

function byPlace(one: LayerChange, other: LayerChange): number {
  const [file = "", otherFile = ""] = [one.file, other.file];
  if (file !== otherFile) return file < otherFile ? -1 : 1;
  return (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0);
}

/** Rules of a new channel and years of a new calendar are reported with the channel or calendar. */
const isOwnedByAnother = ({ document, owner, kind }: Declaration, all: readonly Declaration[]): boolean =>
  owner !== undefined &&
  all.some(
    (one) =>
      one.document === document &&
      one.name === owner &&
      one.kind === (kind === "rule" ? "channel" : "calendar"),
  );

const changePlace = (one: Pick<Declaration, "kind" | "name" | "document" | "segments">) => ({
  kind: one.kind,
  name: one.name,
  ...placeIn(one.document, one.segments, namePart(one.segments, one.name)),
});

const replacedPlace = (one: Declaration | undefined) =>
  one === undefined ? {} : { below: placeIn(one.document, one.segments, namePart(one.segments, one.name)) };
