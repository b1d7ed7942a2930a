import { describe, expect, test } from "vitest";
import { travel } from "../../src/route/path.js";
import type { Instant } from "../../src/time/instant.js";
import { closing, type Given, out, pathOf, piece, through } from "./world.js";

/** When a window closes its systems, read off a calendar: 2026-03-02 is a Monday. */

const recurring = (recurs: object): Given => through(closing({ recurs }));

describe("a window that comes again", () => {
  test("its hours may lie on the day before or the day after", () => {
    const eve = recurring({ every: "week", weekday: "tue", from: "-1d 22:00", until: "-1d 23:00" });
    expect(out(eve, "02T21:59")).toBe("02T21:59");
    expect(out(eve, "02T22:30")).toBe("02T23:00");
    expect(out(eve, "02T23:00")).toBe("02T23:00");
    const after = recurring({ every: "week", weekday: "tue", from: "22:00", until: "+2d 01:00" });
    expect(out(after, "03T21:59")).toBe("03T21:59");
    expect(out(after, "04T12:00")).toBe("05T01:00");
    expect(out(after, "05T00:59")).toBe("05T01:00");
    expect(out(after, "05T01:00")).toBe("05T01:00");
  });

  test("it counts from its first day to the day before its last", () => {
    const some = recurring({
      ...{ every: "day", from: "01:00", until: "02:00" },
      effective: { from: "2026-03-03", until: "2026-03-05" },
    });
    const passes = ["02", "03", "04", "05"].map((date) => out(some, `${date}T01:30`));
    expect(passes).toEqual(["02T01:30", "03T02:00", "04T02:00", "05T01:30"]);
  });

  test.each([
    [1, ["02T03:00"]],
    [2, ["09T03:00"]],
    [4, ["23T03:00"]],
    [5, ["30T03:00"]],
    [-1, ["30T03:00"]],
  ])("the Monday number %d of March 2026", (nth, closed) => {
    const window = recurring({ every: "month", weekday: "mon", nth, from: "03:00", until: "04:00" });
    const mondays = ["02", "09", "16", "23", "30"].map((date) => `${date}T03:00`);
    expect(mondays.filter((at) => out(window, at) !== at)).toEqual(closed);
  });

  test("the 7th is the last day of a month's first week, the 8th the first of its second", () => {
    const first = recurring({ every: "month", weekday: "sat", nth: 1, from: "03:00", until: "04:00" });
    const second = recurring({ every: "month", weekday: "sun", nth: 2, from: "03:00", until: "04:00" });
    expect(out(first, "07T03:00")).toBe("07T04:00");
    expect(out(first, "14T03:00")).toBe("14T03:00");
    expect(out(second, "08T03:00")).toBe("08T04:00");
    expect(out(second, "01T03:00")).toBe("01T03:00");
  });

  test("it is looked for on the days of 1900 to 2199", () => {
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

  test("the last day of its weekday may lie seven days before the month's end, not eight", () => {
    const last = recurring({ every: "month", weekday: "tue", nth: -1, from: "03:00", until: "04:00" });
    expect(out(last, "24T03:00")).toBe("24T03:00");
    expect(out(last, "31T03:00")).toBe("31T04:00");
    const wednesday = recurring({ every: "month", weekday: "wed", nth: -1, from: "03:00", until: "04:00" });
    expect(out(wednesday, "25T03:00")).toBe("25T04:00");
    expect(out(wednesday, "18T03:00")).toBe("18T03:00");
  });
});

describe("a window of listed dates", () => {
  const dates = { on: ["2026-03-10", "2026-03-05"], from: "23:00", until: "+1d 01:00" };
  const listed = through(closing({ dates }));

  test("closes on each of them, in whatever order they are written", () => {
    expect(out(listed, "05T23:30")).toBe("06T01:00");
    expect(out(listed, "06T00:30")).toBe("06T01:00");
    expect(out(listed, "06T23:30")).toBe("06T23:30");
    expect(out(listed, "10T23:00")).toBe("11T01:00");
    expect(piece(listed, "02T12:00")).toBe("until 05T23:00 after 0");
    expect(piece(listed, "06T01:00")).toBe("until 10T23:00 after 0");
    expect(piece(listed, "11T01:00")).toBe("until ever after 0");
  });

  test("is found among many", () => {
    const on = ["02", "05", "09", "10", "16", "23", "24"].map((date) => `2026-03-${date}`);
    const many = through(closing({ dates: { on, from: "10:00", until: "11:00" } }));
    for (const date of Array.from({ length: 30 }, (_, n) => String(n + 1).padStart(2, "0"))) {
      const closed = on.includes(`2026-03-${date}`);
      expect(out(many, `${date}T10:30`)).toBe(closed ? `${date}T11:00` : `${date}T10:30`);
    }
    expect(piece(many, "05T11:00")).toBe("until 09T10:00 after 0");
    expect(piece(many, "24T11:00")).toBe("until ever after 0");
  });

  test("goes by its own zone, or else by that of the system", () => {
    const tokyo = through(closing({ dates, zone: "Asia/Tokyo" }));
    expect(out(tokyo, "05T22:00")).toBe("06T00:00");
    const own = through(closing({ dates, zone: undefined }));
    const abroad = { ...own, systems: { rail: { title: { zh: "名", en: "name" }, zone: "Asia/Tokyo" } } };
    expect(out(own, "05T22:00")).toBe("05T22:00");
    expect(out(abroad, "05T22:00")).toBe("06T00:00");
  });
});

describe("an interval with a backlog", () => {
  const interval = {
    from: "2026-03-03T00:00:00+08:00",
    until: "2026-03-03T06:00:00+08:00",
    recovery: "PT90M",
  };

  test("money that waits as little as possible leaves at its end, any other after the backlog", () => {
    expect(out(through(closing({ interval }), "earliest"), "03T01:00")).toBe("03T06:00");
    expect(out(through(closing({ interval }), "expected"), "03T01:00")).toBe("03T07:30");
    expect(out(through(closing({ interval }), "latest"), "03T07:00")).toBe("03T07:30");
  });
});

describe("windows that cover everything", () => {
  const always = recurring({ every: "day", from: "00:00", until: "24:00" });

  test("are an error of the system that never opens", () => {
    expect(() => out(always, "02T12:00")).toThrow(/`rail` does not open within sight/);
  });

  test("so are windows that leave a minute a day to a week of work", () => {
    const window = closing({ recurs: { every: "day", from: "00:01", until: "24:00" } });
    const steps = [{ kind: "process", system: "rail", clock: "open", takes: "P7D" }] as Given["steps"];
    expect(() => out({ steps, windows: [window] }, "02T12:00")).toThrow(/`rail` does not open within sight/);
    const hour = [{ kind: "process", system: "rail", clock: "open", takes: "PT3M" }] as Given["steps"];
    expect(out({ steps: hour, windows: [window] }, "02T12:00")).toBe("06T00:00");
  });
});
