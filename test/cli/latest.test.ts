import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { commandLine, shippedTimetable } from "../support/command-line.js";

const PAID = "2026-02-13T12:00:00+08:00";
const AFTER_FESTIVAL = "2026-02-24T12:00:00+08:00";
const SAME_DAY = "2026-02-13T16:00:00+08:00";

const acquiring = (by: string, ...more: string[]): string[] => [
  ...["latest", "--channel", "cn.acquiring", "--fact", "settlement=t1", "--amount", "1000", "--at", PAID],
  ...["--by", by, ...more],
];

const plain = { channel: "cn.acquiring", settlement: "t1", amount: "1000" };

describe("the latest time to send, for people", () => {
  test.each([
    ["zh", "after-the-festival", AFTER_FESTIVAL, 0],
    ["en", "after-the-festival", AFTER_FESTIVAL, 0],
    ["zh", "none", SAME_DAY, 1],
    ["en", "none", SAME_DAY, 1],
  ])("reads in %s as in the snapshot %s", async (lang, name, by, code) => {
    const { exitCode, out, err } = await commandLine(acquiring(by, "--lang", lang));
    expect([exitCode, err]).toEqual([code, ""]);
    await expect(out).toMatchFileSnapshot(`snapshots/latest-${name}.${lang}.txt`);
    for (const line of out.split("\n")) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
  });

  test("says whether the instant itself still makes it", async () => {
    const { out } = await commandLine(acquiring(AFTER_FESTIVAL));
    expect(out).toMatch(/^Send it before Mon 23 Feb 23:00: that instant itself is too late\.\n/);
    const hvps = ["latest", "--channel", "cn.hvps", "--amount", "1", "--at", PAID, "--by", SAME_DAY];
    expect((await commandLine(hvps)).out).toMatch(/^Send it by Fri 13 Feb 16:00: that instant itself still/);
  });

  test("goes by the last arrival that is still normal with --bound latest", async () => {
    const at20 = "2026-02-24T20:00:00+08:00";
    expect((await commandLine(acquiring(at20, "--bound", "latest"))).out).toMatch(/before Mon 23 Feb 23:00/);
    const before20 = await commandLine(acquiring("2026-02-24T19:59:59+08:00", "--bound", "latest"));
    expect(before20.out).toMatch(/^Send it before Fri 13 Feb 23:00/);
  });
});

describe("--json", () => {
  test("prints exactly what the library answers", async () => {
    const timetable = await shippedTimetable();
    const found = timetable.latestSend({ ...plain, initiatedAt: PAID }, { by: AFTER_FESTIVAL });
    const { exitCode, out, err } = await commandLine(acquiring(AFTER_FESTIVAL, "--json"));
    expect([exitCode, err]).toEqual([0, ""]);
    expect(out).toBe(`${JSON.stringify(found, null, 2)}\n`);
  });

  test("is null where nothing makes it, and the reason is on stderr", async () => {
    const { exitCode, out, err } = await commandLine(acquiring(SAME_DAY, "--json"));
    expect([exitCode, out]).toEqual([1, "null\n"]);
    expect(err).toBe(
      "Whenever it is sent, the expected arrival is after Fri 13 Feb 16:00.\n" +
        "The soonest is Sat 14 Feb 10:00, sent on Fri 13 Feb 12:00.\n",
    );
  });
});

test("where nothing makes it, no minute until then would arrive sooner than the soonest that is told", async () => {
  const timetable = await shippedTimetable();
  for (const { channel, examples } of Object.values(timetable.rulebook.channels)) {
    const [example] = examples.filter(
      ({ expect: { outcome, error } }) => outcome === undefined && error === undefined,
    );
    if (example === undefined) continue;
    const { initiatedAt, ...rest } = { ...example.payment, channel } as { channel: string } & Record<
      "initiatedAt" | "amount",
      string
    >;
    const startMs = Date.parse(initiatedAt);
    const expectedMs = (ms: number): number => {
      const { outcome, expected } = timetable.when({ ...rest, initiatedAt: ms });
      return outcome === "refused" ? Number.POSITIVE_INFINITY : Date.parse(expected);
    };
    let bestMs = expectedMs(startMs);
    for (let ms = startMs; ms < Math.min(bestMs, startMs + 86_400_000); ms += 60_000) {
      bestMs = Math.min(bestMs, expectedMs(ms));
    }
    const by = new Date(startMs - 1).toISOString();
    const { out, exitCode } = await commandLine(["latest", "--payment", "-", "--by", by], {
      stdin: JSON.stringify({ ...rest, initiatedAt }),
    });
    expect(exitCode, channel).toBe(1);
    const said = /^expected\s+(\d{4}-\d\d-\d\d) \w+ ([\d:.]+)/m.exec(out);
    const { zone } = timetable.rulebook.channels[channel] ?? { zone: "" };
    const told = new Date(bestMs).toLocaleString("sv-SE", { timeZone: zone }).replace(/:00$/, "");
    expect(`${said?.[1]} ${said?.[2]}`, channel).toBe(told);
  }
});

test.each([
  [acquiring("soon"), /^by: `soon` is not an instant/],
  [acquiring("2026-02-24T12:00:00"), /^by: .* has no offset/],
  [acquiring(SAME_DAY, "--bound", "earliest"), /Allowed choices are expected, latest/],
  [["latest", "--channel", "cn.hvps"], /required option '--by <instant>' not specified/],
])("%j ends with 2 and says why", async (args, said) => {
  const { exitCode, out, err } = await commandLine(args);
  expect([exitCode, out]).toEqual([2, ""]);
  expect(err).toMatch(said);
});
