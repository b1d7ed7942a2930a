import type { LayerChange } from "../model/layers.js";
import type { Place } from "../model/place.js";
import { FILE_WORDS } from "./file-words.js";
import { padEnd, widest } from "./layout.js";
import type { Page } from "./reply.js";

/** What an upper layer changes, a line each: what, and where; below what it replaces, where that stood. */
export function layerLines(changes: readonly LayerChange[], { locale, colors }: Page): string[] {
  if (changes.length === 0) return [];
  const words = FILE_WORDS[locale];
  const rows = changes.map(({ change, kind, name, below, ...place }) => ({
    change: words.changes[change],
    thing: `${words.kinds[kind] ?? kind} ${name}`,
    place: placeText(place),
    below: below === undefined ? "" : ` < ${placeText(below)}`,
  }));
  const [changeWidth, thingWidth] = [
    widest(rows.map((row) => row.change)),
    widest(rows.map((row) => row.thing)),
  ];
  return [
    words.layers(changes.length),
    ...rows.map(
      ({ change, thing, place, below }) =>
        `  ${padEnd(change, changeWidth)}  ${colors.bold(padEnd(thing, thingWidth))}  ${place}${colors.dim(below)}`,
    ),
    "",
  ];
}

const placeText = ({ file, line, column }: Place): string =>
  [file, line, column].filter((part) => part !== undefined).join(":");
