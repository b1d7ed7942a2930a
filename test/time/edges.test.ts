import { DateTime } from "luxon";
import { describe, expect, test, vi } from "vitest";
import {
  type Clock,
  formatClock,
  formatTimeOfDay,
  parseClock,
  parseTimeOfDay,
} from "../../src/time/clock.js";
import {
  addDays,
  DAY_MS,
  type Day,
  dayOfMonth,
  FIRST_DAY,
  formatDay,
  fourDigits,
  LAST_DAY,
  monthOf,
  parseDay,
  twoDigits,
  weekdayIndex,
  yearOf,
} from "../../src/time/day.js";
import { formatDuration, parseDuration } from "../../src/time/duration.js";
import {
  formatInstant,
  type Instant,
  instantInRange,
  isCanonicalInstant,
  parseCanonicalInstant,
  parseInstant,
  parseInstantBytes,
} from "../../src/time/instant.js";
import {
  instantOf,
  localClock,
  localDay,
  nextDayBoundary,
  offsetAt,
  type Zone,
  zoneDataVersion,
  zoneNamed,
} from "../../src/time/zone.js";

/** The edges of what can be read, written and asked: the last that is taken, and the first that is not. */

const zone = (name: string): Zone => zoneNamed(name) as Zone;
const iso = (at: number): string => new Date(at).toISOString();

describe("days", () => {
  test("every month has its last day and not one more", () => {
    const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    lengths.forEach((length, n) => {
      const month = `2026-${String(n + 1).padStart(2, "0")}`;
      expect(parseDay(`${month}-${length}`)).toBeDefined();
      expect(parseDay(`${month}-${length + 1}`)).toBeUndefined();
      expect(parseDay(`${month}-00`)).toBeUndefined();
      expect(parseDay(`${month}-01`)).toBeDefined();
    });
  });

  test("of the centuries only those that 400 divides have a leap day", () => {
    expect(
      ["1900", "2000", "2024", "2100"].filter((year) => parseDay(`${year}-02-29`) !== undefined),
    ).toEqual(["2000", "2024"]);
  });

  test("1900 to 2199 can be named, no year before and none after, and no text with more in it", () => {
    // 70 years with 17 leap days lie between 1900 and 1970; 230 years with 56 leap days between 1970 and 2200.
    expect([parseDay("1900-01-01"), FIRST_DAY]).toEqual([-(70 * 365 + 17), -(70 * 365 + 17)]);
    expect([parseDay("2199-12-31"), LAST_DAY]).toEqual([230 * 365 + 55, 230 * 365 + 55]);
    for (const text of [
      "0026-01-01",
      "0099-12-31",
      "x2026-01-01",
      "2026-01-01x",
      "2026-01-1",
      "2026/01-01",
      "2026-01/01",
    ]) {
      expect(parseDay(text)).toBeUndefined();
    }
    expect(formatDay((FIRST_DAY - 1) as Day)).toBe("1899-12-31");
    expect(formatDay((LAST_DAY + 1) as Day)).toBe("2200-01-01");
  });

  test("every day from 1900 to 2199 is written as JavaScript's own calendar writes it", () => {
    for (let day = FIRST_DAY; day <= LAST_DAY; day = addDays(day, 1)) {
      const text = new Date(day * DAY_MS).toISOString().slice(0, 10);
      if (formatDay(day) !== text) expect.fail(`${text} is written ${formatDay(day)}`);
    }
  });

  test("two characters are a number where both are digits, and four where all are", () => {
    const characters = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
    for (const one of characters) {
      for (const other of characters) {
        const number = /^\d\d$/.test(one + other) ? Number(one + other) : -1;
        if (twoDigits(`-${one}${other}`, 1) !== number) expect.fail(`${one}${other} is not ${number}`);
      }
    }
    const years = ["2026", "0026", "0000", "x026", "2x26", "20x6", "202x"];
    expect(years.map((text) => fourDigits(text, 0))).toEqual([2026, 26, 0, -1, -1, -1, -1]);
  });

  test("the day after the last of February is the first of March", () => {
    expect(addDays(parseDay("2026-02-28") as Day, 1)).toBe(parseDay("2026-03-01"));
    expect(addDays(parseDay("2026-03-01") as Day, -2)).toBe(parseDay("2026-02-27"));
  });

  test("weeks begin on Monday, before 1970 too; months count from 1", () => {
    const days = ["1969-12-29", "1969-12-31", "1970-01-01", "2026-03-01", "2026-03-02"];
    expect(days.map((text) => weekdayIndex(parseDay(text) as Day))).toEqual([0, 2, 3, 6, 0]);
    const day = parseDay("2026-12-31") as Day;
    expect([yearOf(day), monthOf(day), dayOfMonth(day)]).toEqual([2026, 12, 31]);
  });
});

describe("times of day", () => {
  test.each([
    ["00:00", 0],
    ["23:59:59.999", 86_399_999],
    ["10:20:30", 37_230_000],
    ["10:20:30.005", 37_230_005],
    ["24:00", 86_400_000],
  ])("%s is a time inside one day", (text, ms) => {
    expect(parseTimeOfDay(text)).toBe(ms);
  });

  test.each([
    ...["24:00:00", "24:00:00.000", "24:01", "10:20:60", "10:20:3", "10:20:30.5", "10:20:30.0050", "1:20"],
    ...["-1d 10:20", "+1d 10:20", "x10:20", "10:20x", "25:00", ""],
  ])("`%s` is none", (text) => {
    expect(parseTimeOfDay(text)).toBeUndefined();
  });

  test.each(["x10:20", "10:20x", "24:30", "-d 10:20", "-1d10:20", "-100d 10:20", "30:00", "23:70"])(
    "`%s` is no time of day",
    (text) => {
      expect(parseClock(text)).toBeUndefined();
    },
  );

  test("two digits of days are the most", () => {
    expect(parseClock("+10d 00:00")).toBe(10 * 86_400_000);
  });

  test.each([
    [37_200_000, "10:20"],
    [37_230_000, "10:20:30"],
    [37_230_005, "10:20:30.005"],
    [37_200_005, "10:20:00.005"],
    [36_000_000, "10:00"],
  ])("%d ms are written %s", (ms, text) => {
    expect(formatTimeOfDay(ms as Clock)).toBe(text);
  });

  test.each(["00:00", "23:59", "24:00", "+1d 02:00", "+2d 00:00", "-1d 20:30", "-2d 23:59"])(
    "%s is written as it is read",
    (text) => {
      expect(formatClock(parseClock(text) as Clock)).toBe(text);
    },
  );
});

describe("lengths of time", () => {
  test.each(["PT45S", "PT1M", "PT59M59S", "PT1H", "PT23H59M", "P1D", "P1DT1S", "P45DT12H30M15S", "PT0.5S"])(
    "%s is written as it is read",
    (text) => {
      expect(formatDuration(parseDuration(text) as number)).toBe(text);
    },
  );

  test.each([
    ["PT90M", 5_400_000],
    ["P1W", 604_800_000],
    ["-PT0S", 0],
    ["PT1.5S", 1_500],
  ])("%s is %d ms", (text, ms) => {
    expect(Math.abs(parseDuration(text) as number)).toBe(ms);
  });

  test.each(["", "PT", "hello", "P1Y", "P2M", "P-1D", "-PT1S", "1", `P${"9".repeat(400)}D`])(
    "`%s` is no length",
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});

describe("instants", () => {
  test.each([
    ["2026-02-13T23:00Z", "2026-02-13T23:00:00.000Z"],
    ["2026-02-13T23:59:59Z", "2026-02-13T23:59:59.000Z"],
    ["2026-02-13T23:00:00.9Z", "2026-02-13T23:00:00.900Z"],
    ["2026-02-13T23:00:00.09Z", "2026-02-13T23:00:00.090Z"],
    ["2026-02-13T23:00:07.009+00:00", "2026-02-13T23:00:07.009Z"],
    ["2026-02-13T23:00+08:30", "2026-02-13T14:30:00.000Z"],
    ["2026-02-13T23:00+00:30", "2026-02-13T22:30:00.000Z"],
    ["2026-02-13T23:00-03:30", "2026-02-14T02:30:00.000Z"],
    ["2026-02-13T00:00+18:59", "2026-02-12T05:01:00.000Z"],
    ["2026-02-13T00:00-18:00", "2026-02-13T18:00:00.000Z"],
    ["1900-01-02T00:00Z", "1900-01-02T00:00:00.000Z"],
    ["2199-12-30T23:59:59.999Z", "2199-12-30T23:59:59.999Z"],
  ])("%s is %s", (text, meant) => {
    expect(iso(parseInstant(text) as number)).toBe(meant);
  });

  test.each([
    ["2026-02-13T23:60Z", "no-such-time"],
    ["2026-02-13T23:00:60Z", "no-such-time"],
    ["2026-02-13T24:00Z", "no-such-time"],
    ["2026-02-13T23:00+19:00", "no-such-time"],
    ["2026-02-13T23:00+08:60", "no-such-time"],
    ["2026-02-13T23:00:00", "no-offset"],
    ["2026-02-13T23:00:00.123", "no-offset"],
    ["2026-02-13T23:00:00.1234Z", "form"],
    ["2026-02-13T23:00:00.1234+08:00", "form"],
    ["2026-02-13T23:00:00.Z", "form"],
    ["2026-02-13T23:00:0Z", "form"],
    ["2026-02-13T23:00+8:00", "form"],
    ["2026-02-13T23:00+0800", "form"],
    ["2026-02-13 23:00Z", "form"],
    ["x026-02-13T23:00Z", "form"],
    ["2026-0x-13T23:00Z", "form"],
    ["2026-02-1xT23:00Z", "form"],
    ["2026/02-13T23:00Z", "form"],
    ["2026-02/13T23:00Z", "form"],
    ["2026-02-13Tx3:00Z", "form"],
    ["2026-02-13T23:x0Z", "form"],
    ["2026-02-13T23x00Z", "form"],
    ["2026-02-13T23:00:x0Z", "form"],
    ["2026-02-13T23:00*08:00", "form"],
    ["2026-02-13T23:00+08x00", "form"],
    ["2026-02-13T23:00+x8:00", "form"],
    ["2026-02-13T23:00+08:x0", "form"],
    ["2026-02-13T23:00+08:00x", "form"],
    ["2026-02-13T23:00:00+08:00x", "form"],
    ["2026-02-13T23:00:00+08:000", "form"],
    ["0000-02-13T23:00Z", "no-such-date"],
    ["2026-00-13T23:00Z", "no-such-date"],
    ["2026-02-00T23:00Z", "no-such-date"],
    [" 2026-02-13T23:00Z", "form"],
    ["2026-02-13T23:00Z ", "form"],
    ["1900-01-01T23:59:59.999Z", "out-of-range"],
    ["2199-12-31T00:00:00Z", "out-of-range"],
    ["2200-01-01T00:00Z", "no-such-date"],
  ])("`%s` is refused: %s", (text, why) => {
    expect(parseInstant(text)).toBe(why);
  });

  test("a number that is no instant lies outside the range too", () => {
    expect(instantInRange(0)).toBe(0);
    expect(instantInRange(Number.NaN)).toBeUndefined();
  });

  test.each([
    ["America/St_Johns", "2026-02-14T02:30:00.000Z", "2026-02-13T23:00:00-03:30"],
    ["Asia/Kathmandu", "2026-02-13T18:15:07.009Z", "2026-02-14T00:00:07.009+05:45"],
    ["UTC", "2026-02-13T09:08:00.090Z", "2026-02-13T09:08:00.090+00:00"],
    ["Asia/Shanghai", "1900-06-01T00:00:00.000Z", "1900-06-01T08:06:00+08:06"],
    ["America/New_York", "2026-07-01T03:59:59.000Z", "2026-06-30T23:59:59-04:00"],
  ])("in %s %s is written %s", (name, at, text) => {
    expect(formatInstant(zone(name), Date.parse(at) as Instant)).toBe(text);
  });
});

describe("an instant in the commonest form", () => {
  const plain = (text: string): number | undefined => {
    const bytes = new TextEncoder().encode(`"${text}",`);
    return parseInstantBytes(bytes, 1, bytes.length - 2);
  };
  const PLAIN = "2026-02-13T23:00:00+08:00";

  test.each([
    ...[PLAIN, "2026-12-28T23:59:59-18:59", "1900-01-02T00:00:00+00:00", "2199-12-28T00:00:00-03:30"],
    ...["2026-01-01T00:00:00+08:00", "2026-10-09T09:09:09+18:00", "2026-02-13T23:00:00.500+08:00"],
    ...["2026-02-13T23:00:00.000+08:00", "2026-02-13T23:00:00.007-08:00", "2199-12-30T23:59:59.999+00:00"],
    ...["1900-01-02T00:00:00.001+00:00", "2026-02-13T23:00:00.980+08:00"],
  ])("%s is read from bytes and from text", (text) => {
    expect([plain(text), parseInstant(text)]).toEqual([Date.parse(text), Date.parse(text)]);
  });

  test.each([
    ...["2026-02-29T23:00:00+08:00", "2026-00-13T23:00:00+08:00", "2026-13-13T23:00:00+08:00"],
    ...["2026-02-00T23:00:00+08:00", "2026-02-13T24:00:00+08:00", "2026-02-13T23:60:00+08:00"],
    ...["2026-02-13T23:00:60+08:00", "2026-02-13T23:00:00+19:00", "2026-02-13T23:00:00+08:60"],
    ...["1826-02-13T23:00:00+08:00", "2226-02-13T23:00:00+08:00", "1900-01-01T00:00:00+00:00"],
    ...[
      "2026-02-13T23:00:00Z",
      "2026-02-13T23:00:00.500Z",
      "2026-02-13T23:00:00.5+08:00",
      "2026-02-13T23:00:00.50+08:00",
      "2026-02-13T23:00:00.5000+08:00",
      "2026-02-13T23:00+08:00",
      "2026-02-13T23:00:00+08:000",
      "",
    ],
  ])("`%s` is not plain", (text) => {
    expect(plain(text)).toBeUndefined();
    const read = parseInstant(text);
    if (typeof read === "number") expect(read).toBe(Date.parse(text));
    else expect(text).not.toMatch(/Z$|\.50?\+|23:00\+08:00$/);
  });

  /** Luxon knows these times, and payments may not. */
  const isRefused = (text: string): boolean =>
    text.slice(11, 13) === "24" || text.slice(-5, -3) > "18" || text.slice(-2) > "59";

  const FORM = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?[+-]\d\d:\d\d$/;

  test.each([PLAIN, "2026-02-13T23:00:00.500+08:00"])(
    "%s means what luxon says, whatever one of its characters is, and nothing in another form",
    (whole) => {
      for (let at = 0; at < whole.length; at++) {
        for (const character of "/0129:;+-.TtZ x") {
          const text = whole.slice(0, at) + character + whole.slice(at + 1);
          const read = parseInstant(text);
          const hasForm = FORM.test(text);
          const meant = hasForm && !isRefused(text) ? DateTime.fromISO(text).toMillis() : Number.NaN;
          const isAsked = meant >= Date.UTC(1900, 0, 2) && meant < Date.UTC(2199, 11, 31);
          expect([text, plain(text)]).toEqual([text, isAsked ? meant : undefined]);
          if (isAsked) expect([text, read]).toEqual([text, meant]);
          else if (hasForm) expect([text, typeof read]).toEqual([text, "string"]);
          else if (typeof read === "number") expect([text, read]).toEqual([text, Date.parse(text)]);
        }
      }
    },
  );
});

describe("whether bytes name an instant as it is written, without milliseconds", () => {
  test.each([
    ["Asia/Shanghai", "2026-02-13T23:00:00+08:00", true],
    ["Asia/Shanghai", "2026-02-13T15:00:00+00:00", false],
    ["Asia/Shanghai", "2026-02-13T07:00:00-08:00", false],
    ["America/St_Johns", "2026-02-13T23:00:00-03:30", true],
    ["America/St_Johns", "2026-02-14T06:00:00+03:30", false],
    ["America/St_Johns", "2026-02-13T22:30:00-04:00", false],
    ["UTC", "2026-02-13T15:00:00+00:00", true],
    ["UTC", "2026-02-13T15:00:00-00:00", false],
    ["Asia/Shanghai", "1900-06-01T08:05:00+08:05", false],
    ["Asia/Shanghai", "2026-02-13T23:00:00.500+08:00", false],
    ["UTC", "2026-02-13T23:00:00.000+00:00", false],
  ])("in %s, %s: %s", (name, text, is) => {
    const at = parseInstant(text) as Instant;
    // Signs and digits around it are no part of it.
    const bytes = new TextEncoder().encode(`-00:30-01:30"${text}"-09:45`);
    expect(isCanonicalInstant(bytes, 13, 13 + text.length, zone(name), at)).toBe(is);
  });
});

test("digits behind a point are no part of an offset", () => {
  const last = { from: -1e15, until: 1e15, offsetMs: (8 * 60 - 1) * 60_000 };
  const short = { name: "short", phaseMs: 0, spans: new Map(), last };
  const bytes = new TextEncoder().encode("2026-02-13T23:00:00.080+08:00");
  const at = parseInstantBytes(bytes, 0, bytes.length) as Instant;
  expect(isCanonicalInstant(bytes, 0, bytes.length, short, at)).toBe(false);
});

describe("whether an instant is written as it was read", () => {
  test.each([
    ["2026-02-13T23:00:00+08:00", "Asia/Shanghai", true],
    ["2026-02-13T23:00:00.500+08:00", "Asia/Shanghai", true],
    ["2026-02-13T23:00+08:00", "Asia/Shanghai", false],
    ["2026-02-13T23:00:00.000+08:00", "Asia/Shanghai", false],
    ["2026-02-13T23:00:00.5+08:00", "Asia/Shanghai", false],
    ["2026-02-13T23:00:00+09:00", "Asia/Shanghai", false],
    ["2026-02-13T23:00:00.500+09:00", "Asia/Shanghai", false],
    ["2026-02-13T23:00:00Z", "UTC", false],
    ["2026-02-13T23:00:00.500Z", "UTC", false],
    ["2026-02-13T23:00:00+00:00", "UTC", true],
    ["2026-02-13T23:00:00-00:00", "UTC", false],
    ["2026-02-13T23:00:00-03:30", "America/St_Johns", true],
    ["2026-02-13T23:00:00-05:00", "America/St_Johns", false],
    ["2026-02-29T23:00:00+08:00", "Asia/Shanghai", false],
    ["1900-06-01T08:05:00+08:05", "Asia/Shanghai", false],
    ["1900-01-01T12:00:00+00:00", "UTC", false],
    ["2026-07-01T12:00:00-04:00", "America/New_York", true],
    ["2026-07-01T12:00:00-05:00", "America/New_York", false],
    ["2026-12-01T12:00:00-05:00", "America/New_York", true],
  ])("`%s` in %s: %s", (text, name, written) => {
    expect(parseCanonicalInstant(text, zone(name))).toBe(written ? Date.parse(text) : undefined);
  });
});

describe("zones", () => {
  test("the clocks change in the very millisecond that the zone data name", () => {
    const changes: [string, string, number, number][] = [
      // Summer time of New York, of Lord Howe (half an hour), China's last, and the end of Nepal's old time at New Year.
      ["America/New_York", "2026-03-08T07:00:00.000Z", -300, -240],
      ["America/New_York", "2026-11-01T06:00:00.000Z", -240, -300],
      ["Australia/Lord_Howe", "2026-04-04T15:00:00.000Z", 660, 630],
      ["Asia/Shanghai", "1991-09-14T17:00:00.000Z", 540, 480],
      ["Asia/Kathmandu", "1985-12-31T18:30:00.000Z", 330, 345],
    ];
    for (const [name, at, before, after] of changes) {
      const change = Date.parse(at);
      const minutes = [change - 1, change, change + 1].map((ms) => offsetAt(zone(name), ms) / 60_000);
      expect([name, ...minutes]).toEqual([name, before, after, after]);
    }
  });

  test("an answer does not depend on what was asked before", () => {
    const newYork = zone("America/New_York");
    const [winter, summer] = [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)];
    const hours = [winter, summer, winter, summer, Date.UTC(2025, 6, 15), Date.UTC(2027, 0, 15)].map(
      (at) => offsetAt(newYork, at) / 3_600_000,
    );
    expect(hours).toEqual([-5, -4, -5, -4, -4, -5]);
    const utc = [Date.UTC(2026, 11, 31, 23, 59, 59, 999), Date.UTC(2027, 0, 1)].map((at) =>
      offsetAt(zone("UTC"), at),
    );
    expect(utc).toEqual([0, 0]);
  });

  test("Lisbon went from its own noon to Greenwich's with the year 1912, in that very millisecond", () => {
    const midnight = Date.UTC(1912, 0, 1);
    const seconds = [midnight - 1, midnight].map((at) => offsetAt(zone("Europe/Lisbon"), at) / 1000);
    expect(seconds).toEqual([-(36 * 60 + 45), 0]);
  });

  test("years may be asked about in any order", () => {
    const tokyo = zone("Asia/Tokyo");
    const newYear = (year: number): string =>
      iso(instantOf(tokyo, parseDay(`${year}-01-01`) as Day, parseClock("00:30") as Clock));
    expect([2031, 2033, 2030, 2032, 2029].map(newYear)).toEqual(
      [2030, 2032, 2029, 2031, 2028].map((year) => `${year}-12-31T15:30:00.000Z`),
    );
  });

  test("another day may begin at midnight, or where the clocks are moved", () => {
    const end = (name: string, at: string) => iso(nextDayBoundary(zone(name), Date.parse(at) as Instant));
    expect(end("Asia/Shanghai", "2026-03-08T04:00:00Z")).toBe("2026-03-08T16:00:00.000Z");
    expect(end("Asia/Shanghai", "2026-03-08T16:00:00Z")).toBe("2026-03-09T16:00:00.000Z");
    expect(end("America/New_York", "2026-03-08T05:30:00Z")).toBe("2026-03-08T07:00:00.000Z");
    expect(end("America/New_York", "2026-03-08T12:00:00Z")).toBe("2026-03-09T04:00:00.000Z");
  });

  test("there is no local time long before and long after what may be asked about", () => {
    const years = [1897, 1898, 2202, 2203, Number.NaN].map((year) => {
      try {
        return offsetAt(zone("Asia/Hong_Kong"), Date.UTC(year, 6, 1)) > 0;
      } catch (error) {
        return (error as { code: string }).code;
      }
    });
    expect(years).toEqual(["outside-coverage", true, true, "outside-coverage", "outside-coverage"]);
  });

  test.each([
    ["UTC", 0],
    ["Asia/Shanghai", 16],
    ["America/New_York", 5],
    ["Asia/Kathmandu", 18.25],
    ["Pacific/Kiritimati", 10],
  ])("its days begin at midnight of %s, but for its summer time", (name, hours) => {
    expect(zone(name).phaseMs).toBe(hours * 3_600_000);
  });

  test("a zone is one object, however often it is named", () => {
    expect(zoneNamed("Asia/Shanghai")).toBe(zoneNamed("Asia/Shanghai"));
    expect(zone("Asia/Shanghai").name).toBe("Asia/Shanghai");
  });

  test("the local day and time are those of the wall clock, before 1970 too", () => {
    const newYork = zone("America/New_York");
    const at = Date.parse("1969-07-20T20:17:40Z") as Instant;
    expect(formatDay(localDay(newYork, at))).toBe("1969-07-20");
    expect(formatTimeOfDay(localClock(newYork, at))).toBe("16:17:40");
  });

  test.each([
    // A time that the clocks skipped, one that they showed twice, and the hours around both.
    ["America/New_York", "2026-03-08", "01:59", "2026-03-08T06:59:00.000Z"],
    ["America/New_York", "2026-03-08", "02:00", "2026-03-08T07:00:00.000Z"],
    ["America/New_York", "2026-03-08", "02:59", "2026-03-08T07:00:00.000Z"],
    ["America/New_York", "2026-03-08", "03:00", "2026-03-08T07:00:00.000Z"],
    ["America/New_York", "2026-03-08", "03:01", "2026-03-08T07:01:00.000Z"],
    ["America/New_York", "2026-11-01", "00:59", "2026-11-01T04:59:00.000Z"],
    ["America/New_York", "2026-11-01", "01:00", "2026-11-01T05:00:00.000Z"],
    ["America/New_York", "2026-11-01", "01:59", "2026-11-01T05:59:00.000Z"],
    ["America/New_York", "2026-11-01", "02:00", "2026-11-01T07:00:00.000Z"],
    // Nepal went from 5:30 to 5:45 with the year 1986, Samoa from one side of the date line to the other before 2012.
    ["Asia/Kathmandu", "1985-12-31", "23:59", "1985-12-31T18:29:00.000Z"],
    ["Asia/Kathmandu", "1986-01-01", "00:10", "1985-12-31T18:30:00.000Z"],
    ["Asia/Kathmandu", "1986-01-01", "00:16", "1985-12-31T18:31:00.000Z"],
    ["Pacific/Apia", "2011-12-29", "23:59", "2011-12-30T09:59:00.000Z"],
    ["Pacific/Apia", "2011-12-31", "00:01", "2011-12-30T10:01:00.000Z"],
    ["Pacific/Apia", "2012-01-01", "00:00", "2011-12-31T10:00:00.000Z"],
    // Part of Greenland went from 3 hours behind to none with the year 1996.
    ["America/Danmarkshavn", "1995-12-31", "23:59", "1996-01-01T02:59:00.000Z"],
    ["America/Danmarkshavn", "1996-01-01", "01:00", "1996-01-01T03:00:00.000Z"],
    ["America/Danmarkshavn", "1996-01-01", "03:01", "1996-01-01T03:01:00.000Z"],
    ["Pacific/Kiritimati", "1995-01-01", "12:00", "1994-12-31T22:00:00.000Z"],
  ])("in %s %s %s was %s", (name, date, time, at) => {
    expect(iso(instantOf(zone(name), parseDay(date) as Day, parseClock(time) as Clock))).toBe(at);
  });

  test("the version of the zone data is that of this process", () => {
    expect(zoneDataVersion()).toBe(process.versions.tz);
  });

  test("and unknown where there is no process to tell", () => {
    vi.stubGlobal("process", undefined);
    const version = zoneDataVersion();
    vi.unstubAllGlobals();
    expect(version).toBe("unknown");
  });
});
