import { describe, expect, test } from "vitest";
import { checkTexts } from "../../src/explain/check-texts.js";
import { sayDate, sayDuration, sayInstant, saySpan } from "../../src/explain/dates.js";
import { textsOf } from "../../src/explain/text.js";
import type { Rulebook } from "../../src/model/rulebook.js";

/** How dates, times and lengths are said, with sentences that show what they were given. */

const messages = {
  instant: "{date} at {time}",
  date: "{weekday} {month}/{day}",
  "date.year": "{weekday} {month}/{day}/{year}",
  "span.day": "on {from}",
  "span.days": "{from} to {to}",
  "duration.days": "{count} d",
  "duration.hours": "{count} h",
  "duration.minutes": "{count} min",
  "duration.seconds": "{count} s",
};
const bookWith = (texts: Record<string, Record<string, string>>): Rulebook =>
  ({ texts, verdicts: [] }) as unknown as Rulebook;
const texts = textsOf(bookWith({ en: messages }), "en");
const NEAR = "2026-01-01T00:00:00+08:00";

describe("an instant", () => {
  test.each([
    ["2026-02-24T10:00:00+08:00", "tue 2/24 at 10:00"],
    ["2026-02-24T10:00:30+08:00", "tue 2/24 at 10:00:30"],
    ["2026-02-24T10:30:00.005+08:00", "tue 2/24 at 10:30:00.005"],
    ["2026-02-24T10:00:00-03:00", "tue 2/24 at 10:00"],
    ["2026-02-24T10:00+08:00", "tue 2/24 at 10:00"],
    ["2026-02-24T00:00:10+08:00", "tue 2/24 at 00:00:10"],
    ["2027-01-01T00:00:00Z", "fri 1/1/2027 at 00:00"],
    ["2025-12-31T23:59:59.999-05:00", "wed 12/31/2025 at 23:59:59.999"],
  ])("%s is said by the wall clock of its own offset: %s", (iso, said) => {
    expect(sayInstant(texts, iso, NEAR)).toBe(said);
  });

  test("the year is said where it is another than that of the text beside it", () => {
    expect(sayDate(texts, "2026-12-31T00:00:00+08:00", "2026-01-01")).toBe("thu 12/31");
    expect(sayDate(texts, "2026-12-31T00:00:00+08:00", "2027-01-01")).toBe("thu 12/31/2026");
  });
});

describe("a span", () => {
  test.each([
    ["2026-02-14T00:00:00+08:00", "2026-02-15T00:00:00+08:00", "on sat 2/14"],
    ["2026-02-14T00:00:00+08:00", "2026-02-15T00:00:01+08:00", "sat 2/14 to sun 2/15"],
    ["2026-02-14T00:00:00+08:00", "2026-02-15T00:00:00.500+08:00", "sat 2/14 to sun 2/15"],
    ["2026-02-14T00:00:00Z", "2026-02-15T00:00:00Z", "on sat 2/14"],
    ["2026-02-14T00:00:00+08:00", "2026-02-15T10:00:00+08:00", "sat 2/14 to sun 2/15"],
    ["2026-02-14T00:00:00+08:00", "2026-02-15T00:00:10+08:00", "sat 2/14 to sun 2/15"],
    ["2026-02-14T10:00:00+08:00", "2026-02-14T12:00:00+08:00", "on sat 2/14"],
    ["2026-02-14T00:00:00+08:00", "2026-02-24T00:00:00+08:00", "sat 2/14 to mon 2/23"],
    ["2026-02-28T00:00:00+08:00", "2026-03-01T00:00:00+08:00", "on sat 2/28"],
    ["2025-12-31T00:00:00+08:00", "2026-01-03T12:00:00+08:00", "wed 12/31/2025 to sat 1/3"],
  ])("from %s to %s touches the days %s", (from, to, said) => {
    expect(saySpan(texts, from, to, NEAR)).toBe(said);
  });
});

describe("a length of time", () => {
  test.each([
    [0, "0 s"],
    [1, "1 s"],
    [59_000, "59 s"],
    [59_999, "60 s"],
    [60_000, "1 min"],
    [60_001, "2 min"],
    [3_599_999, "60 min"],
    [3_600_000, "1 h"],
    [86_399_999, "24 h"],
    [86_400_000, "1 d"],
    [86_400_001, "2 d"],
  ])("of %d ms is said in its largest unit, rounded up: %s", (ms, said) => {
    expect(sayDuration(texts, ms)).toBe(said);
  });
});

describe("texts", () => {
  test("a sentence that is missing is its key, and a missing language has none", () => {
    expect(texts.say("nothing.here")).toBe("nothing.here");
    expect([texts.has("date"), texts.has("nothing.here"), texts.has("toString")]).toEqual([
      true,
      false,
      false,
    ]);
    expect(textsOf(bookWith({}), "zh").say("date")).toBe("date");
  });

  test("what stands in angle brackets is text, and a title is that of the language", () => {
    expect(textsOf(bookWith({ en: { a: "<b>{x}</b>" } }), "en").say("a", { x: "1" })).toBe("<b>1</b>");
    expect(texts.title({ zh: "名", en: "name" })).toBe("name");
    expect(texts.locale).toBe("en");
  });

  test("a message that does not parse is named with its language's file and key", () => {
    const sound = bookWith({ en: { "duration.days": "{count, plural, other {#}}", list: "<b>;</b>" } });
    expect(checkTexts(sound, (_, path = "") => ({ path }))).toEqual([]);
    const broken = bookWith({ en: { good: "fine", bad: "{count" }, zh: { good: "好" } });
    expect(checkTexts(broken, (_, path = "") => ({ path }))).toEqual([
      expect.objectContaining({ path: "bad", name: "bad", what: expect.stringContaining("closing_brace") }),
    ]);
  });
});
