import type { LayerChange } from "../../model/layers.js";
import type { Place } from "../../model/place.js";
import { padEnd, widest } from "./layout.js";
import type { Page } from "./page.js";

/** Lists the changes of an upper layer, with their places and the places of what they replace. */
export function layerLines(changes: readonly LayerChange[], { words, colors }: Page): string[] {
  if (changes.length === 0) return [];
  const rows = changes.map(({ change, kind, name, below, ...place }) => ({
    change: words.files.changes[change],
    thing: `${words.files.kinds[kind] ?? kind} ${name}`,
    place: placeText(place),
    below: below === undefined ? "" : ` < ${placeText(below)}`,
  }));
  const [changeWidth, thingWidth] = [
    widest(rows.map((row) => row.change)),
    widest(rows.map((row) => row.thing)),
  ];
  return [
    words.files.layers(changes.length),
    ...rows.map(
      ({ change, thing, place, below }) =>
        `  ${padEnd(change, changeWidth)}  ${colors.bold(padEnd(thing, thingWidth))}  ${place}${colors.dim(below)}`,
    ),
    "",
  ];
}

const placeText = ({ file, line, column }: Place): string =>
  [file, line, column].filter((part) => part !== undefined).join(":");
