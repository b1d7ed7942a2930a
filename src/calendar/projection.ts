import { calendarMessages, QuestionError } from "../errors.js";
import type { Bound } from "../model/bound.js";
import type { Block, Projection } from "../model/schema/calendar.js";
import { addDays, type Day, weekdayIndex, yearOf } from "../time/day.js";
import { listedDays } from "./listed-days.js";
import { dayRange } from "./resolve.js";

/** A projected break: the statutory days of one holiday, and all days off by the published principles. */
interface Break {
  readonly name: string;
  readonly statutory: readonly Day[];
  readonly days: readonly Day[];
}

export interface ProjectedDays {
  /** Closed days with the names of their holidays. */
  readonly closed: ReadonlyMap<Day, string>;
  /** Weekend days that may become make-up workdays. */
  readonly possibleWorkdays: ReadonlySet<Day>;
}

/**
 * Projects the holidays from `from` to `to` by the law and the published principles.
 *
 * - `expected` and `latest`: full breaks by the principles, and no make-up workdays. A notice may still open weekend days,
 *   but by the principles it closes no further days.
 * - `earliest`: only statutory days are closed. Every other weekend day near a break counts as open, because it may become
 *   a make-up workday.
 */
export function projectedDays(
  projection: Projection,
  weekend: ReadonlySet<number>,
  bound: Bound,
  { from, to }: { from: Day; to: Day },
): ProjectedDays {
  const breaks = breaksAround(projection, weekend, from, to);
  const closed = new Map<Day, string>();
  for (const { name, statutory, days } of breaks) {
    for (const day of bound === "earliest" ? statutory : [...statutory, ...days])
      if (!closed.has(day)) closed.set(day, name);
  }
  if (bound !== "earliest" || projection.makeupWithinDays === undefined)
    return { closed, possibleWorkdays: new Set() };
  return { closed, possibleWorkdays: weekendDaysNear(breaks, weekend, projection.makeupWithinDays) };
}

/** Includes the years before and after, because a break around 1 January may start in December. */
function breaksAround(projection: Projection, weekend: ReadonlySet<number>, from: Day, to: Day): Break[] {
  const breaks: Break[] = [];
  for (let year = yearOf(from) - 1; year <= yearOf(to) + 1; year++) {
    const firsts = projection.blocks.map((block) => firstStatutoryDay(projection.country, block, year));
    projection.blocks.forEach((block, n) => {
      const first = firsts[n] as Day;
      const statutory = dayRange(first, addDays(first, (block.statutoryDays ?? 1) - 1));
      breaks.push({
        name: block.name,
        statutory,
        days: breakDays(block, first, firsts.toSpliced(n, 1), weekend),
      });
    });
  }
  return breaks;
}

function firstStatutoryDay(country: string, block: Block, year: number): Day {
  const name = block.listedAs ?? block.name;
  const found = listedDays(country, year).find((listed) => listed.type === "public" && listed.name === name);
  if (found !== undefined) return found.day;
  throw new QuestionError(
    "outside-coverage",
    `projection of ${block.name}`,
    calendarMessages.notListed(country, name, year),
  );
}

function breakDays(block: Block, first: Day, others: readonly Day[], weekend: ReadonlySet<number>): Day[] {
  if (block.from === "around") return breakAround(first, block.days, weekend);
  const merged = others.some((other) => other >= first && other < first + block.days);
  const days = merged ? (block.mergedDays ?? block.days) : block.days;
  return dayRange(first, addDays(first, days - 1));
}

/**
 * The run of `days` days around a day that includes the most weekend days. If several do, it is the last of them, because
 * a holiday on Saturday is compensated on Monday. If none includes a weekend day (three days around a Wednesday), it is
 * the day alone.
 */
function breakAround(day: Day, days: number, weekend: ReadonlySet<number>): Day[] {
  let best: Day[] = [day];
  let most = 1;
  for (let shift = days - 1; shift >= 0; shift--) {
    const run = dayRange(addDays(day, -shift), addDays(day, days - 1 - shift));
    const weekendDays = run.filter((one) => weekend.has(weekdayIndex(one))).length;
    if (weekendDays >= most) [best, most] = [run, weekendDays];
  }
  return best;
}

/** Includes one-day breaks: in 2010, 2012 and 2013, a Wednesday got a break of three days with make-up workdays. */
function weekendDaysNear(breaks: readonly Break[], weekend: ReadonlySet<number>, within: number): Set<Day> {
  const near = breaks.flatMap(({ days }) =>
    dayRange(addDays(days[0] as Day, -within), addDays(days.at(-1) as Day, within)),
  );
  return new Set(near.filter((day) => weekend.has(weekdayIndex(day))));
}
