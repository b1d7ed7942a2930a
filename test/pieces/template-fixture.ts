import type { Segment } from "../../src/model/answers.js";
import type { RouteAnswer } from "../../src/pieces/piece.js";
import type { ArrivalText } from "../../src/pieces/row-texts.js";
import {
  fillTimeline,
  type TimelineTemplate,
  timelineTemplateOf,
} from "../../src/pieces/timeline-template.js";
import type { Wait } from "../../src/route/wait.js";
import type { Instant } from "../../src/time/instant.js";
import { type Zone, zoneNamed } from "../../src/time/zone.js";

/** Timeline templates of routes with given waits, on days of January 1970. */

export const HOUR = 3_600_000;
export const UTC = zoneNamed("UTC") as Zone;

/** One wait, by send time. */
export type WaitSpec = (at: number) => Omit<Partial<Wait>, "from" | "to"> & { from: number; to: number };

export const waitsAt = (specs: readonly WaitSpec[], at: number): Wait[] =>
  specs
    .map((wait) => ({ cause: "batch", ...wait(at) }) as unknown as Wait)
    .filter(({ from, to }) => from < to);

export function routeAnswerWith(
  from: number,
  specs: readonly WaitSpec[],
  texts: Partial<Record<string, ArrivalText>> = {},
): RouteAnswer {
  const advance = (at: Instant, report?: (wait: Wait) => void) => {
    for (const wait of waitsAt(specs, at)) report?.(wait);
    return { to: at, slope: 1, until: Number.POSITIVE_INFINITY, marks: 0 };
  };
  return {
    at: from,
    route: { rule: { name: "way" }, paths: { expected: { legs: [{ advance }] } } },
    piece: { from, waits: waitsAt(specs, from) },
    texts: {
      ...{ outcome: "credited", certainty: "official", basis: "published", rules: ["way"] },
      ...{ earliest: "e", expected: "x", latest: "l", ...texts },
    },
  } as unknown as RouteAnswer;
}

export const templateWith = (until: number, specs: readonly WaitSpec[]): TimelineTemplate =>
  timelineTemplateOf(routeAnswerWith(0, specs), true, until as Instant, UTC);

/** `01T05:00:00` of January 1970. */
export const iso = (at: number): string =>
  new Date(at)
    .toISOString()
    .replace(/^1970-01-/, "")
    .replace(/(\.000)?Z$/, "");
export const short = ({ from, to, cause, ...more }: Segment): string =>
  [from, to].map((text) => text.replace(/^1970-01-/, "").replace("+00:00", "")).join(" ") +
  ` ${cause}${more.system === undefined ? "" : ` ${more.system}`}`;
export const timeline = (template: TimelineTemplate, at: number): string[] =>
  fillTimeline(template, at as Instant, `sent ${iso(at)}`, UTC).map(short);

export const until =
  (to: number, more: Partial<Wait> = {}): WaitSpec =>
  (at) => ({ from: at, to, ...more });
