import { describe, expect, test } from "vitest";
import {
  compileTimetable,
  openTimetable,
  QuestionError,
  RulebookError,
  type Timetable,
} from "../../src/index.js";

/**
 * Channels of zones whose clocks do what those of Shanghai no longer do, worked out by hand with the tz database beside:
 * of a time that was twice the first is meant, and a time or day that never was means the instant at which the clocks
 * were moved.
 */

const title = { zh: "名", en: "name" };
const schema = (kind: string): string => `../src/model/schema/${kind}.schema.json`;

interface Setting {
  readonly zone: string;
  readonly steps: readonly object[];
  readonly conditions?: object;
  /** The steps of payments that do not meet the conditions. */
  readonly otherwise?: readonly object[];
  readonly windows?: readonly object[];
  readonly hours?: readonly object[];
  readonly holidays?: readonly string[];
  /** The years that the calendar knows. */
  readonly years?: readonly [from: number, to: number];
}

function timetableOf({
  zone,
  steps,
  conditions,
  otherwise,
  windows = [],
  hours,
  holidays = [],
  years: [from, to] = [1960, 2030],
}: Setting): Timetable {
  const yearOf = (year: number): object => ({
    holidays: holidays
      .filter((date) => date.startsWith(String(year)))
      .map((date) => ({ name: "no day", from: date, to: date })),
    workdays: [],
  });
  const years = Array.from({ length: to - from + 1 }, (_, n) => [String(from + n), yearOf(from + n)]);
  const coverage = { from: `${from}-01-01`, to: `${to}-12-31` };
  const example = {
    note: "an ordinary Monday",
    payment: { amount: "1.00", initiatedAt: "2001-01-08T12:00:00Z" },
  };
  const later = { note: "another", payment: { ...example.payment, initiatedAt: "2020-01-06T12:00:00Z" } };
  return compileTimetable({
    rules: {
      "channels/there.json": {
        $schema: schema("channel"),
        channel: "there",
        title,
        zone,
        rules: [
          route("there.route", 2, steps, conditions),
          ...(otherwise === undefined ? [] : [route("there.otherwise", 1, otherwise)]),
        ],
        examples: [
          { ...example, expect: { rule: "there.route" } },
          ...(otherwise === undefined ? [] : [{ ...later, expect: { rule: "there.otherwise" } }]),
        ],
      },
      "systems.json": { $schema: schema("systems"), systems: { rail: { title, ...(hours && { hours }) } } },
      "facts.json": {
        $schema: schema("facts"),
        facts: { amount: { title, type: "number", unit: "CNY", minimum: 0 } },
      },
      ...(windows.length > 0 && { "maintenance/w.json": { $schema: schema("windows"), rules: windows } }),
    },
    calendars: {
      "days.json": {
        $schema: schema("calendar"),
        ...{ id: "days", title, zone, weekend: ["sat", "sun"], coverage, years: Object.fromEntries(years) },
      },
    },
  });
}

const route = (name: string, priority: number, steps: readonly object[], conditions?: object): object => ({
  ...{ name, priority, ...(conditions && { conditions }) },
  event: { type: "route", params: { steps } },
});
const settle = (cutoff: string, lag: string, at: string): object => ({
  ...{ kind: "settle", system: "rail", milestone: "settled", cutoff, lag, at, calendar: "days" },
});
const takes = (length: string): object => ({
  kind: "process",
  system: "rail",
  milestone: "credited",
  takes: length,
});
const closed = (when: object): object => ({
  name: "closed",
  published: "1970-01-01",
  event: { type: "maintenance", params: { systems: ["rail"], effect: "closed", ...when } },
});

const sent = (initiatedAt: string | number) => ({ channel: "there", amount: "1.00", initiatedAt });
const expected = (setting: Setting, at: string): string => timetableOf(setting).when(sent(at)).expected;

/** Each instant a payment is sent, and the text of when it is expected. */
type Cases = readonly (readonly [sentAt: string, expected: string])[];
const expectAll = (setting: Setting, cases: Cases): void => {
  const timetable = timetableOf(setting);
  expect(cases.map(([at]) => [at, timetable.when(sent(at)).expected])).toEqual(cases);
};

describe("New York", () => {
  test("a cutoff of 02:30 falls on 03:00 where 02:00 to 03:00 was left out", () => {
    expectAll({ zone: "America/New_York", steps: [settle("02:30", "D+0", "10:00")] }, [
      ["2026-03-08T06:59:59.999Z", "2026-03-08T10:00:00-04:00"],
      ["2026-03-08T07:00:00Z", "2026-03-09T10:00:00-04:00"],
    ]);
  });

  test("a cutoff of 01:30 is the first of the two, and who pays at the second 01:15 is late", () => {
    expectAll({ zone: "America/New_York", steps: [settle("01:30", "D+0", "10:00")] }, [
      ["2026-11-01T05:29:59.999Z", "2026-11-01T10:00:00-05:00"],
      ["2026-11-01T05:30:00Z", "2026-11-02T10:00:00-05:00"],
      ["2026-11-01T06:15:00Z", "2026-11-02T10:00:00-05:00"],
    ]);
  });

  test("a batch of 01:30 leaves at the first of the two", () => {
    expectAll({ zone: "America/New_York", steps: [settle("01:00", "D+0", "01:30")] }, [
      ["2026-11-01T04:59:00Z", "2026-11-01T01:30:00-04:00"],
    ]);
  });

  test("a nightly window of 02:00 to 03:00 is never on the night that leaves it out", () => {
    const nightly = closed({
      recurs: { every: "day", from: "02:00", until: "03:00" },
      zone: "America/New_York",
    });
    expectAll({ zone: "America/New_York", steps: [takes("PT0S")], windows: [nightly] }, [
      ["2026-03-07T07:30:00Z", "2026-03-07T03:00:00-05:00"],
      ["2026-03-08T06:59:59.999Z", "2026-03-08T01:59:59.999-05:00"],
      ["2026-03-08T07:00:00Z", "2026-03-08T03:00:00-04:00"],
    ]);
  });

  test("a nightly window of 01:00 to 02:00 lasts two hours on the night that has it twice", () => {
    const nightly = closed({
      recurs: { every: "day", from: "01:00", until: "02:00" },
      zone: "America/New_York",
    });
    expectAll({ zone: "America/New_York", steps: [takes("PT0S")], windows: [nightly] }, [
      ["2026-11-01T05:10:00Z", "2026-11-01T02:00:00-05:00"],
      ["2026-11-01T06:10:00Z", "2026-11-01T02:00:00-05:00"],
    ]);
  });

  test("a day of open hours has 23 or 25 of them, and work that needs open time is done that much later", () => {
    const hours = [{ calendar: "days", opens: "00:00", closes: "24:00" }];
    const setting = { zone: "America/New_York", hours, steps: [{ ...takes("PT24H"), clock: "open" }] };
    // Friday 20:00 with four hours left, then Monday 20:00; the weekend between them moves the clocks.
    expectAll(setting, [
      ["2026-03-07T01:00:00Z", "2026-03-09T20:00:00-04:00"],
      ["2026-10-31T00:00:00Z", "2026-11-02T20:00:00-05:00"],
    ]);
  });
});

describe("a day that never was", () => {
  test("Samoa's Friday 2011-12-30: what is due on it is due when the 31st began", () => {
    expectAll({ zone: "Pacific/Apia", steps: [settle("17:00", "T+1", "09:00")] }, [
      ["2011-12-29T16:59:59.999-10:00", "2011-12-31T00:00:00+14:00"],
      // Its cutoff is that instant too, so that what came late on Thursday counts for Friday, and Monday is the next day.
      ["2011-12-29T17:00:00-10:00", "2012-01-02T09:00:00+14:00"],
      ["2011-12-31T00:00:00+14:00", "2012-01-02T09:00:00+14:00"],
    ]);
  });

  test("declared a holiday, it is passed over", () => {
    const setting = {
      zone: "Pacific/Apia",
      steps: [settle("17:00", "T+1", "09:00")],
      holidays: ["2011-12-30"],
    };
    expectAll(setting, [["2011-12-29T16:59:59.999-10:00", "2012-01-02T09:00:00+14:00"]]);
  });

  test("Kwajalein's Saturday 1993-08-21, in calendar days", () => {
    expectAll({ zone: "Pacific/Kwajalein", steps: [settle("17:00", "D+1", "09:00")] }, [
      ["1993-08-20T16:59:59.999-12:00", "1993-08-22T00:00:00+12:00"],
      ["1993-08-20T17:00:00-12:00", "1993-08-22T09:00:00+12:00"],
    ]);
  });
});

test("Kwajalein's 1969-09-30 was twice but for an hour: its cutoff was in the first", () => {
  expectAll({ zone: "Pacific/Kwajalein", steps: [settle("23:00", "D+0", "23:30")] }, [
    ["1969-09-30T22:59:59.999+11:00", "1969-09-30T23:30:00+11:00"],
    ["1969-09-30T23:00:00+11:00", "1969-10-01T23:30:00-12:00"],
    ["1969-09-30T10:00:00-12:00", "1969-10-01T23:30:00-12:00"],
  ]);
});

test("Newfoundland put its clocks back a minute after the 7th began: the 6th returned, and the 7th began again", () => {
  const setting = {
    zone: "America/St_Johns",
    conditions: { all: [{ fact: "initiated.date", operator: "before", value: "2010-11-07" }] },
    steps: [takes("PT0S")],
    otherwise: [takes("PT1H")],
  };
  expectAll(setting, [
    ["2010-11-06T23:59:59.999-02:30", "2010-11-06T23:59:59.999-02:30"],
    ["2010-11-07T00:00:00-02:30", "2010-11-07T00:00:00-03:30"],
    ["2010-11-06T23:01:00-03:30", "2010-11-06T23:01:00-03:30"],
    ["2010-11-06T23:59:59.999-03:30", "2010-11-06T23:59:59.999-03:30"],
    ["2010-11-07T00:00:00-03:30", "2010-11-07T01:00:00-03:30"],
  ]);
  const [from, to] = ["2010-11-07T02:00:00Z", "2010-11-07T04:00:00Z"];
  const pieces = timetableOf(setting).profile(sent(from), { from, to });
  expect(pieces.map((piece) => [piece.from, piece.rule])).toEqual([
    ["2010-11-06T23:30:00-02:30", "there.route"],
    ["2010-11-07T00:00:00-02:30", "there.otherwise"],
    ["2010-11-06T23:01:00-03:30", "there.route"],
    ["2010-11-07T00:00:00-03:30", "there.otherwise"],
  ]);
});

test("a timeline tells the day that returned from the one that began again", () => {
  const setting = {
    zone: "America/St_Johns",
    steps: [settle("23:59", "T+1", "09:00")],
    holidays: ["2010-11-07"],
  };
  const { timeline } = timetableOf(setting).when(sent("2010-11-07T03:00:00Z"));
  expect(timeline.map(({ from, to, cause }) => [from, to, cause])).toEqual([
    ["2010-11-06T23:30:00-03:30", "2010-11-07T00:00:00-03:30", "weekend"],
    ["2010-11-07T00:00:00-03:30", "2010-11-08T00:00:00-03:30", "holiday"],
    ["2010-11-08T00:00:00-03:30", "2010-11-08T09:00:00-03:30", "batch"],
  ]);
});

describe("Lord Howe Island moves its clocks by half an hour", () => {
  test("a cutoff of 01:45 is the first of two, and one of 02:15 falls on 02:30", () => {
    expectAll({ zone: "Australia/Lord_Howe", steps: [settle("01:45", "D+0", "09:00")] }, [
      ["2026-04-05T01:44:59.999+11:00", "2026-04-05T09:00:00+10:30"],
      ["2026-04-05T01:45:00+11:00", "2026-04-06T09:00:00+10:30"],
      ["2026-04-05T01:30:00+10:30", "2026-04-06T09:00:00+10:30"],
    ]);
    expectAll({ zone: "Australia/Lord_Howe", steps: [settle("02:15", "D+0", "09:00")] }, [
      ["2026-10-04T01:59:59.999+10:30", "2026-10-04T09:00:00+11:00"],
      ["2026-10-04T02:30:00+11:00", "2026-10-05T09:00:00+11:00"],
    ]);
  });
});

describe("China's summer time", () => {
  const zone = "Asia/Shanghai";

  test.each([
    [1986, "05-04", "09-14"],
    [1987, "04-12", "09-13"],
    [1988, "04-17", "09-11"],
    [1989, "04-16", "09-17"],
    [1990, "04-15", "09-16"],
    [1991, "04-14", "09-15"],
  ])(
    "in %i a cutoff of 02:30 fell on 03:00 on %s, and one of 01:30 was twice on %s",
    (year, spring, autumn) => {
      expectAll({ zone, steps: [settle("02:30", "D+0", "10:00")] }, [
        [`${year}-${spring}T01:59:59.999+08:00`, `${year}-${spring}T10:00:00+09:00`],
      ]);
      const after = `${year}-${spring.slice(0, 3)}${String(Number(spring.slice(3)) + 1).padStart(2, "0")}`;
      expect(
        expected({ zone, steps: [settle("02:30", "D+0", "10:00")] }, `${year}-${spring}T03:00:00+09:00`),
      ).toBe(`${after}T10:00:00+09:00`);
      expectAll({ zone, steps: [settle("01:30", "D+0", "10:00")] }, [
        [`${year}-${autumn}T01:29:59.999+09:00`, `${year}-${autumn}T10:00:00+08:00`],
        [
          `${year}-${autumn}T01:59:59.999+09:00`,
          `${year}-${autumn.slice(0, 3)}${Number(autumn.slice(3)) + 1}T10:00:00+08:00`,
        ],
      ]);
    },
  );

  test("a day's wait over its end is 24 hours, and in the summers before and after there was none", () => {
    expectAll({ zone, steps: [takes("PT24H")] }, [
      ["1991-09-14T12:00:00+09:00", "1991-09-15T11:00:00+08:00"],
      ["1985-07-01T12:00:00+08:00", "1985-07-02T12:00:00+08:00"],
      ["1992-07-01T12:00:00+08:00", "1992-07-02T12:00:00+08:00"],
    ]);
  });
});

test("Liberia was 44 minutes and 30 seconds behind until 1972: the text means the instant, to the second", () => {
  const { expected } = timetableOf({ zone: "Africa/Monrovia", steps: [takes("PT1H")] }).when(
    sent("1971-06-01T12:00:00Z"),
  );
  expect(Date.parse(expected)).toBe(Date.UTC(1971, 5, 1, 13));
});

describe("29 February", () => {
  const zone = "Asia/Shanghai";

  test("is a day like any other in leap years, and there is none in 2100", () => {
    const steps = [settle("23:00", "D+1", "10:00")];
    expectAll({ zone, steps, years: [1999, 2101] }, [
      ["2023-02-28T12:00:00+08:00", "2023-03-01T10:00:00+08:00"],
      ["2024-02-28T12:00:00+08:00", "2024-02-29T10:00:00+08:00"],
      ["2024-02-29T12:00:00+08:00", "2024-03-01T10:00:00+08:00"],
      ["2000-02-28T12:00:00+08:00", "2000-02-29T10:00:00+08:00"],
      ["2100-02-28T12:00:00+08:00", "2100-03-01T10:00:00+08:00"],
    ]);
  });

  test("a window of every 29 February is there every four years, and not in 2100", () => {
    const leap = closed({
      recurs: { every: "year", month: 2, day: 29, from: "00:00", until: "24:00" },
      zone,
    });
    expectAll({ zone, steps: [takes("PT0S")], windows: [leap] }, [
      ["2023-02-28T23:00:00+08:00", "2023-02-28T23:00:00+08:00"],
      ["2023-03-01T00:00:00+08:00", "2023-03-01T00:00:00+08:00"],
      ["2024-02-29T00:00:00+08:00", "2024-03-01T00:00:00+08:00"],
      ["2028-02-29T23:59:59.999+08:00", "2028-03-01T00:00:00+08:00"],
      ["2100-02-28T12:00:00+08:00", "2100-02-28T12:00:00+08:00"],
      ["2100-03-01T00:00:00+08:00", "2100-03-01T00:00:00+08:00"],
    ]);
  });

  test("card payments of the day before arrive on it: Thursday in 2024 by notice, Tuesday in 2028 by projection", async () => {
    const shipped = await openTimetable();
    const paid = (initiatedAt: string) =>
      shipped.when({ channel: "cn.acquiring", settlement: "t1", amount: "100.00", initiatedAt });
    expect(paid("2024-02-28T22:00:00+08:00")).toMatchObject({
      expected: "2024-02-29T10:00:00+08:00",
      certainty: "official",
    });
    expect(paid("2028-02-28T22:00:00+08:00")).toMatchObject({
      expected: "2028-02-29T10:00:00+08:00",
      certainty: "projected",
    });
  });
});

describe("the first and the last instants", () => {
  const steps = [takes("PT1H")];
  const refusal = (ask: () => unknown): string => {
    try {
      return `answered ${JSON.stringify(ask())}`;
    } catch (error) {
      return error instanceof QuestionError ? `${error.code}: ${error.message}` : String(error);
    }
  };

  test("that may be asked about are answered, and those beyond are refused with the bound", () => {
    const timetable = timetableOf({ zone: "UTC", steps });
    expect(timetable.when(sent("1900-01-02T00:00:00Z")).expected).toBe("1900-01-02T01:00:00+00:00");
    expect(timetable.when(sent("2199-12-30T23:59:59.999Z")).expected).toBe("2199-12-31T00:59:59.999+00:00");
    for (const at of [
      "1900-01-01T23:59:59.999Z",
      "2199-12-31T00:00:00Z",
      8.64e15,
      -8.64e15,
      Number.MAX_SAFE_INTEGER,
    ])
      expect(refusal(() => timetable.when(sent(at)))).toMatch(/^bad-time: .*1900-01-02 to 2199-12-30/);
    for (const at of [8.64e15 + 0.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(refusal(() => timetable.when(sent(at)))).toMatch(/^bad-time: /);
  });

  test("lie on the same days in the zones that are furthest ahead and behind", () => {
    for (const zone of ["Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
      const timetable = timetableOf({ zone, steps });
      for (const at of [Date.UTC(1900, 0, 2), Date.UTC(2199, 11, 30, 12)])
        expect(Date.parse(timetable.when(sent(at)).expected)).toBe(at + 3_600_000);
    }
  });

  test("a calendar is asked on its first and last days, and not beyond them", () => {
    const timetable = timetableOf({
      zone: "UTC",
      steps: [settle("23:00", "T+1", "10:00")],
      years: [1900, 2199],
    });
    const asked = (at: string): string => refusal(() => timetable.when(sent(at)).expected);
    // 1900-01-02 was a Tuesday; 2199-12-31 will be one.
    expect(asked("1900-01-02T00:00:00Z")).toBe('answered "1900-01-03T10:00:00+00:00"');
    expect(asked("2199-12-30T22:59:59.999Z")).toBe('answered "2199-12-31T10:00:00+00:00"');
    expect(asked("2199-12-30T23:00:00Z")).toMatch(/^outside-coverage: .*2199-12-31/);
  });

  test("hours end with their calendar", () => {
    const hours = [{ calendar: "days", opens: "08:00", closes: "17:00" }];
    const timetable = timetableOf({ zone: "UTC", steps, hours, years: [1900, 2199] });
    expect(timetable.when(sent("2199-12-30T15:00:00Z")).expected).toBe("2199-12-30T16:00:00+00:00");
    expect(refusal(() => timetable.when(sent("2199-12-30T18:00:00Z")))).toMatch(/^outside-coverage: /);
  });

  test("a window that pushes money beyond all days is told, and spoils no other answer", () => {
    const interval = { from: "2199-12-29T00:00:00Z", until: "2199-12-30T00:00:00Z", recovery: "P3660D" };
    const timetable = timetableOf({ zone: "UTC", steps, windows: [closed({ interval, zone: "UTC" })] });
    const other = timetableOf({ zone: "UTC", steps });
    expect(refusal(() => timetable.when(sent("2199-12-29T12:00:00Z")))).toMatch(/^outside-coverage: .*2199/);
    expect(other.when(sent("2199-12-29T12:00:00Z")).expected).toBe("2199-12-29T13:00:00+00:00");
    expect(timetable.when(sent("2199-12-01T12:00:00Z")).expected).toBe("2199-12-01T13:00:00+00:00");
  });

  test("a duration that no calendar holds does not load", () => {
    for (const length of ["P400000D", "P100000000D", "P999999999999D"])
      expect(() => timetableOf({ zone: "UTC", steps: [takes(length)] })).toThrow(RulebookError);
  });
});
