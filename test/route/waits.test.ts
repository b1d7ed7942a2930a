import { describe, expect, test } from "vitest";
import type { HoldRule } from "../../src/model/rulebook.js";
import { DAYS, passRail, processStep, type Scenario, settleStep, waitTexts, windowRule } from "./fixture.js";

/** The waits of a route, worked out by hand on the calendar of `fixture.ts`. */

describe("a clearing run", () => {
  test("before the cutoff all open days are one batch wait", () => {
    expect(waitTexts(settleStep({}), "02T12:00")).toEqual(["02T12:00-03T10:00 batch"]);
  });

  test("after the cutoff it is a cutoff wait until T begins, then batch and holiday waits", () => {
    expect(waitTexts(settleStep({}), "02T17:00")).toEqual([
      "02T17:00-03T00:00 cutoff",
      "03T00:00-04T00:00 batch",
      "04T00:00-05T00:00 holiday calendar=days name=休",
      "05T00:00-05T10:00 batch",
    ]);
  });

  test("two adjacent holidays are two waits", () => {
    const holidays = [
      { name: "休", from: "2026-03-04", to: "2026-03-04" },
      { name: "節", from: "2026-03-05", to: "2026-03-05" },
    ];
    const calendars = { days: { ...DAYS, years: { "2026": { holidays, workdays: [] } } } };
    expect(waitTexts({ ...settleStep({}), calendars }, "03T12:00")).toEqual([
      "03T12:00-04T00:00 batch",
      "04T00:00-05T00:00 holiday calendar=days name=休",
      "05T00:00-06T00:00 holiday calendar=days name=節",
      "06T00:00-06T10:00 batch",
    ]);
  });

  test("a weekend is one wait of two days", () => {
    expect(waitTexts(settleStep({}), "06T12:00")).toEqual([
      "06T12:00-07T00:00 batch",
      "07T00:00-09T00:00 weekend calendar=days",
      "09T00:00-09T10:00 batch",
    ]);
  });

  test("money that enters on a closed day waits from that instant", () => {
    expect(waitTexts(settleStep({ system: "rail" }), "07T12:00")).toEqual([
      "07T12:00-09T00:00 weekend calendar=days system=rail",
      "09T00:00-09T10:00 batch system=rail",
    ]);
  });

  test("a missed cutoff is no wait if the batch before leaves at the same time", () => {
    expect(waitTexts(settleStep({}), "07T17:00")).toEqual([
      "07T17:00-09T00:00 weekend calendar=days",
      "09T00:00-09T10:00 batch",
    ]);
    expect(waitTexts(settleStep({}), "06T17:00")).toEqual([
      "06T17:00-07T00:00 batch",
      "07T00:00-09T00:00 weekend calendar=days",
      "09T00:00-09T10:00 batch",
    ]);
    expect(waitTexts(settleStep({ lag: "D+1", roll: "following" }), "07T17:00")).toEqual([
      "07T17:00-10T10:00 batch",
    ]);
  });

  test("a missed cutoff is a wait if the batch before leaves sooner, on closed days too", () => {
    expect(waitTexts(settleStep({}), "08T17:00")).toEqual([
      "08T17:00-09T00:00 cutoff",
      "09T00:00-10T10:00 batch",
    ]);
    expect(waitTexts(settleStep({ lag: "T+0" }), "06T17:00")).toEqual([
      "06T17:00-07T00:00 cutoff",
      "07T00:00-09T00:00 weekend calendar=days",
      "09T00:00-09T10:00 batch",
    ]);
    const runs = [
      { cutoff: "09:00", lag: "T+1", at: "10:00" },
      { cutoff: "15:00", lag: "T+0", at: "18:00" },
    ];
    expect(
      waitTexts(settleStep({ cutoff: undefined, lag: undefined, at: undefined, runs }), "06T16:00"),
    ).toEqual([
      "06T16:00-07T00:00 cutoff",
      "07T00:00-09T00:00 weekend calendar=days",
      "09T00:00-09T10:00 batch",
    ]);
  });

  test("before the first day of the calendar, the batch before counts as sooner", () => {
    const since = (from: string) => ({ days: { ...DAYS, coverage: { from, to: "2026-12-31" } } });
    expect(waitTexts({ ...settleStep({}), calendars: since("2026-03-02") }, "02T12:00")).toEqual([
      "02T12:00-03T10:00 batch",
    ]);
    expect(waitTexts({ ...settleStep({}), calendars: since("2026-03-02") }, "01T17:00")).toEqual([
      "01T17:00-02T00:00 cutoff",
      "02T00:00-03T10:00 batch",
    ]);
    // The first known day is a Saturday. Money that makes its cutoff leaves on Monday, as does money that misses it.
    expect(waitTexts({ ...settleStep({}), calendars: since("2026-03-07") }, "07T17:00")).toEqual([
      "07T17:00-09T00:00 weekend calendar=days",
      "09T00:00-09T10:00 batch",
    ]);
  });

  test("a calendar need not cover the day that begins at the release", () => {
    const calendars = { days: { ...DAYS, coverage: { from: "2026-01-01", to: "2026-03-03" } } };
    expect(waitTexts({ ...settleStep({ at: "24:00" }), calendars }, "02T12:00")).toEqual([
      "02T12:00-04T00:00 batch",
    ]);
  });

  test("for calendar days, or without a calendar, all is one batch wait", () => {
    expect(waitTexts(settleStep({ lag: "D+2" }), "03T12:00")).toEqual(["03T12:00-05T10:00 batch"]);
    expect(waitTexts(settleStep({ lag: "D+2" }), "03T17:00")).toEqual([
      "03T17:00-04T00:00 cutoff",
      "04T00:00-06T10:00 batch",
    ]);
    expect(waitTexts(settleStep({ calendar: undefined, lag: "T+1" }), "03T12:00")).toEqual([
      "03T12:00-04T10:00 batch",
    ]);
  });

  test("a release before T begins is a cutoff wait only", () => {
    const eve = settleStep({ calendar: undefined, cutoff: "20:00", lag: "D+0", at: "-1d 22:00" });
    expect(waitTexts(eve, "02T21:00")).toEqual(["02T21:00-02T22:00 cutoff"]);
    expect(waitTexts(settleStep({ cutoff: "20:00", lag: "T+0", at: "-1d 22:00" }), "02T21:00")).toEqual([
      "02T21:00-02T22:00 cutoff",
    ]);
  });

  test("money at or after the release does not wait", () => {
    expect(waitTexts(settleStep({ lag: "T+0" }), "02T12:34")).toEqual([]);
    expect(waitTexts(settleStep({ lag: "T+0" }), "02T10:00")).toEqual([]);
    expect(waitTexts(settleStep({ lag: "D+0" }), "02T12:34")).toEqual([]);
  });

  test("with several runs, only the joined one is reported; the first one if two leave together", () => {
    const runs = [
      { cutoff: "11:00", lag: "T+0", at: "12:00" },
      { cutoff: "15:00", lag: "T+0", at: "18:00" },
    ];
    const twice = settleStep({ cutoff: undefined, lag: undefined, at: undefined, runs });
    expect(waitTexts(twice, "02T10:00")).toEqual(["02T10:00-02T12:00 batch"]);
    expect(waitTexts(twice, "02T11:00")).toEqual(["02T11:00-02T18:00 batch"]);
    const alike = [
      { cutoff: "11:00", lag: "T+1", at: "12:00" },
      { cutoff: "15:00", lag: "T+1", at: "12:00" },
      { cutoff: "09:00", lag: "T+0", at: "12:00" },
    ];
    const joined = settleStep({ cutoff: undefined, lag: undefined, at: undefined, runs: alike });
    expect(waitTexts(joined, "02T10:00")).toEqual(["02T10:00-03T12:00 batch"]);
    expect(waitTexts(joined, "02T12:00")).toEqual(["02T12:00-03T12:00 batch"]);
  });
});

describe("a system with hours", () => {
  test("money waits for the opening, is processed, and waits for the next opening to leave", () => {
    expect(waitTexts(processStep({}), "02T07:00")).toEqual([
      "02T07:00-02T09:00 closed system=office",
      "02T09:00-02T12:00 processing system=office",
    ]);
    expect(waitTexts(processStep({}), "06T16:00")).toEqual([
      "06T16:00-06T19:00 processing system=office",
      "06T19:00-07T00:00 closed system=office",
      "07T00:00-09T00:00 weekend calendar=days system=office",
      "09T00:00-09T09:00 closed system=office",
    ]);
  });

  test("a process without duration has no wait", () => {
    expect(waitTexts(processStep({ takes: "PT0S" }), "02T10:00")).toEqual([]);
    expect(waitTexts(processStep({ takes: "PT0S", clock: "open" }), "02T10:00")).toEqual([]);
  });

  test("a process by the open clock pauses while the system is closed", () => {
    expect(waitTexts(processStep({ clock: "open" }), "02T15:00")).toEqual([
      "02T15:00-02T17:00 processing system=office",
      "02T17:00-03T09:00 closed system=office",
      "03T09:00-03T10:00 processing system=office",
    ]);
    expect(waitTexts(processStep({ clock: "open" }), "02T14:00")).toEqual([
      "02T14:00-02T17:00 processing system=office",
      "02T17:00-03T09:00 closed system=office",
    ]);
  });
});

describe("windows and holds", () => {
  const night = { interval: { from: "2026-03-03T00:00:00+08:00", until: "2026-03-03T06:00:00+08:00" } };

  test("a window is a wait with its name as its cause", () => {
    expect(waitTexts(passRail(windowRule(night)), "03T01:00")).toEqual([
      "03T01:00-03T06:00 maintenance name=w rule=w system=rail",
    ]);
    expect(waitTexts(passRail(windowRule(night, "incident")), "03T01:00")).toEqual([
      "03T01:00-03T06:00 incident name=w rule=w system=rail",
    ]);
    expect(waitTexts(passRail(windowRule(night)), "02T23:59")).toEqual([]);
    expect(waitTexts(passRail(windowRule({ ...night, systems: ["other"] })), "03T01:00")).toEqual([]);
  });

  const hold = (name: string, before: string): HoldRule =>
    ({ name, event: { type: "hold", params: { for: "PT1H", before } } }) as unknown as HoldRule;
  const legs: Scenario["steps"] = [
    { kind: "process", takes: "PT1M", milestone: "accepted" },
    { kind: "process", takes: "PT2M" },
    { kind: "process", takes: "PT3M", milestone: "settled" },
  ] as Scenario["steps"];

  test.each([
    ["accepted", ["hold", "1", "2", "3"]],
    ["sent", ["1", "2", "hold", "3"]],
    ["settled", ["1", "2", "hold", "3"]],
    ["credited", ["1", "2", "3", "hold"]],
  ])("a hold before `%s` is placed before that milestone", (before, order) => {
    const minutes = waitTexts({ steps: legs, holds: [hold("h", before)] }, "02T10:00").map((wait) => {
      const [, from, to, rest] = /T(\d\d:\d\d)-\d\dT(\d\d:\d\d) (.*)/.exec(wait) as RegExpExecArray;
      if (rest === "hold name=h rule=h") return "hold";
      expect(rest).toBe("processing");
      return String(Number(to?.slice(3)) - Number(from?.slice(3)));
    });
    expect(minutes).toEqual(order);
  });

  test("holds before one milestone act in the order in which they are listed", () => {
    const [first, second] = waitTexts(
      { steps: [], holds: [hold("a", "sent"), hold("b", "sent")] },
      "02T10:00",
    );
    expect([first, second]).toEqual([
      "02T10:00-02T11:00 hold name=a rule=a",
      "02T11:00-02T12:00 hold name=b rule=b",
    ]);
  });
});
