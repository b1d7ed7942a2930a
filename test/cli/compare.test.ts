import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { commandLine, shippedTimetable } from "../support/command-line.js";

const PAID = "2026-02-13T12:00:00+08:00";
const COMPARE = ["compare", "--amount", "1000", "--at", PAID];

describe("the same money over every channel", () => {
  test.each(["zh", "en"])("reads in %s as in the snapshot", async (lang) => {
    const { exitCode, out, err } = await commandLine([...COMPARE, "--lang", lang]);
    expect([exitCode, err]).toEqual([0, ""]);
    await expect(out).toMatchFileSnapshot(`snapshots/compare.${lang}.txt`);
  });

  test("is listed with the soonest first, each channel as `when` answers it, on one line", async () => {
    const { out } = await commandLine(COMPARE);
    const rows = out.split("\n").filter((line) => /^cn\.\S+ {2}/.test(line));
    const expected = await Promise.all(
      rows.map(async (row) => {
        const channel = row.split(" ")[0] as string;
        const args = ["when", "--channel", channel, "--amount", "1000", "--at", PAID, "--json"];
        return JSON.parse((await commandLine(args)).out).expected as string;
      }),
    );
    expect(rows.length).toBeGreaterThan(5);
    expect(expected).toEqual([...expected].sort());
    rows.forEach((row, n) => {
      expect(row).toContain(`${expected[n]?.slice(5, 10)} `);
    });
  });

  test("fits 80 columns on any day around a holiday, in both languages", async () => {
    for (let day = 10; day < 28; day += 3) {
      for (const lang of ["zh", "en"]) {
        const at = `2026-02-${day}T23:30:00+08:00`;
        const { out } = await commandLine(["compare", "--amount", "60000", "--at", at, "--lang", lang]);
        for (const line of out.split("\n")) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
      }
    }
  });

  test("names the channels that do not take it, so that none is missing", async () => {
    const { rulebook } = await shippedTimetable();
    const { out } = await commandLine(COMPARE);
    expect(new Set(out.match(/\bcn\.[\w.-]*\w/g))).toEqual(new Set(Object.keys(rulebook.channels)));
  });
});

describe("--channels", () => {
  test("asks only those, each once", async () => {
    const { out } = await commandLine([...COMPARE, "--channels", "cn.securities, cn.hvps,cn.hvps", "--json"]);
    expect(JSON.parse(out).map(({ channel }: { channel: string }) => channel)).toEqual([
      ...["cn.hvps", "cn.securities"],
    ]);
  });

  test("says so and exits with 1 where none of them takes it", async () => {
    const none = await commandLine([...COMPARE, "--channels", "cn.acquiring"]);
    expect([none.exitCode, none.err]).toEqual([1, ""]);
    expect(none.out).toMatch(/^No channel that was asked takes this payment\.\n\n.*: cn\.acquiring\n$/);
    const json = await commandLine([...COMPARE, "--channels", "cn.acquiring", "--json"]);
    expect([json.exitCode, json.out]).toEqual([1, "[]\n"]);
  });
});

test("--json prints exactly what the library answers, whatever channel the payment's file names", async () => {
  const timetable = await shippedTimetable();
  const payment = { amount: "1000", initiatedAt: PAID, channel: "cn.atm" };
  const { out } = await commandLine(["compare", "--payment", "-", "--json"], {
    stdin: JSON.stringify(payment),
  });
  expect(out).toBe(`${JSON.stringify(timetable.compare(payment), null, 2)}\n`);
});

test.each([
  [[...COMPARE, "--channels", "cn.hvsp"], /^channel: there is no channel `cn\.hvsp`/],
  [[...COMPARE, "--channels", ""], /^channel: there is no channel ``/],
  [["compare", "--amount", "1000"], /^initiatedAt: /],
  [["compare", "--amount", "-1", "--at", PAID], /^amount: /],
  [[...COMPARE, "--channel", "cn.hvps"], /Did you mean --channels/],
])("%j ends with 2 and says why", async (args, said) => {
  const { exitCode, out, err } = await commandLine(args);
  expect([exitCode, out]).toEqual([2, ""]);
  expect(err).toMatch(said);
});
