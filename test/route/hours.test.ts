import { describe, expect, test } from "vitest";
import type { CalendarFile, Hours } from "../../src/model/rulebook.js";
import { MARK } from "../../src/route/move.js";
import {
  DAYS,
  leaveTime,
  moveOf,
  passRail,
  pieceText,
  processStep,
  type Scenario,
  settleStep,
  title,
  windowRule,
} from "./fixture.js";

/** The hours of a system, their eras, and the marks of moves that depend on them. */

const office = (...hours: Partial<Hours>[]): Scenario => ({
  steps: [{ kind: "process", system: "office", takes: "PT0S" }] as Scenario["steps"],
  systems: {
    office: {
      title,
      hours: hours.map((one) => ({ calendar: "days", opens: "09:00", closes: "17:00", ...one })),
    },
  },
});

describe("hours beyond one day", () => {
  const evening = office({ opens: "-1d 20:30", closes: "17:15" });

  test("a session may open on the evening before, even if that day is closed", () => {
    expect(leaveTime(evening, "02T17:14")).toBe("02T17:14");
    expect(leaveTime(evening, "02T17:15")).toBe("02T20:30");
    expect(leaveTime(evening, "02T21:00")).toBe("02T21:00");
    expect(leaveTime(evening, "03T17:15")).toBe("04T20:30");
    expect(leaveTime(evening, "06T18:00")).toBe("08T20:30");
  });

  test("a session may open later after a closed day", () => {
    const late = office({ opens: "-1d 20:30", opensAfterClosedDay: "08:30", closes: "17:15" });
    expect(leaveTime(late, "02T18:00")).toBe("02T20:30");
    expect(leaveTime(late, "03T18:00")).toBe("05T08:30");
    expect(leaveTime(late, "06T18:00")).toBe("09T08:30");
  });

  test("a session may close after midnight, even on a closed day", () => {
    const night = office({ closes: "+1d 02:00" });
    expect(leaveTime(night, "03T01:59")).toBe("03T01:59");
    expect(leaveTime(night, "03T02:00")).toBe("03T09:00");
    expect(leaveTime(night, "04T01:00")).toBe("04T01:00");
    expect(leaveTime(night, "07T01:00")).toBe("07T01:00");
    expect(leaveTime(night, "07T02:00")).toBe("09T09:00");
    expect(pieceText(night, "07T00:30")).toBe("until 07T02:00 after 0");
    expect(leaveTime(office({ closes: "+2d 02:00" }), "08T01:00")).toBe("08T01:00");
    expect(leaveTime(office({ closes: "24:00" }), "02T23:59")).toBe("02T23:59");
    expect(leaveTime(office({ closes: "24:00" }), "03T00:00")).toBe("03T09:00");
  });

  test("a system in another zone opens by its own clock", () => {
    const abroad = office({});
    const tokyo = { office: { ...abroad.systems?.office, zone: "Asia/Tokyo", title } };
    expect(leaveTime({ ...abroad, systems: tokyo }, "02T07:59")).toBe("02T08:00");
    expect(leaveTime({ ...abroad, systems: tokyo }, "02T16:00")).toBe("03T08:00");
  });
});

describe("eras of hours", () => {
  const eras = office(
    { opens: "10:00", effective: { from: "2026-03-05" } },
    { opens: "08:00", effective: { from: "2026-03-02", until: "2026-03-05" } },
  );

  test("each business date has the hours of its era, in any order of eras", () => {
    expect(leaveTime(eras, "02T07:00")).toBe("02T08:00");
    expect(leaveTime(eras, "03T07:00")).toBe("03T08:00");
    expect(leaveTime(eras, "03T17:00")).toBe("05T10:00");
    expect(leaveTime(eras, "05T08:30")).toBe("05T10:00");
  });

  test("a date before the first era is an error that names the first era", () => {
    expect(() => leaveTime(eras, "01T12:00")).toThrow(/`office` are not known for 2026-03-01/);
    expect(() => leaveTime(eras, "01T12:00")).toThrow(
      expect.objectContaining({ help: expect.stringContaining("begins on 2026-03-02") }),
    );
  });

  test("a date in a gap or after the last era is an error", () => {
    const gap = office(
      { effective: { from: "2026-03-02", until: "2026-03-03" } },
      { effective: { from: "2026-03-05", until: "2026-03-06" } },
    );
    expect(leaveTime(gap, "02T12:00")).toBe("02T12:00");
    expect(() => leaveTime(gap, "02T17:00")).toThrow(/not known for 2026-03-03/);
    expect(leaveTime(gap, "05T12:00")).toBe("05T12:00");
    expect(() => leaveTime(gap, "05T17:00")).toThrow(/not known for 2026-03-06/);
    expect(() => leaveTime(gap, "05T17:00")).toThrow(
      expect.objectContaining({ help: expect.not.stringContaining("next known") }),
    );
  });

  test("an era without a business date is skipped", () => {
    const weekend = office(
      { opens: "12:00", effective: { from: "2026-03-07", until: "2026-03-09" } },
      { opens: "10:00", effective: { from: "2026-03-09" } },
    );
    expect(leaveTime(weekend, "07T12:00")).toBe("09T10:00");
  });

  test("the first day of a calendar has hours, although the day before is unknown", () => {
    const calendars = { days: { ...DAYS, coverage: { from: "2026-03-02", to: "2026-12-31" } } };
    expect(leaveTime({ ...office({}), calendars }, "02T08:00")).toBe("02T09:00");
  });
});

const marks = (scenario: Scenario, at: string): number => moveOf(scenario, at).marks;

describe("the marks of a move", () => {
  const published = office({ basis: "published" });

  test("unpublished hours are assumed", () => {
    expect(marks(published, "02T12:00")).toBe(0);
    expect(marks(published, "02T08:00")).toBe(0);
    expect(marks(office({}), "02T12:00")).toBe(MARK.assumed);
    expect(marks(office({ basis: "assumed" }), "02T08:00")).toBe(MARK.assumed);
  });

  const short: CalendarFile = {
    ...DAYS,
    coverage: { from: "2026-01-01", to: "2026-03-05" },
    projection: { country: "CN", until: "2026-12-31", blocks: [] },
  };
  const calendars = { days: short };

  test("a session is projected if its date is after the last official day", () => {
    expect(marks({ ...published, calendars }, "05T12:00")).toBe(0);
    expect(marks({ ...published, calendars }, "03T18:00")).toBe(0);
    expect(marks({ ...published, calendars }, "05T18:00")).toBe(MARK.projected);
    expect(marks({ ...published, calendars }, "06T12:00")).toBe(MARK.projected);
  });

  test("a batch is projected if its release date is after the last official day", () => {
    expect(marks({ ...settleStep({}), calendars }, "03T12:00")).toBe(0);
    expect(marks({ ...settleStep({}), calendars }, "05T12:00")).toBe(MARK.projected);
    expect(marks({ ...settleStep({ lag: "T+0" }), calendars }, "05T12:00")).toBe(0);
    expect(marks({ ...settleStep({ lag: "T+0" }), calendars }, "06T12:00")).toBe(MARK.projected);
    expect(marks({ ...settleStep({ calendar: undefined, lag: "D+1" }), calendars }, "06T12:00")).toBe(0);
  });

  test("a process by the open clock has the marks of every session that it uses", () => {
    const open = { ...processStep({ clock: "open" }), systems: published.systems as never, calendars };
    expect(marks(open, "05T10:00")).toBe(0);
    expect(marks(open, "05T16:00")).toBe(MARK.projected);
  });

  test("a process by the open clock has the marks of a session in the middle", () => {
    const hours = office(
      { basis: "published", effective: { from: "2026-03-02", until: "2026-03-03" } },
      { basis: "assumed", effective: { from: "2026-03-03", until: "2026-03-04" } },
      { basis: "published", effective: { from: "2026-03-04" } },
    );
    const long = { ...processStep({ clock: "open", takes: "PT20H" }), systems: hours.systems as never };
    expect(leaveTime(long, "02T09:00")).toBe("05T13:00");
    expect(marks(long, "02T09:00")).toBe(MARK.assumed);
    expect(marks(long, "05T09:00")).toBe(0);
  });

  const night = { interval: { from: "2026-03-03T00:00:00+08:00", until: "2026-03-03T06:00:00+08:00" } };

  test("an unpublished window marks only payments that wait for it", () => {
    expect(marks(passRail({ ...windowRule(night), basis: "published" }), "03T01:00")).toBe(0);
    expect(marks(passRail(windowRule(night)), "03T01:00")).toBe(MARK.assumed);
    expect(marks(passRail(windowRule(night)), "02T12:00")).toBe(0);
  });

  test("only an interval without an end is an open incident", () => {
    const unknown = {
      interval: { from: "2026-03-03T00:00:00+08:00", reviewAt: "2026-03-03T06:00:00+08:00" },
    };
    const incident = { ...windowRule(unknown, "incident"), basis: "published" as const };
    expect(marks(passRail(incident), "03T01:00")).toBe(MARK.openIncident);
    const listed = { dates: { on: ["2026-03-03"], from: "00:00", until: "06:00" } };
    expect(marks(passRail({ ...windowRule(listed), basis: "published" }), "03T01:00")).toBe(0);
    const recurs = { recurs: { every: "day", from: "00:00", until: "06:00" } };
    expect(marks(passRail({ ...windowRule(recurs), basis: "published" }), "03T01:00")).toBe(0);
  });

  test("only a step with `onClosed: refuse` refuses, and only while it is closed", () => {
    const refuse = processStep({ onClosed: "refuse" });
    expect(marks(refuse, "02T16:00") & MARK.refused).toBe(0);
    expect(marks(refuse, "02T08:00") & MARK.refused).toBe(MARK.refused);
    expect(marks(processStep({}), "02T08:00") & MARK.refused).toBe(0);
    expect(marks(processStep({ onClosed: "wait" }), "02T08:00") & MARK.refused).toBe(0);
  });
});
