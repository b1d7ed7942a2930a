import { describe, expect, test } from "vitest";
import type { CalendarFile, Hours } from "../../src/model/rulebook.js";
import { MARK } from "../../src/route/move.js";
import { closing, DAYS, type Given, moveOf, out, piece, process, settle, through, title } from "./world.js";

/** The hours of a system, its eras, and what may be said of an answer that rests on them. */

const office = (...hours: Partial<Hours>[]): Given => ({
  steps: [{ kind: "process", system: "office", takes: "PT0S" }] as Given["steps"],
  systems: {
    office: {
      title,
      hours: hours.map((one) => ({ calendar: "days", opens: "09:00", closes: "17:00", ...one })),
    },
  },
});

describe("hours beyond one day", () => {
  const evening = office({ opens: "-1d 20:30", closes: "17:15" });

  test("a day that begins on the evening before is open from then, on the evening of a closed day too", () => {
    expect(out(evening, "02T17:14")).toBe("02T17:14");
    expect(out(evening, "02T17:15")).toBe("02T20:30");
    expect(out(evening, "02T21:00")).toBe("02T21:00");
    expect(out(evening, "03T17:15")).toBe("04T20:30");
    expect(out(evening, "06T18:00")).toBe("08T20:30");
  });

  test("after a closed day it may open later", () => {
    const late = office({ opens: "-1d 20:30", opensAfterClosedDay: "08:30", closes: "17:15" });
    expect(out(late, "02T18:00")).toBe("02T20:30");
    expect(out(late, "03T18:00")).toBe("05T08:30");
    expect(out(late, "06T18:00")).toBe("09T08:30");
  });

  test("a day that ends after midnight is open until then, on a closed day too", () => {
    const night = office({ closes: "+1d 02:00" });
    expect(out(night, "03T01:59")).toBe("03T01:59");
    expect(out(night, "03T02:00")).toBe("03T09:00");
    expect(out(night, "04T01:00")).toBe("04T01:00");
    expect(out(night, "07T01:00")).toBe("07T01:00");
    expect(out(night, "07T02:00")).toBe("09T09:00");
    expect(piece(night, "07T00:30")).toBe("until 07T02:00 after 0");
    expect(out(office({ closes: "+2d 02:00" }), "08T01:00")).toBe("08T01:00");
    expect(out(office({ closes: "24:00" }), "02T23:59")).toBe("02T23:59");
    expect(out(office({ closes: "24:00" }), "03T00:00")).toBe("03T09:00");
  });

  test("a system of another zone opens by its own clock", () => {
    const abroad = office({});
    const tokyo = { office: { ...abroad.systems?.office, zone: "Asia/Tokyo", title } };
    expect(out({ ...abroad, systems: tokyo }, "02T07:59")).toBe("02T08:00");
    expect(out({ ...abroad, systems: tokyo }, "02T16:00")).toBe("03T08:00");
  });
});

describe("eras of hours", () => {
  const eras = office(
    { opens: "10:00", effective: { from: "2026-03-05" } },
    { opens: "08:00", effective: { from: "2026-03-02", until: "2026-03-05" } },
  );

  test("each business date has the hours of its era, in whatever order they are written", () => {
    expect(out(eras, "02T07:00")).toBe("02T08:00");
    expect(out(eras, "03T07:00")).toBe("03T08:00");
    expect(out(eras, "03T17:00")).toBe("05T10:00");
    expect(out(eras, "05T08:30")).toBe("05T10:00");
  });

  test("before the first era the question has no answer, and the era that is known is named", () => {
    expect(() => out(eras, "01T12:00")).toThrow(/`office` are not known for 2026-03-01/);
    expect(() => out(eras, "01T12:00")).toThrow(
      expect.objectContaining({ help: expect.stringContaining("begins on 2026-03-02") }),
    );
  });

  test("nor has it in a gap, or after the last era", () => {
    const gap = office(
      { effective: { from: "2026-03-02", until: "2026-03-03" } },
      { effective: { from: "2026-03-05", until: "2026-03-06" } },
    );
    expect(out(gap, "02T12:00")).toBe("02T12:00");
    expect(() => out(gap, "02T17:00")).toThrow(/not known for 2026-03-03/);
    expect(out(gap, "05T12:00")).toBe("05T12:00");
    expect(() => out(gap, "05T17:00")).toThrow(/not known for 2026-03-06/);
    expect(() => out(gap, "05T17:00")).toThrow(
      expect.objectContaining({ help: expect.not.stringContaining("next known") }),
    );
  });

  test("an era without a business date is passed over", () => {
    const weekend = office(
      { opens: "12:00", effective: { from: "2026-03-07", until: "2026-03-09" } },
      { opens: "10:00", effective: { from: "2026-03-09" } },
    );
    expect(out(weekend, "07T12:00")).toBe("09T10:00");
  });

  test("the first day of a calendar has hours, though nothing is known of the day before", () => {
    const calendars = { days: { ...DAYS, coverage: { from: "2026-03-02", to: "2026-12-31" } } };
    expect(out({ ...office({}), calendars }, "02T08:00")).toBe("02T09:00");
  });
});

const marks = (given: Given, at: string): number => moveOf(given, at).marks;

describe("what is said of an answer", () => {
  const published = office({ basis: "published" });

  test("hours are assumed unless they are published", () => {
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

  test("a session is projected when its date lies after the last official day", () => {
    expect(marks({ ...published, calendars }, "05T12:00")).toBe(0);
    expect(marks({ ...published, calendars }, "03T18:00")).toBe(0);
    expect(marks({ ...published, calendars }, "05T18:00")).toBe(MARK.projected);
    expect(marks({ ...published, calendars }, "06T12:00")).toBe(MARK.projected);
  });

  test("a clearing run is projected when its date of release lies after the last official day", () => {
    expect(marks({ ...settle({}), calendars }, "03T12:00")).toBe(0);
    expect(marks({ ...settle({}), calendars }, "05T12:00")).toBe(MARK.projected);
    expect(marks({ ...settle({ lag: "T+0" }), calendars }, "05T12:00")).toBe(0);
    expect(marks({ ...settle({ lag: "T+0" }), calendars }, "06T12:00")).toBe(MARK.projected);
    expect(marks({ ...settle({ calendar: undefined, lag: "D+1" }), calendars }, "06T12:00")).toBe(0);
  });

  test("work by the open clock bears what is said of every session that it uses", () => {
    const open = { ...process({ clock: "open" }), systems: published.systems as never, calendars };
    expect(marks(open, "05T10:00")).toBe(0);
    expect(marks(open, "05T16:00")).toBe(MARK.projected);
  });

  test("of a session in the middle too, during which it goes on", () => {
    const hours = office(
      { basis: "published", effective: { from: "2026-03-02", until: "2026-03-03" } },
      { basis: "assumed", effective: { from: "2026-03-03", until: "2026-03-04" } },
      { basis: "published", effective: { from: "2026-03-04" } },
    );
    const long = { ...process({ clock: "open", takes: "PT20H" }), systems: hours.systems as never };
    expect(out(long, "02T09:00")).toBe("05T13:00");
    expect(marks(long, "02T09:00")).toBe(MARK.assumed);
    expect(marks(long, "05T09:00")).toBe(0);
  });

  const night = { interval: { from: "2026-03-03T00:00:00+08:00", until: "2026-03-03T06:00:00+08:00" } };

  test("a window is assumed unless it is published, and counts for who waits for it alone", () => {
    expect(marks(through({ ...closing(night), basis: "published" }), "03T01:00")).toBe(0);
    expect(marks(through(closing(night)), "03T01:00")).toBe(MARK.assumed);
    expect(marks(through(closing(night)), "02T12:00")).toBe(0);
  });

  test("the end of a window is open only where none is written", () => {
    const unknown = {
      interval: { from: "2026-03-03T00:00:00+08:00", reviewAt: "2026-03-03T06:00:00+08:00" },
    };
    const incident = { ...closing(unknown, "incident"), basis: "published" as const };
    expect(marks(through(incident), "03T01:00")).toBe(MARK.openIncident);
    const listed = { dates: { on: ["2026-03-03"], from: "00:00", until: "06:00" } };
    expect(marks(through({ ...closing(listed), basis: "published" }), "03T01:00")).toBe(0);
    const recurs = { recurs: { every: "day", from: "00:00", until: "06:00" } };
    expect(marks(through({ ...closing(recurs), basis: "published" }), "03T01:00")).toBe(0);
  });

  test("money is refused only by a step that does not let it wait, and only when it comes to it", () => {
    const refuse = process({ onClosed: "refuse" });
    expect(marks(refuse, "02T16:00") & MARK.refused).toBe(0);
    expect(marks(refuse, "02T08:00") & MARK.refused).toBe(MARK.refused);
    expect(marks(process({}), "02T08:00") & MARK.refused).toBe(0);
    expect(marks(process({ onClosed: "wait" }), "02T08:00") & MARK.refused).toBe(0);
  });
});
