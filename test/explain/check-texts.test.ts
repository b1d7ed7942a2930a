import { describe, expect, test } from "vitest";
import { checkTexts } from "../../src/explain/check-texts.js";
import type { Rulebook } from "../../src/model/rulebook.js";

/** What each sentence may ask for, and in which forms. */

type Verdict = { event: { params: { reason: string; advice: { action: string } } } };

const bookWith = (messages: Record<string, string>, verdicts: readonly Verdict[] = [], locale = "en") =>
  ({ texts: { [locale]: messages }, verdicts }) as unknown as Rulebook;

const verdict = (reason: string, action: string): Verdict => ({
  event: { params: { reason, advice: { action } } },
});

const faults = (key: string, message: string, verdicts: readonly Verdict[] = []): string[] =>
  checkTexts(bookWith({ [key]: message }, verdicts), (_, path = "") => ({ path })).map(({ what }) => what);

const NAMES = [
  ...["about", "action", "at", "code", "count", "date", "day", "deadline", "duration", "earliest"],
  ...["expected", "from", "latest", "meaning", "month", "name", "now", "overdue", "quote", "reason"],
  ...["retryAt", "sendAt", "span", "system", "time", "to", "weekday", "what", "who", "year"],
];

/** The names that a sentence is given: those of all names for which it is not told that there are none. */
const given = (key: string, verdicts: readonly Verdict[] = []): string => {
  const said = faults(key, NAMES.map((name) => `{${name}}`).join(" "), verdicts);
  return NAMES.filter((name) => !said.includes(`this sentence is given no \`${name}\``)).join(" ");
};
const ALL = NAMES.join(" ");

/** A key that has a meaning of its own, and what it is given; with a letter in front or behind it is another key. */
const KEYS: readonly (readonly [key: string, given: string, withMore: string])[] = [
  ["date", "day month weekday year", ALL],
  ["date.year", "day month weekday year", ALL],
  ["instant", "date time", ALL],
  ["span.day", "from", ALL],
  ["span.days", "from to", ALL],
  ["arrival.credited", "earliest expected latest", ""],
  ["arrival.credited.exact", "earliest expected latest", ""],
  ["arrival.returned", "earliest expected latest", ""],
  ["arrival.returned.exact", "earliest expected latest", ""],
  ["arrival.refused", "expected reason retryAt", ""],
  ["arrival.refused.never", "reason", ""],
  ["arrival.sooner", "expected sendAt", ""],
  ["arrival.patience", "latest", ""],
  ["assessment.anomalous", "overdue", ""],
  ["assessment.because", "reason", ""],
  ["assessment.code", "code meaning", ""],
  ["assessment.line", "from what", ""],
  ["assessment.now", "now", ""],
  ["assessment.next", "action who", ""],
  ["assessment.quote", "quote", ""],
  ["assessment.from", "from", ""],
  ["assessment.back", "expected latest", ""],
  ["assessment.due", "deadline expected latest", ""],
  ["assessment.due.held", "deadline expected latest", ""],
  ["assessment.due.now", "deadline expected latest", ""],
  ["assessment.done", "at", ""],
  ["assessment.ended", "at", ""],
  ["assessment.check", "at", ""],
  ["assessment.open-incident", "at", ""],
  ["assessment.waiting", "duration from name span system to", ""],
];

describe("a sentence is given", () => {
  test.each(KEYS)("%s: %s", (key, names, withMore) => {
    expect(given(key)).toBe(names);
    expect(given(`${key}x`)).toBe(withMore);
    expect(given(`x${key}`)).toBe(ALL);
    expect(given(`x.${key}`)).toBe(ALL);
  });

  test.each([
    ["duration.", "count"],
    ["cause.", "duration from name span system to"],
    ["note.", "about at"],
    ["arrival.", ""],
    ["assessment.", ""],
    ["who.", ""],
    ["status.", ""],
    ["holiday.", ""],
    ["system.", ""],
    ["code.", ""],
    ["list.", ""],
    ["quote.", ""],
  ])("whatever follows %s: %s", (beginning, names) => {
    expect(given(`${beginning}anything`)).toBe(names);
    expect(given(`x${beginning}anything`)).toBe(ALL);
    expect(given(beginning.replace(".", "-"))).toBe(ALL);
  });

  test("as a reason what verdicts tell, as an action nothing, and as both what is safe for both", () => {
    const verdicts = [verdict("reason.first", "advice.first"), verdict("reason.other", "advice.other")];
    expect(given("reason.other", verdicts)).toBe("deadline expected latest system");
    expect(given("advice.other", verdicts)).toBe("");
    expect(given("reason.unused", verdicts)).toBe(ALL);
    expect(given("who.payer", [verdict("who.payer", "advice.first")])).toBe("");
    expect(faults("both", "{system} {who}", [verdict("both", "both")])).toEqual([
      "this sentence is given no `who`",
      "this sentence is given no `system`",
    ]);
  });
});

describe("a name that is given may be", () => {
  const NO = ["cannot"];
  test.each([
    ["duration.days", "{count}", []],
    ["duration.days", "{count, number}", []],
    ["duration.days", "{count, number, percent}", NO],
    ["duration.days", "{count, number, ::compact-short}", NO],
    ["duration.days", "{count, plural, one {#} other {# #}}", []],
    ["duration.days", "{count, selectordinal, other {#}}", []],
    ["duration.days", "{count, select, 1 {one} other {more}}", []],
    ["duration.days", "{count, date}", NO],
    ["duration.days", "{count, time}", NO],
    ["duration.days", "{count, date, ::yyyy}", NO],
    ["date", "{month, plural, other {x}} {day, number}", []],
    ["date", "{weekday, plural, other {x}}", NO],
    ["date", "{year, number}", NO],
    ["instant", "{date, select, other {x}}", []],
    ["instant", "{date, date}", NO],
    ["instant", "{time, time}", NO],
    ["instant", "{time, number}", NO],
    ["instant", "{time, plural, other {x}}", NO],
    ["list.end", "plain text, '{'quoted'}' and <b>tags</b>", []],
  ])("in %s said as %s: %j", (key, message, wanted) => {
    expect(faults(key, message)).toEqual(wanted.map(() => expect.stringContaining("cannot be formatted")));
  });

  test("said in branches, and each fault is told once", () => {
    const inBranches = "{count, plural, one {{a}} other {{b} {a} {count, select, x {{c}} other {}}}}";
    const none = (name: string): string => `this sentence is given no \`${name}\``;
    expect(faults("duration.days", inBranches)).toEqual([none("a"), none("b"), none("c")]);
    expect(faults("date", "{year, plural, one {{a}} other {}}")).toEqual([
      "`year` cannot be formatted in this way",
      none("a"),
    ]);
    expect(faults("list.end", "{a, select, one {{b}} other {}}")).toEqual([none("a")]);
  });
});

describe("a message", () => {
  test("may have 4000 characters, and no more", () => {
    expect(faults("free", "x".repeat(4000))).toEqual([]);
    expect(faults("free", "x".repeat(4001))).toEqual(["this message has 4001 characters, more than 4000"]);
    expect(faults("free", "{".repeat(4001))).toHaveLength(1);
  });

  test("that is not said is read all the same, in the words of its language", () => {
    expect(faults("free", "{count")).toEqual([expect.stringContaining("not ICU MessageFormat")]);
    const chinese = bookWith({ "list.end": "{缺}" }, [], "zh");
    expect(checkTexts(chinese, (_, path = "") => ({ path, file: "zh.json" }))).toEqual([
      expect.objectContaining({ file: "zh.json", path: '["list.end"]', name: "list.end" }),
    ]);
  });

  test("is in a language, and one that is none is told", () => {
    const nowhere = bookWith({ "list.end": "x" }, [], "no language");
    expect(checkTexts(nowhere, () => ({})).map(({ what }) => what)).toEqual([
      expect.stringContaining("not ICU MessageFormat"),
    ]);
  });
});
