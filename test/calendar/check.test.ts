import { describe, expect, test } from "vitest";
import { checkCalendars } from "../../src/calendar/check.js";
import type { Locate } from "../../src/model/place.js";
import { calendar, emptyNotice, oneYearCalendar, problems, shippedFiles } from "./calendar-files.js";

test("the shipped calendars are clean", () => {
  expect(problems(...Object.values(shippedFiles()))).toEqual([]);
});

test("each problem says where, what and how to correct it", () => {
  const place: Locate = (_, path) => ({
    file: "calendars/test.one.json",
    line: 7,
    column: 3,
    path: path ?? "",
  });
  expect(checkCalendars({ "test.one": oneYearCalendar({ workdays: ["2026-02-30"] }) }, place)).toEqual([
    {
      file: "calendars/test.one.json",
      line: 7,
      column: 3,
      path: "years.2026.workdays[0]",
      name: "test.one",
      what: "`2026-02-30` is not a day of the calendar",
      help: "write a day that exists as YYYY-MM-DD",
    },
  ]);
});

describe("coverage", () => {
  const years = { "2025": emptyNotice, "2026": emptyNotice };

  test("has a notice for each of its years, an empty one where a year has no special days", () => {
    const coverage = { from: "2024-07-01", to: "2027-06-30" };
    expect(problems(calendar({ coverage, years }))).toEqual([
      "test.one years: the coverage is 2024-07-01 to 2027-06-30, but `years` has no `2024`",
      "test.one years: the coverage is 2024-07-01 to 2027-06-30, but `years` has no `2027`",
    ]);
    expect(problems(calendar({ coverage: { from: "2025-07-01", to: "2026-06-30" }, years }))).toEqual([]);
  });

  test("needs no notices where days come from another calendar or from run time", () => {
    const coverage = { from: "2025-01-01", to: "2026-12-31" };
    expect(problems(calendar({ coverage, holidaysFrom: { country: "HK", types: ["public"] } }))).toEqual([]);
    expect(problems(calendar({ id: "p", coverage, years }), calendar({ coverage, extends: "p" }))).toEqual(
      [],
    );
  });

  test("is extended with the notice: a year outside it would not count", () => {
    expect(problems(calendar({ coverage: { from: "2025-01-01", to: "2025-12-31" }, years }))).toEqual([
      "test.one years.2026: the notice of 2026 lies outside the coverage, 2025-01-01 to 2025-12-31, so its days do not count as official",
    ]);
  });

  test("is said by the calendar or by one that it extends", () => {
    expect(problems(calendar({}))).toEqual([
      "test.one : neither this calendar nor one that it extends says what it covers",
    ]);
    expect(problems(oneYearCalendar({}, { id: "p" }), calendar({ extends: "p" }))).toEqual([]);
  });

  test("may be a single day, and years before it do not count either", () => {
    const day = { from: "2026-01-01", to: "2026-01-01" };
    expect(problems(calendar({ coverage: day, years: { "2026": emptyNotice } }))).toEqual([]);
    expect(problems(calendar({ coverage: { from: "2026-01-01", to: "2026-12-31" }, years }))).toEqual([
      expect.stringMatching(/^test.one years.2025: the notice of 2025 lies outside the coverage/),
    ]);
  });

  test("ends after it begins, on days that exist", () => {
    expect(
      problems(
        calendar({ coverage: { from: "2026-12-31", to: "2026-01-01" }, years: { "2026": emptyNotice } }),
      ),
    ).toEqual(["test.one coverage: `2026-12-31` to `2026-01-01` ends before it begins"]);
    expect(
      problems(
        calendar({ coverage: { from: "2026-01-01", to: "2026-11-31" }, years: { "2026": emptyNotice } }),
      ),
    ).toEqual(["test.one coverage.to: `2026-11-31` is not a day of the calendar"]);
    expect(
      problems(
        calendar({ coverage: { from: "2026-11-31", to: "2026-02-01" }, years: { "2026": emptyNotice } }),
      ),
    ).toEqual(["test.one coverage.from: `2026-11-31` is not a day of the calendar"]);
  });
});

describe("extends and zone", () => {
  const coverage = { coverage: { from: "2026-01-01", to: "2026-12-31" }, years: { "2026": emptyNotice } };

  test("what is extended exists", () => {
    expect(
      problems(calendar({ id: "test.two", extends: "test.onne", ...coverage }), calendar({ ...coverage })),
    ).toEqual(["test.two extends: there is no calendar `test.onne`"]);
  });

  test("only the calendar that names it says that it does not exist", () => {
    const parent = calendar({ id: "p", extends: "nowhere", ...coverage });
    expect(problems(parent, calendar({ extends: "p" }))).toEqual([
      "p extends: there is no calendar `nowhere`",
    ]);
  });

  test("no calendar extends itself, by whatever way, and every one on the circle says so", () => {
    const circle = [
      calendar({ id: "a", extends: "b", ...coverage }),
      calendar({ id: "b", extends: "a" }),
      calendar({ id: "c", extends: "a" }),
    ];
    expect(problems(...circle)).toEqual([
      "a extends: this calendar extends itself: `a` extends `b` extends `a`",
      "b extends: this calendar extends itself: `b` extends `a` extends `b`",
    ]);
    expect(problems(calendar({ id: "a", extends: "a", ...coverage }))).toHaveLength(1);
    expect(
      problems(
        calendar({ id: "a", ...coverage }),
        calendar({ id: "b", extends: "a" }),
        calendar({ id: "c", extends: "b" }),
      ),
    ).toEqual([]);
  });

  test("the zone is one that exists", () => {
    expect(problems(oneYearCalendar({}, { zone: "Asia/Peking" }))).toEqual([
      "test.one zone: `Asia/Peking` is not a known time zone",
    ]);
    expect(problems(oneYearCalendar({}, { zone: "Asia/Hong_Kong" }))).toEqual([]);
  });
});
