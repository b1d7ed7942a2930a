import { expect, test } from "vitest";
import { shippedTimetable } from "../support/command-line.js";

/** The last notice ends on 2026-12-31, 60 days after 2026-11-01. The longest lag of the pack is 15 working days. */
test.each([
  ["2026-11-01", false],
  ["2026-11-02", true],
  ["2026-12-31", true],
])("on %s, whether the notice of the next year is due: %s", async (today, due) => {
  const endings = (await shippedTimetable()).endings({ today });
  const statutory = { calendar: "cn.statutory", until: "2026-12-31", file: "cn.statutory" };
  if (due) expect(endings).toContainEqual(statutory);
  else expect(endings).toEqual([]);
});

test("a calendar that extends another is reported with the file that needs the notice", async () => {
  const endings = (await shippedTimetable()).endings({ today: "2026-12-01" });
  expect(endings).toContainEqual({ calendar: "cn.hvps", until: "2026-12-31", file: "cn.statutory" });
});
