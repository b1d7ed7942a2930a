import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { commandLine, shippedTimetable } from "../support/command-line.js";

const FROM = "2026-02-12T12:00:00+08:00";
const TO = "2026-02-26T12:00:00+08:00";
const SPAN = ["--from", FROM, "--to", TO];
const ACQUIRING = ["profile", "--channel", "cn.acquiring", "--fact", "settlement=t1", "--amount", "1000"];
const HVPS = ["profile", "--channel", "cn.hvps", "--amount", "1000"];

describe("a fortnight around the Spring Festival, for people", () => {
  test.each([
    ["zh", "acquiring", ACQUIRING],
    ["en", "acquiring", ACQUIRING],
    ["zh", "hvps", HVPS],
    ["en", "hvps", HVPS],
  ])("reads in %s as in the snapshot %s", async (lang, name, args) => {
    const { exitCode, out, err } = await commandLine([...args, ...SPAN, "--lang", lang]);
    expect([exitCode, err]).toEqual([0, ""]);
    await expect(out).toMatchFileSnapshot(`snapshots/profile-${name}.${lang}.txt`);
  });

  test("shows the batch over the festival: sent Friday 23:00 to Monday 23:00, there on Tuesday", async () => {
    const { out } = await commandLine([...ACQUIRING, ...SPAN]);
    expect(out).toMatch(/^02-13 Fri 23:00 → 02-23 Mon 23:00 {2}02-24 Tue 10:00 {2}03:00 – 20:00$/m);
  });

  test("shows how long it takes where everybody takes equally long", async () => {
    const { out } = await commandLine([...HVPS, ...SPAN]);
    expect(out).toMatch(/^02-13 Fri 20:30 → 02-14 Sat 17:15 {2}at once +at once – \+30m$/m);
  });
});

test("times at which a payment is refused are marked, with its arrival once it is taken", async () => {
  const timetable = await shippedTimetable();
  const refused = Object.values(timetable.rulebook.channels).flatMap(({ channel, examples }) =>
    examples
      .filter(({ expect: { outcome } }) => outcome === "refused")
      .map(({ payment }) => ({ ...payment, channel }) as Record<string, string>),
  );
  expect(refused.length).toBeGreaterThan(0);
  for (const payment of refused) {
    const from = payment.initiatedAt as string;
    const to = new Date(Date.parse(from) + 1000).toISOString();
    const stdin = JSON.stringify(payment);
    const args = ["profile", "--payment", "-", "--from", from, "--to", to];
    const [piece] = JSON.parse((await commandLine([...args, "--json"], { stdin })).out);
    expect(piece.outcome).toBe("refused");
    const { out } = await commandLine(args, { stdin });
    expect(out).toMatch("at" in piece.expected ? / not taken {2}then \S/ : / not taken$/m);
  }
});

test("every line fits 80 columns, for an example of every channel, in both languages", async () => {
  const { rulebook } = await shippedTimetable();
  for (const { channel, examples } of Object.values(rulebook.channels)) {
    const example = examples.find(({ expect: { error } }) => error === undefined);
    for (const lang of ["zh", "en"]) {
      const stdin = JSON.stringify({ ...example?.payment, channel });
      const from = String(example?.payment.initiatedAt);
      const to = new Date(Date.parse(from) + 12 * 3_600_000).toISOString();
      const args = ["profile", "--payment", "-", "--from", from, "--to", to, "--lang", lang];
      const { out, exitCode } = await commandLine(args, { stdin });
      expect(exitCode, `${channel} ${from}`).toBe(0);
      for (const line of out.split("\n")) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
    }
  }
});

describe("--json", () => {
  test("prints exactly the pieces of the library, and the payment's own instant does not count", async () => {
    const timetable = await shippedTimetable();
    const payment = { channel: "cn.acquiring", settlement: "t1", amount: "1000", initiatedAt: TO };
    const expected = `${JSON.stringify(timetable.profile(payment, { from: FROM, to: TO }), null, 2)}\n`;
    expect((await commandLine([...ACQUIRING, ...SPAN, "--json"])).out).toBe(expected);
    expect((await commandLine([...ACQUIRING, "--at", TO, ...SPAN, "--json"])).out).toBe(expected);
  });
});

test.each([
  [
    [...ACQUIRING, "--from", TO, "--to", FROM],
    /^to: no time lies between .*\n {2}give a `--to` that is later/,
  ],
  [[...ACQUIRING, "--from", FROM, "--to", FROM], /^to: no time lies between/],
  [[...ACQUIRING, "--from", "now", "--to", TO], /^from: `now` is not an instant/],
  [[...ACQUIRING, "--at", FROM, "--from", "now", "--to", TO], /^from: `now` is not an instant/],
  [[...ACQUIRING, "--from", FROM, "--to", "later"], /^to: `later` is not an instant/],
  [[...ACQUIRING, "--from", FROM], /required option '--to <instant>' not specified/],
])("%j ends with 2 and says why", async (args, said) => {
  const { exitCode, out, err } = await commandLine(args);
  expect([exitCode, out]).toEqual([2, ""]);
  expect(err).toMatch(said);
});
