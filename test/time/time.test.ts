import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { type Clock, formatTimeOfDay, parseClock } from "../../src/time/clock.js";
import { DAY_MS, type Day, formatDay, parseDay, weekdayOf } from "../../src/time/day.js";
import { formatDuration, parseDuration } from "../../src/time/duration.js";
import { formatInstant, type Instant, parseInstant } from "../../src/time/instant.js";
import { instantOf, localClock, localDay, type Zone, zoneNamed } from "../../src/time/zone.js";
import { ZONES } from "./zones.js";

const zone = (name: string): Zone => zoneNamed(name) as Zone;
const day = (text: string): Day => parseDay(text) as Day;
const clock = (text: string): Clock => parseClock(text) as Clock;
const at = (text: string): Instant => parseInstant(text) as Instant;

test("an unknown zone is not a zone", () => {
  expect(zoneNamed("Asia/Peking")).toBeUndefined();
  expect(zoneNamed("")).toBeUndefined();
});

describe("local times become instants", () => {
  test("China kept summer time from 1986 to 1991: 08:00 was 23:00 UTC of the day before", () => {
    expect(new Date(instantOf(zone("Asia/Shanghai"), day("1990-07-01"), clock("08:00"))).toISOString()).toBe(
      "1990-06-30T23:00:00.000Z",
    );
    expect(new Date(instantOf(zone("Asia/Shanghai"), day("2026-07-01"), clock("08:00"))).toISOString()).toBe(
      "2026-07-01T00:00:00.000Z",
    );
  });

  test("a time that was skipped means the instant at which the clocks moved", () => {
    const skipped = instantOf(zone("America/New_York"), day("2026-03-08"), clock("02:30"));
    expect(new Date(skipped).toISOString()).toBe("2026-03-08T07:00:00.000Z");
  });

  test("a time that exists twice means the first", () => {
    const twice = instantOf(zone("America/New_York"), day("2026-11-01"), clock("01:30"));
    expect(new Date(twice).toISOString()).toBe("2026-11-01T05:30:00.000Z");
  });

  test("a day that was skipped, Samoa's 2011-12-30, begins and ends when the 31st began", () => {
    const start = instantOf(zone("Pacific/Apia"), day("2011-12-30"), clock("00:00"));
    const noon = instantOf(zone("Pacific/Apia"), day("2011-12-30"), clock("12:00"));
    const next = instantOf(zone("Pacific/Apia"), day("2011-12-31"), clock("00:00"));
    expect([start, noon, next].map((ms) => new Date(ms).toISOString())).toEqual(
      Array(3).fill("2011-12-30T10:00:00.000Z"),
    );
  });

  test("a later local time never means an earlier instant, and ordinary times come back", () => {
    const anyDay = fc.integer({ min: day("1985-01-01"), max: day("2027-12-31") }).map((one) => one as Day);
    const anyClock = fc.integer({ min: -DAY_MS, max: 2 * DAY_MS }).map((one) => one as Clock);
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        anyDay,
        anyClock,
        fc.nat(7_200_000),
        (name, date, time, later) => {
          const first = instantOf(zone(name), date, time);
          expect(instantOf(zone(name), date, (time + later) as Clock)).toBeGreaterThanOrEqual(first);
          const shown = localDay(zone(name), first) * DAY_MS + localClock(zone(name), first);
          expect(shown).toBeGreaterThanOrEqual(date * DAY_MS + time);
          if (name === "UTC" || name === "Asia/Kathmandu") expect(shown).toBe(date * DAY_MS + time);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe("texts", () => {
  test.each([
    ["00:00", 0],
    ["23:59", 86_340_000],
    ["24:00", 86_400_000],
    ["-1d 20:30", -12_600_000],
    ["+1d 02:00", 93_600_000],
  ])("%s is a time of day", (text, ms) => {
    expect(parseClock(text)).toBe(ms);
  });

  test.each(["25:00", "24:01", "9:00", "23:60", "23:00:00", "1d 02:00", ""])(
    "`%s` is not a time of day",
    (text) => {
      expect(parseClock(text)).toBeUndefined();
    },
  );

  test("a time of day is written with seconds and milliseconds only where there are any", () => {
    expect(formatTimeOfDay(clock("22:59"))).toBe("22:59");
    expect(formatTimeOfDay((clock("22:59") + 59_999) as Clock)).toBe("22:59:59.999");
  });

  test.each([
    ["PT0S", 0],
    ["PT30M", 1_800_000],
    ["P1DT2H", 93_600_000],
    ["P2W", 1_209_600_000],
  ])("%s is a length of time", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each(["P1M", "P1Y", "-PT1H", "PT", "P", "1h", "P1Y2M"])("`%s` is not a length of time", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test("a length of time is written in its largest units", () => {
    expect(formatDuration(0)).toBe("PT0S");
    expect(formatDuration(93_600_000)).toBe("P1DT2H");
    expect(formatDuration(1)).toBe("PT0.001S");
  });

  test("days are counted from 1970, a Thursday; dates that do not exist are refused", () => {
    expect(parseDay("1970-01-01")).toBe(0);
    expect(weekdayOf(day("1970-01-01"))).toBe("thu");
    expect(weekdayOf(day("2026-02-14"))).toBe("sat");
    expect(formatDay(day("2024-02-29"))).toBe("2024-02-29");
    for (const text of ["2026-02-29", "2026-13-01", "2026-00-10", "26-01-01", "1899-12-31", "2200-01-01"]) {
      expect(parseDay(text)).toBeUndefined();
    }
  });

  test.each([
    ["2026-02-13", "form"],
    ["2026-02-13T23:00", "no-offset"],
    ["2026-02-30T23:00+08:00", "no-such-date"],
    ["2026-02-13T24:00+08:00", "no-such-time"],
    ["2026-02-13T23:00+25:00", "no-such-time"],
    ["1900-01-01T00:00Z", "out-of-range"],
    ["2199-12-31T00:00Z", "out-of-range"],
    ["13/02/2026 23:00", "form"],
  ])("`%s` is refused: %s", (text, why) => {
    expect(parseInstant(text)).toBe(why);
  });

  test("every day from 1900 to 2199 is the day that JavaScript's own calendar says", () => {
    for (let count = -25_567; count <= 84_005; count++) {
      const text = new Date(count * DAY_MS).toISOString().slice(0, 10);
      if (parseDay(text) !== count) expect.fail(`${text} is ${parseDay(text)}, not ${count}`);
    }
  });

  test("texts that are read mean the instant that luxon reads", () => {
    const part = fc.constantFrom(
      ...["2026-02-13", "T", "23:00", ":59", ".9", ".999", "Z", "+08:00", "-03:30", "5", " ", "24"],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 7 }), (parts) => {
        const text = parts.join("");
        const ours = parseInstant(text);
        if (typeof ours === "number") expect(ours).toBe(DateTime.fromISO(text).toMillis());
      }),
      { numRuns: 5000 },
    );
  });

  test("instants come back as they were written, in any zone", () => {
    const instants = fc.integer({ min: Date.UTC(1992, 0, 1), max: Date.UTC(2100, 0, 1) });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instants, (name, ms) => {
        expect(parseInstant(formatInstant(zone(name), ms as Instant))).toBe(ms);
      }),
    );
    expect(formatInstant(zone("Asia/Shanghai"), at("2026-02-13T15:00:00Z"))).toBe(
      "2026-02-13T23:00:00+08:00",
    );
    expect(formatInstant(zone("Asia/Shanghai"), at("2026-02-13T14:59:59.999Z"))).toBe(
      "2026-02-13T22:59:59.999+08:00",
    );
  });

  test("an offset with seconds, as before 1901, is written to the minute, and the text names the very instant", () => {
    const noon = at("1900-06-01T12:00:00Z");
    expect(formatInstant(zone("Asia/Shanghai"), noon)).toBe("1900-06-01T20:06:00+08:06");
    expect(parseInstant("1900-06-01T20:06:00+08:06")).toBe(noon);
  });
});
