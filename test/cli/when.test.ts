import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { commandLine, shippedTimetable } from "../support/command-line.js";

const AT_THE_CUT = "2026-02-13T23:00:00+08:00";
const BEFORE_IT = "2026-02-13T22:59:59.999+08:00";

const story = (at: string, ...more: string[]): string[] => [
  ...["when", "--channel", "cn.acquiring", "--fact", "settlement=t1", "--amount", "1000", "--at", at],
  ...more,
];

describe("a payment of the opening story, for people", () => {
  test.each([
    ["zh", "at-the-cut", AT_THE_CUT],
    ["en", "at-the-cut", AT_THE_CUT],
    ["zh", "before-the-cut", BEFORE_IT],
    ["en", "before-the-cut", BEFORE_IT],
  ])("reads in %s as in the snapshot %s", async (lang, name, at) => {
    const { exitCode, out, err } = await commandLine(story(at, "--lang", lang));
    expect([exitCode, err]).toEqual([0, ""]);
    await expect(out).toMatchFileSnapshot(`snapshots/when-${name}.${lang}.txt`);
  });

  test("names the day it pays first: Tuesday after the festival, or the make-up Saturday", async () => {
    expect((await commandLine(story(AT_THE_CUT))).out).toMatch(/^The money should arrive on Tue 24 Feb/);
    expect((await commandLine(story(BEFORE_IT))).out).toMatch(/^The money should arrive on Sat 14 Feb/);
  });

  test("has no colour unless the terminal shows it, and says the same with it", async () => {
    const plain = await commandLine(story(AT_THE_CUT));
    const colored = await commandLine(story(AT_THE_CUT), { color: true });
    expect(plain.out).not.toContain("\u001b");
    expect(colored.out).toContain("\u001b[1m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
    expect(colored.out.replaceAll(/\u001b\[\d+m/g, "").replaceAll(/ +$/gm, "")).toBe(plain.out);
  });
});

describe("the story", () => {
  test.each(["zh", "en"])("tells both payments in %s with commands that can be typed", async (lang) => {
    const { out } = await commandLine(["story", "--lang", lang, "--today", "2026-03-01"]);
    await expect(out).toMatchFileSnapshot(`snapshots/story.${lang}.txt`);
    const commands = out.replaceAll(/ \\\n\s+/g, " ").matchAll(/\$ npx daozhang (.*)/g);
    for (const [, typed = ""] of commands) {
      const answer = await commandLine([...typed.split(" "), "--lang", lang]);
      expect(out).toContain(answer.out);
    }
  });
});

describe("the language", () => {
  test.each([
    [{ LANG: "zh_CN.UTF-8" }, "这笔款项"],
    [{ LANG: "zh_CN.UTF-8", LC_ALL: "en_US.UTF-8" }, "The money"],
    [{ LANG: "en_US.UTF-8", LC_ALL: "zh_TW" }, "这笔款项"],
    [{ LANG: "zh_CN.UTF-8", LC_ALL: "" }, "这笔款项"],
    [{ LANG: "C" }, "The money"],
    [{}, "The money"],
  ])("of %o is taken from the environment", async (env, start) => {
    expect((await commandLine(story(AT_THE_CUT), { env })).out.startsWith(start)).toBe(true);
  });
});

describe("--json", () => {
  test("prints exactly what the library answers", async () => {
    const timetable = await shippedTimetable();
    const payment = { channel: "cn.acquiring", settlement: "t1", amount: "1000", initiatedAt: AT_THE_CUT };
    const { out } = await commandLine(story(AT_THE_CUT, "--json"));
    expect(out).toBe(`${JSON.stringify(timetable.when(payment), null, 2)}\n`);
  });

  test("answers with what was known at --as-of, before and after 国办发明电〔2020〕1号 made the festival longer", async () => {
    const payment = {
      channel: "cn.acquiring",
      settlement: "t1",
      amount: "1",
      initiatedAt: "2020-01-24T12:00:00+08:00",
    };
    const asked = (asOf: string) =>
      commandLine(["when", "--payment", "-", "--json", "--as-of", asOf], {
        stdin: JSON.stringify(payment),
      });
    const before = JSON.parse((await asked("2020-01-24T12:00:00+08:00")).out);
    const after = JSON.parse((await asked("2020-02-01T12:00:00+08:00")).out);
    expect([before.expected.slice(0, 10), after.expected.slice(0, 10)]).toEqual(["2020-01-31", "2020-02-03"]);
  });
});

test("every line fits 80 columns, for an example of every channel, in both languages", async () => {
  const { rulebook } = await shippedTimetable();
  for (const { channel, examples } of Object.values(rulebook.channels)) {
    for (const lang of ["zh", "en"]) {
      for (const { payment } of examples.slice(0, 5)) {
        const { out } = await commandLine(["when", "--payment", "-", "--lang", lang], {
          stdin: JSON.stringify({ ...payment, channel }),
        });
        for (const line of out.split("\n")) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
      }
    }
  }
});
