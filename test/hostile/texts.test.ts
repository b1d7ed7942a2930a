import { describe, expect, test } from "vitest";
import { compileTimetable, type Timetable } from "../../src/timetable.js";
import { type Book, smallBook } from "../fuzz/books.js";
import { loadErrorAfter } from "./broken-book.js";

/** Messages that are too deep, use unknown arguments, or cannot be formatted. */

const problemsOf = (key: string, message: string): string =>
  loadErrorAfter((book: Book) => {
    for (const locale of ["zh", "en"])
      (book.rules[`texts/${locale}.json`] as { messages: Record<string, string> }).messages[key] = message;
  });

const nested = (depth: number): string =>
  Array.from({ length: depth }).reduce<string>((inside) => `{count, plural, other {${inside}}}`, "x");

describe("a message that cannot be formatted does not load", () => {
  test("an unknown argument in any branch", () => {
    expect(problemsOf("arrival.patience", "until {latest}")).toBe("");
    expect(problemsOf("arrival.patience", "until {last}")).toMatchInlineSnapshot(`
      "rules/texts/en.json  messages["arrival.patience"]  (arrival.patience)
        this sentence is given no \`last\`
        did you mean \`latest\`?
      rules/texts/zh.json  messages["arrival.patience"]  (arrival.patience)
        this sentence is given no \`last\`
        did you mean \`latest\`?"
    `);
    expect(problemsOf("cause.closed", "{system, select, none {{span}} other {{reason}}}")).toContain(
      "`reason`",
    );
    expect(problemsOf("arrival.direct", "at {expected}")).toMatchInlineSnapshot(`
      "rules/texts/en.json  messages["arrival.direct"]  (arrival.direct)
        this sentence is given no \`expected\`
        leave it out: the sentence is given nothing
      rules/texts/zh.json  messages["arrival.direct"]  (arrival.direct)
        this sentence is given no \`expected\`
        leave it out: the sentence is given nothing"
    `);
  });

  test("names of inherited properties are not arguments", () => {
    expect(problemsOf("arrival.patience", "{constructor} {toString}")).toContain("given no `constructor`");
  });

  test("a text argument used as number, date or plural", () => {
    expect(problemsOf("duration.days", "{count, plural, other {#}} {count, number}")).toBe("");
    expect(problemsOf("arrival.patience", "{latest, date}")).toMatchInlineSnapshot(`
      "rules/texts/en.json  messages["arrival.patience"]  (arrival.patience)
        \`latest\` cannot be formatted in this way
        instants and names come as texts: write the name alone, or use \`select\`; only counts have \`plural\`
      rules/texts/zh.json  messages["arrival.patience"]  (arrival.patience)
        \`latest\` cannot be formatted in this way
        instants and names come as texts: write the name alone, or use \`select\`; only counts have \`plural\`"
    `);
    for (const style of ["time", "number", "plural, other {#}", "selectordinal, other {#}"])
      expect(problemsOf("arrival.patience", `{latest, ${style}}`)).toContain("cannot be formatted");
    expect(problemsOf("duration.days", "{count, number, ::currency/XXXXX}")).toContain("cannot be formatted");
  });

  test("the reason of a verdict has arguments, and its action has none", () => {
    expect(problemsOf("reason.holiday", "{system} {expected} {latest} {deadline}")).toBe("");
    expect(problemsOf("reason.holiday", "{who}")).toContain("given no `who`");
    expect(problemsOf("advice.wait", "{system}")).toContain("given no `system`");
  });

  test("an unused key may have any arguments", () => {
    expect(problemsOf("of.ours", "{whatever}")).toBe("");
  });
});

describe("bombs", () => {
  test("the length of a message bounds its nesting", () => {
    expect(problemsOf("duration.days", nested(150))).toBe("");
    expect(problemsOf("duration.days", nested(300))).toMatchInlineSnapshot(`
      "rules/texts/en.json  messages["duration.days"]  (duration.days)
        this message has 7501 characters, more than 4000
        say it in fewer words
      rules/texts/zh.json  messages["duration.days"]  (duration.days)
        this message has 7501 characters, more than 4000
        say it in fewer words"
    `);
    expect(problemsOf("duration.days", nested(300_000))).toContain("characters, more than 4000");
  });

  test("a million characters, open braces and skeletons", () => {
    expect(problemsOf("duration.days", "x".repeat(1_000_000))).toContain(
      "this message has 1000000 characters",
    );
    expect(problemsOf("duration.days", "{a".repeat(1000))).toContain("not ICU MessageFormat");
    expect(problemsOf("duration.days", `{count, number, ::${"0".repeat(3000)}}`)).toContain(
      "cannot be formatted",
    );
  });

  test("a key that looks like a path has its place", () => {
    expect(problemsOf('["\\x"]', "{")).toContain('messages["[\\"\\\\x\\"]"]');
  });
});

test("every message of the small book can be formatted with the allowed arguments", () => {
  const timetable: Timetable = compileTimetable(smallBook());
  const payment = { channel: "a.pay", amount: 70000, initiatedAt: "2026-02-13T23:00:00+08:00" };
  for (const locale of ["zh", "en"] as const) {
    const text = timetable.explain(timetable.assess(payment, { now: "2026-03-30T00:00:00+08:00" }), {
      locale,
    });
    expect(text).not.toMatch(/[{}]/);
  }
});
