import { expect, test } from "vitest";
import { diffSays, findingSays } from "../../src/errors.js";

/** Every message of `check` and `diff`. */

const instants = { sent: "S", arrives: "A", laterSent: "L", laterArrives: "B" };

const MESSAGES = {
  notAToday: findingSays.notAToday("2026-02-30"),
  tie: findingSays.tie("a", "b", 10),
  tieUnsettled: findingSays.tieUnsettled("a", "b", 10),
  neverMatches: findingSays.neverMatches("a", true),
  neverFound: findingSays.neverMatches("a", false),
  shadowed: findingSays.shadowed("a", ["b", "c"], true),
  shadowedPerhaps: findingSays.shadowed("a", ["b"], false),
  duplicate: findingSays.duplicate("b", "a"),
  gap: findingSays.gap("cn.test", ["speed notIn t1", "initiated.date before 2026-01-01"]),
  gapOfAll: findingSays.gap("cn.test", []),
  gapUnsettled: findingSays.gapUnsettled("cn.test"),
  tooManyCells: findingSays.tooManyCells("cn.test", 300_000, 200_000),
  comparesFacts: findingSays.comparesFacts("cn.test", ['amount lessThan {"fact":"count"}']),
  sooner: findingSays.sooner("a", "b", instants),
  soonerTooMany: findingSays.soonerUndecided("cn.test", 300_000),
  soonerVague: findingSays.soonerUndecided("cn.test", undefined),
  hoursGap: findingSays.hoursGap("rail", "2026-05-30", "2026-06-01"),
  hoursEnd: findingSays.hoursGap("rail", "2026-05-30", undefined),
  hoursOverlap: findingSays.hoursOverlap("rail", "2026-06-01", "2026-06-02"),
  hoursOverlapWhole: findingSays.hoursOverlap("rail", "", undefined),
  calendarYear: findingSays.calendarYear("top", 2026),
  coverageEnds: findingSays.coverageEnds("week", "2026-12-31", "week"),
  projectionBegins: findingSays.projectionBegins("week", "2026-12-31", "2030-12-31", "week"),
  windowPast: findingSays.windowPast("w", "2026-01-01"),
  undated: findingSays.undated("a", ["a notice"]),
  undatedSeveral: findingSays.undated("a", ["a notice", "a page"]),
  unused: findingSays.unused("fact", "idle"),
  unproved: findingSays.unproved("atm-24h"),
  confirmsNothing: findingSays.confirmsNothing("tie", "a"),
  noEdition: diffSays.noEdition("HEAD~x", "fatal: not a valid object name"),
  notADay: diffSays.notADay("soon"),
  notDays: diffSays.notDays("0"),
  notJson: diffSays.notJson(),
  noFile: diffSays.noFile("ENOENT"),
};

test("every message has a problem and a remedy, each on one line", () => {
  for (const { what, help } of Object.values(MESSAGES))
    expect(`${what}${help}`).not.toMatch(/\n|\.$|undefined/);
  expect(MESSAGES).toMatchSnapshot();
});

test("the list of messages is complete", () => {
  const tested = new Set(Object.keys(MESSAGES));
  const all = [...Object.keys(findingSays), ...Object.keys(diffSays)];
  expect(all.filter((name) => !tested.has(name) && !["soonerUndecided"].includes(name))).toEqual([]);
});
