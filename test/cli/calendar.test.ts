import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { commandLine } from "../support/command-line.js";

/** 国办发明电〔2025〕7号, as printed. */
const NOTICE_2026 = {
  holidays: [
    ["元旦", "2026-01-01", "2026-01-03"],
    ["春节", "2026-02-15", "2026-02-23"],
    ["清明节", "2026-04-04", "2026-04-06"],
    ["劳动节", "2026-05-01", "2026-05-05"],
    ["端午节", "2026-06-19", "2026-06-21"],
    ["中秋节", "2026-09-25", "2026-09-27"],
    ["国庆节", "2026-10-01", "2026-10-07"],
  ],
  makeupDays: ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
} as const;

/** Counted with a `Date` for every day. */
function businessDays2026(): number {
  const isoDays = Array.from({ length: 365 }, (_, n) =>
    new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10),
  );
  const closed = (iso: string): boolean =>
    NOTICE_2026.holidays.some(([, from, to]) => from <= iso && iso <= to) ||
    [0, 6].includes(new Date(iso).getUTCDay());
  return isoDays.filter((iso) => NOTICE_2026.makeupDays.some((day) => day === iso) || !closed(iso)).length;
}

const asked = async (...args: string[]) =>
  JSON.parse((await commandLine(["calendar", ...args, "--json"])).out);

describe("cn.hvps 2026", () => {
  test.each(["zh", "en"])("looks in %s as in the snapshot", async (lang) => {
    const { out, exitCode } = await commandLine(["calendar", "cn.hvps", "2026", "--lang", lang]);
    expect(exitCode).toBe(0);
    await expect(out).toMatchFileSnapshot(`snapshots/calendar-cn.hvps-2026.${lang}.txt`);
    for (const line of out.split("\n")) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
  });

  test("is the year of the notice", async () => {
    const year = await asked("cn.hvps", "2026");
    expect(year).toMatchObject({
      id: "cn.hvps",
      year: 2026,
      status: "official",
      from: "2026-01-01",
      to: "2026-12-31",
    });
    expect(year.holidays.map(({ name, from, to }: Record<string, string>) => [name, from, to])).toEqual(
      NOTICE_2026.holidays,
    );
    expect(year.makeupDays).toEqual(NOTICE_2026.makeupDays);
    expect(year.businessDays).toBe(businessDays2026());
    expect(JSON.stringify(year.sources)).toContain("国办发明电〔2025〕7号");
  });

  test("marks as many days of each kind as there are", async () => {
    const { out } = await commandLine(["calendar", "cn.hvps", "2026"]);
    const grid = out.slice(out.indexOf("January"), out.indexOf("* holiday"));
    const marked = (mark: string): number => grid.split(mark).length - 1;
    const named = NOTICE_2026.holidays.reduce(
      (days, [, from, to]) => days + (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1,
      0,
    );
    expect([marked("*"), marked("+")]).toEqual([named, 6]);
    expect(marked("*") + marked(".")).toBe(365 - businessDays2026());
  });
});

describe("the status of a year", () => {
  test("is amended where a later notice changed it, and both notices are sources", async () => {
    const { status, sources } = await asked("cn.statutory", "2020");
    expect(status).toBe("amended");
    expect(JSON.stringify(sources)).toMatch(/国办发明电〔2019〕16号.*国办发明电〔2020〕1号/);
  });

  test("of cn.hvps 2017 is amended by the year-end days of its own file", async () => {
    const { status, makeupDays } = await asked("cn.hvps", "2017");
    expect(status).toBe("amended");
    expect(makeupDays).toEqual(expect.arrayContaining(["2017-12-30", "2017-12-31"]));
  });

  test("is projected beyond the last notice, and the law is the source", async () => {
    const { status, officialUntil, sources } = await asked("cn.hvps", "2028");
    expect([status, officialUntil]).toEqual(["projected", "2026-12-31"]);
    expect(JSON.stringify(sources)).toContain("国务院令第795号");
  });
});

describe("a year that cannot be shown", () => {
  test.each([
    ["cn.hvps", "2003", "outside-coverage", /calendars\/cn\.statutory\.json/],
    ["cn.hvps", "2150", "outside-coverage", /projection/],
    ["cn.hvp", "2026", "outside-coverage", /did you mean `cn\.hvps`/],
    ["cn.hvps", "26", "bad-time", /four digits/],
    ["cn.hvps", "2026.0", "bad-time", /four digits/],
  ])("%s %s says why and what to do", async (id, year, code, help) => {
    const { exitCode, out } = await commandLine(["calendar", id, year, "--json"]);
    const { error } = JSON.parse(out);
    expect([exitCode, error.code]).toEqual([2, code]);
    expect(error.help).toMatch(help);
  });
});
