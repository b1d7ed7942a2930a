import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { count, isOpen, kindOf, nameOf, next } from "../../src/calendar/business-days.js";
import { addDays, type Day, dayOf, formatDay, weekdayIndex } from "../../src/time/day.js";
import { day, shippedCalendars } from "./calendar-files.js";

/**
 * The tables beside this file are lists of weekdays off and weekend days worked, compiled from the notices by other
 * projects (holiday-cn, chinese-calendar, chinese-days) and compared with one another; they know nothing of our files.
 */
interface YearTable {
  businessDays: number;
  off: string;
  work: string;
}
const table: Record<string, YearTable> = JSON.parse(
  readFileSync(new URL("shipped-years.json", import.meta.url), "utf8"),
);
const years = Object.entries(table).map(([year, { businessDays, off, work }]) => {
  const dates = (list: string) => new Set(list.split(" ").map((date) => `${year}-${date}`));
  return { year: Number(year), businessDays, off: dates(off), work: dates(work) };
});

function daysOf(year: number): Day[] {
  const first = dayOf(year, 1, 1);
  return Array.from({ length: dayOf(year + 1, 1, 1) - first }, (_, n) => addDays(first, n));
}

const isWeekday = (one: Day): boolean => weekdayIndex(one) < 5;

describe("cn.statutory", () => {
  test("has a table for every year from 2004 to 2026", () => {
    expect(years.map(({ year }) => year)).toEqual(Array.from({ length: 23 }, (_, n) => 2004 + n));
  });

  test.each(years)("$year is the table's year, day by day", ({ year, off, work, businessDays }) => {
    const statutory = shippedCalendars().get("cn.statutory", "expected");
    const wrong = daysOf(year).filter((one) => {
      const text = formatDay(one);
      return isOpen(statutory, one) !== (work.has(text) || (isWeekday(one) && !off.has(text)));
    });
    expect(wrong.map(formatDay)).toEqual([]);
    expect(count(statutory, dayOf(year, 1, 1), dayOf(year + 1, 1, 1))).toBe(businessDays);
  });

  test.each(years)(
    "$year tells make-up workdays and named holidays apart from plain days",
    ({ year, off, work }) => {
      const statutory = shippedCalendars().get("cn.statutory", "latest");
      for (const one of daysOf(year)) {
        const text = formatDay(one);
        const kind = kindOf(statutory, one);
        if (work.has(text)) expect([text, kind]).toEqual([text, "makeup"]);
        else if (off.has(text)) expect([text, kind]).toEqual([text, "holiday"]);
        else
          expect([text, kind]).toEqual([
            text,
            isWeekday(one) ? "business" : expect.stringMatching(/weekend|holiday/),
          ]);
        expect(nameOf(statutory, one) !== undefined).toBe(kind === "holiday");
      }
    },
  );

  test("the working days of 2015 to 2026 are the published totals", () => {
    const totals = [249, 250, 249, 250, 250, 249, 250, 249, 249, 251, 248, 248];
    expect(years.slice(-12).map(({ businessDays }) => businessDays)).toEqual(totals);
  });
});

describe("cn.hvps", () => {
  const hvps = shippedCalendars().get("cn.hvps", "expected");
  const statutory = shippedCalendars().get("cn.statutory", "expected");

  test("differs from the statutory working days only at the two year ends that a source names", () => {
    const different = years
      .flatMap(({ year }) => daysOf(year))
      .filter((one) => isOpen(hvps, one) !== isOpen(statutory, one));
    expect(different.map(formatDay)).toEqual(["2017-12-30", "2017-12-31", "2018-12-30", "2018-12-31"]);
  });

  test("the year-end days follow one another as UnionPay cleared on them", () => {
    expect(formatDay(next(hvps, day("2017-12-29")))).toBe("2017-12-30");
    expect(formatDay(next(hvps, day("2017-12-30")))).toBe("2017-12-31");
    expect(formatDay(next(hvps, day("2017-12-31")))).toBe("2018-01-02");
    expect(kindOf(hvps, day("2018-12-30"))).toBe("makeup");
    expect(kindOf(hvps, day("2018-12-31"))).toBe("business");
  });

  test("year ends on a weekend that nobody wrote about stay closed", () => {
    for (const text of ["2016-12-31", "2022-12-31", "2023-12-30", "2023-12-31"])
      expect([text, isOpen(hvps, day(text))]).toEqual([text, false]);
  });
});

describe("cn.securities", () => {
  const exchange = shippedCalendars().get("cn.securities", "expected");

  test("never opens on a weekend, and closes on eight weekdays on which banks work", () => {
    const statutory = shippedCalendars().get("cn.statutory", "expected");
    const all = years.flatMap(({ year }) => daysOf(year));
    expect(all.filter((one) => !isWeekday(one) && isOpen(exchange, one))).toEqual([]);
    const closed = all.filter((one) => isWeekday(one) && isOpen(statutory, one) && !isOpen(exchange, one));
    expect(closed.map(formatDay).join(" ")).toBe(
      "2004-01-19 2004-01-20 2004-01-21 2005-02-07 2005-02-08 2006-01-26 2006-01-27 2024-02-09",
    );
  });

  test("pays a trade of Friday 2023-01-20 on Monday the 30th, past two make-up workdays", () => {
    expect(formatDay(next(exchange, day("2023-01-20")))).toBe("2023-01-30");
    expect(formatDay(next(exchange, day("2022-12-30")))).toBe("2023-01-03");
  });
});

describe("cn.fx and cn.cips", () => {
  const fx = shippedCalendars().get("cn.fx", "expected");
  const cips = shippedCalendars().get("cn.cips", "expected");

  test("foreign exchange rests at the year ends and on make-up workdays", () => {
    expect(formatDay(next(fx, day("2017-12-29")))).toBe("2018-01-02");
    expect(formatDay(next(fx, day("2018-12-29")))).toBe("2019-01-02");
    expect(formatDay(next(fx, day("2023-01-20")))).toBe("2023-01-30");
    expect(formatDay(next(fx, day("2024-04-03")))).toBe("2024-04-08");
  });

  test("cross-border RMB runs on make-up Sundays, a day before foreign exchange", () => {
    expect(isOpen(cips, day("2023-01-29"))).toBe(true);
    expect(formatDay(next(cips, day("2024-04-03")))).toBe("2024-04-07");
  });

  test("CIPS served on six working days abroad inside the long holiday of 2023", () => {
    expect(count(cips, day("2023-09-29"), day("2023-10-07"))).toBe(6);
    expect([day("2023-09-30"), day("2023-10-01")].filter((one) => isOpen(cips, one))).toEqual([]);
    expect(nameOf(cips, day("2023-10-02"))).toBeUndefined();
  });
});

describe("hk.bank", () => {
  const bank = shippedCalendars().get("hk.bank", "expected");

  test("2026 has the general holidays of the gazette", () => {
    const gazette =
      "01-01 02-17 02-18 02-19 04-03 04-06 04-07 05-01 05-25 06-19 07-01 10-01 10-19 12-25".split(" ");
    const closed = daysOf(2026).filter((one) => isWeekday(one) && !isOpen(bank, one));
    expect(closed.map((one) => formatDay(one).slice(5))).toEqual(gazette);
  });

  test("moves holidays on Sunday to the next free weekday, and rests on Saturday", () => {
    for (const text of ["2021-04-06", "2021-12-27", "2022-12-27"])
      expect([text, kindOf(bank, day(text))]).toEqual([text, "holiday"]);
    expect(isOpen(bank, day("2026-05-09"))).toBe(false);
  });

  test("together with the mainland it loses the make-up workdays too", () => {
    const both = shippedCalendars().get(["hk.bank", "cn.statutory"], "expected");
    expect(both.id).toBe("cn.statutory+hk.bank");
    expect(formatDay(next(both, day("2026-02-13")))).toBe("2026-02-24");
    expect(isOpen(both, day("2026-04-03"))).toBe(false);
    expect(isOpen(both, day("2026-02-20"))).toBe(false);
    expect([nameOf(both, day("2026-10-01")), nameOf(both, day("2026-07-01"))]).toEqual([
      "国庆节",
      "香港特別行政區成立紀念日",
    ]);
  });
});
