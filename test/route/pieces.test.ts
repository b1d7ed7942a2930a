import { describe, expect, test } from "vitest";
import { travel } from "../../src/route/path.js";
import type { Instant } from "../../src/time/instant.js";
import { closing, moveOf, pathOf, piece, process, settle, through } from "./world.js";

/** How far one answer holds: to the last minute, as a person finds it on the calendar of `world.ts`. */

describe("a clearing run", () => {
  test("everybody before the cutoff leaves together", () => {
    expect(piece(settle({}), "02T12:00")).toBe("until 02T16:00 at 03T10:00");
    expect(piece(settle({}), "02T16:00")).toBe("until 03T16:00 at 05T10:00");
    expect(piece(settle({ cutoffInclusive: true }), "02T12:00")).toBe("until 02T16:00:00.001 at 03T10:00");
  });

  test("and up to the release where that comes first; from then on at once", () => {
    expect(piece(settle({ lag: "T+0" }), "02T09:00")).toBe("until 02T10:00 at 02T10:00");
    expect(piece(settle({ lag: "T+0" }), "02T10:00")).toBe("until 02T16:00 after 0");
    expect(piece(settle({ lag: "T+0" }), "02T12:34")).toBe("until 02T16:00 after 0");
  });

  test("what is left out means the whole day, the same business day, and its start", () => {
    const bare = settle({ cutoff: undefined, lag: undefined, at: undefined });
    expect(piece(bare, "02T12:00")).toBe("until 03T00:00 after 0");
    expect(piece(bare, "04T12:00")).toBe("until 05T00:00 at 05T00:00");
  });

  test("of several runs, until the first of them is missed", () => {
    const runs = [
      { cutoff: "11:00", lag: "T+0", at: "12:00" },
      { cutoff: "15:00", lag: "T+0", at: "18:00" },
    ];
    const twice = settle({ cutoff: undefined, lag: undefined, at: undefined, runs });
    expect(piece(twice, "02T00:00")).toBe("until 02T11:00 at 02T12:00");
    expect(piece(twice, "02T11:00")).toBe("until 02T15:00 at 02T18:00");
    expect(piece(twice, "02T15:00")).toBe("until 03T11:00 at 03T12:00");
  });
});

describe("a system with hours", () => {
  test("everybody before the opening leaves together", () => {
    expect(piece(process({ takes: "PT0S" }), "01T12:00")).toBe("until 02T09:00 at 02T09:00");
    expect(piece(process({ takes: "PT0S" }), "02T09:00")).toBe("until 02T17:00 after 0");
  });

  test("work by the wall clock has to end before closing", () => {
    expect(piece(process({}), "02T10:00")).toBe("until 02T14:00 after 180");
    expect(piece(process({}), "02T14:00")).toBe("until 02T17:00 at 03T09:00");
    expect(piece(process({}), "02T07:00")).toBe("until 02T09:00 at 02T12:00");
  });

  test("work by the open clock goes on while the first stretch lasts and the last has room", () => {
    expect(piece(process({ clock: "open" }), "02T15:00")).toBe("until 02T17:00 after 1140");
    expect(piece(process({ clock: "open", takes: "PT7H30M" }), "02T09:00")).toBe("until 02T09:30 after 450");
    expect(piece(process({ clock: "open", takes: "PT12H" }), "02T10:00")).toBe("until 02T13:00 after 1680");
    expect(piece(process({ clock: "open" }), "02T14:00")).toBe("until 02T17:00 after 1140");
  });
});

describe("a window", () => {
  const night = { interval: { from: "2026-03-03T00:00:00+08:00", until: "2026-03-03T06:00:00+08:00" } };
  const march5 = closing({ recurs: { every: "year", month: 3, day: 5, from: "10:00", until: "11:00" } });

  test("an interval is seen from any distance, and forgotten when it is over", () => {
    expect(piece(through(closing(night)), "02T12:00")).toBe("until 03T00:00 after 0");
    expect(piece(through(closing(night)), "03T00:00")).toBe("until 03T06:00 at 03T06:00");
    expect(moveOf(through(closing(night)), "03T06:00").until).toBe(Number.POSITIVE_INFINITY);
  });

  test("one that comes again is seen when it is near, and nothing is promised past it from afar", () => {
    expect(piece(through(march5), "01T00:00")).toBe("until 05T10:00 after 0");
    expect(piece(through(march5), "05T10:30")).toBe("until 05T11:00 at 05T11:00");
    const open = Date.parse("2026-03-05T10:00:00+08:00");
    for (let hours = 24 * 30; hours <= 24 * 50; hours++) {
      const at = (open - hours * 3_600_000) as Instant;
      const { until, to } = travel(pathOf(through(march5)), at);
      expect(to).toBe(at);
      expect(until).toBeGreaterThan(to);
      expect(until).toBeLessThanOrEqual(open);
    }
  });

  test("one that begins a month before its day is seen in time", () => {
    const early = closing({
      recurs: { every: "year", month: 4, day: 5, from: "-30d 10:00", until: "11:00" },
    });
    const opens = Date.parse("2026-03-06T10:00:00+08:00");
    for (let hours = 1; hours <= 24 * 80; hours += 7) {
      const at = (opens - hours * 3_600_000) as Instant;
      const { until, to } = travel(pathOf(through(early)), at);
      expect([to, until > to, until <= opens]).toEqual([at, true, true]);
    }
    expect(piece(through(early), "05T12:00")).toBe("until 06T10:00 after 0");
  });

  test("the nearest of several ends the piece", () => {
    const later = closing({
      interval: { from: "2026-03-04T00:00:00+08:00", until: "2026-03-04T06:00:00+08:00" },
    });
    const given = { ...through(closing(night)), windows: [closing(night), later] };
    expect(piece(given, "02T12:00")).toBe("until 03T00:00 after 0");
    expect(piece({ ...given, windows: given.windows.toReversed() }, "02T12:00")).toBe(
      "until 03T00:00 after 0",
    );
    expect(piece(given, "03T06:00")).toBe("until 04T00:00 after 0");
  });
});
