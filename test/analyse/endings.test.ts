import { expect, test } from "vitest";
import { shippedTimetable } from "../support/command-line.js";

/** 2026-12-31 is the last day of the last notice; the longest lag of the pack is 15 working days. */
test.each([
  ["2026-11-01", false],
  ["2026-11-02", true],
  ["2026-12-31", true],
])("on %s the notice of the next year is due soon: %s", async (today, due) => {
  const endings = (await shippedTimetable()).endings({ today });
  const statutory = { calendar: "cn.statutory", until: "2026-12-31", file: "cn.statutory" };
  if (due) expect(endings).toContainEqual(statutory);
  else expect(endings).toEqual([]);
});

test("calendars that extend one are told with the file that they wait for", async () => {
  const endings = (await shippedTimetable()).endings({ today: "2026-12-01" });
  expect(endings).toContainEqual({ calendar: "cn.hvps", until: "2026-12-31", file: "cn.statutory" });
});
