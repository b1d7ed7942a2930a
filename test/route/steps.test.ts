import { describe, expect, test } from "vitest";
import { MARK } from "../../src/route/move.js";
import { leaveTime, moveOf, passRail, processStep, settleStep, windowRule } from "./fixture.js";

/** Each parameter of a step, worked out by hand: 2026-03-02 is a Monday, and Wednesday the 4th is off. */

describe("settle", () => {
  test("money at the cutoff is late, unless the cutoff is inclusive", () => {
    expect(leaveTime(settleStep({}), "02T15:59")).toBe("03T10:00");
    expect(leaveTime(settleStep({}), "02T16:00")).toBe("05T10:00");
    expect(leaveTime(settleStep({ cutoffInclusive: true }), "02T16:00")).toBe("03T10:00");
    expect(leaveTime(settleStep({ cutoffInclusive: true }), "02T16:01")).toBe("05T10:00");
  });

  test("on a closed day T+1 is the next business day, or the one after it with `roll: following`", () => {
    expect(leaveTime(settleStep({}), "04T12:00")).toBe("05T10:00");
    expect(leaveTime(settleStep({ roll: "following" }), "04T12:00")).toBe("06T10:00");
    expect(leaveTime(settleStep({ roll: "following" }), "02T12:00")).toBe("03T10:00");
    expect(leaveTime(settleStep({ roll: "following", calendar: undefined }), "04T12:00")).toBe("05T10:00");
  });

  test("D+n counts calendar days, and T+0 waits for a business day", () => {
    expect(leaveTime(settleStep({ lag: "D+2" }), "02T12:00")).toBe("04T10:00");
    expect(leaveTime(settleStep({ lag: "T+0", at: "18:00" }), "04T12:00")).toBe("05T18:00");
    expect(leaveTime(settleStep({ lag: "T+2" }), "02T12:00")).toBe("05T10:00");
    expect(leaveTime(settleStep({ lag: "T+2" }), "05T12:00")).toBe("09T10:00");
  });

  test("money between release and cutoff leaves at once", () => {
    expect(leaveTime(settleStep({ lag: "T+0" }), "02T09:00")).toBe("02T10:00");
    expect(leaveTime(settleStep({ lag: "T+0" }), "02T12:34")).toBe("02T12:34");
  });

  test("with several runs, money takes the first release that it can still join", () => {
    const runs = [
      { cutoff: "11:00", lag: "T+0", at: "12:00" },
      { cutoff: "15:00", lag: "T+0", at: "18:00" },
    ];
    const twice = settleStep({ cutoff: undefined, lag: undefined, at: undefined, runs });
    expect(leaveTime(twice, "02T10:59")).toBe("02T12:00");
    expect(leaveTime(twice, "02T11:00")).toBe("02T18:00");
    expect(leaveTime(twice, "02T15:00")).toBe("03T12:00");
    expect(leaveTime(twice, "03T15:00")).toBe("05T12:00");
  });

  test("a cutoff may lie on the evening before, and each bound has its own values", () => {
    expect(leaveTime(settleStep({ cutoff: "-1d 20:00" }), "01T19:59")).toBe("03T10:00");
    expect(leaveTime(settleStep({ cutoff: "-1d 20:00" }), "01T20:00")).toBe("05T10:00");
    const spread = { lag: { earliest: "D+1", expected: "T+1", latest: "T+3" } };
    expect(leaveTime({ ...settleStep(spread), bound: "earliest" }, "03T12:00")).toBe("04T10:00");
    expect(leaveTime({ ...settleStep(spread), bound: "expected" }, "03T12:00")).toBe("05T10:00");
    expect(leaveTime({ ...settleStep(spread), bound: "latest" }, "03T12:00")).toBe("09T10:00");
  });
});

describe("process", () => {
  test("by the wall clock it takes its duration, then waits for the system to open", () => {
    expect(leaveTime(processStep({}), "02T10:00")).toBe("02T13:00");
    expect(leaveTime(processStep({}), "02T07:00")).toBe("02T12:00");
    expect(leaveTime(processStep({}), "02T15:00")).toBe("03T09:00");
  });

  test("by the open clock only open hours count, across closed days", () => {
    const open = processStep({ clock: "open" });
    expect(leaveTime(open, "02T15:00")).toBe("03T10:00");
    expect(leaveTime(open, "03T15:30")).toBe("05T10:30");
    expect(leaveTime(open, "02T14:00")).toBe("03T09:00");
    expect(leaveTime(processStep({ clock: "open", takes: "PT20H" }), "02T09:00")).toBe("05T13:00");
  });

  test("a step at `payee.bank` has the hours of the bank that the payment names", () => {
    expect(leaveTime(processStep({ system: "payee.bank" }), "02T07:00")).toBe("02T12:00");
    expect(leaveTime(processStep({ system: undefined }), "02T07:00")).toBe("02T10:00");
  });

  test("a step with `onClosed: refuse` refuses while the system is closed", () => {
    const refused = (at: string): boolean =>
      (moveOf(processStep({ onClosed: "refuse" }), at).marks & MARK.refused) !== 0;
    expect(refused("02T16:59")).toBe(false);
    expect(refused("02T17:00")).toBe(true);
    expect(refused("02T08:59")).toBe(true);
    expect(refused("02T09:00")).toBe(false);
  });
});

const onThird = (more: object) => ({ interval: { from: "2026-03-03T00:00:00+08:00", ...more } });

describe("windows", () => {
  test("an interval includes its start and excludes its end", () => {
    const window = windowRule(onThird({ until: "2026-03-03T06:00:00+08:00" }));
    expect(leaveTime(passRail(window), "02T23:59")).toBe("02T23:59");
    expect(leaveTime(passRail(window), "03T00:00")).toBe("03T06:00");
    expect(leaveTime(passRail(window), "03T06:00")).toBe("03T06:00");
  });

  test("a degraded system is closed for the latest bound only", () => {
    const window = windowRule({ effect: "degraded", ...onThird({ until: "2026-03-03T06:00:00+08:00" }) });
    expect(leaveTime(passRail(window, "earliest"), "03T01:00")).toBe("03T01:00");
    expect(leaveTime(passRail(window), "03T01:00")).toBe("03T01:00");
    expect(leaveTime(passRail(window, "latest"), "03T01:00")).toBe("03T06:00");
  });

  test("an incident without an end ends at its review plus recovery (earliest: without recovery), and is marked", () => {
    const interval = onThird({ reviewAt: "2026-03-03T06:00:00+08:00", recovery: "PT2H" });
    const window = windowRule(interval, "incident");
    expect(leaveTime(passRail(window, "earliest"), "03T01:00")).toBe("03T06:00");
    expect(leaveTime(passRail(window), "03T01:00")).toBe("03T08:00");
    expect(moveOf(passRail(window), "03T01:00").marks & MARK.openIncident).not.toBe(0);
    expect(moveOf(passRail(window), "03T08:00").marks & MARK.openIncident).toBe(0);
  });

  test.each([
    [{ every: "day", from: "23:30", until: "+1d 00:30" }, "02T23:45", "03T00:30"],
    [{ every: "week", weekday: "tue", from: "01:00", until: "02:00" }, "10T01:30", "10T02:00"],
    [{ every: "week", weekday: "tue", from: "01:00", until: "02:00" }, "11T01:30", "11T01:30"],
    [{ every: "month", weekday: "sun", nth: 3, from: "00:00", until: "06:00" }, "15T03:00", "15T06:00"],
    [{ every: "month", weekday: "sun", nth: 3, from: "00:00", until: "06:00" }, "08T03:00", "08T03:00"],
    [{ every: "month", weekday: "sun", nth: -1, from: "00:00", until: "06:00" }, "29T03:00", "29T06:00"],
    [{ every: "month", day: 20, from: "00:00", until: "24:00" }, "20T12:00", "21T00:00"],
    [{ every: "year", month: 3, day: 5, from: "10:00", until: "11:00" }, "05T10:00", "05T11:00"],
    [{ every: "year", month: 4, day: 5, from: "10:00", until: "11:00" }, "05T10:00", "05T10:00"],
  ])("%o, sent %s, passes %s", (recurs, at, passes) => {
    expect(leaveTime(passRail(windowRule({ recurs })), at)).toBe(passes);
  });
});
