import type { Bound } from "../model/bound.js";
import type { CalendarFile } from "../model/rulebook.js";
import { type Day, weekdayIndex, yearOf } from "../time/day.js";
import { type BusinessDays, type ComputedDays, computedFor } from "./business-days.js";
import { listedDays } from "./listed-days.js";
import { buildOpenDays, intersectOpenDays } from "./open-days.js";
import { projectedDays } from "./projection.js";
import { dayOrNaN, dayRange, type Notice, type ResolvedCalendar, resolveCalendar } from "./resolve.js";

export interface Calendars {
  /**
   * The business days of one calendar, or the days open in all of several, at one bound. The same ids in any order return
   * the same object.
   *
   * @throws RulebookError for an unknown id
   */
  get(ids: string | readonly string[], bound: Bound): BusinessDays;
}

/** Compiles calendar files, which must have passed `checkCalendars`. */
export function compileCalendars(files: Readonly<Record<string, CalendarFile>>): Calendars {
  const compiled = new Map<string, BusinessDays>();
  const get = (ids: string | readonly string[], bound: Bound): BusinessDays => {
    const [id = "", ...others] = typeof ids === "string" ? [ids] : [...new Set(ids)].sort();
    const key = `${[id, ...others].join("+")} ${bound}`;
    let days = compiled.get(key);
    if (days === undefined) {
      days =
        others.length === 0
          ? compileSingle(resolveCalendar(files, id), bound)
          : compileJoint([get(id, bound), ...others.map((other) => get(other, bound))]);
      compiled.set(key, days);
    }
    return days;
  };
  return Object.freeze({ get });
}

function compileSingle(calendar: ResolvedCalendar, bound: Bound): BusinessDays {
  const { id, zone, weekend, from, fromFile, to, toFile, projection } = calendar;
  const until = projection === undefined ? to : (Math.max(dayOrNaN(projection.until), to) as Day);
  return Object.freeze({
    ...{ id, zone, weekend },
    officialUntil: to,
    first: { day: from, id, file: fromFile, projected: false },
    last: { day: until, id, file: toFile, projected: projection !== undefined },
    computesOfficialAtOnce: calendar.holidaySources.length === 0,
    compute: (start: Day, end: Day) => computeDays(calendar, bound, start, end),
    cache: { computed: undefined },
  });
}

/** Combines calendars: a day is open if all are open, and official if all are official. The range is their intersection. */
function compileJoint(members: readonly [BusinessDays, ...BusinessDays[]]): BusinessDays {
  return Object.freeze({
    id: members.map(({ id }) => id).join("+"),
    zone: members[0].zone,
    weekend: new Set(members.flatMap(({ weekend }) => [...weekend])),
    officialUntil: Math.min(...members.map(({ officialUntil }) => officialUntil)) as Day,
    first: members.map(({ first }) => first).reduce((a, b) => (b.day > a.day ? b : a)),
    last: members.map(({ last }) => last).reduce((a, b) => (b.day < a.day ? b : a)),
    computesOfficialAtOnce: members.every(({ computesOfficialAtOnce }) => computesOfficialAtOnce),
    compute: (from: Day, to: Day) => computeJointDays(members, from, to),
    cache: { computed: undefined },
  });
}

function computeJointDays(members: readonly BusinessDays[], from: Day, to: Day): ComputedDays {
  const computed = members.map((member) => {
    computedFor(member, from);
    return computedFor(member, to);
  });
  const names = new Map(computed.flatMap((days) => [...days.names]).reverse());
  return {
    openDays: intersectOpenDays(
      from,
      to,
      computed.map(({ openDays }) => openDays),
    ),
    names,
  };
}

/**
 * Computes the days of one calendar in this order, later ones overriding: weekends, holidays read at run time, the
 * projection after the official days, notices.
 */
function computeDays(calendar: ResolvedCalendar, bound: Bound, from: Day, to: Day): ComputedDays {
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
  for (const { day, name } of listedHolidays(calendar, from, to)) close(day, name);
  applyProjection(calendar, bound, to, close, open);
  for (const notice of calendar.notices) applyNotice(notice, close, open);
  const closed = (day: Day): boolean =>
    names.has(day) || (weekend.has(weekdayIndex(day)) && !(weekendWork && opened.has(day)));
  return { openDays: buildOpenDays(from, to, (day) => !closed(day)), names };
}

const listedHolidays = (
  { holidaySources }: ResolvedCalendar,
  from: Day,
  to: Day,
): { day: Day; name: string }[] =>
  holidaySources.flatMap(({ country, types }) =>
    Array.from({ length: yearOf(to) - yearOf(from) + 1 }, (_, n) => listedDays(country, yearOf(from) + n))
      .flat()
      .filter(({ type }) => types.some((one) => one === type)),
  );

function applyProjection(
  { projection, weekend, to: known }: ResolvedCalendar,
  bound: Bound,
  to: Day,
  close: (day: Day, name: string) => void,
  open: (day: Day) => void,
): void {
  if (projection === undefined || to <= known) return;
  const { closed, possibleWorkdays } = projectedDays(projection, weekend, bound, {
    from: (known + 1) as Day,
    to,
  });
  for (const day of possibleWorkdays) if (day > known) open(day);
  for (const [day, name] of closed) if (day > known) close(day, name);
}

function applyNotice(
  { holidays, workdays }: Notice,
  close: (day: Day, name: string) => void,
  open: (day: Day) => void,
): void {
  for (const { name, from, to } of holidays) for (const day of dayRange(from, to)) close(day, name);
  for (const day of workdays) open(day);
}
