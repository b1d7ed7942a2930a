import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { RulebookError } from "../../src/errors.js";
import { compileTimetable, type Timetable } from "../../src/timetable.js";

/** Typical overrides of the shipped pack, and their effect on answers. */

type Files = Record<string, unknown>;

function parsed(folder: string): Files {
  const root = fileURLToPath(new URL(`../../${folder}`, import.meta.url));
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".json"),
  );
  return Object.fromEntries(paths.map((path) => [path, JSON.parse(readFileSync(join(root, path), "utf8"))]));
}

const below = { rules: parsed("rules"), calendars: parsed("calendars") };
const manifest = (without?: object) => ({
  $schema: "rulebook.schema.json",
  extends: "daozhang",
  ...(without && { without }),
});

const onTop = (rules: Files, calendars: Files = {}, without?: object): Timetable =>
  compileTimetable({ rules: { "rulebook.json": manifest(without), ...rules }, calendars, below });

/** All problems, as `name: what`. */
function faults(...given: Parameters<typeof onTop>): string[] {
  try {
    onTop(...given);
    return [];
  } catch (error) {
    if (!(error instanceof RulebookError)) throw error;
    return error.problems.map(({ name, what }) => `${name ?? ""}: ${what}`);
  }
}

const instant = { kind: "process", takes: "PT1M", milestone: "credited" };
const route = (name: string, steps: object[], more: object = {}) => ({
  name,
  event: { type: "route", params: { steps } },
  ...more,
});

describe("on top of the shipped pack", () => {
  test("a new channel with its own facts, system and texts answers and explains", () => {
    const title = { zh: "积分兑现", en: "points" };
    const timetable = onTop({
      "channel.json": {
        $schema: "channel.schema.json",
        channel: "our.points",
        title,
        zone: "Asia/Shanghai",
        rules: [
          route("our.points.gold", [{ ...instant, system: "our.bank" }], {
            conditions: { all: [{ fact: "our.level", operator: "equal", value: "gold" }] },
          }),
        ],
        examples: [
          {
            payment: { amount: "1", "our.level": "gold", initiatedAt: "2026-03-02T12:00:00+08:00" },
            expect: { rule: "our.points.gold", expected: "2026-03-02T12:01:00+08:00" },
          },
        ],
      },
      "facts.json": {
        $schema: "facts.schema.json",
        facts: { "our.level": { title, type: "string", values: ["gold"] } },
      },
      "systems.json": { $schema: "systems.schema.json", systems: { "our.bank": { title } } },
      "en.json": {
        $schema: "texts.schema.json",
        locale: "en",
        replaces: ["arrival.credited.exact"],
        messages: { "arrival.credited.exact": "Yours on {expected}." },
      },
    });
    const answer = timetable.when({
      ...{ channel: "our.points", amount: 1, "our.level": "gold" },
      initiatedAt: "2026-03-03T08:00:00+08:00",
    });
    expect(answer.expected).toBe("2026-03-03T08:01:00+08:00");
    expect(timetable.explain(answer, { locale: "en" })).toMatch(/^Yours on Tue 3 Mar/);
    expect(timetable.layers().map(({ change, name }) => `${change} ${name}`)).toEqual([
      "adds our.points",
      "replaces arrival.credited.exact",
      "adds our.level",
      "adds our.bank",
    ]);
  });

  test("a replaced rule decides, and the examples of the old one are dropped", () => {
    const name = "cn.acquiring.t1";
    const conditions = { all: [{ fact: "settlement", operator: "equal", value: "t1" }] };
    const rule = route(name, [instant], { priority: 10, conditions });
    const payment = { settlement: "t1", amount: "1", initiatedAt: "2026-02-13T23:30:00+08:00" };
    const addition = {
      $schema: "channel-addition.schema.json",
      addsTo: "cn.acquiring",
      replaces: [name],
      rules: [rule],
    };
    expect(faults({ "a.json": addition })).toEqual([`${name}: no example is decided by \`${name}\``]);
    const examples = [{ payment, expect: { rule: name, expected: "2026-02-13T23:31:00+08:00" } }];
    const timetable = onTop({ "a.json": { ...addition, examples } });
    expect(timetable.when({ ...payment, channel: "cn.acquiring" }).expected).toBe(
      "2026-02-13T23:31:00+08:00",
    );
  });

  test("an official year replaces the projection in every derived calendar", () => {
    const year = {
      published: "2026-11-05",
      holidays: [{ name: "元旦", from: "2027-01-01", to: "2027-01-03" }],
      workdays: [],
    };
    const addition = {
      $schema: "calendar-addition.schema.json",
      addsTo: "cn.statutory",
      coverage: { to: "2027-12-31" },
      years: { "2027": year },
    };
    // A year with one holiday is rejected, because the checks of the pack apply to it too.
    expect(faults({}, { "2027.json": addition })[0]).toMatch(
      /^cn\.statutory: the notice of 2027 closes 1 weekdays/,
    );
    const breaks = [
      ["春节", "2027-02-06", "2027-02-12"],
      ["清明节", "2027-04-05", "2027-04-05"],
      ["劳动节", "2027-05-03", "2027-05-04"],
      ["端午节", "2027-06-09", "2027-06-09"],
      ["中秋节", "2027-09-15", "2027-09-15"],
      ["国庆节", "2027-10-01", "2027-10-04"],
    ];
    const holidays = [...year.holidays, ...breaks.map(([name, from, to]) => ({ name, from, to }))];
    const timetable = onTop({}, { "2027.json": { ...addition, years: { "2027": { ...year, holidays } } } });
    const payment = {
      channel: "cn.acquiring",
      settlement: "t1",
      amount: "1",
      initiatedAt: "2026-12-31T12:00:00+08:00",
    };
    const shipped = compileTimetable(below);
    expect(timetable.when(payment)).toMatchObject({
      certainty: "official",
      expected: "2027-01-04T10:00:00+08:00",
    });
    expect(shipped.when(payment).certainty).toBe("projected");
    expect(timetable.when(payment, { asOf: "2026-11-04T12:00:00+08:00" }).certainty).toBe("projected");
  });

  test("examples that new hours break are reported, and can be removed and rewritten", () => {
    const title = { zh: "拉卡拉", en: "Lakala" };
    const hours = [{ calendar: "cn.statutory", opens: "08:00", closes: "20:00" }];
    const systems = {
      $schema: "systems.schema.json",
      replaces: ["lakala"],
      systems: { lakala: { title, hours } },
    };
    const problems = faults({ "systems.json": systems });
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.every((one) => one.includes("an example of daozhang wants"))).toBe(true);
    const names = ["cn.acquiring.d0.lakala", "cn.acquiring.d0.lakala-late"];
    const without = { examples: names };
    const bare = faults({ "systems.json": systems }, {}, without);
    expect(bare).toEqual(names.map((name) => `${name}: no example is decided by \`${name}\``));
    const payment = (initiatedAt: string) => ({
      settlement: "d0",
      acquirer: "lakala",
      amount: "1000",
      initiatedAt,
    });
    const examples = [
      { payment: payment("2026-12-01T12:00:00+08:00"), expect: { rule: names[0] } },
      { payment: payment("2026-12-01T23:30:00+08:00"), expect: { rule: names[1] } },
    ];
    const addition = { $schema: "channel-addition.schema.json", addsTo: "cn.acquiring", examples };
    const timetable = onTop({ "systems.json": systems, "a.json": addition }, {}, without);
    // Sunday 2026-12-06: the hours start on Monday at 08:00.
    const sunday = timetable.when({ channel: "cn.acquiring", ...payment("2026-12-06T12:00:00+08:00") });
    expect(sunday.earliest).toBe("2026-12-07T08:00:00+08:00");
  });

  test("a missing pack is reported", () => {
    expect(() => compileTimetable({ rules: { "rulebook.json": manifest() }, calendars: {} })).toThrow(
      /this rulebook extends `daozhang`, which was not read/,
    );
  });
});
