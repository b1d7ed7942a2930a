import { expect, test } from "vitest";
import { diffMessages, findingMessages } from "../../src/errors.js";

/** Every message of `check` and `diff`. */

const instants = { sent: "S", arrives: "A", laterSent: "L", laterArrives: "B" };

const MESSAGES = {
  notAToday: findingMessages.notAToday("2026-02-30"),
  tie: findingMessages.tie("a", "b", 10),
  tieUnsettled: findingMessages.tieUnsettled("a", "b", 10),
  neverMatches: findingMessages.neverMatches("a", true),
  neverFound: findingMessages.neverMatches("a", false),
  shadowed: findingMessages.shadowed("a", ["b", "c"], true),
  shadowedPerhaps: findingMessages.shadowed("a", ["b"], false),
  duplicate: findingMessages.duplicate("b", "a"),
  gap: findingMessages.gap("cn.test", ["speed notIn t1", "initiated.date before 2026-01-01"]),
  gapOfAll: findingMessages.gap("cn.test", []),
  gapUnsettled: findingMessages.gapUnsettled("cn.test"),
  tooManyCells: findingMessages.tooManyCells("cn.test", 300_000, 200_000),
  comparesFacts: findingMessages.comparesFacts("cn.test", ['amount lessThan {"fact":"count"}']),
  sooner: findingMessages.sooner("a", "b", instants),
  soonerTooMany: findingMessages.soonerUndecided("cn.test", 300_000),
  soonerVague: findingMessages.soonerUndecided("cn.test", undefined),
  hoursGap: findingMessages.hoursGap("rail", "2026-05-30", "2026-06-01"),
  hoursEnd: findingMessages.hoursGap("rail", "2026-05-30", undefined),
  hoursOverlap: findingMessages.hoursOverlap("rail", "2026-06-01", "2026-06-02"),
  hoursOverlapWhole: findingMessages.hoursOverlap("rail", "", undefined),
  calendarYear: findingMessages.calendarYear("top", 2026),
  coverageEnds: findingMessages.coverageEnds("week", "2026-12-31", "week"),
  projectionBegins: findingMessages.projectionBegins("week", "2026-12-31", "2030-12-31", "week"),
  windowPast: findingMessages.windowPast("w", "2026-01-01"),
  undated: findingMessages.undated("a", ["a notice"]),
  undatedSeveral: findingMessages.undated("a", ["a notice", "a page"]),
  unused: findingMessages.unused("fact", "idle"),
  unproved: findingMessages.unproved("atm-24h"),
  confirmsNothing: findingMessages.confirmsNothing("tie", "a"),
  noEdition: diffMessages.noEdition("HEAD~x", "fatal: not a valid object name"),
  notADay: diffMessages.notADay("soon"),
  notDays: diffMessages.notDays("0"),
  notJson: diffMessages.notJson(),
  noFile: diffMessages.noFile("ENOENT"),
};

test("every message has a problem and a remedy, each on one line", () => {
  for (const { what, help } of Object.values(MESSAGES))
    expect(`${what}${help}`).not.toMatch(/\n|\.$|undefined/);
  expect(MESSAGES).toMatchSnapshot();
});

test("the list of messages is complete", () => {
  const tested = new Set(Object.keys(MESSAGES));
  const all = [...Object.keys(findingMessages), ...Object.keys(diffMessages)];
  expect(all.filter((name) => !tested.has(name) && !["soonerUndecided"].includes(name))).toEqual([]);
});
