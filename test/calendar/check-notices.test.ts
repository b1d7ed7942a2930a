import { describe, expect, test } from "vitest";
import type { CalendarFile } from "../../src/model/rulebook.js";
import type { CalendarYear } from "../../src/model/schema/calendar.js";
import { calendar, emptyNotice, oneYearCalendar, problems, shippedFile } from "./calendar-files.js";

const source = { title: "s" };

/** The shipped statutory calendar with its notice of 2026 changed. */
function with2026(change: (year: CalendarYear) => void): CalendarFile {
  const file = shippedFile("cn.statutory");
  const year = file.years?.["2026"];
  if (year === undefined) throw new Error("no 2026");
  change(year);
  return file;
}

describe("dates", () => {
  test("must exist wherever they stand", () => {
    const file = oneYearCalendar(
      {
        published: "2025-11-31",
        source: { title: "s", published: "2025-02-29" },
        holidays: [{ name: "h", from: "2026-04-31", to: "2026-06-31" }],
      },
      {
        amendments: [{ ...emptyNotice, source, published: "2026-00-10" }],
        projection: { country: "CN", until: "2030-13-01", blocks: [] },
      },
    );
    expect(problems(file).map((one) => one.split(":")[0])).toEqual([
      "test.one projection.until",
      "test.one years.2026.published",
      "test.one years.2026.source.published",
      "test.one years.2026.holidays[0].from",
      "test.one years.2026.holidays[0].to",
      "test.one amendments[0].published",
    ]);
  });

  test("29 February exists in a leap year", () => {
    const leap = {
      coverage: { from: "2028-01-01", to: "2028-12-31" },
      years: { "2028": { holidays: [{ name: "h", from: "2028-02-29", to: "2028-02-29" }], workdays: [] } },
    };
    expect(problems(calendar(leap))).toEqual([]);
  });

  test("a range ends after it begins, or on the same day", () => {
    const range = (from: string, to: string) =>
      problems(oneYearCalendar({ holidays: [{ name: "h", from, to }] }));
    expect(range("2026-05-05", "2026-05-01")).toEqual([
      "test.one years.2026.holidays[0]: `2026-05-05` to `2026-05-01` ends before it begins",
    ]);
    expect(range("2026-05-01", "2026-05-01")).toEqual([]);
  });

  test("a notice names days of its year or of the December before", () => {
    const off = (from: string, to: string) =>
      problems(oneYearCalendar({ holidays: [{ name: "h", from, to }] }));
    expect(off("2025-11-30", "2025-12-01")).toEqual([
      "test.one years.2026.holidays[0].from: `2025-11-30` lies neither in 2026 nor in the December before",
    ]);
    expect(off("2026-12-31", "2027-01-01")).toEqual([
      "test.one years.2026.holidays[0].to: `2027-01-01` lies neither in 2026 nor in the December before",
    ]);
    expect(off("2025-12-01", "2026-01-01")).toEqual([]);
    expect(problems(oneYearCalendar({ workdays: ["2024-02-10"] }))).toHaveLength(1);
    expect(problems(oneYearCalendar({ workdays: ["2024-12-28"] }))).toHaveLength(1);
  });
});

describe("holidays and workdays", () => {
  test("a day is not both in one notice, but an amendment may say otherwise", () => {
    const holidays = [{ name: "春节", from: "2026-02-15", to: "2026-02-23" }];
    expect(problems(oneYearCalendar({ holidays, workdays: ["2026-02-21"] }))).toEqual([
      "test.one years.2026.workdays[0]: `2026-02-21` is a workday and lies in the holiday `春节` of the same notice",
    ]);
    expect(problems(oneYearCalendar({ holidays, workdays: ["2026-02-14", "2026-02-28"] }))).toEqual([]);
    const short = [{ name: "春节", from: "2026-02-15", to: "2026-02-22" }];
    expect(
      problems(oneYearCalendar({ holidays: short, workdays: ["2026-02-15", "2026-02-22"] })),
    ).toHaveLength(2);
    const reopened = { published: "2026-01-10", source, holidays: [], workdays: ["2026-02-21"] };
    expect(problems(oneYearCalendar({ holidays }, { amendments: [reopened] }))).toEqual([]);
  });

  test("a make-up workday of a year's notice is a weekend day of that calendar", () => {
    expect(problems(oneYearCalendar({ workdays: ["2026-02-13"] }))).toEqual([
      "test.one years.2026.workdays[0]: `2026-02-13` is a Friday, and a make-up workday is a weekend day",
    ]);
    expect(problems(oneYearCalendar({ workdays: ["2026-02-14", "2026-02-15"] }))).toEqual([]);
    expect(problems(oneYearCalendar({ workdays: ["2026-02-13"] }, { weekend: ["fri", "sat"] }))).toEqual([]);
    const parent = oneYearCalendar({}, { id: "p", weekend: ["fri"] });
    const child = calendar({ extends: "p", years: { "2026": { ...emptyNotice, workdays: ["2026-02-13"] } } });
    expect(problems(parent, child)).toEqual([]);
  });

  test("an amendment reopens weekend days and weekdays that were closed, not open ones", () => {
    const holidays = [{ name: "元旦", from: "2026-12-31", to: "2026-12-31" }]; // a Thursday
    const amended = (...workdays: string[]) =>
      oneYearCalendar(
        { holidays },
        { amendments: [{ published: "2026-12-01", source, holidays: [], workdays }] },
      );
    expect(problems(amended("2026-12-31", "2026-12-26"))).toEqual([]);
    expect(problems(amended("2026-12-30"))).toEqual([
      "test.one amendments[0].workdays[0]: `2026-12-30` is a Wednesday that is open already",
    ]);
  });

  test("a weekday after a holiday is open, and one of a calendar that is read at run time may be either", () => {
    const holidays = [{ name: "h", from: "2026-04-01", to: "2026-04-01" }];
    const reopens = { published: "2026-02-01", source, holidays: [], workdays: ["2026-04-02"] };
    expect(problems(oneYearCalendar({ holidays }, { amendments: [reopens] }))).toHaveLength(1);
    const holidaysFrom = { country: "CN", types: ["public"] } as never;
    expect(problems(oneYearCalendar({}, { holidaysFrom, amendments: [reopens] }))).toEqual([]);
    const parent = oneYearCalendar({}, { id: "p", holidaysFrom });
    expect(problems(parent, calendar({ extends: "p", amendments: [reopens] }))).toEqual([]);
  });

  test("a weekday that one amendment reopened cannot be reopened by the next", () => {
    const holidays = [{ name: "h", from: "2026-04-01", to: "2026-04-01" }];
    const reopens = (published: string) => ({ published, source, holidays: [], workdays: ["2026-04-01"] });
    const amended = oneYearCalendar(
      { holidays },
      { amendments: [reopens("2026-02-01"), reopens("2026-03-01")] },
    );
    expect(problems(amended)).toEqual([
      "test.one amendments[1].workdays[0]: `2026-04-01` is a Wednesday that is open already",
    ]);
  });

  test("what a calendar reopens may have been closed by the one that it extends", () => {
    const parent = oneYearCalendar(
      { holidays: [{ name: "h", from: "2026-12-31", to: "2026-12-31" }] },
      { id: "p" },
    );
    const child = (workdays: string[]) =>
      calendar({ extends: "p", amendments: [{ published: "2026-12-01", source, holidays: [], workdays }] });
    expect(problems(parent, child(["2026-12-31"]))).toEqual([]);
    expect(problems(parent, child(["2026-12-30"]))).toHaveLength(1);
  });

  test("amendments act in the order of their publication, not of the file", () => {
    const opens = { published: "2026-03-01", source, holidays: [], workdays: ["2026-04-01"] }; // a Wednesday
    const closes = {
      published: "2026-02-01",
      source,
      holidays: [{ name: "h", from: "2026-04-01", to: "2026-04-01" }],
      workdays: [],
    };
    expect(problems(oneYearCalendar({}, { amendments: [opens, closes] }))).toEqual([]);
    expect(
      problems(oneYearCalendar({}, { amendments: [opens, { ...closes, published: "2026-03-02" }] })),
    ).toHaveLength(1);
  });

  test("where weekends are never worked, no weekend day can be opened", () => {
    const workdays = ["2026-02-14"];
    expect(problems(oneYearCalendar({ workdays }, { weekendWork: false }))).toEqual([
      "test.one years.2026.workdays[0]: `2026-02-14` is a weekend day, and `weekendWork` is false",
    ]);
    expect(problems(oneYearCalendar({ workdays }, { weekendWork: true }))).toEqual([]);
  });
});

describe("the conservation law", () => {
  test("one mistyped digit of a notice breaks it", () => {
    const missing = with2026((year) => void year.workdays.pop());
    expect(problems(missing)).toEqual([
      "cn.statutory years.2026: the notice of 2026 closes 19 weekdays and works 5 weekend days, which leaves 14 days off; the law gives 13",
    ]);
    expect(
      problems(
        with2026(
          ({ holidays }) => void Object.assign(holidays[0] ?? {}, { to: "2026-01-02", from: "2026-01-02" }),
        ),
      ),
    ).toHaveLength(1);
  });

  test("a weekend day more or less in a holiday does not", () => {
    expect(
      problems(with2026(({ holidays }) => void Object.assign(holidays[0] ?? {}, { to: "2026-01-02" }))),
    ).toEqual([]);
  });

  test("uses the number of the latest law, and none before the first", () => {
    const holidays = [{ name: "h", from: "2026-05-04", to: "2026-05-06" }];
    const laws = [
      { from: 2025, days: 3 },
      { from: 2008, days: 2 },
    ];
    expect(problems(oneYearCalendar({ holidays }, { statutoryDays: laws }))).toEqual([]);
    expect(
      problems(oneYearCalendar({ holidays }, { statutoryDays: [...laws, { from: 2026, days: 2 }] })),
    ).toHaveLength(1);
    expect(problems(oneYearCalendar({ holidays }, { statutoryDays: [{ from: 2027, days: 9 }] }))).toEqual([]);
  });

  test("stays silent while anything of the notice is wrong, however much of it", () => {
    const statutoryDays = [{ from: 2008, days: 13 }];
    const holidays = [{ name: "h", from: "2026-05-05", to: "2026-05-01" }];
    const faults = (notice: Partial<CalendarYear>) =>
      problems(oneYearCalendar(notice, { statutoryDays })).length;
    expect(faults({ holidays })).toBe(1);
    expect(faults({ holidays, workdays: ["2026-02-13"] })).toBe(2);
    expect(faults({ holidays, published: "2025-11-31" })).toBe(2);
    expect(faults({})).toBe(1);
  });

  test("stays silent while dates of the notice are wrong, which would only repeat them", () => {
    expect(problems(with2026((year) => void year.workdays.splice(0, 1, "2026-01-32")))).toEqual([
      "cn.statutory years.2026.workdays[0]: `2026-01-32` is not a day of the calendar",
    ]);
  });
});
