import { describe, expect, test } from "vitest";
import { travel } from "../../src/route/path.js";
import type { Instant } from "../../src/time/instant.js";
import { leaveTime, passRail, pathOf, pieceText, type Scenario, windowRule } from "./fixture.js";

/** When windows close their systems, worked out by hand: 2026-03-02 is a Monday. */

const recurring = (recurs: object): Scenario => passRail(windowRule({ recurs }));

describe("a recurring window", () => {
  test("may have hours on the day before or after its day", () => {
    const eve = recurring({ every: "week", weekday: "tue", from: "-1d 22:00", until: "-1d 23:00" });
    expect(leaveTime(eve, "02T21:59")).toBe("02T21:59");
    expect(leaveTime(eve, "02T22:30")).toBe("02T23:00");
    expect(leaveTime(eve, "02T23:00")).toBe("02T23:00");
    const after = recurring({ every: "week", weekday: "tue", from: "22:00", until: "+2d 01:00" });
    expect(leaveTime(after, "03T21:59")).toBe("03T21:59");
    expect(leaveTime(after, "04T12:00")).toBe("05T01:00");
    expect(leaveTime(after, "05T00:59")).toBe("05T01:00");
    expect(leaveTime(after, "05T01:00")).toBe("05T01:00");
  });

  test("applies from `effective.from` until the day before `effective.until`", () => {
    const some = recurring({
      ...{ every: "day", from: "01:00", until: "02:00" },
      effective: { from: "2026-03-03", until: "2026-03-05" },
    });
    const passes = ["02", "03", "04", "05"].map((date) => leaveTime(some, `${date}T01:30`));
    expect(passes).toEqual(["02T01:30", "03T02:00", "04T02:00", "05T01:30"]);
  });

  test.each([
    [1, ["02T03:00"]],
    [2, ["09T03:00"]],
    [4, ["23T03:00"]],
    [5, ["30T03:00"]],
    [-1, ["30T03:00"]],
  ])("closes on Monday number %d of March 2026", (nth, closed) => {
    const window = recurring({ every: "month", weekday: "mon", nth, from: "03:00", until: "04:00" });
    const mondays = ["02", "09", "16", "23", "30"].map((date) => `${date}T03:00`);
    expect(mondays.filter((at) => leaveTime(window, at) !== at)).toEqual(closed);
  });

  test("counts the 7th as the first of its weekday, and the 8th as the second", () => {
    const first = recurring({ every: "month", weekday: "sat", nth: 1, from: "03:00", until: "04:00" });
    const second = recurring({ every: "month", weekday: "sun", nth: 2, from: "03:00", until: "04:00" });
    expect(leaveTime(first, "07T03:00")).toBe("07T04:00");
    expect(leaveTime(first, "14T03:00")).toBe("14T03:00");
    expect(leaveTime(second, "08T03:00")).toBe("08T04:00");
    expect(leaveTime(second, "01T03:00")).toBe("01T03:00");
  });

  test("is searched on the days from 1900 to 2199", () => {
    const passes = (recurs: object, when: string): [number, number] => {
      const at = Date.parse(when) as Instant;
      const { to, until } = travel(pathOf(recurring(recurs)), at);
      return [(to - at) / 60_000, (until - at) / 3_600_000];
    };
    const yearly = (month: number, day: number, until: string) => ({
      every: "year",
      month,
      day,
      from: "00:00",
      until,
    });
    const noon = "1900-01-02T12:00:00+08:05";
    expect(passes(yearly(12, 31, "+2d 13:00"), noon)).toEqual([0, 38 * 24]);
    expect(passes(yearly(1, 1, "+1d 13:05"), noon)[0]).toBeGreaterThan(60);
    expect(passes(yearly(1, 5, "01:00"), "2199-12-25T00:00:00+08:00")).toEqual([0, 38 * 24]);
    expect(passes(yearly(12, 31, "01:00"), "2199-12-25T00:00:00+08:00")).toEqual([0, 6 * 24]);
  });

  test("has its last weekday in the last seven days of the month", () => {
    const last = recurring({ every: "month", weekday: "tue", nth: -1, from: "03:00", until: "04:00" });
    expect(leaveTime(last, "24T03:00")).toBe("24T03:00");
    expect(leaveTime(last, "31T03:00")).toBe("31T04:00");
    const wednesday = recurring({ every: "month", weekday: "wed", nth: -1, from: "03:00", until: "04:00" });
    expect(leaveTime(wednesday, "25T03:00")).toBe("25T04:00");
    expect(leaveTime(wednesday, "18T03:00")).toBe("18T03:00");
  });
});

describe("a window with dates", () => {
  const dates = { on: ["2026-03-10", "2026-03-05"], from: "23:00", until: "+1d 01:00" };
  const listed = passRail(windowRule({ dates }));

  test("closes on each date, in any order", () => {
    expect(leaveTime(listed, "05T23:30")).toBe("06T01:00");
    expect(leaveTime(listed, "06T00:30")).toBe("06T01:00");
    expect(leaveTime(listed, "06T23:30")).toBe("06T23:30");
    expect(leaveTime(listed, "10T23:00")).toBe("11T01:00");
    expect(pieceText(listed, "02T12:00")).toBe("until 05T23:00 after 0");
    expect(pieceText(listed, "06T01:00")).toBe("until 10T23:00 after 0");
    expect(pieceText(listed, "11T01:00")).toBe("until ever after 0");
  });

  test("closes on each of many dates, and on no other", () => {
    const on = ["02", "05", "09", "10", "16", "23", "24"].map((date) => `2026-03-${date}`);
    const many = passRail(windowRule({ dates: { on, from: "10:00", until: "11:00" } }));
    for (const date of Array.from({ length: 30 }, (_, n) => String(n + 1).padStart(2, "0"))) {
      const closed = on.includes(`2026-03-${date}`);
      expect(leaveTime(many, `${date}T10:30`)).toBe(closed ? `${date}T11:00` : `${date}T10:30`);
    }
    expect(pieceText(many, "05T11:00")).toBe("until 09T10:00 after 0");
    expect(pieceText(many, "24T11:00")).toBe("until ever after 0");
  });

  test("uses its own zone, or else the zone of the system", () => {
    const tokyo = passRail(windowRule({ dates, zone: "Asia/Tokyo" }));
    expect(leaveTime(tokyo, "05T22:00")).toBe("06T00:00");
    const own = passRail(windowRule({ dates, zone: undefined }));
    const abroad = { ...own, systems: { rail: { title: { zh: "名", en: "name" }, zone: "Asia/Tokyo" } } };
    expect(leaveTime(own, "05T22:00")).toBe("05T22:00");
    expect(leaveTime(abroad, "05T22:00")).toBe("06T00:00");
  });
});

describe("an interval with a recovery", () => {
  const interval = {
    from: "2026-03-03T00:00:00+08:00",
    until: "2026-03-03T06:00:00+08:00",
    recovery: "PT90M",
  };

  test("the earliest bound leaves at its end, the others after the recovery", () => {
    expect(leaveTime(passRail(windowRule({ interval }), "earliest"), "03T01:00")).toBe("03T06:00");
    expect(leaveTime(passRail(windowRule({ interval }), "expected"), "03T01:00")).toBe("03T07:30");
    expect(leaveTime(passRail(windowRule({ interval }), "latest"), "03T07:00")).toBe("03T07:30");
  });
});

describe("windows that cover all time", () => {
  const always = recurring({ every: "day", from: "00:00", until: "24:00" });

  test("are an error that names the system", () => {
    expect(() => leaveTime(always, "02T12:00")).toThrow(/`rail` does not open within sight/);
  });

  test("are an error if a process needs more open time than they leave", () => {
    const window = windowRule({ recurs: { every: "day", from: "00:01", until: "24:00" } });
    const steps = [{ kind: "process", system: "rail", clock: "open", takes: "P7D" }] as Scenario["steps"];
    expect(() => leaveTime({ steps, windows: [window] }, "02T12:00")).toThrow(
      /`rail` does not open within sight/,
    );
    const hour = [{ kind: "process", system: "rail", clock: "open", takes: "PT3M" }] as Scenario["steps"];
    expect(leaveTime({ steps: hour, windows: [window] }, "02T12:00")).toBe("06T00:00");
  });
});
