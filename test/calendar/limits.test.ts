import { describe, expect, test } from "vitest";
import { isOpen } from "../../src/calendar/business-days.js";
import { compileCalendars } from "../../src/calendar/compile.js";
import { chainOf } from "../../src/calendar/resolve.js";
import type { CalendarFile } from "../../src/model/rulebook.js";
import { calendar, day, emptyNotice, oneYearCalendar, problems } from "./calendar-files.js";

/** How much a calendar may ask for: the last that is taken, and the first that is not. */

/** So many calendars, each of which but the last extends the next. */
const chain = (length: number): CalendarFile[] =>
  Array.from({ length }, (_, n) =>
    oneYearCalendar({}, { id: `c${n}`, ...(n < length - 1 && { extends: `c${n + 1}` }) }),
  );

describe("a chain of calendars", () => {
  test("may have sixteen, of which the first extends fifteen", () => {
    expect(problems(...chain(16))).toEqual([]);
    expect(problems(...chain(17))).toEqual([
      "c0 extends: this calendar extends more than 15 others, one through another",
    ]);
  });

  test("is followed that far, and no further", () => {
    const files = Object.fromEntries(chain(20).map((file) => [file.id, file]));
    expect(chainOf(files, "c3").map(({ id }) => id)).toHaveLength(16);
    expect(chainOf(files, "c10").map(({ id }) => id)).toEqual(
      Array.from({ length: 10 }, (_, n) => `c${19 - n}`),
    );
  });
});

describe("years", () => {
  const until = (date: string) => ({ country: "CN", until: date, blocks: [] });

  test("are projected for twenty after the last that is known, of all that is extended", () => {
    expect(problems(oneYearCalendar({}, { projection: until("2046-12-31") }))).toEqual([]);
    expect(problems(oneYearCalendar({}, { projection: until("2047-01-01") }))).toEqual([
      "test.one projection.until: 21 years are projected, more than 20",
    ]);
    const child = (date: string) => calendar({ id: "child", extends: "test.one", projection: until(date) });
    expect(problems(oneYearCalendar({}), child("2046-12-31"))).toEqual([]);
    expect(problems(oneYearCalendar({}), child("2047-12-31"))).toEqual([
      "child projection.until: 21 years are projected, more than 20",
    ]);
    const longer = { coverage: { from: "2026-01-01", to: "2028-12-31" } };
    expect(problems(oneYearCalendar({}), { ...child("2046-12-31"), ...longer })).toEqual([]);
    expect(problems(oneYearCalendar({}), { ...child("2047-12-31"), ...longer })).toHaveLength(1);
  });

  test("are listed at run time for sixty, and for any number where days are not", () => {
    const holidaysFrom = { country: "HK", types: ["public" as const] };
    const from = (year: number, more: Partial<CalendarFile>) =>
      calendar({ id: "listed", coverage: { from: `${year}-01-01`, to: "2026-12-31" }, ...more });
    expect(problems(from(1967, { holidaysFrom }))).toEqual([]);
    expect(problems(from(1966, { holidaysFrom }))).toEqual([
      "listed coverage: 61 years are listed at run time, more than 60",
    ]);
    expect(problems(oneYearCalendar({}), from(1966, { extends: "test.one" }))).toEqual([]);
    expect(
      problems(oneYearCalendar({}), calendar({ id: "listed", extends: "test.one", holidaysFrom })),
    ).toEqual([]);
  });
});

describe("a holiday", () => {
  const long = (to: string) => ({ holidays: [{ name: "h", from: "2026-01-01", to }] });

  test("may last 62 days", () => {
    expect(problems(oneYearCalendar(long("2026-03-03")))).toEqual([]);
    expect(problems(oneYearCalendar(long("2026-03-04")))).toEqual([
      "test.one years.2026.holidays[0]: `2026-01-01` to `2026-03-04` is longer than 62 days",
    ]);
  });

  test("that is too long closes nothing that could be opened again", () => {
    const source = { title: "s" };
    const reopened = {
      amendments: [{ ...emptyNotice, source, published: "2026-01-10", workdays: ["2026-02-04"] }],
    };
    const places = (to: string) =>
      problems(oneYearCalendar(long(to), reopened)).map((one) => one.split(":")[0]);
    expect(places("2026-03-03")).toEqual([]);
    expect(places("2026-03-04")).toEqual([
      "test.one years.2026.holidays[0]",
      "test.one amendments[0].workdays[0]",
    ]);
  });
});

test("the last day that is officially known is not opened by what may come after it", () => {
  const { get } = compileCalendars({
    "test.one": calendar({
      coverage: { from: "2026-01-01", to: "2026-12-26" },
      projection: {
        country: "CN",
        until: "2027-12-31",
        blocks: [{ name: "元旦", statutoryDays: 1, from: "around", days: 3 }],
        makeupWithinDays: 8,
      },
    }),
  });
  const days = ["2026-12-26", "2026-12-27", "2026-12-26"].map(day);
  expect(days.map((one) => isOpen(get("test.one", "earliest"), one))).toEqual([false, true, false]);
  expect(days.map((one) => isOpen(get("test.one", "latest"), one))).toEqual([false, false, false]);
});
