import { textsOf } from "../../explain/text.js";
import type { Arrival, Cause, Segment } from "../../model/answers.js";
import type { Rulebook } from "../../model/rulebook.js";
import { hang, PAGE_WIDTH, padEnd, padStart, widest } from "./layout.js";
import { compactDuration, msBetween, plainMoment, shortMoment } from "./moments.js";
import type { Page } from "./page.js";

const BAR = { narrowest: 8, widest: 24 } as const;
/** Bar ends, by eighths of a column. */
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"] as const;
const GAP = "  ";

const SHADES: Readonly<Record<Cause, "cyan" | "yellow" | "magenta" | "red">> = {
  processing: "cyan",
  batch: "cyan",
  cutoff: "yellow",
  hold: "yellow",
  weekend: "magenta",
  holiday: "magenta",
  closed: "magenta",
  maintenance: "red",
  incident: "red",
};

/** Draws the expected path of a payment: a row for each wait, with a bar to scale. Steps without duration have no row. */
export function timelineLines(arrival: Arrival, rulebook: Rulebook, page: Page): string[] {
  const rows = arrival.timeline.filter(({ from, to }) => msBetween(from, to) > 0);
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return [];
  const spans = spansOf(rows, page);
  const labels = rows.map((segment) => labelOf(segment, rulebook, page));
  const room = PAGE_WIDTH - widest(spans) - 2 * GAP.length;
  const barWidth = Math.min(BAR.widest, Math.max(BAR.narrowest, room - widest(labels)));
  const wholeMs = msBetween(first.from, last.to);
  return rows.flatMap((row, n) => {
    const [startMs, lengthMs] = [msBetween(first.from, row.from), msBetween(row.from, row.to)];
    const bar = padEnd(barOf(startMs / wholeMs, lengthMs / wholeMs, barWidth), barWidth);
    const head = `${spans[n]}${GAP}${page.colors[SHADES[row.cause]](bar)}${GAP}`;
    return hang(head, labels[n] as string);
  });
}

/** Aligned texts of `from → to` and the duration. */
function spansOf(rows: readonly Segment[], page: Page): string[] {
  const years = new Set(rows.flatMap(({ from, to }) => [from.slice(0, 4), to.slice(0, 4)]));
  const format = (iso: string): string => (years.size > 1 ? plainMoment(iso) : shortMoment(iso, page.words));
  const froms = rows.map(({ from }) => format(from));
  const tos = rows.map(({ to }) => format(to));
  const lengths = rows.map(({ from, to }) => compactDuration(msBetween(from, to), page.words));
  const [fromWidth, toWidth, lengthWidth] = [widest(froms), widest(tos), widest(lengths)];
  return rows.map(
    (_, n) =>
      `${padEnd(froms[n] as string, fromWidth)} → ${padEnd(tos[n] as string, toWidth)}${GAP}${padStart(lengths[n] as string, lengthWidth)}`,
  );
}

/** Draws a bar from its start and length, both as shares of the whole. A bar is never empty. */
export function barOf(start: number, length: number, width: number): string {
  const skipped = Math.min(width - 1, Math.floor(start * width));
  const eighths = Math.max(1, Math.min(Math.round(length * width * 8), (width - skipped) * 8));
  return " ".repeat(skipped) + "█".repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}

/** The cause, with the title of the holiday, window or hold, or else of the system. */
export function labelOf(segment: Segment, rulebook: Rulebook, { locale, words }: Page): string {
  const system = segment.system === undefined ? undefined : rulebook.systems[segment.system]?.title[locale];
  const subject = nameOf(segment, rulebook, locale) ?? system;
  const cause = words.causes[segment.cause];
  return subject === undefined ? cause : `${cause} · ${subject}`;
}

function nameOf({ cause, name }: Segment, rulebook: Rulebook, locale: Page["locale"]): string | undefined {
  if (name === undefined) return undefined;
  const texts = textsOf(rulebook, locale);
  if (cause === "holiday") return texts.has(`holiday.${name}`) ? texts.say(`holiday.${name}`) : name;
  const rule = [...rulebook.holds, ...rulebook.windows].find((one) => one.name === name);
  return rule?.title?.[locale] ?? name;
}
