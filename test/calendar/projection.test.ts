import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { count, isOpen, kindOf, nameOf, next, previous, shift } from "../../src/calendar/business-days.js";
import { compileCalendars } from "../../src/calendar/compile.js";
import * as door from "../../src/calendar/listed-days.js";
import { QuestionError } from "../../src/errors.js";
import { BOUNDS, type Bound } from "../../src/model/bound.js";
import type { CalendarFile } from "../../src/model/rulebook.js";
import { addDays, type Day, dayOf, formatDay, type Weekday, weekdayIndex } from "../../src/time/day.js";
import { calendar, day, shippedCalendars, shippedFile } from "./calendar-files.js";

vi.mock("../../src/calendar/listed-days.js", { spy: true });

/** The statutory calendar as it was known before the notice of a year; amendments of earlier years stay. */
function knownBefore(year: number): CalendarFile {
  const file = shippedFile("cn.statutory");
  const years = Object.fromEntries(Object.entries(file.years ?? {}).filter(([one]) => Number(one) < year));
  const amendments = (file.amendments ?? []).filter(({ published }) => published < `${year}`);
  return { ...file, years, amendments, coverage: { from: "2004-01-01", to: `${year - 1}-12-31` } };
}

const projected = (year: number, bound: Bound) =>
  compileCalendars({ "cn.statutory": knownBefore(year) }).get("cn.statutory", bound);

const daysOf = (year: number): Day[] =>
  Array.from({ length: dayOf(year + 1, 1, 1) - dayOf(year, 1, 1) }, (_, n) => addDays(dayOf(year, 1, 1), n));

const official = shippedCalendars().get("cn.statutory", "expected");

describe("looking back, with only the notices of earlier years", () => {
  test.each([2025, 2026])("every day off of %i was expected, and only make-up workdays were not", (year) => {
    const guess = projected(year, "expected");
    const wrong = daysOf(year).filter((one) => isOpen(guess, one) !== isOpen(official, one));
    expect(wrong.filter((one) => kindOf(official, one) !== "makeup")).toEqual([]);
    expect(wrong).toHaveLength(year === 2025 ? 5 : 6);
  });

  test.each([2025, 2026])("%i lies between the latest and the earliest", (year) => {
    const [most, fewest] = [projected(year, "latest"), projected(year, "earliest")];
    for (const one of daysOf(year)) {
      if (isOpen(most, one)) expect([formatDay(one), isOpen(official, one)]).toEqual([formatDay(one), true]);
      if (isOpen(official, one))
        expect([formatDay(one), isOpen(fewest, one)]).toEqual([formatDay(one), true]);
    }
  });

  test("every make-up workday since 2008 was possible at the earliest, but for that of the 2015 anniversary", () => {
    const surprises = Array.from({ length: 19 }, (_, n) => 2008 + n).flatMap((year) => {
      const fewest = projected(year, "earliest");
      return daysOf(year).filter((one) => kindOf(official, one) === "makeup" && !isOpen(fewest, one));
    });
    expect(surprises.map(formatDay)).toEqual(["2015-09-06"]);
  });
});

describe("the year 2027, whose notice is not out", () => {
  test("closes by law what the law names, at every bound", () => {
    // Weekdays that Decree 795 names, with the lunar New Year on 2027-02-06; worked out by hand in the published table.
    const byLaw = "2027-01-01 2027-02-05 2027-02-08 2027-04-05 2027-06-09 2027-09-15 2027-10-01".split(" ");
    for (const bound of BOUNDS) {
      const open = byLaw.filter((text) => isOpen(shippedCalendars().get("cn.statutory", bound), day(text)));
      expect([bound, open]).toEqual([bound, []]);
    }
  });

  test("is expected to close the weekdays of the principles, and at the earliest only those of the law", () => {
    const weekdaysOff = (bound: Bound) =>
      daysOf(2027)
        .filter((one) => weekdayIndex(one) < 5 && !isOpen(shippedCalendars().get("cn.statutory", bound), one))
        .map((one) => formatDay(one).slice(5))
        .join(" ");
    const expected =
      "01-01 02-05 02-08 02-09 02-10 02-11 02-12 04-05 05-03 05-04 05-05 06-09 09-15 10-01 10-04 10-05 10-06 10-07";
    expect(weekdaysOff("expected")).toBe(expected);
    expect(weekdaysOff("latest")).toBe(expected);
    expect(weekdaysOff("earliest")).toBe("01-01 02-05 02-08 04-05 06-09 09-15 10-01");
  });

  test("names projected holidays, and says with officialUntil that they are projected", () => {
    const hvps = shippedCalendars().get("cn.hvps", "expected");
    expect(nameOf(hvps, day("2027-02-09"))).toBe("春节");
    expect(formatDay(hvps.officialUntil)).toBe("2026-12-31");
  });

  test("does not open make-up weekends where weekends are never worked", () => {
    const exchange = shippedCalendars().get("cn.securities", "earliest");
    expect(daysOf(2027).filter((one) => weekdayIndex(one) > 4 && isOpen(exchange, one))).toEqual([]);
  });
});

describe("the shapes of breaks", () => {
  // [first day, length] as announced by the principles of 2024 for each weekday of the day itself; 2027-2030 and a table.
  test.each([
    ["2027-09-15", "Wednesday: the day alone", "2027-09-15", 1],
    ["2028-05-28", "Sunday: Saturday to Monday", "2028-05-27", 3],
    ["2029-01-01", "Monday: Saturday to Monday", "2028-12-30", 3],
    ["2030-01-01", "Tuesday: Sunday to Tuesday", "2029-12-30", 3],
    ["2029-04-04", "Wednesday: the day alone", "2029-04-04", 1],
    ["2030-09-12", "Thursday: Thursday to Saturday", "2030-09-12", 3],
    ["2027-01-01", "Friday: Friday to Sunday", "2027-01-01", 3],
    ["2028-01-01", "Saturday: Saturday to Monday", "2028-01-01", 3],
  ])("%s is a %s", (_, __, first, length) => {
    const statutory = shippedCalendars().get("cn.statutory", "expected");
    const name = nameOf(statutory, day(first));
    expect(name).toBeDefined();
    expect(nameOf(statutory, addDays(day(first), -1))).not.toBe(name);
    for (let n = 0; n < length; n++) expect(nameOf(statutory, addDays(day(first), n))).toBe(name);
    expect(nameOf(statutory, addDays(day(first), length))).not.toBe(name);
  });

  test("National Day has eight days when Mid-Autumn falls into it, as in 2028, and seven otherwise", () => {
    const statutory = shippedCalendars().get("cn.statutory", "expected");
    expect(kindOf(statutory, day("2028-10-08"))).toBe("holiday");
    expect(kindOf(statutory, day("2027-10-08"))).toBe("business");
  });

  test("Mid-Autumn on 1 October itself counts too, as in 2020", () => {
    expect(nameOf(projected(2020, "expected"), day("2020-10-08"))).toBe("国庆节");
  });

  test("a break of 1 January does not reach back into official days", () => {
    // In 2018 the break of 2019 took 30 and 31 December; by the notice of 2018 alone, the 31st was a working Monday.
    const guess = projected(2019, "expected");
    expect(isOpen(guess, day("2019-01-01"))).toBe(false);
    expect(isOpen(guess, day("2018-12-31"))).toBe(true);
  });
});

describe("official answers", () => {
  beforeEach(() => void vi.mocked(door.listedDays).mockClear());

  test("never touch the projection", () => {
    const fresh = compileCalendars({ "cn.statutory": shippedFile("cn.statutory") }).get(
      "cn.statutory",
      "expected",
    );
    expect(formatDay(next(fresh, day("2026-12-30")))).toBe("2026-12-31");
    expect(formatDay(previous(fresh, day("2026-12-31")))).toBe("2026-12-30");
    expect(count(fresh, day("2026-12-31"), day("2027-01-01"))).toBe(1);
    expect(nameOf(fresh, day("2026-10-01"))).toBe("国庆节");
    expect(door.listedDays).not.toHaveBeenCalled();
    expect(formatDay(next(fresh, day("2026-12-31")))).toBe("2027-01-04");
    expect(door.listedDays).toHaveBeenCalled();
  });

  test("stay the same after projected days were asked about", () => {
    const asked = compileCalendars({ "cn.statutory": shippedFile("cn.statutory") }).get(
      "cn.statutory",
      "earliest",
    );
    isOpen(asked, day("2029-03-01"));
    for (const one of daysOf(2026)) expect(isOpen(asked, one)).toBe(isOpen(official, one));
    expect(kindOf(asked, day("2026-02-16"))).toBe("holiday");
  });
});

describe("days that are read at run time", () => {
  beforeEach(() => void vi.mocked(door.listedDays).mockClear());
  const file = calendar({
    coverage: { from: "2026-01-01", to: "2026-06-30" },
    holidaysFrom: { country: "CN", types: ["public"] },
    projection: { country: "CN", until: "2027-12-31", blocks: [{ name: "元旦", from: "day", days: 1 }] },
  });
  const listed = () => compileCalendars({ "test.one": file }).get("test.one", "expected");

  test("close whole days and not afternoons", () => {
    // Children's Day is listed from midnight, Youth Day from noon; both were Mondays in 2026.
    expect([nameOf(listed(), day("2026-06-01")), kindOf(listed(), day("2026-05-04"))]).toEqual([
      "六一儿童节",
      "business",
    ]);
  });

  test("are read for the years that are asked about, and not projected for the sake of an official day", () => {
    expect(isOpen(listed(), day("2026-06-30"))).toBe(true);
    expect(vi.mocked(door.listedDays).mock.calls).toEqual([["CN", 2026]]);
  });

  test("are not read for all the years that a calendar covers", () => {
    const coverage = { from: "2020-01-01", to: "2026-12-31" };
    const long = compileCalendars({
      "test.one": { ...file, coverage },
      two: calendar({ id: "two", coverage }),
    });
    isOpen(long.get("test.one", "latest"), day("2024-06-03"));
    expect(vi.mocked(door.listedDays).mock.calls).toEqual([["CN", 2024]]);
    isOpen(long.get(["test.one", "two"], "expected"), day("2023-06-01"));
    expect(vi.mocked(door.listedDays).mock.calls).toEqual([
      ["CN", 2024],
      ["CN", 2023],
    ]);
  });
});

test("a projection ends where its file says, with an error that names the file", () => {
  const hvps = shippedCalendars().get("cn.hvps", "expected");
  expect(isOpen(hvps, day("2030-12-31"))).toBe(true);
  expect(() => isOpen(hvps, day("2031-01-01"))).toThrow(
    "calendar cn.hvps: the question goes beyond 2030-12-31: calendar `cn.hvps` is projected until 2030-12-31; add the next year's notice to calendars/cn.statutory.json, or move its `projection.until`",
  );
});

test("a country or a holiday that is not listed is an error, never a year without holidays", () => {
  const one = (file: Partial<CalendarFile>) =>
    compileCalendars({
      a: calendar({ id: "a", coverage: { from: "2026-01-01", to: "2026-12-31" }, ...file }),
    }).get("a", "expected");
  const bare = { country: "CN", until: "2028-12-31" };
  const typo = one({ projection: { ...bare, blocks: [{ name: "春結", from: "day", days: 3 }] } });
  expect(() => isOpen(typo, day("2027-01-01"))).toThrow(/lists no `春結` of `CN` in 2026/);
  expect(() =>
    isOpen(one({ holidaysFrom: { country: "QQ", types: ["public"] } }), day("2026-01-01")),
  ).toThrow(QuestionError);
});

describe("the three bounds", () => {
  const anyBlock = fc.record(
    {
      name: fc.constantFrom("元旦", "春节", "劳动节", "端午节", "中秋节", "国庆节"),
      from: fc.constantFrom("eve" as const, "day" as const, "around" as const),
      days: fc.integer({ min: 1, max: 15 }),
      statutoryDays: fc.integer({ min: 1, max: 15 }),
      mergedDays: fc.integer({ min: 1, max: 15 }),
    },
    { requiredKeys: ["name", "from", "days"] },
  );
  const anyChild = fc.record(
    {
      weekendWork: fc.boolean(),
      weekend: fc.constantFrom<Weekday[]>(["sun"], ["fri", "sat"]),
      amendments: fc.constant<NonNullable<CalendarFile["amendments"]>>([
        {
          published: "2026-01-01",
          source: { title: "t" },
          holidays: [{ name: "h", from: "2027-03-01", to: "2027-03-03" }],
          workdays: ["2027-02-06", "2027-10-01"],
        },
      ]),
    },
    { requiredKeys: [] },
  );

  test("always: open at the latest, then open as expected, then open at the earliest", () => {
    fc.assert(
      fc.property(
        fc.array(anyBlock, { maxLength: 5 }),
        fc.option(fc.integer({ min: 0, max: 30 })),
        anyChild,
        (blocks, within, child) => {
          const projection = {
            country: "CN",
            until: "2028-12-31",
            blocks,
            ...(within === null ? {} : { makeupWithinDays: within }),
          };
          const calendars = compileCalendars({
            a: calendar({ id: "a", coverage: { from: "2026-01-01", to: "2026-12-31" }, projection }),
            b: calendar({ id: "b", extends: "a", ...child }),
          });
          for (const ids of ["a", "b", ["a", "b"]]) {
            const [earliest, expected, latest] = BOUNDS.map((bound) => calendars.get(ids, bound)) as [
              never,
              never,
              never,
            ];
            for (let one = day("2026-12-01"); one <= day("2028-01-31"); one = addDays(one, 1)) {
              const [e, x, l] = [isOpen(earliest, one), isOpen(expected, one), isOpen(latest, one)];
              if ((l && !x) || (x && !e))
                throw new Error(`${formatDay(one)} earliest ${e} expected ${x} latest ${l}`);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("so a later bound never has an earlier n-th business day, on any shipped calendars", () => {
    const anyIds = fc.subarray(["cn.statutory", "cn.hvps", "cn.securities", "cn.fx", "cn.cips", "hk.bank"], {
      minLength: 1,
      maxLength: 2,
    });
    const anyStart = fc.integer({ min: day("2026-10-01"), max: day("2028-06-01") }).map((n) => n as Day);
    fc.assert(
      fc.property(anyIds, anyStart, fc.integer({ min: 0, max: 60 }), (ids, start, n) => {
        const [earliest, expected, latest] = BOUNDS.map((bound) =>
          shift(shippedCalendars().get(ids, bound), start, n),
        ) as [Day, Day, Day];
        expect(earliest).toBeLessThanOrEqual(expected);
        expect(expected).toBeLessThanOrEqual(latest);
      }),
    );
  });
});
