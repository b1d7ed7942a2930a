import type { Bound } from "../model/bound.js";
import type { CalendarFile } from "../model/rulebook.js";
import { type Day, weekdayIndex, yearOf } from "../time/day.js";
import { openDays, openInAll } from "./bits.js";
import { around, type BusinessDays, type Drawing } from "./business-days.js";
import { listedDays } from "./listed.js";
import { projectedDays } from "./projection.js";
import { dated, daysFrom, type Layer, type Resolved, resolve } from "./resolve.js";

export interface Calendars {
  /**
   * The business days of one calendar, or the days that are open in all of several, at one bound. The same question
   * gets the same object, whatever the order of the ids.
   */
  get(ids: string | readonly string[], bound: Bound): BusinessDays;
}

/** Calendars by id, expecting files that `checkCalendars` found clean. `get` throws `RulebookError` for an unknown id. */
export function compileCalendars(files: Readonly<Record<string, CalendarFile>>): Calendars {
  const known = new Map<string, BusinessDays>();
  const get = (ids: string | readonly string[], bound: Bound): BusinessDays => {
    const [id = "", ...others] = typeof ids === "string" ? [ids] : [...new Set(ids)].sort();
    const key = `${[id, ...others].join("+")} ${bound}`;
    let days = known.get(key);
    if (days === undefined) {
      days =
        others.length === 0
          ? single(resolve(files, id), bound)
          : joint([get(id, bound), ...others.map((other) => get(other, bound))]);
      known.set(key, days);
    }
    return days;
  };
  return Object.freeze({ get });
}

function single(calendar: Resolved, bound: Bound): BusinessDays {
  const { id, zone, weekend, from, fromFile, to, toFile, projection } = calendar;
  const until = projection === undefined ? to : (Math.max(dated(projection.until), to) as Day);
  return Object.freeze({
    ...{ id, zone, weekend },
    officialUntil: to,
    first: { day: from, id, file: fromFile, projected: false },
    last: { day: until, id, file: toFile, projected: projection !== undefined },
    whole: calendar.listed.length === 0,
    draw: (start: Day, end: Day) => drawn(calendar, bound, start, end),
    memory: { drawing: undefined },
  });
}

/** Open where all are open. It is official as long as all are, and ends where the first of them ends. */
function joint(members: readonly [BusinessDays, ...BusinessDays[]]): BusinessDays {
  return Object.freeze({
    id: members.map(({ id }) => id).join("+"),
    zone: members[0].zone,
    weekend: new Set(members.flatMap(({ weekend }) => [...weekend])),
    officialUntil: Math.min(...members.map(({ officialUntil }) => officialUntil)) as Day,
    first: members.map(({ first }) => first).reduce((a, b) => (b.day > a.day ? b : a)),
    last: members.map(({ last }) => last).reduce((a, b) => (b.day < a.day ? b : a)),
    whole: members.every(({ whole }) => whole),
    draw: (from: Day, to: Day) => drawnTogether(members, from, to),
    memory: { drawing: undefined },
  });
}

function drawnTogether(members: readonly BusinessDays[], from: Day, to: Day): Drawing {
  const drawings = members.map((member) => {
    around(member, from);
    return around(member, to);
  });
  const names = new Map(drawings.flatMap((drawing) => [...drawing.names]).reverse());
  return {
    table: openInAll(
      from,
      to,
      drawings.map(({ table }) => table),
    ),
    names,
  };
}

/**
 * The days of one calendar. What acts later overrules: the weekend, then days listed at run time, then the projection
 * of the days that are not officially known, then what notices say of a day.
 */
function drawn(calendar: Resolved, bound: Bound, from: Day, to: Day): Drawing {
  const { weekend, weekendWork } = calendar;
  const names = new Map<Day, string>();
  const opened = new Set<Day>();
  const close = (day: Day, name: string): void => {
    names.set(day, name);
    opened.delete(day);
  };
  const open = (day: Day): void => {
    names.delete(day);
    opened.add(day);
  };
  for (const { day, name } of listedIn(calendar, from, to)) close(day, name);
  project(calendar, bound, to, close, open);
  for (const layer of calendar.layers) act(layer, close, open);
  const closed = (day: Day): boolean =>
    names.has(day) || (weekend.has(weekdayIndex(day)) && !(weekendWork && opened.has(day)));
  return { table: openDays(from, to, (day) => !closed(day)), names };
}

const listedIn = ({ listed }: Resolved, from: Day, to: Day): { day: Day; name: string }[] =>
  listed.flatMap(({ country, types }) =>
    Array.from({ length: yearOf(to) - yearOf(from) + 1 }, (_, n) => listedDays(country, yearOf(from) + n))
      .flat()
      .filter(({ type }) => types.some((one) => one === type)),
  );

function project(
  { projection, weekend, to: known }: Resolved,
  bound: Bound,
  to: Day,
  close: (day: Day, name: string) => void,
  open: (day: Day) => void,
): void {
  if (projection === undefined || to <= known) return;
  const { closed, maybeOpen } = projectedDays(projection, weekend, bound, { from: (known + 1) as Day, to });
  for (const day of maybeOpen) if (day > known) open(day);
  for (const [day, name] of closed) if (day > known) close(day, name);
}

function act(
  { holidays, workdays }: Layer,
  close: (day: Day, name: string) => void,
  open: (day: Day) => void,
): void {
  for (const { name, from, to } of holidays) for (const day of daysFrom(from, to)) close(day, name);
  for (const day of workdays) open(day);
}
