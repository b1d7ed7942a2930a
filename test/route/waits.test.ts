import { describe, expect, test } from "vitest";
import type { HoldRule } from "../../src/model/rulebook.js";
import { closing, DAYS, type Given, process, settle, through, waits } from "./world.js";

/** What money waits for, stretch by stretch, as a person reads it off the calendar of `world.ts`. */

describe("a clearing run", () => {
  test("before the cutoff everything is the run's, over open days as one stretch", () => {
    expect(waits(settle({}), "02T12:00")).toEqual(["02T12:00-03T10:00 batch"]);
  });

  test("after the cutoff it is the cutoff until T begins, and then a holiday by its name and calendar", () => {
    expect(waits(settle({}), "02T17:00")).toEqual([
      "02T17:00-03T00:00 cutoff",
      "03T00:00-04T00:00 batch",
      "04T00:00-05T00:00 holiday calendar=days name=休",
      "05T00:00-05T10:00 batch",
    ]);
  });

  test("two holidays that touch are two stretches", () => {
    const holidays = [
      { name: "休", from: "2026-03-04", to: "2026-03-04" },
      { name: "節", from: "2026-03-05", to: "2026-03-05" },
    ];
    const calendars = { days: { ...DAYS, years: { "2026": { holidays, workdays: [] } } } };
    expect(waits({ ...settle({}), calendars }, "03T12:00")).toEqual([
      "03T12:00-04T00:00 batch",
      "04T00:00-05T00:00 holiday calendar=days name=休",
      "05T00:00-06T00:00 holiday calendar=days name=節",
      "06T00:00-06T10:00 batch",
    ]);
  });

  test("a weekend is one stretch of two days", () => {
    expect(waits(settle({}), "06T12:00")).toEqual([
      "06T12:00-07T00:00 batch",
      "07T00:00-09T00:00 weekend calendar=days",
      "09T00:00-09T10:00 batch",
    ]);
  });

  test("money that comes on a closed day waits for it from that instant", () => {
    expect(waits(settle({ system: "rail" }), "07T12:00")).toEqual([
      "07T12:00-09T00:00 weekend calendar=days system=rail",
      "09T00:00-09T10:00 batch system=rail",
    ]);
  });

  test("a cutoff that cost nothing is not waited for, because who made it left no sooner", () => {
    expect(waits(settle({}), "07T17:00")).toEqual([
      "07T17:00-09T00:00 weekend calendar=days",
      "09T00:00-09T10:00 batch",
    ]);
    expect(waits(settle({}), "06T17:00")).toEqual([
      "06T17:00-07T00:00 batch",
      "07T00:00-09T00:00 weekend calendar=days",
      "09T00:00-09T10:00 batch",
    ]);
    expect(waits(settle({ lag: "D+1", roll: "following" }), "07T17:00")).toEqual(["07T17:00-10T10:00 batch"]);
  });

  test("a cutoff on a closed day is waited for where the next day is open, or who made it would have left", () => {
    expect(waits(settle({}), "08T17:00")).toEqual(["08T17:00-09T00:00 cutoff", "09T00:00-10T10:00 batch"]);
    expect(waits(settle({ lag: "T+0" }), "06T17:00")).toEqual([
      "06T17:00-07T00:00 cutoff",
      "07T00:00-09T00:00 weekend calendar=days",
      "09T00:00-09T10:00 batch",
    ]);
    const runs = [
      { cutoff: "09:00", lag: "T+1", at: "10:00" },
      { cutoff: "15:00", lag: "T+0", at: "18:00" },
    ];
    expect(waits(settle({ cutoff: undefined, lag: undefined, at: undefined, runs }), "06T16:00")).toEqual([
      "06T16:00-07T00:00 cutoff",
      "07T00:00-09T00:00 weekend calendar=days",
      "09T00:00-09T10:00 batch",
    ]);
  });

  test("where no calendar knows the day before, who came on it would have left sooner", () => {
    const since = (from: string) => ({ days: { ...DAYS, coverage: { from, to: "2026-12-31" } } });
    expect(waits({ ...settle({}), calendars: since("2026-03-02") }, "02T12:00")).toEqual([
      "02T12:00-03T10:00 batch",
    ]);
    expect(waits({ ...settle({}), calendars: since("2026-03-02") }, "01T17:00")).toEqual([
      "01T17:00-02T00:00 cutoff",
      "02T00:00-03T10:00 batch",
    ]);
    // The first day that it knows is a Saturday, and who made the cutoff on it leaves on Monday with all others.
    expect(waits({ ...settle({}), calendars: since("2026-03-07") }, "07T17:00")).toEqual([
      "07T17:00-09T00:00 weekend calendar=days",
      "09T00:00-09T10:00 batch",
    ]);
  });

  test("the day that begins as the money leaves is not asked for, so that no calendar need know it", () => {
    const calendars = { days: { ...DAYS, coverage: { from: "2026-01-01", to: "2026-03-03" } } };
    expect(waits({ ...settle({ at: "24:00" }), calendars }, "02T12:00")).toEqual(["02T12:00-04T00:00 batch"]);
  });

  test("of calendar days, and where there is no calendar, all is the run's", () => {
    expect(waits(settle({ lag: "D+2" }), "03T12:00")).toEqual(["03T12:00-05T10:00 batch"]);
    expect(waits(settle({ lag: "D+2" }), "03T17:00")).toEqual([
      "03T17:00-04T00:00 cutoff",
      "04T00:00-06T10:00 batch",
    ]);
    expect(waits(settle({ calendar: undefined, lag: "T+1" }), "03T12:00")).toEqual([
      "03T12:00-04T10:00 batch",
    ]);
  });

  test("a release before T begins is waited for as a missed cutoff alone", () => {
    const eve = settle({ calendar: undefined, cutoff: "20:00", lag: "D+0", at: "-1d 22:00" });
    expect(waits(eve, "02T21:00")).toEqual(["02T21:00-02T22:00 cutoff"]);
    expect(waits(settle({ cutoff: "20:00", lag: "T+0", at: "-1d 22:00" }), "02T21:00")).toEqual([
      "02T21:00-02T22:00 cutoff",
    ]);
  });

  test("who comes after the release does not wait, nor who comes at it", () => {
    expect(waits(settle({ lag: "T+0" }), "02T12:34")).toEqual([]);
    expect(waits(settle({ lag: "T+0" }), "02T10:00")).toEqual([]);
    expect(waits(settle({ lag: "D+0" }), "02T12:34")).toEqual([]);
  });

  test("of several runs only the one that is joined is told, the first of two that leave together", () => {
    const runs = [
      { cutoff: "11:00", lag: "T+0", at: "12:00" },
      { cutoff: "15:00", lag: "T+0", at: "18:00" },
    ];
    const twice = settle({ cutoff: undefined, lag: undefined, at: undefined, runs });
    expect(waits(twice, "02T10:00")).toEqual(["02T10:00-02T12:00 batch"]);
    expect(waits(twice, "02T11:00")).toEqual(["02T11:00-02T18:00 batch"]);
    const alike = [
      { cutoff: "11:00", lag: "T+1", at: "12:00" },
      { cutoff: "15:00", lag: "T+1", at: "12:00" },
      { cutoff: "09:00", lag: "T+0", at: "12:00" },
    ];
    const joined = settle({ cutoff: undefined, lag: undefined, at: undefined, runs: alike });
    expect(waits(joined, "02T10:00")).toEqual(["02T10:00-03T12:00 batch"]);
    expect(waits(joined, "02T12:00")).toEqual(["02T12:00-03T12:00 batch"]);
  });
});

describe("a system with hours", () => {
  test("money waits for the opening, works, and waits for the next opening to leave", () => {
    expect(waits(process({}), "02T07:00")).toEqual([
      "02T07:00-02T09:00 closed system=office",
      "02T09:00-02T12:00 processing system=office",
    ]);
    expect(waits(process({}), "06T16:00")).toEqual([
      "06T16:00-06T19:00 processing system=office",
      "06T19:00-07T00:00 closed system=office",
      "07T00:00-09T00:00 weekend calendar=days system=office",
      "09T00:00-09T09:00 closed system=office",
    ]);
  });

  test("what takes no time leaves no trace", () => {
    expect(waits(process({ takes: "PT0S" }), "02T10:00")).toEqual([]);
    expect(waits(process({ takes: "PT0S", clock: "open" }), "02T10:00")).toEqual([]);
  });

  test("work that stops at closing goes on at the next opening", () => {
    expect(waits(process({ clock: "open" }), "02T15:00")).toEqual([
      "02T15:00-02T17:00 processing system=office",
      "02T17:00-03T09:00 closed system=office",
      "03T09:00-03T10:00 processing system=office",
    ]);
    expect(waits(process({ clock: "open" }), "02T14:00")).toEqual([
      "02T14:00-02T17:00 processing system=office",
      "02T17:00-03T09:00 closed system=office",
    ]);
  });
});

describe("windows and holds", () => {
  const night = { interval: { from: "2026-03-03T00:00:00+08:00", until: "2026-03-03T06:00:00+08:00" } };

  test("a window is a cause of its own, by its name", () => {
    expect(waits(through(closing(night)), "03T01:00")).toEqual([
      "03T01:00-03T06:00 maintenance name=w rule=w system=rail",
    ]);
    expect(waits(through(closing(night, "incident")), "03T01:00")).toEqual([
      "03T01:00-03T06:00 incident name=w rule=w system=rail",
    ]);
    expect(waits(through(closing(night)), "02T23:59")).toEqual([]);
    expect(waits(through(closing({ ...night, systems: ["other"] })), "03T01:00")).toEqual([]);
  });

  const hold = (name: string, before: string): HoldRule =>
    ({ name, event: { type: "hold", params: { for: "PT1H", before } } }) as unknown as HoldRule;
  const legs: Given["steps"] = [
    { kind: "process", takes: "PT1M", milestone: "accepted" },
    { kind: "process", takes: "PT2M" },
    { kind: "process", takes: "PT3M", milestone: "settled" },
  ] as Given["steps"];

  test.each([
    ["accepted", ["hold", "1", "2", "3"]],
    ["sent", ["1", "2", "hold", "3"]],
    ["settled", ["1", "2", "hold", "3"]],
    ["credited", ["1", "2", "3", "hold"]],
  ])("a hold before `%s` stands in its place", (before, order) => {
    const minutes = waits({ steps: legs, holds: [hold("h", before)] }, "02T10:00").map((wait) => {
      const [, from, to, rest] = /T(\d\d:\d\d)-\d\dT(\d\d:\d\d) (.*)/.exec(wait) as RegExpExecArray;
      if (rest === "hold name=h rule=h") return "hold";
      expect(rest).toBe("processing");
      return String(Number(to?.slice(3)) - Number(from?.slice(3)));
    });
    expect(minutes).toEqual(order);
  });

  test("holds before one milestone follow one another as they are listed", () => {
    const [first, second] = waits({ steps: [], holds: [hold("a", "sent"), hold("b", "sent")] }, "02T10:00");
    expect([first, second]).toEqual([
      "02T10:00-02T11:00 hold name=a rule=a",
      "02T11:00-02T12:00 hold name=b rule=b",
    ]);
  });
});
