import { describe, expect, test } from "vitest";
import { isOpen, next } from "../../src/calendar/business-days.js";
import { compileCalendars } from "../../src/calendar/compile.js";
import { calendarKnownAt, publications } from "../../src/calendar/publications.js";
import { formatDay } from "../../src/time/day.js";
import type { Instant } from "../../src/time/instant.js";
import { calendar, day, shippedFile, shippedFiles } from "./calendar-files.js";

const at = (text: string): Instant => Date.parse(text) as Instant;

/** A shipped calendar and what it extends, as known at an instant. */
function viewed(id: string, asOf: string) {
  const files = Object.entries(shippedFiles()).map(
    ([one, file]) => [one, calendarKnownAt(file, at(asOf))] as const,
  );
  return compileCalendars(Object.fromEntries(files)).get(id, "expected");
}

describe("what was known when", () => {
  test("the 2020 Spring Festival ended on 30 January until its extension became public on the 27th", () => {
    const before = viewed("cn.hvps", "2020-01-26T23:59:59.999+08:00");
    const after = viewed("cn.hvps", "2020-01-27T00:00:00+08:00");
    expect(formatDay(next(before, day("2020-01-23")))).toBe("2020-01-31");
    expect(isOpen(before, day("2020-02-01"))).toBe(true);
    expect(formatDay(next(after, day("2020-01-23")))).toBe("2020-02-03");
    expect(isOpen(after, day("2020-02-01"))).toBe(false);
  });

  test("Labour Day 2019 was one day until 22 March", () => {
    expect(isOpen(viewed("cn.statutory", "2019-03-21T12:00:00+08:00"), day("2019-05-02"))).toBe(true);
    expect(isOpen(viewed("cn.statutory", "2019-03-22T12:00:00+08:00"), day("2019-05-02"))).toBe(false);
  });

  test("the anniversary of 2015 was an ordinary Thursday until 13 May", () => {
    expect(isOpen(viewed("cn.statutory", "2015-05-12T12:00:00+08:00"), day("2015-09-03"))).toBe(true);
    expect(isOpen(viewed("cn.statutory", "2015-05-13T12:00:00+08:00"), day("2015-09-03"))).toBe(false);
  });

  test("the HVPS year end of 2017 was a weekend until 21 December", () => {
    expect(formatDay(next(viewed("cn.hvps", "2017-12-20T12:00:00+08:00"), day("2017-12-29")))).toBe(
      "2018-01-02",
    );
    expect(formatDay(next(viewed("cn.hvps", "2017-12-21T12:00:00+08:00"), day("2017-12-29")))).toBe(
      "2017-12-30",
    );
  });

  test("coverage ends with the last year whose notice was out", () => {
    const coverage = (asOf: string) => calendarKnownAt(shippedFile("cn.statutory"), at(asOf)).coverage?.to;
    expect(coverage("2025-11-03T23:59:59+08:00")).toBe("2025-12-31");
    expect(coverage("2025-11-04T00:00:00+08:00")).toBe("2026-12-31");
    expect(coverage("2005-12-15T00:00:00+08:00")).toBe("2005-12-31");
  });

  test("a view that has shrunk to 2018 projects 2019 and later", () => {
    const then = viewed("cn.statutory", "2018-06-01T00:00:00+08:00");
    expect(formatDay(then.officialUntil)).toBe("2018-12-31");
    expect(isOpen(then, day("2019-10-04"))).toBe(false);
  });
});

describe("a small calendar", () => {
  const none = { holidays: [], workdays: [] };
  const file = calendar({
    zone: "America/New_York",
    coverage: { from: "2020-01-01", to: "2023-06-30" },
    years: {
      "2020": none,
      "2021": { ...none, source: { title: "s", published: "2020-11-02" } },
      "2022": { ...none, published: "2021-11-02", source: { title: "s", published: "2021-10-02" } },
      "2023": { ...none, published: "2022-03-01" },
    },
    amendments: [{ ...none, published: "2021-11-02", source: { title: "s" } }],
  });

  test("its knowledge changes at the start of each day of publication in its own zone, once each", () => {
    const instants = publications(file).map((one) => new Date(one).toISOString());
    expect(instants).toEqual([
      "2020-11-02T05:00:00.000Z",
      "2021-11-02T04:00:00.000Z",
      "2022-03-01T05:00:00.000Z",
    ]);
  });

  test("is the very same file once all is known", () => {
    expect(calendarKnownAt(file, at("2022-03-01T05:00:00Z"))).toBe(file);
    expect(calendarKnownAt(file, at("2022-03-01T04:59:59Z")).coverage?.to).toBe("2022-12-31");
  });

  test("keeps a coverage that ends within a year while only an amendment is unknown", () => {
    const amendments = [{ ...none, published: "2023-02-01", source: { title: "s" } }];
    const view = calendarKnownAt({ ...file, amendments }, at("2023-01-01T00:00:00Z"));
    expect([view.coverage?.to, view.amendments]).toEqual(["2023-06-30", []]);
  });

  test("always knows what has no date, and drops what has a later one", () => {
    const early = calendarKnownAt(file, at("2000-01-01T00:00:00Z"));
    expect(Object.keys(early.years ?? {})).toEqual(["2020"]);
    expect(early.amendments).toEqual([]);
    expect(early.coverage).toEqual({ from: "2020-01-01", to: "2020-12-31" });
  });

  test("knows nothing where even its first year was not out", () => {
    const { "2020": _, ...later } = file.years ?? {};
    const young = calendarKnownAt(
      { ...file, coverage: { from: "2021-01-01", to: "2023-06-30" }, years: later },
      at("2000-01-01T00:00:00Z"),
    );
    expect(young.coverage).toEqual({ from: "2021-01-01", to: "2020-12-31" });
    expect(() =>
      isOpen(compileCalendars({ "test.one": young }).get("test.one", "expected"), day("2021-01-04")),
    ).toThrow(/known until 2020-12-31/);
  });

  test("publications are told in order, though amendments stand behind the years", () => {
    const amended = { ...file, amendments: [{ ...none, published: "2020-05-01", source: { title: "s" } }] };
    expect(publications(amended).map((one) => new Date(one).toISOString().slice(0, 10))).toEqual([
      ...["2020-05-01", "2020-11-02", "2021-11-02", "2022-03-01"],
    ]);
  });

  test("in a zone that is none nothing was ever published", () => {
    const nowhere = { ...file, zone: "Asia/Peking" };
    expect(calendarKnownAt(nowhere, at("2000-01-01T00:00:00Z"))).toBe(nowhere);
  });

  test("a file without dates of publication is always the same", () => {
    const plain = calendar({ coverage: { from: "2020-01-01", to: "2020-12-31" }, years: { "2020": none } });
    expect(calendarKnownAt(plain, at("1990-01-01T00:00:00Z"))).toBe(plain);
    expect(publications(plain)).toEqual([]);
  });
});
