import { describe, expect, test } from "vitest";
import { travel } from "../../src/route/path.js";
import type { Instant } from "../../src/time/instant.js";
import { moveOf, passRail, pathOf, pieceText, processStep, settleStep, windowRule } from "./fixture.js";

/** Where pieces end, worked out by hand on the calendar of `fixture.ts`. */

describe("a clearing run", () => {
  test("all before the cutoff leave together", () => {
    expect(pieceText(settleStep({}), "02T12:00")).toBe("until 02T16:00 at 03T10:00");
    expect(pieceText(settleStep({}), "02T16:00")).toBe("until 03T16:00 at 05T10:00");
    expect(pieceText(settleStep({ cutoffInclusive: true }), "02T12:00")).toBe(
      "until 02T16:00:00.001 at 03T10:00",
    );
  });

  test("a release before the cutoff ends the piece, and later money leaves at once", () => {
    expect(pieceText(settleStep({ lag: "T+0" }), "02T09:00")).toBe("until 02T10:00 at 02T10:00");
    expect(pieceText(settleStep({ lag: "T+0" }), "02T10:00")).toBe("until 02T16:00 after 0");
    expect(pieceText(settleStep({ lag: "T+0" }), "02T12:34")).toBe("until 02T16:00 after 0");
  });

  test("defaults are the whole day, the same business day, and its start", () => {
    const bare = settleStep({ cutoff: undefined, lag: undefined, at: undefined });
    expect(pieceText(bare, "02T12:00")).toBe("until 03T00:00 after 0");
    expect(pieceText(bare, "04T12:00")).toBe("until 05T00:00 at 05T00:00");
  });

  test("with several runs, a piece ends at the cutoff of the run that is joined", () => {
    const runs = [
      { cutoff: "11:00", lag: "T+0", at: "12:00" },
      { cutoff: "15:00", lag: "T+0", at: "18:00" },
    ];
    const twice = settleStep({ cutoff: undefined, lag: undefined, at: undefined, runs });
    expect(pieceText(twice, "02T00:00")).toBe("until 02T11:00 at 02T12:00");
    expect(pieceText(twice, "02T11:00")).toBe("until 02T15:00 at 02T18:00");
    expect(pieceText(twice, "02T15:00")).toBe("until 03T11:00 at 03T12:00");
  });
});

describe("a system with hours", () => {
  test("all before the opening leave together", () => {
    expect(pieceText(processStep({ takes: "PT0S" }), "01T12:00")).toBe("until 02T09:00 at 02T09:00");
    expect(pieceText(processStep({ takes: "PT0S" }), "02T09:00")).toBe("until 02T17:00 after 0");
  });

  test("a process by the wall clock leaves while the system is open", () => {
    expect(pieceText(processStep({}), "02T10:00")).toBe("until 02T14:00 after 180");
    expect(pieceText(processStep({}), "02T14:00")).toBe("until 02T17:00 at 03T09:00");
    expect(pieceText(processStep({}), "02T07:00")).toBe("until 02T09:00 at 02T12:00");
  });

  test("a piece by the open clock ends with its first session, or when its last session is full", () => {
    expect(pieceText(processStep({ clock: "open" }), "02T15:00")).toBe("until 02T17:00 after 1140");
    expect(pieceText(processStep({ clock: "open", takes: "PT7H30M" }), "02T09:00")).toBe(
      "until 02T09:30 after 450",
    );
    expect(pieceText(processStep({ clock: "open", takes: "PT12H" }), "02T10:00")).toBe(
      "until 02T13:00 after 1680",
    );
    expect(pieceText(processStep({ clock: "open" }), "02T14:00")).toBe("until 02T17:00 after 1140");
  });
});

describe("a window", () => {
  const night = { interval: { from: "2026-03-03T00:00:00+08:00", until: "2026-03-03T06:00:00+08:00" } };
  const march5 = windowRule({ recurs: { every: "year", month: 3, day: 5, from: "10:00", until: "11:00" } });

  test("an interval is found from any distance, and ignored when it is over", () => {
    expect(pieceText(passRail(windowRule(night)), "02T12:00")).toBe("until 03T00:00 after 0");
    expect(pieceText(passRail(windowRule(night)), "03T00:00")).toBe("until 03T06:00 at 03T06:00");
    expect(moveOf(passRail(windowRule(night)), "03T06:00").until).toBe(Number.POSITIVE_INFINITY);
  });

  test("a recurring window is found when near, and no piece reaches past the horizon", () => {
    expect(pieceText(passRail(march5), "01T00:00")).toBe("until 05T10:00 after 0");
    expect(pieceText(passRail(march5), "05T10:30")).toBe("until 05T11:00 at 05T11:00");
    const open = Date.parse("2026-03-05T10:00:00+08:00");
    for (let hours = 24 * 30; hours <= 24 * 50; hours++) {
      const at = (open - hours * 3_600_000) as Instant;
      const { until, to } = travel(pathOf(passRail(march5)), at);
      expect(to).toBe(at);
      expect(until).toBeGreaterThan(to);
      expect(until).toBeLessThanOrEqual(open);
    }
  });

  test("a window that begins a month before its day is found in time", () => {
    const early = windowRule({
      recurs: { every: "year", month: 4, day: 5, from: "-30d 10:00", until: "11:00" },
    });
    const opens = Date.parse("2026-03-06T10:00:00+08:00");
    for (let hours = 1; hours <= 24 * 80; hours += 7) {
      const at = (opens - hours * 3_600_000) as Instant;
      const { until, to } = travel(pathOf(passRail(early)), at);
      expect([to, until > to, until <= opens]).toEqual([at, true, true]);
    }
    expect(pieceText(passRail(early), "05T12:00")).toBe("until 06T10:00 after 0");
  });

  test("the nearest of several windows ends the piece", () => {
    const later = windowRule({
      interval: { from: "2026-03-04T00:00:00+08:00", until: "2026-03-04T06:00:00+08:00" },
    });
    const given = { ...passRail(windowRule(night)), windows: [windowRule(night), later] };
    expect(pieceText(given, "02T12:00")).toBe("until 03T00:00 after 0");
    expect(pieceText({ ...given, windows: given.windows.toReversed() }, "02T12:00")).toBe(
      "until 03T00:00 after 0",
    );
    expect(pieceText(given, "03T06:00")).toBe("until 04T00:00 after 0");
  });
});
