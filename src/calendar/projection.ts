import { calendarMessages, QuestionError } from "../errors.js";
import type { Bound } from "../model/bound.js";
import type { Block, Projection } from "../model/schema/calendar.js";
import { addDays, type Day, weekdayIndex, yearOf } from "../time/day.js";
import { listedDays } from "./listed-days.js";
import { dayRange } from "./resolve.js";

/** A projected break: the statutory days of one name, and the run of days that the principles give it. */
interface Break {
  readonly name: string;
  readonly statutory: readonly Day[];
  readonly days: readonly Day[];
}

export interface ProjectedDays {
  /** Closed days and what closes them. */
  readonly closed: ReadonlyMap<Day, string>;
  /** Weekend days that may turn out to be make-up workdays. */
  readonly possibleWorkdays: ReadonlySet<Day>;
}

/**
 * What a calendar closes from `from` to `to` beyond the plain weekends, as far as law and principles tell.
 *
 * - `expected` and `latest`: the breaks as the principles draw them, and no make-up workdays. A notice can still open
 *   weekend days, but by the principles it cannot close more.
 * - `earliest`: only the days that the law names are closed, and every other weekend day near a break counts as open,
 *   as it may be declared a make-up workday.
 */
export function projectedDays(
  projection: Projection,
  weekend: ReadonlySet<number>,
  bound: Bound,
  { from, to }: { from: Day; to: Day },
): ProjectedDays {
  const breaks = breaksAround(projection, weekend, from, to);
  const closed = new Map<Day, string>();
  for (const { name, statutory, days: run } of breaks) {
    for (const day of bound === "earliest" ? statutory : [...statutory, ...run])
      if (!closed.has(day)) closed.set(day, name);
  }
  if (bound !== "earliest" || projection.makeupWithinDays === undefined)
    return { closed, possibleWorkdays: new Set() };
  return { closed, possibleWorkdays: weekendDaysNear(breaks, weekend, projection.makeupWithinDays) };
}

/** The years before and after count too: a break of 1 January may begin in December. */
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
 * Of the runs of so many days that hold the day, the one with the most weekend days, and of equals the last: a day on
 * Saturday is made up for on Monday. Where none holds a weekend day (three days around a Wednesday), the day alone.
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

/** Breaks of one day count too: in 2010, 2012 and 2013 three days were given around a Wednesday, and paid for. */
function weekendDaysNear(breaks: readonly Break[], weekend: ReadonlySet<number>, within: number): Set<Day> {
  const near = breaks.flatMap(({ days: run }) =>
    dayRange(addDays(run[0] as Day, -within), addDays(run.at(-1) as Day, within)),
  );
  return new Set(near.filter((day) => weekend.has(weekdayIndex(day))));
}
