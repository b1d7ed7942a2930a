import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isOpen, kindOf } from "../../src/calendar/business-days.js";
import { compileCalendars } from "../../src/calendar/compile.js";
import { holidayDataVersion } from "../../src/calendar/holiday-library.js";
import { listedDays } from "../../src/calendar/listed-days.js";
import { QuestionError } from "../../src/errors.js";
import type { CalendarFile } from "../../src/model/rulebook.js";
import { formatDay } from "../../src/time/day.js";
import { calendar, day } from "./calendar-files.js";

/** What is read at run time, of years that no other test reads: what was read is remembered. */

const listed = (country: string, year: number): string[] =>
  listedDays(country, year).map(({ day: one, name }) => `${formatDay(one)} ${name}`);

test("whole days are listed and afternoons are not", () => {
  // Youth Day is the afternoon of 4 May, Women's Day that of 8 March, Army Day that of 1 August.
  const days = listed("CN", 2041);
  expect(days).toContain("2041-05-01 劳动节");
  expect(days.filter((one) => /-(03-08|05-04|08-01) /.test(one))).toEqual([]);
  expect(
    listedDays("CN", 2041).every(({ day: one, type }) => Number.isInteger(one) && type === "public"),
  ).toBe(true);
});

test("a feast of several days is listed day by day", () => {
  const feast = listed("TR", 2041).filter((one) => one.endsWith(" Ramazan Bayramı"));
  expect(feast.length).toBeGreaterThanOrEqual(3);
  const days = feast.map((one) => day(one.slice(0, 10)));
  expect(days.map((one) => one - (days[0] ?? 0))).toEqual(days.map((_, n) => n));
});

test("a country that is not listed is outside of what is covered", () => {
  expect(() => listedDays("QQ", 2041)).toThrow(
    expect.objectContaining({ code: "outside-coverage", where: "QQ 2041" }),
  );
});

test("the version is that of the package", () => {
  const manifest = new URL("../../node_modules/date-holidays/package.json", import.meta.url);
  expect(holidayDataVersion()).toBe(JSON.parse(readFileSync(manifest, "utf8")).version);
});

const one = (file: Partial<CalendarFile>, bound: "earliest" | "expected" = "expected") =>
  compileCalendars({ "test.one": calendar(file) }).get("test.one", bound);

test("only the types that a calendar asks for close its days", () => {
  const coverage = { from: "2042-01-01", to: "2042-12-31" };
  const closedBy = (...types: string[]) =>
    kindOf(one({ coverage, holidaysFrom: { country: "CN", types: types as never } }), day("2042-10-01"));
  expect([closedBy("public"), closedBy("observance"), closedBy("bank", "public")]).toEqual([
    ...["holiday", "business", "holiday"],
  ]);
});

/** A calendar that is official until the end of a year, and projected from then on. */
const projecting = (
  year: number,
  projection: object,
  more: Partial<CalendarFile> = {},
): Partial<CalendarFile> => ({
  coverage: { from: `${year}-01-01`, to: `${year}-12-31` },
  projection: { country: "CN", until: `${year + 2}-12-31`, ...projection } as never,
  ...more,
});

test("where breaks meet, the first of the file gives the name", () => {
  // Mid-Autumn of 2028 falls on 3 October.
  const [national, autumn] = [
    { name: "国庆节", from: "day", days: 7 },
    { name: "中秋节", from: "day", days: 1 },
  ];
  const named = (...blocks: object[]) => {
    const days = one(projecting(2027, { blocks }));
    return [day("2028-10-02"), day("2028-10-03")].map((when) => days.compute(when, when).names.get(when));
  };
  expect(named(national, autumn)).toEqual(["国庆节", "国庆节"]);
  expect(named(autumn, national)).toEqual(["国庆节", "中秋节"]);
});

test("a break is longer for another that falls into it, not for one that follows or comes later in the year", () => {
  const autumn = { name: "中秋节", from: "day", days: 1 };
  const break2028 = (block: object) => {
    const days = one(projecting(2027, { blocks: [block, autumn] }));
    return (text: string) => isOpen(days, day(text));
  };
  // 3 and 4 October 2028 are a Tuesday and a Wednesday, 4 May a Thursday.
  expect(break2028({ name: "国庆节", from: "day", days: 2, mergedDays: 5 })("2028-10-04")).toBe(true);
  expect(break2028({ name: "国庆节", from: "day", days: 3, mergedDays: 5 })("2028-10-04")).toBe(false);
  expect(break2028({ name: "劳动节", from: "day", days: 3, mergedDays: 9 })("2028-05-04")).toBe(true);
});

test("the last official day stays closed, though a make-up workday near a break may open the days after it", () => {
  // 2042-12-27 and 28 are a Saturday and a Sunday, and New Year is near.
  const blocks = [{ name: "元旦", from: "day", days: 1 }];
  const coverage = { from: "2042-01-01", to: "2042-12-27" };
  const days = one({ ...projecting(2042, { blocks, makeupWithinDays: 10 }), coverage }, "earliest");
  expect([day("2042-12-27"), day("2042-12-28")].map((when) => isOpen(days, when))).toEqual([false, true]);
});

test("no weekday that is listed opens because a break is near", () => {
  // The Spring Festival of 2043 begins on Tuesday, 10 February, forty days after New Year.
  const blocks = [{ name: "元旦", from: "day", days: 1 }];
  const holidaysFrom = { country: "CN", types: ["public"] } as never;
  const days = one(projecting(2042, { blocks, makeupWithinDays: 60 }, { holidaysFrom }), "earliest");
  expect(isOpen(days, day("2043-02-10"))).toBe(false);
});

test("a projected holiday is the public one of its name", () => {
  // Carnival in Panama: Monday is an observance, and Shrove Tuesday, 47 days before Easter (2044-04-17), is public.
  const blocks = [{ name: "Carnaval", from: "day", days: 1 }];
  const days = one(projecting(2043, { country: "PA", blocks }));
  expect([day("2044-02-29"), day("2044-03-01")].map((when) => kindOf(days, when))).toEqual([
    "business",
    "holiday",
  ]);
});

test("a holiday that is not listed is told with the block that names it", () => {
  const typo = one(projecting(2044, { blocks: [{ name: "春結", from: "day", days: 3 }] }));
  const told = { code: "outside-coverage", where: "projection of 春結" };
  expect(() => isOpen(typo, day("2045-01-02"))).toThrow(QuestionError);
  expect(() => isOpen(typo, day("2045-01-02"))).toThrow(expect.objectContaining(told));
});
