import { describe, expect, test } from "vitest";
import {
  assessAt,
  RETURN_RULE,
  routeOf,
  STEPS,
  smallRulebook,
  step,
  timelineText,
} from "./small-rulebook.js";

/** The timeline of a payment with reports, on `small-rulebook.ts`. */

describe("the timeline of an estimate", () => {
  const START = "00:00 processing payer.bank, 01:00 processing rail";
  test.each([
    ["00:00", "", `${START}, 02:00 processing rail, 03:00 processing payee.bank, 04:00`],
    ["01:30", "", `${START}, 02:00 processing rail, 03:00 processing payee.bank, 04:00`],
    ["04:00", "", `${START}, 02:00 processing rail, 03:00 processing payee.bank, 04:00`],
    [
      "04:30",
      "",
      `${START}, 02:00 processing rail, 03:00 processing payee.bank, 04:00 processing payee.bank, 05:30`,
    ],
    [
      "03:00",
      "02:30 sent",
      `${START}, 02:00 processing rail, 02:30 processing rail, 03:30 processing payee.bank, 04:30`,
    ],
    [
      "03:00",
      "00:30 sent",
      "00:00 processing payer.bank, 00:30 processing rail, 01:30 processing payee.bank, 02:30 processing payee.bank, 04:00",
    ],
    [
      "03:00",
      "02:00 hold look",
      `${START}, 02:00 hold look, 04:00 processing rail, 05:00 processing rail, 06:00 processing payee.bank, 07:00`,
    ],
    [
      "03:30",
      "02:00 hold look, 03:00 release look",
      `${START}, 02:00 hold look, 03:00 processing rail, 04:00 processing rail, 05:00 processing payee.bank, 06:00`,
    ],
    [
      "03:30",
      "02:00 hold stop, 03:00 sent",
      `${START}, 02:00 hold stop, 03:00 hold stop, 12:00 processing payee.bank, 13:00`,
    ],
    ["04:00", "02:00 credited", `${START}, 02:00`],
    [
      "07:00",
      "06:00 credited",
      `${START}, 02:00 processing rail, 03:00 processing payee.bank, 04:00 processing payee.bank, 06:00`,
    ],
    ["03:00", "02:30 code BACK", `${START}, 02:00 processing rail, 02:30 processing rail, 05:30`],
    [
      "05:00",
      "01:00 code BACK, 04:30 returned",
      "00:00 processing payer.bank, 01:00 processing rail, 04:00 processing rail, 04:30",
    ],
  ])("at %s after %j", (now, events, timeline) => {
    expect(timelineText(assessAt(now, events))).toBe(timeline);
  });

  test("has no gaps after regressions and holds", () => {
    const timeline = (events: string): string => timelineText(assessAt("04:00", events));
    const end = "03:00 processing payee.bank, 04:00";
    expect(timeline("02:00 credited, 03:00 settled")).toBe(`${START}, 02:00 processing, ${end}`);
    expect(timeline("02:00 returned, 03:00 settled")).toBe(`${START}, 02:00 processing, ${end}`);
    expect(timeline("02:00 code BACK, 03:00 settled")).toBe(`${START}, 02:00 processing, ${end}`);
    expect(timeline("02:00 hold look, 02:30 hold stop")).toBe(
      `${START}, 02:00 hold look, 02:30 hold stop, 12:30 processing payee.bank, 13:30`,
    );
  });

  test("omits a hold that ended before the money reached it, and nothing else", () => {
    const timeline = (events: string): string => timelineText(assessAt("03:00", events));
    expect(timeline("00:05 hold look, 00:10 release look")).toBe(
      `${START}, 02:00 processing rail, 03:00 processing payee.bank, 04:00`,
    );
    expect(timeline("00:30 accepted, 00:40 hold stop, 00:50 release stop")).toBe(
      "00:00 processing payer.bank, 00:30 processing rail, 01:30 processing rail, 02:30 processing payee.bank, 03:30",
    );
    expect(timeline("01:30 hold look, 02:00 release look, 02:05 hold stop, 02:10 release stop")).toBe(
      `${START}, 01:30 hold look, 02:00 processing rail, 03:00 processing rail, 04:00 processing payee.bank, 05:00`,
    );
    expect(timeline("00:10 credited, 00:20 accepted, 00:30 hold stop, 00:40 release stop")).toBe(
      "00:00 processing payer.bank, 00:10 processing, 00:20 processing rail, 01:20 processing rail, 02:20 processing payee.bank, 03:20",
    );
  });

  test("is unchanged by a milestone before the start of the path", () => {
    const shortPath = smallRulebook({ rules: [routeOf(STEPS.slice(1)), RETURN_RULE] });
    const timeline = (events: string): string => timelineText(assessAt("02:30", events, shortPath));
    const end = "processing payee.bank";
    expect(timeline("00:30 accepted")).toBe(
      `00:00 processing rail, 01:00 processing rail, 02:00 ${end}, 03:00`,
    );
    expect(timeline("00:10 hold look, 00:30 release look, 00:40 accepted")).toBe(
      `00:00 processing rail, 00:10 hold look, 00:30 processing rail, 01:30 processing rail, 02:30 ${end}, 03:30`,
    );
    // Money that was returned, or was further on, starts again.
    const restart = "02:00 processing rail, 03:00";
    expect(timeline("01:30 code BACK, 02:00 accepted")).toBe(
      `00:00 processing rail, 01:00 processing rail, 01:30 processing, ${restart}`,
    );
    expect(timeline("01:30 settled, 02:00 accepted")).toBe(
      `00:00 processing rail, 01:00 processing rail, 01:30 processing payee.bank, ${restart}`,
    );
  });

  test("has no system for a return without a rule", () => {
    const rulebook = smallRulebook({ rules: [routeOf([step("rail", { milestone: "credited" })])] });
    const { estimate } = assessAt("01:30", "00:30 code WRONG", rulebook);
    expect(timelineText({ estimate } as never)).toBe("00:00 processing rail, 00:30 processing, 02:00");
    expect(estimate.timeline[1]).not.toHaveProperty("system");
  });

  test("names in each segment its rule: of the hold, the return or the path", () => {
    const rules = (events: string): (string | undefined)[] =>
      assessAt("03:00", events).estimate.timeline.map(({ rule }) => rule);
    expect(rules("01:00 hold look")).toEqual(["way", "look", "way", "way", "way"]);
    expect(rules("01:00 code BACK")).toEqual(["way", "back"]);
    expect(rules("01:00 sent")).toEqual(["way", "way", "way"]);
  });
});
